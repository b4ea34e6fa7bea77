//! How far a finding has climbed its ladder in one episode: each step once, in order, told or skipped.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Addressee;

/// What the ladder did so far. Everything else about it is recomputed from the plan at each activation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Climb {
    /// When it was first decided to tell the owner of a stage that climbs; the clock starts when that word left.
    #[serde(default)]
    pub armed_at: Option<Timestamp>,
    /// How often the present step was told again, and when last.
    #[serde(default)]
    pub repeats: u32,
    #[serde(default)]
    pub repeated_at: Option<Timestamp>,
    /// Steps above the first that are behind us, in order.
    #[serde(default)]
    pub steps: Vec<StepTaken>,
    /// Working seconds that did not count, because the client was waited for.
    #[serde(default)]
    pub paused: i64,
    #[serde(default)]
    pub paused_since: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct StepTaken {
    /// Counts the ladder's steps from 0, the owner's.
    pub step: u32,
    pub at: Timestamp,
    pub how: HowTaken,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HowTaken {
    Told(Addressee),
    Skipped(SkippedBecause),
}

/// Why a step told nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SkippedBecause {
    /// Its person answers for the finding.
    IsOwner,
    /// Its person was told in this episode.
    WasTold,
    /// There is no such person, or nobody of them has an address.
    NobodyThere,
    /// Away, and so is every substitute.
    Away,
}

impl Climb {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The step that comes next; 0 is the owner's, which the first word takes.
    pub fn next_step(&self) -> u32 {
        self.steps.last().map_or(1, |taken| taken.step + 1)
    }

    /// When the last step above the owner's was told, if one was.
    pub fn last_told(&self) -> Option<&StepTaken> {
        self.steps.iter().rev().find(|taken| matches!(taken.how, HowTaken::Told(_)))
    }
}
