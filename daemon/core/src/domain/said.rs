//! Everything a run can say, in the order it said it. Nothing of it counts before the run's decision.

use serde::{Deserialize, Serialize};

use super::{Measure, MeasureKey, PromiseSeen, Sighting};

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Said {
    Sighting(Box<Sighting>),
    /// Looked at, and fine: what a partial look uses instead of absence.
    Fine {
        topic: String,
        key: Vec<String>,
    },
    /// Measures of one key in one run add up.
    Measure(MeasureKey, Measure),
    Attribute(Attribute),
    /// A plugin's own memory; `None` removes the key.
    State {
        key: String,
        value: Option<Vec<u8>>,
    },
    /// Said by the host for each row of a ledger slot that is open, or that the ledger knows.
    Promise(PromiseSeen),
}

/// A fact about a client or person that every check may use: the rank of a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Attribute {
    pub role: String,
    pub id: String,
    pub name: String,
    pub value: String,
}
