//! Sending: a mail is claimed under a lease, marked before its last byte leaves, and finished with what the
//! server said. Each claim has a number, so an answer that comes after the claim was lost changes nothing.

use jiff::Timestamp;
use kaizend_core::domain::{Addressee, Delivery, Mail, MailId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Step, add_attempt, again, bounced, person::paused, standstill};
use crate::{
    Audience, Holder, MailKind, Pause, Store, StoreError,
    column::{from_json, from_word, get, instant, json, micros},
};

/// The right to send one mail, until the lease ends or somebody claims it anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    pub mail: MailId,
    number: i64,
}

/// A mail to send now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimedMail {
    pub claim: Claim,
    pub mail: Mail,
    pub kind: MailKind,
    pub addressee: Addressee,
    pub audience: Audience,
    pub composed_at: Timestamp,
    /// Attempts before this one.
    pub attempts: u32,
    /// Attempts whose end nobody knows: the server may have the mail already.
    pub times_uncertain: u32,
    /// What the last refusal said, when its address is given up.
    pub given_up: Option<String>,
}

/// What [`Store::recover`] found of senders that died.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Claimed, and no final dot sent: queued again.
    pub queued: Vec<MailId>,
    /// The final dot may have been sent.
    pub uncertain: Vec<MailId>,
}

impl Store {
    /// Claims up to `n` mails that may go at `now`, the longest waiting first; none while the outbox is paused.
    pub async fn claim(
        &self,
        now: Timestamp,
        holder: &Holder,
        lease_until: Timestamp,
        n: u32,
    ) -> Result<Vec<ClaimedMail>, StoreError> {
        let holder = holder.clone();
        self.write(move |connection| {
            if paused(connection)?.is_some_and(|pause| pause.is_in_force(now)) {
                return Ok(Vec::new());
            }
            let mut claimed = Vec::new();
            for id in ready(connection, now, n)? {
                claimed.push(claim_one(connection, id, &holder, lease_until)?);
            }
            Ok(claimed)
        })
        .await
    }

    /// When the next mail may be claimed, if one waits without a person; `None` while a person has stopped sending.
    pub async fn next_ready_mail(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|connection| {
            let goes_on = match paused(connection)? {
                None => Timestamp::MIN,
                Some(Pause { until: Some(until), .. }) => until,
                Some(Pause { until: None, .. }) => return Ok(None),
            };
            let next: Option<i64> = connection.query_row(
                "SELECT min(ready_at) FROM outbox WHERE ready_at IS NOT NULL AND forgotten_at IS NULL",
                [],
                |row| row.get(0),
            )?;
            Ok(next.map(instant).transpose()?.map(|next| next.max(goes_on)))
        })
        .await
    }

    /// Must be committed before the final dot is sent: a crash from here on leaves the mail uncertain.
    ///
    /// # Errors
    /// [`StoreError::ClaimLost`]: do not send the dot.
    pub async fn data_started(
        &self,
        claim: Claim,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            let changed = connection
                .prepare_cached(
                    "UPDATE outbox SET state = 'data-started', delivery = ?3, ready_at = NULL, lease_until = ?4
                     WHERE id = ?1 AND claim = ?2 AND state = 'claimed'",
                )?
                .execute(params![
                    claim.mail.0,
                    claim.number,
                    json(&Delivery::DataStarted { at: now })?,
                    micros(lease_until)
                ])?;
            if changed == 1 { Ok(()) } else { Err(StoreError::ClaimLost { mail: claim.mail.0 }) }
        })
        .await
    }

    /// Ends an attempt. `delivery` is `Sent`, `Deferred`, `Failed`, `Uncertain` or `Held`; a deferred mail is
    /// ready at its `until`. An uncertain staff mail is ready at `again_at` (back-off is policy); one to a
    /// client never by itself. `note` is kept with the attempt: the server's words, for people.
    ///
    /// # Errors
    /// [`StoreError::ClaimLost`] when the lease ran out and the mail was taken up by somebody else.
    pub async fn finish(
        &self,
        claim: Claim,
        delivery: Delivery,
        again_at: Option<Timestamp>,
        note: String,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            let audience = held_audience(connection, claim)?;
            let ready_at = match &delivery {
                Delivery::Queued => Some(now),
                Delivery::Deferred { until, .. } => Some(*until),
                Delivery::Uncertain { .. } => again(audience, again_at.unwrap_or(now)),
                _ => None,
            };
            Step { mail: claim.mail, delivery: &delivery, ready_at }.write(connection)?;
            if let Delivery::Sent { .. } = delivery {
                standstill::served(connection)?;
            }
            add_attempt(connection, claim.mail, now, &delivery, &note)
        })
        .await
    }

    /// Settles what dead senders left: claimed mails are queued again, those whose data had started are
    /// uncertain. A sender is dead when its process is, or when its lease ran out. For the start of a server,
    /// and now and then.
    pub async fn recover(&self, now: Timestamp) -> Result<Recovered, StoreError> {
        self.write(move |connection| {
            let mut recovered = Recovered::default();
            for (mail, started, audience) in abandoned(connection, now)? {
                if started {
                    let reason = "the sender ended between the end of the data and the server's answer";
                    let delivery = Delivery::Uncertain { since: now, reason: reason.to_owned() };
                    Step { mail, delivery: &delivery, ready_at: again(audience, now) }.write(connection)?;
                    add_attempt(connection, mail, now, &delivery, reason)?;
                    recovered.uncertain.push(mail);
                } else {
                    Step { mail, delivery: &Delivery::Queued, ready_at: Some(now) }.write(connection)?;
                    recovered.queued.push(mail);
                }
            }
            Ok(recovered)
        })
        .await
    }
}

