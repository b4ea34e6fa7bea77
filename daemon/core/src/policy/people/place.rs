//! Where something of the company's data stands, as whoever mends it finds it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::DatasetName;

/// A line of a file, a row of a query, or a setting.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "in")]
pub enum Place {
    /// Lines count from 1, the header included.
    File { file: String, line: u64 },
    /// Rows count from 1, as the source gave them.
    Dataset { dataset: DatasetName, source: String, row: u64 },
    /// The path of a key: `checks.late-orders.fallback`.
    Setting { key: String },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { file, line } => write!(f, "line {line} of {file}"),
            Self::Dataset { dataset, source, row } => {
                write!(f, "row {row} of dataset {dataset} (source {source})")
            }
            Self::Setting { key } => write!(f, "the setting {key}"),
        }
    }
}
