//! Runs from their start to their end: at most one of a check at a time, each held by a process under a lease.
//! A run whose holder died is closed as interrupted, and nothing of it counts.

mod list;

use jiff::Timestamp;
use kaizend_core::domain::{CheckId, Hindrance, Outcome, RunId, RunState, SkipReason, Trigger};
use rusqlite::{Connection, OptionalExtension, params};

pub use list::RunRow;

use crate::{
    Holder, Store, StoreError,
    column::{from_word, get, instant, json, micros, word},
};

/// What a run begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    pub check: CheckId,
    pub by: Begin,
    pub holder: Holder,
    pub now: Timestamp,
    /// Until when the run is the holder's without [`Store::renew`].
    pub lease_until: Timestamp,
    /// Several runs of the check may go at once.
    pub parallel: bool,
}

/// What a run grows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// A request that is recorded already.
    Requested(RunId),
    /// No occurrence: by hand, or to look again before a mail.
    Now(Trigger),
}

/// Whether a run could begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Started {
    Run(RunId),
    /// Another run of the check is going.
    Leased {
        run: RunId,
        by: Holder,
        until: Timestamp,
    },
    /// The request was taken up or closed by somebody else.
    Gone {
        state: RunState,
    },
}

impl Store {
    /// Begins a run. Runs of the check whose lease ran out, or whose process is dead, are closed as
    /// interrupted first.
    pub async fn start_run(&self, start: Start) -> Result<Started, StoreError> {
        self.write(move |connection| {
            interrupt(connection, Some(&start.check), start.now)?;
            if !start.parallel
                && let Some(leased) = going(connection, &start.check)?
            {
                return Ok(leased);
            }
            begin(connection, &start)
        })
        .await
    }

    /// Prolongs a lease. [`StoreError::NotRunning`] means that the run was taken over: stop it.
    pub async fn renew(&self, run: RunId, lease_until: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            must_run(connection, run)?;
            connection.execute(
                "UPDATE runs SET lease_until = ?2 WHERE id = ?1",
                params![run.0, micros(lease_until)],
            )?;
            Ok(())
        })
        .await
    }

    /// Closes a request that will not run: another run of its check is still going, say.
    /// Its occurrence then shows the reason. A request that was taken up is left alone, and the answer is `false`.
    pub async fn skip_requested(
        &self,
        run: RunId,
        why: SkipReason,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let outcome = Outcome::Skipped { why };
            let changed = connection.execute(
                "UPDATE runs SET state = 'skipped', outcome = ?2, ended_at = ?3
                 WHERE id = ?1 AND state = 'requested'",
                params![run.0, json(&outcome)?, micros(now)],
            )?;
            connection.execute(
                "UPDATE occurrences SET fate = ?2 WHERE run = ?1 AND ?3",
                params![run.0, word(&why)?, changed == 1],
            )?;
            Ok(changed == 1)
        })
        .await
    }

    /// Closes every running run whose lease ran out or whose process is dead. A server does this when it
    /// starts; the answer names them.
    pub async fn interrupt_dead_runs(&self, now: Timestamp) -> Result<Vec<RunId>, StoreError> {
        self.write(move |connection| interrupt(connection, None, now)).await
    }
}

/// Refuses what comes for a run that is not running: its holder was thought dead.
pub(crate) fn must_run(connection: &Connection, run: RunId) -> Result<CheckId, StoreError> {
    let found: Option<(String, String)> = connection
        .prepare_cached("SELECT state, check_id FROM runs WHERE id = ?1")?
        .query_row([run.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        Some((state, check)) if state == "running" => Ok(CheckId::new(check)),
        Some((state, _)) => Err(StoreError::NotRunning { run: run.0, state }),
        None => Err(StoreError::NotRunning { run: run.0, state: "unknown".to_owned() }),
    }
}

fn begin(connection: &Connection, start: &Start) -> Result<Started, StoreError> {
    let (holder, now, until) = (start.holder.as_str(), micros(start.now), micros(start.lease_until));
    match start.by {
        Begin::Now(trigger) => {
            connection.execute(
                "INSERT INTO runs (check_id, trigger, state, started_at, holder, lease_until)
                 VALUES (?1, ?2, 'running', ?3, ?4, ?5)",
                params![start.check.as_str(), word(&trigger)?, now, holder, until],
            )?;
            let run = RunId(connection.last_insert_rowid());
            crate::stage::begin(connection, run)?;
            Ok(Started::Run(run))
        }
        Begin::Requested(run) => {
            let begun = connection.execute(
                "UPDATE runs SET state = 'running', started_at = ?2, holder = ?3, lease_until = ?4
                 WHERE id = ?1 AND state = 'requested'",
                params![run.0, now, holder, until],
            )?;
            if begun == 1 {
                crate::stage::begin(connection, run)?;
                return Ok(Started::Run(run));
            }
            let state: String =
                connection.query_row("SELECT state FROM runs WHERE id = ?1", [run.0], |row| row.get(0))?;
            Ok(Started::Gone { state: from_word(state)? })
        }
    }
}

fn going(connection: &Connection, check: &CheckId) -> Result<Option<Started>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, holder, lease_until FROM runs WHERE state = 'running' AND check_id = ?1 LIMIT 1",
    )?;
    let mut rows = statement.query([check.as_str()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some(Started::Leased {
        run: RunId(get(row, "id")?),
        by: Holder::from_text(get::<String>(row, "holder")?),
        until: instant(get(row, "lease_until")?)?,
    }))
}

fn interrupt(
    connection: &Connection,
    check: Option<&CheckId>,
    now: Timestamp,
) -> Result<Vec<RunId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, holder, lease_until FROM runs
         WHERE state = 'running' AND (?1 IS NULL OR check_id = ?1) ORDER BY id",
    )?;
    let mut rows = statement.query([check.map(CheckId::as_str)])?;
    let mut dead = Vec::new();
    while let Some(row) = rows.next()? {
        let holder = Holder::from_text(get::<String>(row, "holder")?);
        if get::<i64>(row, "lease_until")? <= micros(now) || holder.is_dead() {
            dead.push(RunId(get(row, "id")?));
        }
    }
    let why = "the process that ran it ended, or did not renew its lease";
    let outcome = Outcome::failed(Hindrance::GivenUp, why);
    for run in &dead {
        connection.execute(
            "UPDATE runs SET state = 'failed', outcome = ?2, ended_at = ?3 WHERE id = ?1",
            params![run.0, json(&outcome)?, micros(now)],
        )?;
        crate::stage::forget(connection, *run)?;
    }
    Ok(dead)
}