fn ready(connection: &Connection, now: Timestamp, n: u32) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM outbox WHERE ready_at IS NOT NULL AND ready_at <= ?1 AND forgotten_at IS NULL
         ORDER BY ready_at, id LIMIT ?2",
    )?;
    let ids = statement.query_map(params![micros(now), n], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

fn claim_one(
    connection: &Connection,
    id: i64,
    holder: &Holder,
    lease_until: Timestamp,
) -> Result<ClaimedMail, StoreError> {
    let delivery = Delivery::Claimed { by: holder.as_str().to_owned(), until: lease_until };
    let mut statement = connection.prepare_cached(
        "UPDATE outbox SET state = 'claimed', delivery = ?2, holder = ?3, lease_until = ?4, ready_at = ?4,
         claim = claim + 1, attempts = attempts + 1 WHERE id = ?1 RETURNING *",
    )?;
    let mut rows = statement.query(params![id, json(&delivery)?, holder.as_str(), micros(lease_until)])?;
    let row = rows.next()?.ok_or(StoreError::ClaimLost { mail: id })?;
    claimed_mail(connection, row)
}

fn claimed_mail(connection: &Connection, row: &Row<'_>) -> Result<ClaimedMail, StoreError> {
    Ok(ClaimedMail {
        given_up: bounced::refusal(connection, &get::<String>(row, "envelope_to")?)?,
        claim: Claim { mail: MailId(get(row, "id")?), number: get(row, "claim")? },
        mail: super::list::mail(row)?,
        kind: from_word(get(row, "kind")?)?,
        addressee: from_json(&get::<String>(row, "addressee")?)?,
        audience: from_word(get(row, "audience")?)?,
        composed_at: instant(get(row, "composed_at")?)?,
        attempts: get::<u32>(row, "attempts")?.saturating_sub(1),
        times_uncertain: get(row, "times_uncertain")?,
    })
}

/// The audience of a mail that is still this claim's.
pub(super) fn held_audience(connection: &Connection, claim: Claim) -> Result<Audience, StoreError> {
    let audience: Option<String> = connection
        .prepare_cached(
            "SELECT audience FROM outbox
             WHERE id = ?1 AND claim = ?2 AND state IN ('claimed', 'data-started')",
        )?
        .query_row(params![claim.mail.0, claim.number], |row| row.get(0))
        .optional()?;
    from_word(audience.ok_or(StoreError::ClaimLost { mail: claim.mail.0 })?)
}

fn abandoned(connection: &Connection, now: Timestamp) -> Result<Vec<(MailId, bool, Audience)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, state, audience, holder, lease_until FROM outbox
         WHERE state IN ('claimed', 'data-started') ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let holder = Holder::from_text(get::<String>(row, "holder")?);
        if get::<i64>(row, "lease_until")? <= micros(now) || holder.is_dead() {
            let started = get::<String>(row, "state")? == "data-started";
            found.push((MailId(get(row, "id")?), started, from_word(get(row, "audience")?)?));
        }
    }
    Ok(found)
}
