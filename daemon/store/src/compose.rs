//! From notices to the outbox, in ONE transaction: a mail that is queued and a notice that is settled are the
//! same commit, so a crash neither forgets a notice nor mails it twice.

use jiff::Timestamp;
use kaizend_core::{
    domain::{Addressee, Delivery, Mail, MailId, NoticeId, WithheldBecause},
    policy::tell::Waiting,
};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::{
    ActId, Store, StoreError,
    column::{json, micros, word},
    from_mail, notice,
};

/// Who holds a mail that the breaker stopped.
const BREAKER: &str = "breaker";

/// One mail to queue, and the notices that it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMail {
    pub mail: Mail,
    pub kind: MailKind,
    pub addressee: Addressee,
    pub audience: Audience,
    pub notices: Vec<NoticeId>,
    /// What its reader said from mails, and is told by this one that it is recorded.
    pub said: Vec<ActId>,
    /// It does not leave before a person lets it: why.
    pub held: Option<String>,
}

/// What sort of letter a mail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MailKind {
    Reminder,
    Digest,
    /// What did not wait for a window.
    Urgent,
    Baseline,
    Operator,
    /// The answer to an answer that could not be taken.
    NotTaken,
}

/// Who reads it. Staff mail whose fate is uncertain is sent again under the same Message-ID; client mail
/// waits for a person, because a client must not get it twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    Staff,
    Client,
}

/// What a telling decided: the mails, and why the other notices are not in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    pub mails: Vec<NewMail>,
    /// Never sent.
    pub withheld: Vec<(NoticeId, WithheldBecause)>,
    /// Still due, at a later moment; the reason is written down.
    pub waiting: Vec<Waiting>,
}

/// A mail of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Composed {
    pub mail: MailId,
    /// `false` when a mail of this Message-ID was in the outbox already: nothing was added.
    pub new: bool,
}

impl Store {
    /// Queues mails and settles notices, all or nothing. The same Message-ID again is no error, so a teller
    /// that was killed before its answer may say the same once more.
    ///
    /// # Errors
    /// [`StoreError::NoticeNotDue`] when somebody else settled a notice meanwhile: read them again.
    pub async fn compose(&self, telling: Telling, now: Timestamp) -> Result<Vec<Composed>, StoreError> {
        self.write(move |connection| {
            let mut composed = Vec::new();
            for mail in &telling.mails {
                let one = queue(connection, mail, now)?;
                for (place, notice) in mail.notices.iter().enumerate() {
                    settle(connection, *notice, one.mail, place, now)?;
                }
                from_mail::told(connection, &mail.said, one.mail)?;
                composed.push(one);
            }
            for (id, why) in telling.withheld {
                notice::withhold(connection, id, why, now)?;
            }
            for waiting in &telling.waiting {
                notice::wait(connection, waiting)?;
            }
            Ok(composed)
        })
        .await
    }
}

/// Mails of one addressee in a while, as the day's caps count them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Composings {
    pub letters: usize,
    pub urgent: usize,
}

impl Store {
    /// How many mails one addressee got since `since`: word to operators does not count.
    pub async fn composed_since(
        &self,
        addressee: &Addressee,
        since: Timestamp,
    ) -> Result<Composings, StoreError> {
        let addressee = json(addressee)?;
        self.read(move |connection| {
            let (letters, urgent): (i64, i64) = connection
                .prepare_cached(
                    "SELECT count(*) FILTER (WHERE kind <> 'urgent'), count(*) FILTER (WHERE kind = 'urgent')
                     FROM outbox WHERE addressee = ?1 AND composed_at >= ?2
                       AND kind NOT IN ('operator', 'not-taken') AND state <> 'cancelled'",
                )?
                .query_row(params![addressee, micros(since)], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let count = |number: i64| usize::try_from(number).unwrap_or(0);
            Ok(Composings { letters: count(letters), urgent: count(urgent) })
        })
        .await
    }

    /// The sizes of the mailings since `since`: what was composed at one moment, lists and word to operators apart.
    pub async fn mailings_since(&self, since: Timestamp) -> Result<Vec<usize>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT count(*) FROM outbox WHERE composed_at >= ?1 AND kind NOT IN ('operator', 'baseline', 'not-taken')
                 GROUP BY composed_at",
            )?;
            let sizes = statement.query_map([micros(since)], |row| row.get::<_, i64>(0))?;
            sizes.map(|size| Ok(usize::try_from(size?).unwrap_or(0))).collect()
        })
        .await
    }
}

fn queue(connection: &Connection, new: &NewMail, now: Timestamp) -> Result<Composed, StoreError> {
    let known: Option<i64> = connection
        .prepare_cached("SELECT id FROM outbox WHERE message_id = ?1")?
        .query_row([&new.mail.message_id], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(Composed { mail: MailId(id), new: false });
    }
    let (delivery, ready_at) = match &new.held {
        Some(reason) => (Delivery::Held { by: BREAKER.to_owned(), reason: reason.clone() }, None),
        None => (Delivery::Queued, Some(micros(now))),
    };
    connection
        .prepare_cached(
            "INSERT INTO outbox (message_id, kind, addressee, audience, envelope_from, envelope_to, subject,
             bytes, state, delivery, ready_at, composed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            new.mail.message_id,
            word(&new.kind)?,
            json(&new.addressee)?,
            word(&new.audience)?,
            new.mail.envelope_from,
            new.mail.envelope_to,
            new.mail.subject,
            new.mail.bytes,
            delivery.word(),
            json(&delivery)?,
            ready_at,
            micros(now),
        ])?;
    Ok(Composed { mail: MailId(connection.last_insert_rowid()), new: true })
}

fn settle(
    connection: &Connection,
    id: NoticeId,
    mail: MailId,
    place: usize,
    now: Timestamp,
) -> Result<(), StoreError> {
    let settled = connection
        .prepare_cached(
            "UPDATE notices SET state = 'composed', withheld = NULL, settled_at = ?3, mail = ?2, place = ?4
             WHERE id = ?1 AND state = 'due'",
        )?
        .execute(params![id.0, mail.0, micros(now), place as i64])?;
    if settled == 1 {
        return Ok(());
    }
    let found: Option<(String, Option<i64>)> = connection
        .prepare_cached("SELECT state, mail FROM notices WHERE id = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        Some((_, Some(in_mail))) if in_mail == mail.0 => Ok(()),
        Some((state, _)) => Err(StoreError::NoticeNotDue { notice: id.0, state }),
        None => Err(StoreError::NoticeNotDue { notice: id.0, state: "unknown".to_owned() }),
    }
}
