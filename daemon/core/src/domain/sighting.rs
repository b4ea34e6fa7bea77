//! What a plugin said about one thing in one run.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CheckId, DatasetName, Fact, Fingerprint, Money};

/// How much a finding matters. A plugin gives up to `High`; `Urgent` comes only from the operator's route.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    Note,
    #[default]
    Normal,
    High,
    Urgent,
}

/// A row of a dataset, by its canonical key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct RowRef {
    pub dataset: DatasetName,
    pub key: Vec<String>,
}

/// Another row that belongs to a finding: the earlier order, the earlier miss.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Link {
    pub name: String,
    pub slot: String,
    pub key: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Sighting {
    /// Topic and key are its identity within the check.
    pub topic: String,
    pub key: Vec<String>,
    /// Empty when the topic has no stages.
    #[serde(default)]
    pub stage: String,
    /// How far `stage` has gone, from the manifest: later is worse.
    #[serde(default)]
    pub stage_rank: u32,
    /// Set when this is a past fact, at this instant; otherwise it is a condition, open while seen.
    #[serde(default)]
    pub happened: Option<Timestamp>,
    /// Ids by role: `owner`, `client`, `item` …
    #[serde(default)]
    pub about: BTreeMap<String, String>,
    #[serde(default)]
    pub severity: Severity,
    #[serde(default)]
    pub worth: Option<Money>,
    #[serde(default)]
    pub evidence: BTreeMap<String, Fact>,
    #[serde(default)]
    pub links: Vec<Link>,
    /// The row it comes from, and that row's label columns.
    #[serde(default)]
    pub row: Option<RowRef>,
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
}

impl Severity {
    /// From a plugin's number; anything above 3 is 3, because urgent is not a plugin's to say.
    pub fn from_plugin(level: u8) -> Self {
        match level {
            0 | 1 => Self::Note,
            2 => Self::Normal,
            _ => Self::High,
        }
    }

    /// 1 note … 4 urgent.
    pub fn level(self) -> u8 {
        self as u8 + 1
    }

    /// So many levels more, at most urgent.
    #[must_use]
    pub fn raised(self, by: u8) -> Self {
        match self.level().saturating_add(by) {
            0 | 1 => Self::Note,
            2 => Self::Normal,
            3 => Self::High,
            _ => Self::Urgent,
        }
    }
}

impl Sighting {
    pub fn fingerprint(&self, check: &CheckId) -> Fingerprint {
        Fingerprint::of(check, &self.topic, &self.key)
    }

    /// The name in `evidence` of a column that the operator wants shown and the plugin never read: `promises.order_date`.
    /// A fact's name is an argument of messages, which has no dot, so neither can take the other's place.
    pub fn column_name(slot: &str, column: &str) -> String {
        format!("{slot}.{column}")
    }

    /// Those columns, by their own name.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &Fact)> {
        self.evidence.iter().filter_map(|(name, fact)| Some((name.split_once('.')?.1, fact)))
    }

    pub fn owner(&self) -> Option<&str> {
        self.about.get("owner").map(String::as_str)
    }
}
