//! Ladders: who hears next, and after how much working time. A plain value of the plan; climbing is
//! [`super::climb`].

use serde::{Deserialize, Serialize};

use crate::domain::{Finding, Rung, Span};

/// The steps in the order of climbing; the first is the owner's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Ladder {
    pub name: String,
    pub steps: Vec<Step>,
    /// Stages that are told and never climb: a warning is no failure.
    pub never: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Step {
    pub to: Rung,
    /// Since the owner's first mail about it; the first step has none.
    pub after: Option<Span>,
    /// How long after each telling it is told again, in turn. Repeats stop once the next step is told.
    pub repeat: Vec<Span>,
}

/// What never climbs unless a ladder says otherwise: a promise whose day has not come.
pub const NEVER: [&str; 1] = ["due-soon"];

impl Ladder {
    /// Whether a finding in its present stage climbs.
    pub fn carries(&self, finding: &Finding) -> bool {
        !self.never.contains(&finding.seen.stage)
    }
}
