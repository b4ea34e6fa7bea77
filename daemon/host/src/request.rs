//! One run, as asked for: which question, about which data, at which instant, within which bounds.

use std::{collections::BTreeMap, fmt, sync::Arc};

use jiff::Timestamp;
use kaizend_core::{
    domain::{CheckId, DatasetName},
    rows::Field,
};

use crate::{Ledger, Limits, Reader, WorkingTime};

/// Everything a run needs. A plugin sees of it only what its manifest asks for.
#[derive(Clone)]
pub struct Request {
    pub check: CheckId,
    /// The scheduled instant: the only clock a plugin has.
    pub now: Timestamp,
    /// Canonical texts by name; the manifest's default stands in for what is not set.
    pub params: BTreeMap<String, String>,
    /// What the operator bound, by slot. Binding is the grant: nothing else can be read.
    pub slots: BTreeMap<String, Binding>,
    /// What the plugin kept from its last run.
    pub state: BTreeMap<String, Vec<u8>>,
    pub calendar: Arc<dyn WorkingTime>,
    pub ledger: Arc<dyn Ledger>,
    pub limits: Limits,
}

/// The datasets bound to one slot; several only where the manifest says `list`.
#[derive(Clone, Debug, Default)]
pub struct Binding {
    pub members: Vec<Member>,
}

/// One dataset in a slot.
#[derive(Clone)]
pub struct Member {
    pub dataset: DatasetName,
    /// The dataset's columns, with their kinds where the source knows them.
    pub columns: Vec<Field>,
    /// The columns that tell its rows apart.
    pub key: Vec<String>,
    /// The columns that routes can match.
    pub labels: Vec<String>,
    /// Columns that are shown with each finding of a row; the plugin sees only those that it asks for itself.
    pub evidence: Vec<String>,
    /// This look reads only what is new: absence means nothing.
    pub partial: bool,
    pub reader: Arc<dyn Reader>,
}

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Member")
            .field("dataset", &self.dataset)
            .field("columns", &self.columns)
            .field("key", &self.key)
            .field("labels", &self.labels)
            .field("evidence", &self.evidence)
            .field("partial", &self.partial)
            .finish_non_exhaustive()
    }
}
