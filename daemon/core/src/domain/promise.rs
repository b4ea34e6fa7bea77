//! The promise ledger: every version of a promise, and the look that saw it.
//!
//! Moving a date never erases a miss: the first version stays. Only promises that were open when first seen,
//! and their later versions, are kept.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{DatasetName, Moment, RunId};

/// What a look saw of one promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PromiseSeen {
    pub dataset: DatasetName,
    pub key: Vec<String>,
    pub promised: Option<Moment>,
    pub kept: Option<Moment>,
    /// Who asked for the latest move, where the company records it.
    pub moved_by: Option<String>,
}

/// One version: the date in force from `seen_at`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PromiseVersion {
    pub promised: Moment,
    pub seen_at: Timestamp,
    pub run: RunId,
    #[serde(default)]
    pub moved_by: Option<String>,
}

/// A promise as the ledger knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Promise {
    pub first: PromiseVersion,
    pub latest: PromiseVersion,
    /// How often the date was moved: versions less one.
    pub moves: u32,
    pub kept: Option<Moment>,
    /// Gone from the source without being kept.
    #[serde(default)]
    pub vanished: Option<Timestamp>,
}
