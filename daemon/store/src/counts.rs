//! How the store stands, in numbers: for `status`, and for noticing that another process wrote.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kaizend_core::domain::CheckId;
use rusqlite::Connection;
use serde::Serialize;

use crate::{Pause, Store, StoreError, column::instant_if};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    pub open_findings: BTreeMap<CheckId, u64>,
    pub resolved_findings: u64,
    /// Runs that began and ended, however they did, as far as they are kept.
    pub runs_ended: BTreeMap<CheckId, u64>,
    pub runs_requested: u64,
    pub runs_running: u64,
    pub notices_due: u64,
    /// Mails by state: `queued`, `sent`, `uncertain` …
    pub outbox: BTreeMap<String, u64>,
    /// When the oldest mail that still waits for the server was written.
    pub oldest_unsent: Option<Timestamp>,
    pub outbox_paused: Option<Pause>,
    /// Promises that are open, and all that the ledger holds.
    pub promises_open: u64,
    pub promises: u64,
}

impl Store {
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        self.read(|connection| {
            let one = |query: &str| -> Result<u64, StoreError> {
                Ok(connection.query_row(query, [], |row| row.get(0))?)
            };
            let oldest = connection.query_row(
                "SELECT min(composed_at) FROM outbox
                 WHERE state IN ('queued', 'claimed', 'data-started', 'deferred', 'uncertain')",
                [],
                |row| row.get(0),
            )?;
            let open = by_name(
                connection,
                "SELECT check_id, count(*) FROM findings WHERE open = 1 GROUP BY check_id",
            )?;
            let ended = by_name(
                connection,
                "SELECT check_id, count(*) FROM runs WHERE ended_at IS NOT NULL AND state <> 'skipped' GROUP BY check_id",
            )?;
            Ok(Counts {
                runs_ended: ended.into_iter().map(|(check, count)| (CheckId::new(check), count)).collect(),
                open_findings: open.into_iter().map(|(check, count)| (CheckId::new(check), count)).collect(),
                resolved_findings: one("SELECT count(*) FROM findings WHERE open = 0")?,
                runs_requested: one("SELECT count(*) FROM runs WHERE state = 'requested'")?,
                runs_running: one("SELECT count(*) FROM runs WHERE state = 'running'")?,
                notices_due: one("SELECT count(*) FROM notices WHERE state = 'due'")?,
                outbox: by_name(connection, "SELECT state, count(*) FROM outbox GROUP BY state")?,
                oldest_unsent: instant_if(oldest)?,
                outbox_paused: crate::outbox::paused(connection)?,
                promises_open: one("SELECT count(*) FROM promises WHERE open = 1")?,
                promises: one("SELECT count(*) FROM promises")?,
            })
        })
        .await
    }

    /// A number that changes when another process writes to the store, and only then: compare it with the
    /// one before.
    pub async fn data_version(&self) -> Result<u64, StoreError> {
        // Asked on the writer's connection: its own commits do not count, and nobody else here writes.
        self.write(|connection| {
            Ok(connection.pragma_query_value(None, "data_version", |row| row.get::<_, u64>(0))?)
        })
        .await
    }
}

fn by_name(connection: &Connection, query: &str) -> Result<BTreeMap<String, u64>, StoreError> {
    let mut statement = connection.prepare_cached(query)?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}
