//! Where a command finds its configuration, its store and its runtime.

use std::{
    future::Future,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use kaizend_store::Store;
use tokio::runtime::Runtime;

use super::{Format, Stop, print};
use crate::{
    config::{self, Loaded, Plan},
    rooms::{self, Rooms},
};

/// What all commands share.
#[derive(Debug)]
pub(super) struct Scene {
    pub(super) config: Option<PathBuf>,
    pub(super) format: Format,
}

impl Scene {
    /// The configuration file: the one that was named, else the first that is there.
    pub(super) fn config(&self) -> Result<PathBuf, Stop> {
        if let Some(path) = &self.config {
            return Ok(path.clone());
        }
        let usual = ["kaizend.toml", "/etc/kaizend/kaizend.toml"];
        usual.iter().map(PathBuf::from).find(|path| path.exists()).ok_or_else(|| {
            Stop::Usage("no configuration: neither ./kaizend.toml nor /etc/kaizend/kaizend.toml is there; name one with --config FILE".to_owned())
        })
    }

    /// Loads the configuration; its warnings are remarks.
    pub(super) fn load(&self) -> Result<Loaded, Stop> {
        let loaded = config::load(&self.config()?).map_err(Stop::Configuration)?;
        if !loaded.warnings.is_empty() {
            print::remark(&loaded.warnings);
        }
        Ok(loaded)
    }

    /// The plan, and the store that it names, which must be there already.
    pub(super) fn store(&self) -> Result<(Plan, Store), Stop> {
        let plan = self.load()?.plan;
        if !plan.store.path.exists() {
            return Err(Stop::CouldNot(anyhow::anyhow!(
                "there is no store yet at {}: `kaizend serve` or `kaizend run` makes it",
                plan.store.path.display()
            )));
        }
        let store = open(&plan.store.path)?;
        Ok((plan, store))
    }

    /// The plan's rooms around a store.
    pub(super) fn rooms(plan: Plan, store: Store) -> anyhow::Result<Rooms> {
        let host = Arc::new(rooms::host()?);
        Rooms::connect(Arc::new(plan), host, store)
    }
}

/// Opens the store for a command, beside a server or without one.
pub(super) fn open(path: &Path) -> anyhow::Result<Store> {
    Ok(Store::open(&kaizend_store::Settings { path: path.to_owned() })?)
}

/// Runs a command's work to its end.
pub(super) fn block_on<T>(work: impl Future<Output = T>) -> anyhow::Result<T> {
    let runtime = Runtime::new().context("cannot start the asynchronous runtime")?;
    let done = runtime.block_on(work);
    // Threads of sources that were cut off may still wait for a lock; they hold nothing that counts.
    runtime.shutdown_background();
    Ok(done)
}
