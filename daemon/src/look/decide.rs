//! The deciding half of a look: the reading becomes an outcome, and the core's decisions become a commit.

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use kaizend_core::{
    domain::{CheckMemory, Completeness, DatasetName, Finding, Hindrance, Look, Outcome, RunId},
    policy::{
        decide::Verdict,
        doubt::{self, RowBounds},
        outage::{self, Ended},
        question,
        reconcile::{Rule, reconcile},
    },
};
use kaizend_host::{Ending, Report};
use kaizend_store::{Close, StoreError};

use super::{
    bind::{counted, ledger_datasets},
    question::digest,
    reading::Reading,
};
use crate::{config::Check, office::Standing, rooms::Rooms};

/// What the store has to commit for this reading.
pub(super) async fn close(
    rooms: &Rooms,
    check: &Check,
    run: RunId,
    memory: &CheckMemory,
    reading: &Reading,
    now: Timestamp,
) -> anyhow::Result<Close> {
    let question = digest(rooms, check);
    let outcome = outcome(rooms, check, memory, &question, reading, now);
    let rows = &reading.report.rows;
    let ended = Ended { check: &check.id, run, question: &question, outcome: &outcome, rows };
    let (memory_after, notice) = outage::remember(memory, &ended, now);
    let look = Look {
        run,
        at: now,
        completeness: completeness(&outcome),
        first: question::first(memory, &question),
    };
    let rule = rule(rooms, check);
    let standing = Standing::of(rooms, Arc::clone(&reading.directory)).await?;
    let router = standing.router(rooms, check, run, now);
    let decide = move |known: Option<Finding>, seen: Option<Verdict>| {
        reconcile(&rule, known.as_ref(), seen.as_ref(), &look, &router)
    };
    Ok(Close {
        at: now,
        outcome,
        rows: rows.clone(),
        ended_ledgers: ended_ledgers(rooms, check, &reading.report),
        memory: memory_after,
        state_version: rooms.plugin(check).manifest().state_version,
        notices: notice.into_iter().collect(),
        decide: Box::new(decide),
    })
}

/// Ends a run that the store could not keep: what it said is gone, the check can run again, and the operators hear of
/// it. That takes little room, so it mostly works where the run itself did not (a full disk); where not, the lease
/// ends it.
pub(super) async fn give_up(rooms: &Rooms, check: &Check, run: RunId, now: Timestamp, why: &anyhow::Error) {
    if let Err(error) = try_give_up(rooms, check, run, now, why).await {
        tracing::error!(check = %check.id, run = run.0, %error, "a run could not be closed; its lease ends it");
    }
}

async fn try_give_up(
    rooms: &Rooms,
    check: &Check,
    run: RunId,
    now: Timestamp,
    why: &anyhow::Error,
) -> Result<(), StoreError> {
    let memory = rooms.store.check_memory(&check.id).await?;
    let message = format!("the store could not keep what the run said, so nothing of it counts: {why:#}");
    let outcome = Outcome::failed(Hindrance::Store, message);
    let (question, rows) = (digest(rooms, check), BTreeMap::new());
    let ended = Ended { check: &check.id, run, question: &question, outcome: &outcome, rows: &rows };
    let (memory, notice) = outage::remember(&memory, &ended, now);
    let close = Close {
        at: now,
        outcome,
        rows,
        ended_ledgers: Vec::new(),
        memory,
        state_version: rooms.plugin(check).manifest().state_version,
        notices: notice.into_iter().collect(),
        decide: Box::new(|_, _| None),
    };
    rooms.store.close_run(run, close).await?;
    Ok(())
}

/// Datasets of promises that were read to their end.
fn ended_ledgers(rooms: &Rooms, check: &Check, report: &Report) -> Vec<DatasetName> {
    let promises = ledger_datasets(rooms, check);
    report.ended.iter().filter(|dataset| promises.contains(dataset)).cloned().collect()
}

fn outcome(
    rooms: &Rooms,
    check: &Check,
    memory: &CheckMemory,
    question: &str,
    reading: &Reading,
    now: Timestamp,
) -> Outcome {
    let report = &reading.report;
    match &report.ending {
        Ending::Completed => {
            let (bounds, calendar) = (row_bounds(rooms, check), rooms.calendar());
            let stale = reading.newest.iter();
            let stale =
                stale.filter_map(|(slot, newest)| Some((slot.clone(), newest.stale(now, &calendar)?)));
            let look = doubt::judge(memory, question, &report.rows, &bounds, stale.collect(), report.partial);
            Outcome::Completed { look }
        }
        Ending::Failed(failure) => Outcome::failed(failure.hindrance, failure.message.clone()),
        Ending::TimedOut { message } => Outcome::TimedOut { message: message.clone() },
    }
}

/// A run that failed decides nothing; the store does not ask it to.
fn completeness(outcome: &Outcome) -> Completeness {
    match outcome {
        Outcome::Completed { look } => look.clone(),
        _ => Completeness::Partial,
    }
}

/// The bounds by the names that the report counts under.
fn row_bounds(rooms: &Rooms, check: &Check) -> BTreeMap<String, RowBounds> {
    let mut bounds = BTreeMap::new();
    for (slot, datasets) in &check.datasets {
        for name in datasets {
            let rows = rooms.dataset(name).rows;
            bounds.insert(
                counted(slot, datasets, name),
                RowBounds { min: rows.min, shrink_at_most: rows.shrink_at_most },
            );
        }
    }
    bounds
}

fn rule(rooms: &Rooms, check: &Check) -> Rule {
    Rule {
        check: check.id.clone(),
        baseline: check.baseline,
        look_back: check.look_back,
        settle: rooms.plan.reminders.settle,
        calendar: Arc::new(rooms.calendar()),
        owing: Arc::clone(&check.owing),
    }
}
