//! What is different between two sightings of one finding, and when the difference is worth a word.

use crate::domain::{Finding, Severity, Sighting, Why};

/// The most important difference, or `None` when both say the same.
pub(super) fn difference(before: &Sighting, after: &Sighting) -> Option<Why> {
    let changes = [
        (after.stage_rank > before.stage_rank, Why::StageRose),
        (after.severity > before.severity, Why::SeverityRose),
        (after.stage_rank < before.stage_rank, Why::StageFell),
        (after.severity < before.severity, Why::SeverityFell),
        (after.owner() != before.owner(), Why::OwnerChanged),
        (after.worth != before.worth, Why::WorthChanged),
        (after != before, Why::EvidenceChanged),
    ];
    changes.into_iter().find_map(|(changed, why)| changed.then_some(why))
}

/// How bad a finding must be before it is news.
pub(super) struct Bar {
    stage_rank: u32,
    severity: Severity,
}

impl Bar {
    /// The worst that was told in this episode; what is known, where nobody was told.
    pub(super) fn of_told(known: &Finding) -> Self {
        match &known.told {
            Some(told) => Self { stage_rank: told.stage_rank, severity: told.severity },
            None => Self { stage_rank: known.seen.stage_rank, severity: known.seen.severity },
        }
    }

    /// Whoever dismissed a finding saw it as it is known, and was told of it before.
    pub(super) fn of_dismissed(known: &Finding) -> Self {
        let told = Self::of_told(known);
        Self {
            stage_rank: told.stage_rank.max(known.seen.stage_rank),
            severity: told.severity.max(known.seen.severity),
        }
    }

    pub(super) fn is_passed_by(&self, sighting: &Sighting) -> bool {
        sighting.stage_rank > self.stage_rank || sighting.severity > self.severity
    }
}
