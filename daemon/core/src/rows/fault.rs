//! Why a dataset could not be read. A fault means *could not look*, never *nothing wrong*.

use serde::{Deserialize, Serialize};

/// What kind of thing went wrong: decides what the operator's mail says, in whatever language, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultClass {
    /// The file, table or server is not there.
    Missing,
    /// Somebody else holds it.
    Locked,
    /// The system or the database refused.
    Permission,
    /// The query is wrong.
    Query,
    /// A column is not there, or is of another type than asked for.
    Column,
    /// A value cannot be what its column says: no date, no UTF-8, no number.
    Value,
    /// Rows did not come in the promised order.
    Order,
    /// A bound was reached: disk for sorting, memory, rows.
    Limit,
    /// The disk for temporary files takes no more.
    Full,
    /// The source broke off while it was read.
    Interrupted,
    /// Somebody wrote into it while it was read.
    Changed,
    /// The file is damaged or of another format.
    Damaged,
}

/// A reading fault: one sentence that says what, where and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{message}")]
pub struct Fault {
    pub class: FaultClass,
    pub message: String,
}

impl Fault {
    pub fn new(class: FaultClass, message: impl Into<String>) -> Self {
        Self { class, message: message.into() }
    }
}
