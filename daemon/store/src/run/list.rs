//! Runs as people see them: when, why, how they ended, and what was decided.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kaizend_core::domain::{CheckId, Outcome, RunId, RunState, Trigger};
use rusqlite::{Row, params};
use serde::Serialize;

use crate::{
    Closed, Store, StoreError,
    column::{from_json_if, from_word, get, instant, instant_if, micros},
};

/// A run as people see it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RunRow {
    pub run: RunId,
    pub check: CheckId,
    pub trigger: Trigger,
    pub due: Option<Timestamp>,
    pub state: RunState,
    pub outcome: Option<Outcome>,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// Rows read, by slot or `slot/dataset`.
    pub looked_at: BTreeMap<String, u64>,
    /// What was decided, as [`Closed`] says it.
    pub decided: Option<Closed>,
}

impl Store {
    /// The latest runs, newest first, of one check or of all.
    pub async fn runs(&self, check: Option<&CheckId>, limit: u32) -> Result<Vec<RunRow>, StoreError> {
        let check = check.cloned();
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT * FROM runs WHERE ?1 IS NULL OR check_id = ?1 ORDER BY id DESC LIMIT ?2",
            )?;
            let mut rows = statement.query(params![check.as_ref().map(CheckId::as_str), limit])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(run_row(row)?);
            }
            Ok(found)
        })
        .await
    }

    /// The latest run of a check that began and ended.
    pub async fn last_ended_run(&self, check: &CheckId) -> Result<Option<RunRow>, StoreError> {
        let check = check.clone();
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT * FROM runs WHERE check_id = ?1 AND ended_at IS NOT NULL AND state <> 'skipped'
                 ORDER BY id DESC LIMIT 1",
            )?;
            let mut rows = statement.query([check.as_str()])?;
            rows.next()?.map(run_row).transpose()
        })
        .await
    }

    /// The run that answered what was due at `at`: the latest that was due, or else began, by then.
    pub async fn run_due(&self, check: &CheckId, at: Timestamp) -> Result<Option<RunRow>, StoreError> {
        let check = check.clone();
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT * FROM runs WHERE check_id = ?1 AND ended_at IS NOT NULL AND state <> 'skipped'
                   AND coalesce(due, started_at) <= ?2
                 ORDER BY id DESC LIMIT 1",
            )?;
            let mut rows = statement.query(params![check.as_str(), micros(at)])?;
            rows.next()?.map(run_row).transpose()
        })
        .await
    }

    /// When the check's first run that is kept was due, or else began; `None` when there is none.
    pub async fn runs_since(&self, check: &CheckId) -> Result<Option<Timestamp>, StoreError> {
        let check = check.clone();
        self.read(move |connection| {
            let first: Option<i64> = connection.query_row(
                "SELECT min(coalesce(due, started_at)) FROM runs
                 WHERE check_id = ?1 AND ended_at IS NOT NULL AND state <> 'skipped'",
                [check.as_str()],
                |row| row.get(0),
            )?;
            first.map(instant).transpose()
        })
        .await
    }

    /// One run.
    pub async fn run(&self, run: RunId) -> Result<Option<RunRow>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached("SELECT * FROM runs WHERE id = ?1")?;
            let mut rows = statement.query([run.0])?;
            rows.next()?.map(run_row).transpose()
        })
        .await
    }
}

fn run_row(row: &Row<'_>) -> Result<RunRow, StoreError> {
    Ok(RunRow {
        run: RunId(get(row, "id")?),
        check: CheckId::new(get::<String>(row, "check_id")?),
        trigger: from_word(get(row, "trigger")?)?,
        due: instant_if(get(row, "due")?)?,
        state: from_word(get(row, "state")?)?,
        outcome: from_json_if(get(row, "outcome")?)?,
        started_at: instant_if(get(row, "started_at")?)?,
        ended_at: instant_if(get(row, "ended_at")?)?,
        looked_at: from_json_if(get(row, "looked_at")?)?.unwrap_or_default(),
        decided: from_json_if(get(row, "decided")?)?,
    })
}
