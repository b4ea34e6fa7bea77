//! What was decided about one finding: the new value, why, and who is told.

use jiff::Timestamp;

use super::{Event, Finding, Notice, PersonId, Why, WithheldBecause};

#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The finding as it is from now on.
    pub finding: Finding,
    pub event: Event,
    pub why: Why,
    pub telling: Telling,
    /// Who said so, where a person did, and in which words.
    pub by: Option<PersonId>,
    pub note: Option<String>,
    /// When time alone may change something: the next step of the ladder, the end of a silence.
    pub next: Option<Timestamp>,
}

/// Whether people hear of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Telling {
    /// One notice for each addressee.
    Tell(Vec<Notice>),
    Withhold(WithheldBecause),
}

impl Decision {
    /// A decision that no person said, and after which nothing comes by itself.
    pub fn new(finding: Finding, event: Event, why: Why, telling: Telling) -> Self {
        Self { finding, event, why, telling, by: None, note: None, next: None }
    }

    /// The notices that it writes.
    pub fn notices(&self) -> &[Notice] {
        match &self.telling {
            Telling::Tell(notices) => notices,
            Telling::Withhold(_) => &[],
        }
    }
}
