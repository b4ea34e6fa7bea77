//! The outbox as people see it: page by page, and one mail with its bytes and attempts.

use jiff::Timestamp;
use kaizend_core::domain::{Addressee, Delivery, Fingerprint, Mail, MailId, NoticeId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use crate::{
    Audience, MailKind, Store, StoreError,
    column::{fingerprint, from_json, from_word, get, instant, instant_if},
};

/// Which mails a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailFilter {
    /// `queued`, `held`, `sent` …, as [`Delivery`] is written.
    pub state: Option<String>,
    /// Only mails older than this one: the last of the page before.
    pub after: Option<MailId>,
    /// Rows of the page; 0 = 100.
    pub limit: u32,
}

/// A mail without its text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MailLine {
    pub id: MailId,
    pub message_id: String,
    pub kind: MailKind,
    pub addressee: Addressee,
    pub audience: Audience,
    pub to: String,
    pub subject: String,
    pub delivery: Delivery,
    pub attempts: u32,
    pub times_uncertain: u32,
    pub composed_at: Timestamp,
    /// When its text was forgotten: it is never sent again.
    pub forgotten_at: Option<Timestamp>,
}

/// One mail with everything that is kept of it.
#[derive(Clone, Debug, PartialEq)]
pub struct MailRow {
    pub line: MailLine,
    pub mail: Mail,
    /// Oldest first.
    pub attempts: Vec<AttemptRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AttemptRow {
    pub at: Timestamp,
    pub delivery: Delivery,
    pub note: String,
}

impl Store {
    /// Mails, newest first.
    pub async fn mails(&self, filter: MailFilter) -> Result<Vec<MailLine>, StoreError> {
        self.read(move |connection| {
            let limit = if filter.limit == 0 { 100 } else { filter.limit };
            let mut statement = connection.prepare_cached(
                "SELECT id, message_id, kind, addressee, audience, envelope_to, subject, delivery, attempts,
                 times_uncertain, composed_at, forgotten_at FROM outbox
                 WHERE (?1 IS NULL OR state = ?1) AND id < ?2 ORDER BY id DESC LIMIT ?3",
            )?;
            let before = filter.after.map_or(i64::MAX, |after| after.0);
            let mut rows = statement.query(params![filter.state, before, limit])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(line(row)?);
            }
            Ok(found)
        })
        .await
    }

    /// One mail.
    pub async fn mail(&self, id: MailId) -> Result<Option<MailRow>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached("SELECT * FROM outbox WHERE id = ?1")?;
            let mut rows = statement.query([id.0])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            Ok(Some(MailRow { line: line(row)?, mail: mail(row)?, attempts: attempts(connection, id)? }))
        })
        .await
    }
}

/// A mail as whoever answers it knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub kind: MailKind,
    pub addressee: Addressee,
    /// The findings that it showed, in the order of its numbers, and after those what it only counted. Without what an
    /// earlier version did not number.
    pub about: Vec<(NoticeId, Fingerprint)>,
}

impl Store {
    /// The mail of a Message-ID, without angle brackets.
    pub async fn answered(&self, message_id: &str) -> Result<Option<Answered>, StoreError> {
        let message_id = message_id.to_owned();
        self.read(move |connection| {
            let found: Option<(i64, String, String)> = connection
                .prepare_cached("SELECT id, kind, addressee FROM outbox WHERE message_id = ?1")?
                .query_row([message_id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()?;
            let Some((id, kind, addressee)) = found else { return Ok(None) };
            let mut statement = connection.prepare_cached(
                "SELECT id, fingerprint FROM notices WHERE mail = ?1 AND fingerprint IS NOT NULL
                   AND (place IS NOT NULL OR (SELECT count(*) FROM notices WHERE mail = ?1) = 1)
                 ORDER BY place",
            )?;
            let mut rows = statement.query([id])?;
            let mut about = Vec::new();
            while let Some(row) = rows.next()? {
                about.push((NoticeId(row.get(0)?), fingerprint(row.get(1)?)?));
            }
            Ok(Some(Answered { kind: from_word(kind)?, addressee: from_json(&addressee)?, about }))
        })
        .await
    }
}

/// The mail of a row of the outbox.
pub(super) fn mail(row: &Row<'_>) -> Result<Mail, StoreError> {
    Ok(Mail {
        message_id: get(row, "message_id")?,
        envelope_from: get(row, "envelope_from")?,
        envelope_to: get(row, "envelope_to")?,
        subject: get(row, "subject")?,
        bytes: get(row, "bytes")?,
    })
}

fn line(row: &Row<'_>) -> Result<MailLine, StoreError> {
    Ok(MailLine {
        id: MailId(get(row, "id")?),
        message_id: get(row, "message_id")?,
        kind: from_word(get(row, "kind")?)?,
        addressee: from_json(&get::<String>(row, "addressee")?)?,
        audience: from_word(get(row, "audience")?)?,
        to: get(row, "envelope_to")?,
        subject: get(row, "subject")?,
        delivery: from_json(&get::<String>(row, "delivery")?)?,
        attempts: get(row, "attempts")?,
        times_uncertain: get(row, "times_uncertain")?,
        composed_at: instant(get(row, "composed_at")?)?,
        forgotten_at: instant_if(get(row, "forgotten_at")?)?,
    })
}

fn attempts(connection: &Connection, id: MailId) -> Result<Vec<AttemptRow>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT at, delivery, note FROM attempts WHERE mail = ?1 ORDER BY id")?;
    let mut rows = statement.query([id.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(AttemptRow {
            at: instant(get(row, "at")?)?,
            delivery: from_json(&get::<String>(row, "delivery")?)?,
            note: get(row, "note")?,
        });
    }
    Ok(found)
}
