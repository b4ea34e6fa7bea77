//! What a check said in one run.

use std::collections::BTreeMap;

use super::cell::Cell;
use crate::{Date, Instant};

/// Everything a run said. Of a run with an error nothing counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// In the order they were emitted.
    pub findings: Vec<ToldFinding>,
    /// Looked at and fine: topic and key.
    pub fine: Vec<(String, Vec<String>)>,
    /// Name, group and day of the event → good, total.
    pub measures: BTreeMap<(String, String, Date), (u64, u64)>,
    /// Role, id and name → value.
    pub attributes: BTreeMap<(String, String, String), String>,
    /// Level and text.
    pub log: Vec<(u8, String)>,
    /// What is kept for later runs, all of it.
    pub state: BTreeMap<String, Vec<u8>>,
    /// Why the check could not look.
    pub error: Option<String>,
}

/// One finding.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ToldFinding {
    /// Of its identity.
    pub topic: String,
    /// Of its identity.
    pub key: Vec<String>,
    /// Empty when the topic has none.
    pub stage: String,
    /// Set for a past fact.
    pub happened: Option<Instant>,
    /// Ids by role.
    pub about: BTreeMap<String, String>,
    /// 1 note, 2 normal, 3 high.
    pub severity: u8,
    /// What is at stake.
    pub worth: Option<Cell>,
    /// By name.
    pub facts: BTreeMap<String, Cell>,
    /// Name, slot and key of rows that belong to it.
    pub links: Vec<(String, String, Vec<String>)>,
}
