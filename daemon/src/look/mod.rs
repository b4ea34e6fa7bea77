//! One look: a check's datasets are read through its plugin, and what it says is decided and kept.
//!
//! Schedules, `kaizend run`, rechecks before sending, dry runs and the demo all come through [`look`]; they
//! differ in the store they bring and in the instant they give.

mod bind;
mod decide;
mod fresh;
mod question;
mod reading;
mod recorded;
mod remarks;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use anyhow::Context;
use jiff::Timestamp;
use kaizend_core::{
    domain::{CheckId, Outcome, RunId, Said, Trigger},
    rows::Fault,
};
use kaizend_host::LogLine;
use kaizend_source::Binds;
use kaizend_store::Closed;

pub use crate::people::Directory;

use crate::{config::Check, people, rooms::Rooms};

/// What is asked of a look.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// The run that a schedule queued; without it a run is begun here.
    pub queued: Option<RunId>,
    pub trigger: Trigger,
    /// The instant that the check takes for now.
    pub now: Timestamp,
    /// Hide what was not known then (`--as-known`).
    pub known_at: Option<Timestamp>,
    /// `now` lies in the past and the table is read as it is: say how much of it is later.
    pub hindsight: bool,
}

/// What became of a look.
#[derive(Debug)]
pub struct Looked {
    pub check: CheckId,
    pub run: RunId,
    pub outcome: Outcome,
    /// Rows read, by `slot`, or `slot/dataset` where a slot binds several.
    pub rows: BTreeMap<String, u64>,
    pub log: Vec<LogLine>,
    pub log_dropped: u64,
    /// Remarks on the data: dates that look like instants, times that a clock change folded.
    pub remarks: Vec<String>,
    pub closed: Closed,
    /// Who was who when it looked.
    pub directory: Arc<Directory>,
    pub cpu: Duration,
    pub peak_memory: usize,
}

/// Who is who at an instant. What is wrong with the people is compared with what the operators know of it.
///
/// # Errors
/// The people's or the clients' dataset cannot be read.
pub async fn directory(rooms: &Rooms, now: Timestamp) -> Result<Directory, Fault> {
    who_is_who(rooms, &rooms.binds(now, None)).await
}

async fn who_is_who(rooms: &Rooms, binds: &Binds) -> Result<Directory, Fault> {
    let given_up = rooms.store.given_up().await.unwrap_or_else(|error| {
        tracing::error!(%error, "it is not known to whom mail comes back");
        people::GivenUp::new()
    });
    let directory = people::read(&rooms.plan, &rooms.words, binds, &given_up).await?;
    people::watch(&rooms.store, &directory, binds.now).await;
    Ok(directory)
}

/// Hears everything that a run says, before any of it counts.
pub type Observer<'a> = &'a mut (dyn FnMut(&Said) + Send);

/// Runs one check to its commit.
///
/// # Errors
/// Only when the store fails, or another process is running the check; everything else is an outcome.
pub async fn look(rooms: &Rooms, check: &Check, ask: Ask, observer: Observer<'_>) -> anyhow::Result<Looked> {
    let run = rooms.start_run(check, ask.trigger, ask.queued, ask.now).await?;
    match begun(rooms, check, ask, run, observer).await {
        Ok(looked) => Ok(looked),
        Err(error) => {
            decide::give_up(rooms, check, run, ask.now, &error).await;
            Err(error).context("the store could not keep what the run said")
        }
    }
}

/// A run that holds its lease. Whatever the store refuses on the way, somebody has to end it in order.
async fn begun(
    rooms: &Rooms,
    check: &Check,
    ask: Ask,
    run: RunId,
    observer: Observer<'_>,
) -> anyhow::Result<Looked> {
    let memory = rooms.store.check_memory(&check.id).await?;
    let binds = rooms.binds(ask.now, ask.known_at);
    let reading = match &rooms.recorded {
        Some(past) => recorded::read(rooms, past, check, run, &binds, observer).await?,
        None => reading::read(rooms, check, run, &binds, ask.hindsight, observer).await?,
    };
    let close = decide::close(rooms, check, run, &memory, &reading, ask.now).await?;
    let outcome = close.outcome.clone();
    let closed = rooms.store.close_run(run, close).await?;
    tracing::info!(check = %check.id, run = run.0, outcome = outcome.word(), "looked");
    Ok(Looked {
        check: check.id.clone(),
        run,
        outcome,
        rows: reading.report.rows,
        log: reading.report.log,
        log_dropped: reading.report.log_dropped,
        remarks: reading.remarks,
        closed,
        directory: reading.directory,
        cpu: reading.report.cpu,
        peak_memory: reading.report.peak_memory,
    })
}
