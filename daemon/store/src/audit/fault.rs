//! What can be wrong with a store, as the audit sees it: each fault says what, where, and since which row.

use jiff::Timestamp;
use serde::Serialize;

use super::AuditDigest;

/// The first thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "fault")]
#[non_exhaustive]
pub enum AuditFault {
    #[error("rows {first} to {last} of the audit are gone")]
    Missing { first: i64, last: i64 },
    #[error("row {seq} of the audit was edited: its digest does not fit what it says")]
    Edited { seq: i64 },
    #[error(
        "row {seq} of the audit does not follow the one before: rows were exchanged, or another one was put here"
    )]
    OutOfOrder { seq: i64 },
    #[error("the changes of row {seq} of the audit were edited or removed")]
    ChangesEdited { seq: i64 },
    /// What is left of rows that were cut off, or was put there by hand.
    #[error("after row {after} of the audit there are changes that no row vouches for: its end was cut off")]
    StrayChanges { after: i64 },
    #[error("no row of the audit has the digest {expected}: its end was cut off, or this is another store")]
    CutOff { expected: AuditDigest },
    #[error("{table} {row} was edited past kaizend, after {since}")]
    RowEdited { table: String, row: String, since: Since },
    #[error("{table} {row} was put in past kaizend")]
    RowInserted { table: String, row: String },
    /// Only the digest of its key is left to name it by.
    #[error("a row of {table} was deleted past kaizend, after {since} (the digest of its key: {key})")]
    RowDeleted { table: String, key: AuditDigest, since: Since },
}

/// The last row of the audit that is known to be right about something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Since {
    pub seq: i64,
    pub at: Timestamp,
}

impl std::fmt::Display for Since {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "row {} of the audit ({:.0})", self.seq, self.at)
    }
}
