//! What was decided about one finding in one look: the new value, why, and who is told.

use super::{Event, Finding, Notice, Why, WithheldBecause};

#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The finding as it is from now on.
    pub finding: Finding,
    pub event: Event,
    pub why: Why,
    pub telling: Telling,
}

/// Whether people hear of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Telling {
    /// One notice for each addressee.
    Tell(Vec<Notice>),
    Withhold(WithheldBecause),
}
