//! What is owed after a miss: apologies by name, and the word why it happened. Nobody but a person can pay it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::PersonId;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Owed {
    #[serde(default)]
    pub apologies: Vec<Apology>,
    /// The cause of the miss, where the check asks for one.
    #[serde(default)]
    pub cause: Option<Cause>,
}

/// One apology to the client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Apology {
    pub level: ApologyLevel,
    pub by: PersonId,
    /// Since when it is owed.
    pub since: Timestamp,
    pub due: Timestamp,
    /// Whether its lateness was told.
    #[serde(default)]
    pub late_told: bool,
    #[serde(default)]
    pub done: Option<Timestamp>,
}

/// Who apologises: the one who erred, then also the manager, then also the director.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApologyLevel {
    Owner,
    Manager,
    Director,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "cause")]
pub enum Cause {
    #[serde(rename_all = "kebab-case")]
    Asked { of: Option<PersonId>, at: Timestamp },
    #[serde(rename_all = "kebab-case")]
    Given { text: String, by: PersonId, at: Timestamp },
}

impl Owed {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether nothing is left to do.
    pub fn is_settled(&self) -> bool {
        self.apologies.iter().all(|apology| apology.done.is_some())
            && !matches!(self.cause, Some(Cause::Asked { .. }))
    }

    /// The first apology that is not made.
    pub fn open_apologies(&self) -> impl Iterator<Item = &Apology> {
        self.apologies.iter().filter(|apology| apology.done.is_none())
    }
}
