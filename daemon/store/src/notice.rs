//! Notices: written with the decision that made them, read when they are due, and settled by the letter that
//! holds them or by the reason for not sending.

use jiff::Timestamp;
use kaizend_core::{
    domain::{Addressee, CheckId, Fingerprint, MailId, Notice, NoticeId, WithheldBecause},
    policy::tell::{DueItem, Waiting},
};
use rusqlite::{Connection, Row, params, types::Value};
use serde::{Deserialize, Serialize};

use crate::{
    Store, StoreError,
    column::{from_json, from_json_if, from_word, get, instant, instant_if, json, micros, word},
    many::Many,
};

/// How far a notice has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeState {
    /// It waits for its window and its letter.
    Due,
    /// It is in a mail.
    Composed,
    /// It will not be sent.
    Withheld,
}

/// A notice with what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct NoticeRow {
    pub id: NoticeId,
    pub notice: Notice,
    pub decided_at: Timestamp,
    pub state: NoticeState,
    /// Why it waits, or why it was withheld for good.
    pub withheld: Option<WithheldBecause>,
    pub settled_at: Option<Timestamp>,
    /// The mail that holds it, as long as that is kept.
    pub mail: Option<MailId>,
    /// When it may go: later than decided where it was put off.
    pub due: Timestamp,
}

impl Store {
    /// Who has a notice that may go now. In a fixed order.
    pub async fn addressees_with_due_notices(&self, now: Timestamp) -> Result<Vec<Addressee>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT DISTINCT addressee FROM notices WHERE state = 'due' AND due <= ?1 ORDER BY addressee",
            )?;
            let mut rows = statement.query([micros(now)])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(from_json(&row.get::<_, String>(0)?)?);
            }
            Ok(found)
        })
        .await
    }

    /// Checks that have a notice about a finding which may go now: their facts are looked at again first.
    pub async fn checks_with_due_notices(&self, now: Timestamp) -> Result<Vec<CheckId>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT DISTINCT body ->> '$.check' FROM notices
                 WHERE state = 'due' AND due <= ?1 AND fingerprint IS NOT NULL ORDER BY 1",
            )?;
            let found = statement.query_map([micros(now)], |row| row.get::<_, String>(0))?;
            Ok(found.map(|check| check.map(CheckId::new)).collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Adds a notice that no run decided: word to the operators about the daemon itself.
    pub async fn add_notice(&self, notice: Notice, now: Timestamp) -> Result<NoticeId, StoreError> {
        self.write(move |connection| add(connection, &notice, now)).await
    }

    /// When the next notice may go, if one waits.
    pub async fn next_due_notice(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|connection| {
            let next =
                connection
                    .query_row("SELECT min(due) FROM notices WHERE state = 'due'", [], |row| row.get(0))?;
            instant_if(next)
        })
        .await
    }

    /// The notices of one addressee that may go now, with their findings as they are now, in the order in
    /// which they were decided. `after` is the last one of the page before.
    pub async fn due_notices(
        &self,
        addressee: &Addressee,
        now: Timestamp,
        after: Option<NoticeId>,
        limit: u32,
    ) -> Result<Vec<DueItem>, StoreError> {
        let addressee = json(addressee)?;
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT n.id, n.body, n.decided_at, f.body AS finding,
                   (SELECT a.value FROM attributes AS a WHERE a.role = 'client' AND a.name = 'rank'
                    AND a.id = f.body ->> '$.seen.about.client' ORDER BY a.run DESC LIMIT 1) AS rank
                 FROM notices AS n LEFT JOIN findings AS f ON f.fingerprint = n.fingerprint
                 WHERE n.state = 'due' AND n.addressee = ?1 AND n.due <= ?2 AND n.id > ?3
                 ORDER BY n.id LIMIT ?4",
            )?;
            let mut rows =
                statement.query(params![addressee, micros(now), after.map_or(0, |after| after.0), limit])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(DueItem {
                    id: NoticeId(get(row, "id")?),
                    notice: from_json(&get::<String>(row, "body")?)?,
                    decided_at: instant(get(row, "decided_at")?)?,
                    finding: from_json_if(get(row, "finding")?)?,
                    rank: get(row, "rank")?,
                    silenced_until: None,
                });
            }
            Ok(found)
        })
        .await
    }

    /// Every notice about a finding, oldest first.
    pub async fn notices_of(&self, finding: Fingerprint) -> Result<Vec<NoticeRow>, StoreError> {
        self.read(move |connection| of_finding(connection, finding)).await
    }

    /// One notice by its number.
    pub async fn notice(&self, id: NoticeId) -> Result<Option<NoticeRow>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached("SELECT * FROM notices WHERE id = ?1")?;
            let mut rows = statement.query([id.0])?;
            rows.next()?.map(notice_row).transpose()
        })
        .await
    }

    /// The notices that a mail holds, oldest first.
    pub async fn notices_in(&self, mail: MailId) -> Result<Vec<NoticeRow>, StoreError> {
        self.read(move |connection| {
            let mut statement =
                connection.prepare_cached("SELECT * FROM notices WHERE mail = ?1 ORDER BY id")?;
            let mut rows = statement.query([mail.0])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(notice_row(row)?);
            }
            Ok(found)
        })
        .await
    }
}

