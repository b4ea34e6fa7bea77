//! What is remembered of a check between its runs.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::RunId;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CheckMemory {
    /// The digest of the question that the last believed look answered: query, params, plugin, columns. A
    /// partial look answers it too: a check that reads only what is new never has a complete one.
    pub question: Option<String>,
    pub last_complete: Option<CompleteLook>,
    /// Since when it could not look, and whether the operators know.
    pub cannot_look: Option<CannotLook>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CompleteLook {
    pub run: RunId,
    pub at: Timestamp,
    /// Rows read, by `slot` or `slot/dataset` where a slot binds several.
    pub rows: BTreeMap<String, u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CannotLook {
    pub since: Timestamp,
    pub told: bool,
    pub message: String,
}
