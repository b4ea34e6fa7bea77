//! A silence: findings of a kind that nobody is to hear of until a moment, by somebody's word and for a reason.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::PersonId;

/// One silence, as it is listed and ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SilenceId(pub i64);

/// It always ends, and always has an author and a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Silence {
    /// Patterns by field (`check`, `topic`, `stage`, `owner`, `client`, or a label): all must fit.
    pub matching: BTreeMap<String, String>,
    pub since: Timestamp,
    pub until: Timestamp,
    pub by: PersonId,
    pub reason: String,
}
