//! Measures: good out of total, for a group and a day of the event.

use serde::{Deserialize, Serialize};

/// What a measure is about. The latest complete look replaces its numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct MeasureKey {
    pub measure: String,
    /// `team:sofia`, `owner:5`, or empty for the whole company.
    pub group: String,
    /// Days since 1970-01-01: the day of the event, not of the look.
    pub day: i32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Measure {
    pub good: u64,
    pub total: u64,
}

impl Measure {
    pub fn plus(self, other: Self) -> Self {
        Self { good: self.good.saturating_add(other.good), total: self.total.saturating_add(other.total) }
    }
}
