//! Addresses that refuse mail. What was to be told to somebody who cannot be reached is told anew, to whoever stands in.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kaizend_core::{
    domain::{Delivery, MailId, WithheldBecause},
    policy::bounce::{Bounce, Bounced},
};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use super::{Claim, Step, add_attempt, claim::held_audience};
use crate::{
    Store, StoreError,
    column::{from_json, from_json_if, get, json, micros, word},
};

/// An address that bounced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct BouncedAddress {
    pub address: String,
    pub given_up: Option<Timestamp>,
    pub bounces: Vec<(Timestamp, Bounce)>,
    pub reason: String,
}

impl Store {
    /// Ends the attempt of a mail that its address refused, or, without a `bounce`, that was not even tried, because
    /// its address is given up. When nothing is sent to the address any more, those whom the mail was to tell count as
    /// not told.
    ///
    /// # Errors
    /// [`StoreError::ClaimLost`], as for [`Store::finish`].
    pub async fn finish_refused(
        &self,
        claim: Claim,
        bounce: Option<Bounce>,
        reason: String,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            held_audience(connection, claim)?;
            let delivery = Delivery::Failed { at: now, reason: reason.clone() };
            Step { mail: claim.mail, delivery: &delivery, ready_at: None }.write(connection)?;
            add_attempt(connection, claim.mail, now, &delivery, &reason)?;
            let address: String = connection
                .prepare_cached("SELECT lower(envelope_to) FROM outbox WHERE id = ?1")?
                .query_row([claim.mail.0], |row| row.get(0))?;
            let mut known = known(connection, &address)?.unwrap_or_default();
            if let Some(bounce) = bounce {
                known = known.again(bounce, reason, now);
                remember(connection, &address, &known)?;
            }
            if known.given_up.is_some() { tell_anew(connection, claim.mail, now) } else { Ok(()) }
        })
        .await
    }

    /// A report says that a mail, which a server had taken, came back from its address. It counts once. `false`: no mail
    /// to staff of this Message-ID was sent.
    pub async fn came_back(
        &self,
        message_id: &str,
        bounce: Bounce,
        reason: String,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let message_id = message_id.to_owned();
        self.write(move |connection| {
            let sent: Option<(i64, String)> = connection
                .prepare_cached(
                    "SELECT id, lower(envelope_to) FROM outbox
                     WHERE message_id = ?1 AND state = 'sent' AND audience = 'staff' AND kind <> 'operator'",
                )?
                .query_row([message_id], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((mail, address)) = sent else { return Ok(false) };
            let mail = MailId(mail);
            let delivery = Delivery::Failed { at: now, reason: reason.clone() };
            Step { mail, delivery: &delivery, ready_at: None }.write(connection)?;
            add_attempt(connection, mail, now, &delivery, &reason)?;
            let known = known(connection, &address)?.unwrap_or_default().again(bounce, reason, now);
            remember(connection, &address, &known)?;
            if known.given_up.is_some() {
                tell_anew(connection, mail, now)?;
            }
            Ok(true)
        })
        .await
    }

    /// Every address that bounced, those that are given up first.
    pub async fn bounced(&self) -> Result<Vec<BouncedAddress>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT address, body FROM bounced ORDER BY given_up IS NULL, given_up, address",
            )?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let Bounced { bounces, given_up, reason } = from_json(&get::<String>(row, "body")?)?;
                found.push(BouncedAddress { address: get(row, "address")?, given_up, bounces, reason });
            }
            Ok(found)
        })
        .await
    }

    /// Addresses to which nothing is sent any more, in lower case, each with what the last refusal said.
    pub async fn given_up(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let bounced = self.bounced().await?.into_iter();
        let given_up = bounced.filter(|bounced| bounced.given_up.is_some());
        Ok(given_up.map(|bounced| (bounced.address, bounced.reason)).collect())
    }

    /// Mails go to the address again; its bounces are forgotten. `false`: it has none.
    pub async fn lift(&self, address: &str) -> Result<bool, StoreError> {
        let address = address.to_lowercase();
        self.write(move |connection| {
            Ok(connection.execute("DELETE FROM bounced WHERE address = ?1", [address])? > 0)
        })
        .await
    }
}

/// What the last refusal said, of an address that is given up.
pub(super) fn refusal(connection: &Connection, address: &str) -> Result<Option<String>, StoreError> {
    let known = known(connection, &address.to_lowercase())?;
    Ok(known.filter(|known| known.given_up.is_some()).map(|known| known.reason))
}

fn known(connection: &Connection, address: &str) -> Result<Option<Bounced>, StoreError> {
    let body = connection
        .prepare_cached("SELECT body FROM bounced WHERE address = ?1")?
        .query_row([address], |row| row.get(0))
        .optional()?;
    from_json_if(body)
}

fn remember(connection: &Connection, address: &str, known: &Bounced) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO bounced (address, given_up, body) VALUES (?1, ?2, ?3)")?
        .execute(params![address, known.given_up.map(micros), json(known)?])?;
    Ok(())
}

/// Nobody has heard what the mail was to tell: time alone decides its findings again, at once.
fn tell_anew(connection: &Connection, mail: MailId, now: Timestamp) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE findings SET next_at = ?2 WHERE open = 1 AND fingerprint IN
               (SELECT fingerprint FROM notices WHERE mail = ?1 AND state = 'composed')",
        )?
        .execute(params![mail.0, micros(now)])?;
    connection
        .prepare_cached(
            "UPDATE notices SET state = 'withheld', withheld = ?2, settled_at = ?3
             WHERE mail = ?1 AND state = 'composed' AND fingerprint IS NOT NULL",
        )?
        .execute(params![mail.0, word(&WithheldBecause::CameBack)?, micros(now)])?;
    Ok(())
}
