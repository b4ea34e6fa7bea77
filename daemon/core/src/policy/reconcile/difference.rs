//! What is different between two sightings of one finding.

use crate::domain::{Sighting, Why};

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
