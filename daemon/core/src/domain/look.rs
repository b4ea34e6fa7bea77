//! A look: one reading of all of a check's datasets, and how far it can be believed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{RunId, Span};

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
    /// Nothing in it is newer than its `fresh` allows: the source is not kept up any more.
    #[serde(rename_all = "kebab-case")]
    Stale { column: String, newest: Timestamp, within: Span },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub run: RunId,
    pub at: Timestamp,
    pub completeness: Completeness,
    /// No believed look of the check came before it, or none since its question changed: what it meets was
    /// already wrong.
    pub first: Option<First>,
}

/// Why a look counts as the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum First {
    OfCheck,
    OfQuestion,
}

impl Doubt {
    /// What the command line says: what was seen, what follows from it, and what to do. Mails say the same in their
    /// reader's language.
    pub fn sentence(&self, slot: &str) -> String {
        let (seen, setting) = match self {
            Self::Empty { before } => {
                (format!("no rows, where the last complete look read {before}"), "rows.shrink-at-most = 1")
            }
            Self::Shrunk { rows, before } => (
                format!("only {}, where the last complete look read {before}", counted(*rows)),
                "a larger rows.shrink-at-most",
            ),
            Self::TooFew { rows, min } => {
                (format!("only {}, fewer than rows.min = {min}", counted(*rows)), "a smaller rows.min")
            }
            Self::Stale { column, newest, within } => {
                return format!(
                    "`{slot}` has nothing newer than {newest} in its column `{column}`, and fresh.within is `{within}`: \
                     its source is not kept up. Nothing was decided from this look and nothing counts as resolved. If \
                     the company really had nothing new, set a longer fresh.within for the dataset."
                );
            }
        };
        format!(
            "`{slot}` had {seen}. Nothing was decided from this look and nothing counts as resolved. \
             If the rows are rightly gone, set {setting} for the dataset."
        )
    }
}

fn counted(rows: u64) -> String {
    if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") }
}
