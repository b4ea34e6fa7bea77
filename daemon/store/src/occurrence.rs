//! Occurrences: each due moment of a schedule is accounted for exactly once, as a run or as skipped with its
//! reason, in the transaction that asks for the run.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kaizend_core::{
    domain::{CheckId, RunId, SkipReason, Trigger},
    policy::schedule::{Fate, OccurrenceDecision},
};
use rusqlite::{Connection, params};
use serde::Serialize;

use crate::{
    Store, StoreError,
    column::{from_word, get, instant, instant_if, micros, word},
};

/// A run that is asked for and not yet begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRequest {
    pub run: RunId,
    pub check: CheckId,
    pub trigger: Trigger,
    pub due: Option<Timestamp>,
}

/// An occurrence that was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OccurrenceRow {
    pub due: Timestamp,
    /// The run that it became; `None` when it was skipped, or the run is older than what is kept.
    pub run: Option<RunId>,
    pub skipped: Option<SkipReason>,
    /// Set when this one stands for all occurrences after that instant as well.
    pub unlisted_since: Option<Timestamp>,
}

impl Store {
    /// Records occurrences, and asks for the runs of those that were not known. The same moment again is no
    /// error and asks for nothing: a scheduler that was killed may say everything once more.
    pub async fn record_occurrences(
        &self,
        decisions: Vec<OccurrenceDecision>,
    ) -> Result<Vec<RunRequest>, StoreError> {
        self.write(move |connection| {
            let mut requests = Vec::new();
            for decision in &decisions {
                requests.extend(record(connection, decision)?);
            }
            Ok(requests)
        })
        .await
    }

    /// The newest recorded due moment of each check: its schedule goes on from there.
    pub async fn newest_occurrences(&self) -> Result<BTreeMap<CheckId, Timestamp>, StoreError> {
        self.read(|connection| {
            instants(connection, "SELECT check_id, max(due) FROM occurrences GROUP BY check_id")
        })
        .await
    }

    /// The latest recorded due moment of one check.
    pub async fn last_occurrence(&self, check: &CheckId) -> Result<Option<Timestamp>, StoreError> {
        let check = check.clone();
        self.read(move |connection| {
            let last = connection.query_row(
                "SELECT max(due) FROM occurrences WHERE check_id = ?1",
                [check.as_str()],
                |row| row.get(0),
            )?;
            instant_if(last)
        })
        .await
    }

    /// When each check of a plan was first planned; those that are new are first planned `now`.
    pub async fn planned_since(
        &self,
        checks: Vec<CheckId>,
        now: Timestamp,
    ) -> Result<BTreeMap<CheckId, Timestamp>, StoreError> {
        // Schedules ask at each round, and the answer changes only with the plan: the writer is left in peace.
        let known = self.read(|connection| instants(connection, PLANNED)).await?;
        if checks.iter().all(|check| known.contains_key(check)) {
            return Ok(only(known, &checks));
        }
        self.write(move |connection| {
            for check in &checks {
                connection
                    .prepare_cached("INSERT OR IGNORE INTO planned (check_id, since) VALUES (?1, ?2)")?
                    .execute(params![check.as_str(), micros(now)])?;
            }
            Ok(only(instants(connection, PLANNED)?, &checks))
        })
        .await
    }

    /// The latest occurrences of a check, newest first.
    pub async fn occurrences(&self, check: &CheckId, limit: u32) -> Result<Vec<OccurrenceRow>, StoreError> {
        let check = check.clone();
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT due, fate, unlisted_since, run FROM occurrences
                 WHERE check_id = ?1 ORDER BY due DESC LIMIT ?2",
            )?;
            let mut rows = statement.query(params![check.as_str(), limit])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let fate: String = get(row, "fate")?;
                let skipped = if fate == RUN { None } else { Some(from_word(fate)?) };
                found.push(OccurrenceRow {
                    due: instant(get(row, "due")?)?,
                    run: get::<Option<i64>>(row, "run")?.map(RunId),
                    skipped,
                    unlisted_since: instant_if(get(row, "unlisted_since")?)?,
                });
            }
            Ok(found)
        })
        .await
    }

    /// Runs that were asked for and never began, oldest first: what a server takes up when it starts.
    pub async fn requested_runs(&self) -> Result<Vec<RunRequest>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, check_id, trigger, due FROM runs WHERE state = 'requested' ORDER BY id",
            )?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(RunRequest {
                    run: RunId(get(row, "id")?),
                    check: CheckId::new(get::<String>(row, "check_id")?),
                    trigger: from_word(get(row, "trigger")?)?,
                    due: instant_if(get(row, "due")?)?,
                });
            }
            Ok(found)
        })
        .await
    }
}

const RUN: &str = "run";
const PLANNED: &str = "SELECT check_id, since FROM planned";

fn only(mut since: BTreeMap<CheckId, Timestamp>, checks: &[CheckId]) -> BTreeMap<CheckId, Timestamp> {
    since.retain(|check, _| checks.contains(check));
    since
}

fn instants(connection: &Connection, query: &str) -> Result<BTreeMap<CheckId, Timestamp>, StoreError> {
    let mut statement = connection.prepare_cached(query)?;
    let mut rows = statement.query([])?;
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next()? {
        found.insert(CheckId::new(row.get::<_, String>(0)?), instant(row.get(1)?)?);
    }
    Ok(found)
}

fn record(connection: &Connection, decision: &OccurrenceDecision) -> Result<Option<RunRequest>, StoreError> {
    let identity = params![decision.check.as_str(), micros(decision.due)];
    let known = connection
        .prepare_cached("SELECT 1 FROM occurrences WHERE check_id = ?1 AND due = ?2")?
        .exists(identity)?;
    if known {
        return Ok(None);
    }
    let (fate, request) = match decision.fate {
        Fate::Skip(why) => (word(&why)?, None),
        Fate::Run(trigger) => {
            (RUN.to_owned(), Some(request(connection, &decision.check, decision.due, trigger)?))
        }
    };
    connection
        .prepare_cached(
            "INSERT INTO occurrences (check_id, due, fate, unlisted_since, run) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            decision.check.as_str(),
            micros(decision.due),
            fate,
            decision.unlisted_since.map(micros),
            request.as_ref().map(|request| request.run.0)
        ])?;
    Ok(request)
}

fn request(
    connection: &Connection,
    check: &CheckId,
    due: Timestamp,
    trigger: Trigger,
) -> Result<RunRequest, StoreError> {
    connection
        .prepare_cached("INSERT INTO runs (check_id, trigger, due, state) VALUES (?1, ?2, ?3, 'requested')")?
        .execute(params![check.as_str(), word(&trigger)?, micros(due)])?;
    let run = RunId(connection.last_insert_rowid());
    Ok(RunRequest { run, check: check.clone(), trigger, due: Some(due) })
}
