//! What people do with mails: hold, release, cancel, try again, and stop all sending.

use jiff::Timestamp;
use kaizend_core::domain::{Delivery, MailId};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use super::{Step, standstill};
use crate::{
    Store, StoreError,
    column::{instant, micros},
};

/// Which mails are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// Every one that is in a state where it can be done.
    All,
    Ids(Vec<MailId>),
}

/// What was done, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Moved {
    pub moved: Vec<MailId>,
    /// Asked for by id, but in a state that does not allow it (`sent`, `data-started`, `forgotten`,
    /// `unknown` …).
    pub refused: Vec<(MailId, String)>,
}

/// All sending is stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Pause {
    pub by: String,
    pub reason: String,
    pub since: Timestamp,
    /// When it goes on by itself: after a refusal of the server's. A person's word holds until a person's word.
    pub until: Option<Timestamp>,
}

/// Who stopped it, when that was no person.
const MAIL_SERVER: &str = "mail server";

impl Store {
    /// Keeps mails back until they are released. What is being sent just now cannot be held.
    pub async fn hold(&self, which: Which, by: String, reason: String) -> Result<Moved, StoreError> {
        let delivery = Delivery::Held { by, reason };
        self.move_mails(which, &["queued", "deferred", "uncertain"], delivery, None, None).await
    }

    /// Queues held mails; they go at once.
    pub async fn release(&self, which: Which, now: Timestamp) -> Result<Moved, StoreError> {
        self.move_mails(which, &["held"], Delivery::Queued, Some(now), None).await
    }

    /// Gives mails up. Kept and shown, never sent.
    pub async fn cancel(
        &self,
        which: Which,
        by: String,
        reason: String,
        now: Timestamp,
    ) -> Result<Moved, StoreError> {
        let from = &["queued", "deferred", "held", "uncertain", "failed"];
        self.move_mails(which, from, Delivery::Cancelled { by, reason }, None, Some(now)).await
    }

    /// Queues failed, deferred and uncertain mails at once. An uncertain mail to a client is sent again only
    /// because a person says so here.
    pub async fn retry(&self, which: Which, now: Timestamp) -> Result<Moved, StoreError> {
        let from = &["failed", "deferred", "uncertain"];
        self.move_mails(which, from, Delivery::Queued, Some(now), None).await
    }

    /// Stops all sending, or (`None`) lets it go on. A second pause leaves the first one's reason.
    pub async fn pause_outbox(&self, pause: Option<Pause>) -> Result<(), StoreError> {
        self.write(move |connection| {
            match pause {
                Some(pause) => connection.execute(
                    "INSERT OR IGNORE INTO outbox_pause (only, by, reason, since) VALUES (1, ?1, ?2, ?3)",
                    params![pause.by, pause.reason, micros(pause.since)],
                )?,
                None => {
                    standstill::end(connection)?;
                    connection.execute("DELETE FROM outbox_pause", [])?
                }
            };
            Ok(())
        })
        .await
    }

    /// Whether all sending is stopped at `now`, and why.
    pub async fn outbox_paused(&self, now: Timestamp) -> Result<Option<Pause>, StoreError> {
        self.read(move |connection| Ok(paused(connection)?.filter(|pause| pause.is_in_force(now)))).await
    }

    async fn move_mails(
        &self,
        which: Which,
        from: &'static [&'static str],
        delivery: Delivery,
        ready_at: Option<Timestamp>,
        ended_at: Option<Timestamp>,
    ) -> Result<Moved, StoreError> {
        self.write(move |connection| {
            let found = match which {
                Which::All => in_states(connection, from)?,
                Which::Ids(ids) => with_states(connection, ids)?,
            };
            let mut moved = Moved::default();
            for (mail, state) in found {
                if from.contains(&state.as_str()) {
                    Step { mail, delivery: &delivery, ready_at }.write_ended(connection, ended_at)?;
                    moved.moved.push(mail);
                } else {
                    moved.refused.push((mail, state));
                }
            }
            Ok(moved)
        })
        .await
    }
}

impl Pause {
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

/// A person's pause, else the last standstill, which may be over.
pub(crate) fn paused(connection: &Connection) -> Result<Option<Pause>, StoreError> {
    let found: Option<(String, String, i64)> = connection
        .prepare_cached("SELECT by, reason, since FROM outbox_pause")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    if let Some((by, reason, since)) = found {
        return Ok(Some(Pause { by, reason, since: instant(since)?, until: None }));
    }
    Ok(standstill::last(connection)?.map(|standstill| Pause {
        by: MAIL_SERVER.to_owned(),
        reason: standstill.reason,
        since: standstill.since,
        until: Some(standstill.until),
    }))
}

fn in_states(connection: &Connection, states: &[&str]) -> Result<Vec<(MailId, String)>, StoreError> {
    let mut found = Vec::new();
    let mut statement = connection
        .prepare_cached("SELECT id FROM outbox WHERE state = ?1 AND forgotten_at IS NULL ORDER BY id")?;
    for state in states {
        let ids = statement.query_map([state], |row| row.get(0))?;
        for id in ids {
            found.push((MailId(id?), (*state).to_owned()));
        }
    }
    Ok(found)
}

fn with_states(connection: &Connection, ids: Vec<MailId>) -> Result<Vec<(MailId, String)>, StoreError> {
    // A mail without its text can be neither sent nor held.
    let mut statement = connection.prepare_cached(
        "SELECT CASE WHEN forgotten_at IS NULL THEN state ELSE 'forgotten' END FROM outbox WHERE id = ?1",
    )?;
    ids.into_iter()
        .map(|id| {
            let state: Option<String> = statement.query_row([id.0], |row| row.get(0)).optional()?;
            Ok((id, state.unwrap_or_else(|| "unknown".to_owned())))
        })
        .collect()
}
