//! The reading half of a look: sources, plugin and staging work side by side, bounded by the channels between.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use kaizend_core::{
    domain::{DatasetName, Hindrance, RunId, Said},
    policy::doubt::Newest,
    rows::Fault,
};
use kaizend_host::{Ending, Failure, Report, Request};
use kaizend_source::Binds;
use kaizend_store::Store;
use tokio::sync::mpsc;

use super::{Directory, Observer, bind, remarks::Remarks, who_is_who};
use crate::{config::Check, rooms::Rooms};

/// Chunks of what a plugin says that may wait for the store.
const WAITING_CHUNKS: usize = 4;

/// What was read and said; nothing of it counts yet.
pub(super) struct Reading {
    pub(super) report: Report,
    pub(super) directory: Arc<Directory>,
    /// How new the datasets were that have to be fresh; see [`bind::Bound`].
    pub(super) newest: BTreeMap<String, Newest>,
    pub(super) remarks: Vec<String>,
}

/// Reads the check's datasets through its plugin, and stages what it says. A fault is a reading too.
pub(super) async fn read(
    rooms: &Rooms,
    check: &Check,
    run: RunId,
    binds: &Binds,
    hindsight: bool,
    observer: Observer<'_>,
) -> anyhow::Result<Reading> {
    let remarks = Remarks::new(hindsight, binds.now, &binds.zone);
    let gathered = match gather(rooms, check, binds, remarks).await {
        Ok(gathered) => gathered,
        Err(fault) => return Ok(Reading::impossible(fault)),
    };
    let plugin = rooms.plugin(check);
    let ledger = rooms.store.ledger_view(bind::ledger_datasets(rooms, check)).await?;
    let state = rooms.store.plugin_state(&check.id, plugin.manifest().state_version).await?;
    if let Some(version) = state.other_version {
        tracing::warn!(check = %check.id, version, "the plugin's state is of another version: it begins anew");
    }
    let request = Request {
        check: check.id.clone(),
        now: binds.now,
        params: check.params.clone(),
        slots: gathered.bound.slots.clone(),
        state: state.values,
        calendar: rooms.working_time(&gathered.directory),
        ledger: Arc::new(move |dataset: &DatasetName, key: &[String]| ledger.look_up(dataset, key)),
        limits: check.limits.clone(),
    };
    let (said, heard) = mpsc::channel(WAITING_CHUNKS);
    let (report, staged) =
        tokio::join!(rooms.host.run(plugin, request, said), stage(&rooms.store, run, heard, observer));
    staged?;
    let bind::Bound { newest, remarks, .. } = gathered.bound;
    Ok(Reading { report, directory: gathered.directory, newest, remarks: remarks.sentences() })
}

struct Gathered {
    bound: bind::Bound,
    directory: Arc<Directory>,
}

async fn gather(rooms: &Rooms, check: &Check, binds: &Binds, remarks: Remarks) -> Result<Gathered, Fault> {
    let directory = Arc::new(who_is_who(rooms, binds).await?);
    let bound = bind::bind(rooms, check, binds, remarks).await?;
    Ok(Gathered { bound, directory })
}

/// Passes what is said to the store, chunk by chunk; the plugin waits while the store is slower.
async fn stage(
    store: &Store,
    run: RunId,
    mut heard: mpsc::Receiver<Vec<Said>>,
    observer: Observer<'_>,
) -> anyhow::Result<()> {
    while let Some(chunk) = heard.recv().await {
        chunk.iter().for_each(&mut *observer);
        store.stage(run, chunk).await?;
    }
    Ok(())
}

impl Reading {
    /// The data could not even be opened.
    pub(super) fn impossible(fault: Fault) -> Self {
        let failure = Failure { hindrance: Hindrance::Source(fault.class), message: fault.message };
        Self::without_a_plugin(Ending::Failed(failure), Arc::default())
    }

    /// No plugin said anything.
    pub(super) fn without_a_plugin(ending: Ending, directory: Arc<Directory>) -> Self {
        let report = Report {
            ending,
            rows: BTreeMap::new(),
            ended: Vec::new(),
            partial: false,
            log: Vec::new(),
            log_dropped: 0,
            findings: 0,
            cpu: Duration::ZERO,
            peak_memory: 0,
        };
        Self { report, directory, newest: BTreeMap::new(), remarks: Vec::new() }
    }
}