/// Every notice about a finding, oldest first.
pub(crate) fn of_finding(
    connection: &Connection,
    finding: Fingerprint,
) -> Result<Vec<NoticeRow>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT * FROM notices WHERE fingerprint = ?1 ORDER BY id")?;
    let mut rows = statement.query([finding.as_bytes()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(notice_row(row)?);
    }
    Ok(found)
}
/// Where the values of [`row`] go.
pub(crate) const INSERT: &str = "INSERT INTO notices (fingerprint, addressee, due, decided_at, state, body)";

/// Writes a notice that was decided at `at`.
pub(crate) fn add(connection: &Connection, notice: &Notice, at: Timestamp) -> Result<NoticeId, StoreError> {
    let mut one = Many::new(INSERT, "");
    one.push(row(notice, at)?);
    one.write(connection)?;
    Ok(NoticeId(connection.last_insert_rowid()))
}

/// A notice that waits.
pub(crate) fn row(notice: &Notice, at: Timestamp) -> Result<[Value; 6], StoreError> {
    Ok([
        notice.finding.as_ref().map(|finding| finding.as_bytes().to_vec()).into(),
        json(&notice.to)?.into(),
        micros(notice.due).into(),
        micros(at).into(),
        "due".to_owned().into(),
        json(notice)?.into(),
    ])
}

/// Settles a notice that will not be sent. One that is settled already is left as it is.
pub(crate) fn withhold(
    connection: &Connection,
    id: NoticeId,
    why: WithheldBecause,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE notices SET state = 'withheld', withheld = ?2, settled_at = ?3
             WHERE id = ?1 AND state = 'due'",
        )?
        .execute(params![id.0, word(&why)?, micros(now)])?;
    Ok(())
}

/// Writes down why a notice waits, and until when; it stays due.
pub(crate) fn wait(connection: &Connection, waiting: &Waiting) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE notices SET withheld = ?2, due = ?3 WHERE id = ?1 AND state = 'due'")?
        .execute(params![waiting.notice.0, word(&waiting.because)?, micros(waiting.until)])?;
    Ok(())
}

fn notice_row(row: &Row<'_>) -> Result<NoticeRow, StoreError> {
    Ok(NoticeRow {
        id: NoticeId(get(row, "id")?),
        notice: from_json(&get::<String>(row, "body")?)?,
        decided_at: instant(get(row, "decided_at")?)?,
        state: from_word(get(row, "state")?)?,
        withheld: get::<Option<String>>(row, "withheld")?.map(from_word).transpose()?,
        settled_at: instant_if(get(row, "settled_at")?)?,
        mail: get::<Option<i64>>(row, "mail")?.map(MailId),
        due: instant(get(row, "due")?)?,
    })
}
