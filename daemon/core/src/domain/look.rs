//! A look: one reading of all of a check's datasets, and how far it can be believed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::RunId;

/// How far a look can be believed. Only a complete one resolves what it no longer sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "look")]
pub enum Completeness {
    Complete,
    /// It read only what is new: absence means nothing.
    Partial,
    Doubtful {
        slot: String,
        doubt: Doubt,
    },
}

/// What makes a look doubtful.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "doubt")]
pub enum Doubt {
    /// No rows where there were some.
    Empty { before: u64 },
    /// Fewer rows than the dataset's share of the last complete look.
    Shrunk { rows: u64, before: u64 },
    /// Fewer rows than the dataset's `rows.min`.
    TooFew { rows: u64, min: u64 },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub run: RunId,
    pub at: Timestamp,
    pub completeness: Completeness,
    /// The first complete look of the check, or the first since its question changed.
    pub first: Option<First>,
}

/// Why a look counts as the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum First {
    OfCheck,
    OfQuestion,
}
