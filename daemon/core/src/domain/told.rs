//! What people know of a finding already.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Addressee, HowBad, Severity};

/// What the people concerned know of a finding already, in this episode.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Told {
    pub at: Timestamp,
    /// The worst stage and the worst severity that were told: a finding that falls and rises again is not news.
    pub stage_rank: u32,
    pub severity: Severity,
    /// Who was told, so that a finding that changes hands is told to each of them once.
    #[serde(default)]
    pub to: Vec<Addressee>,
    /// What they knew before it was told as worse. It holds again where that never left, because it fell back first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Box<Told>>,
}

impl Told {
    /// Nobody new knows of it yet; what was told `before` is not taken back by anything better.
    pub fn now(at: Timestamp, how_bad: HowBad, before: Option<Self>) -> Self {
        let worst = before.as_ref().map_or(how_bad, |before| before.how_bad().max(how_bad));
        let to = before.as_ref().map(|before| before.to.clone()).unwrap_or_default();
        let before = match before {
            Some(before) if before.how_bad() == worst => before.before,
            before => before.map(Box::new),
        };
        Self { at, stage_rank: worst.stage_rank, severity: worst.severity, to, before }
    }

    pub fn how_bad(&self) -> HowBad {
        HowBad { stage_rank: self.stage_rank, severity: self.severity }
    }

    /// This and all that was told before it, the latest first: each is worse than the next.
    pub fn back(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |told| told.before.as_deref())
    }
}
