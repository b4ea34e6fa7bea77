//! What became of a run: how it ended, what it read, what it used. What it *said* went through the channel.

use std::{collections::BTreeMap, time::Duration};

use kaizend_core::domain::{DatasetName, Hindrance};

/// The account of one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub ending: Ending,
    /// Rows given to the plugin, by `slot`, or `slot/dataset` where a slot binds several. Slots that the
    /// plugin never opened are not there: nobody looked, so nothing can be missing.
    pub rows: BTreeMap<String, u64>,
    /// Datasets read to their end: only of these may promises be recorded, whatever the ending, and only of
    /// these does a missing row mean that it is gone.
    pub ended: Vec<DatasetName>,
    /// A slot that the plugin opened holds only what is new: absence means nothing.
    pub partial: bool,
    pub log: Vec<LogLine>,
    /// Log lines beyond the bound, counted and not kept.
    pub log_dropped: u64,
    pub findings: u64,
    /// Processor time inside the plugin and the functions it called.
    pub cpu: Duration,
    /// The most bytes of memory that the plugin had at once.
    pub peak_memory: usize,
}

/// How a run ended. Only after `Completed` does anything it said count, but for promises (see `ended`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    Completed,
    Failed(Failure),
    TimedOut { message: String },
}

/// Why a run failed, in a sentence that a stranger understands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    pub hindrance: Hindrance,
    pub message: String,
}

/// One line of a plugin's log. Levels: 1 detail, 2 note, 3 warning; whatever else is said counts as a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    pub level: u8,
    pub text: String,
}
