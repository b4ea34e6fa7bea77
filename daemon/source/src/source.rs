//! A source: a place with company data, described once and read in snapshots.

use std::path::Path;

use kaizend_core::rows::{Fault, FaultClass};

use crate::{
    binds::Binds, csv, dataset::DatasetSpec, described::Described, snapshot::Snapshot, spool::Spool, sqlite,
};

/// A place with company data.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    settings: Settings,
    spool: Spool,
}

/// Which kind of place it is. Each kind is a module that owns its settings; PostgreSQL, MySQL, spreadsheets and
/// web services come as further cases.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Settings {
    Sqlite(sqlite::Settings),
    Csv(csv::Settings),
}

impl Source {
    /// A source called `name` in configuration and messages. Nothing is opened yet.
    pub fn new(name: impl Into<String>, settings: Settings) -> Self {
        Self { name: name.into(), settings, spool: Spool::default() }
    }

    /// The source with another place and other bounds for temporary files.
    #[must_use]
    pub fn with_spool(self, spool: Spool) -> Self {
        Self { spool, ..self }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The file whose lines are its rows, if it is one.
    pub fn file(&self) -> Option<&Path> {
        match &self.settings {
            Settings::Csv(settings) => Some(&settings.path),
            Settings::Sqlite(_) => None,
        }
    }

    pub(crate) fn spool(&self) -> &Spool {
        &self.spool
    }

    /// The columns of a dataset and their kinds, from declarations and a sample of at most 200 rows.
    pub async fn describe(&self, spec: &DatasetSpec, binds: &Binds) -> Result<Described, Fault> {
        let (source, spec, binds) = (self.clone(), spec.clone(), binds.clone());
        let described = tokio::task::spawn_blocking(move || match &source.settings {
            Settings::Sqlite(settings) => sqlite::describe(&source.name, settings, &spec, &binds),
            Settings::Csv(settings) => csv::describe(&source.name, settings, &spec),
        });
        described.await.map_err(|error| self.interrupted(&error))?
    }

    /// One moment of the source: every dataset that a run reads comes from it.
    pub async fn snapshot(&self, binds: &Binds) -> Result<Snapshot, Fault> {
        Snapshot::take(self, binds).await
    }

    fn interrupted(&self, error: &tokio::task::JoinError) -> Fault {
        Fault::new(FaultClass::Interrupted, format!("source {}: the reading was stopped: {error}", self.name))
    }
}
