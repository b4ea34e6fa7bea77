//! The end of a run, in ONE transaction: what it said is decided finding by finding and committed together with
//! the ledger, measures, attributes, the plugin's state, the check's memory and the notices; or, when it could
//! not look, only the run, the memory, the ledger and the word to the operators.

mod decided;
mod findings;
mod ledger;
mod rest;

use std::collections::BTreeMap;

use jiff::Timestamp;
use kaizend_core::{
    domain::{
        CheckId, CheckMemory, Completeness, DatasetName, Decision, Finding, Notice, NoticeId, Outcome, RunId,
    },
    policy::decide::Verdict,
};
use rusqlite::{Connection, params};

pub use decided::{Closed, DecidedCount, LedgerCount, WithheldCount};
pub(crate) use findings::{write as write_decision, write_finding};

use crate::{
    Store, StoreError,
    column::{case, json, micros},
    notice, run, stage,
};

/// Decides one finding: what is known of it, and what the run saw; at least one is there.
pub type Decide = Box<dyn FnMut(Option<Finding>, Option<Verdict>) -> Option<Decision> + Send>;

/// How a run ended, and how its findings are decided.
pub struct Close {
    pub at: Timestamp,
    /// Only a believed look ([`Outcome::looked`]) lets findings, state, measures and attributes count.
    pub outcome: Outcome,
    /// Rows read, by slot or `slot/dataset`.
    pub rows: BTreeMap<String, u64>,
    /// The datasets of ledger slots that were read to their end: their promises are recorded even if the run
    /// failed afterwards, and after a complete look the missing ones have vanished. A dataset that was read
    /// only through slots without a ledger must not be here: nothing said its promises.
    pub ended_ledgers: Vec<DatasetName>,
    /// The check's memory from now on.
    pub memory: CheckMemory,
    /// The version that the plugin's state was written under.
    pub state_version: u32,
    /// Notices about the check itself: to operators.
    pub notices: Vec<Notice>,
    pub decide: Decide,
}

/// What one transaction works with.
pub(crate) struct Scene<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) check: &'a CheckId,
    pub(crate) run: RunId,
    pub(crate) at: Timestamp,
}

impl Store {
    /// Ends a run. Nothing of it counts before the answer, everything after it.
    ///
    /// # Errors
    /// [`StoreError::NotRunning`] when the run was taken over meanwhile. After any error nothing is written and
    /// the run is still open: close it as failed.
    pub async fn close_run(&self, run: RunId, close: Close) -> Result<Closed, StoreError> {
        self.write(move |connection| {
            let check = run::must_run(connection, run)?;
            let scene = Scene { connection, check: &check, run, at: close.at };
            scene.close(close)
        })
        .await
    }
}

impl Scene<'_> {
    fn close(&self, mut close: Close) -> Result<Closed, StoreError> {
        if close.outcome.looked() {
            stage::must_be_kept(self.connection, self.run)?;
        }
        let mut closed =
            Closed { duplicates: stage::duplicates(self.connection, self.run)?, ..Closed::default() };
        let complete = close.outcome == Outcome::Completed { look: Completeness::Complete };
        ledger::record(self, &close.ended_ledgers, complete, &mut closed)?;
        if close.outcome.looked() {
            findings::decide(self, &mut close.decide, &mut closed)?;
            rest::keep_state(self, close.state_version)?;
            rest::keep_attributes(self, complete)?;
            if complete {
                rest::replace_measures(self)?;
            }
        }
        for notice in &close.notices {
            closed.operator_notices.push(notice::add(self.connection, notice, close.at)?);
        }
        stage::forget(self.connection, self.run)?;
        self.remember(&close.memory)?;
        self.end_run(&close, &closed)?;
        Ok(closed)
    }

    fn remember(&self, memory: &CheckMemory) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO check_memory (check_id, body) VALUES (?1, ?2)
             ON CONFLICT DO UPDATE SET body = excluded.body",
            params![self.check.as_str(), json(memory)?],
        )?;
        Ok(())
    }

    fn end_run(&self, close: &Close, closed: &Closed) -> Result<(), StoreError> {
        let state = crate::column::word(&close.outcome.state())?;
        self.connection.execute(
            "UPDATE runs SET state = ?2, outcome = ?3, ended_at = ?4, looked_at = ?5, decided = ?6,
             lease_until = NULL WHERE id = ?1",
            params![
                self.run.0,
                state,
                json(&close.outcome)?,
                micros(close.at),
                json(&close.rows)?,
                json(closed)?
            ],
        )?;
        Ok(())
    }
}

/// The case of a finding's state: `open`, `resolved` …
pub(crate) fn state_word(finding: &Finding) -> Result<String, StoreError> {
    case(&finding.state, "state")
}

impl Closed {
    /// Every notice that the transaction wrote.
    pub fn all_notices(&self) -> impl Iterator<Item = NoticeId> {
        self.notices.iter().chain(&self.operator_notices).copied()
    }
}
