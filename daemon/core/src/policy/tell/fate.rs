//! Whether a notice that was decided earlier is still true and wanted when its letter is written.

use jiff::Timestamp;

use super::{Allowance, DueItem};
use crate::domain::{Finding, HowResolved, NoticeKind, State, TellBecause, WithheldBecause};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Goes,
    Waits(WithheldBecause, Timestamp),
    Withheld(WithheldBecause),
}

pub(super) fn fate(item: &DueItem, now: Timestamp, allowance: &Allowance) -> Fate {
    if item.notice.due > now {
        return Fate::Waits(WithheldBecause::WaitsForWindow, item.notice.due);
    }
    let because = match &item.finding {
        _ if item.notice.kind == NoticeKind::Operator => None,
        // Kept no longer, or in a later life, which has notices of its own.
        None => Some(WithheldBecause::Resolved),
        Some(finding) if finding.episode != item.notice.episode => Some(WithheldBecause::Resolved),
        Some(finding) => dealt_with(finding, item.notice.because, now),
    };
    match (because, item.silenced_until) {
        (Some(because), _) => Fate::Withheld(because),
        (None, Some(until)) if now < until => Fate::Waits(WithheldBecause::Silenced, until),
        // Its window passed while the daemon was down, or a silence ended at night.
        (None, _) if !allowance.open && !item.notice.urgent && item.notice.kind != NoticeKind::Operator => {
            Fate::Waits(WithheldBecause::WaitsForWindow, allowance.next_window)
        }
        (None, _) => Fate::Goes,
    }
}

fn dealt_with(finding: &Finding, because: TellBecause, now: Timestamp) -> Option<WithheldBecause> {
    match &finding.state {
        State::Open { .. } | State::Owing { .. } => None,
        State::Acknowledged { until, .. } => (now < *until).then_some(WithheldBecause::Acknowledged),
        State::Snoozed { until, .. } => (now < *until).then_some(WithheldBecause::Snoozed),
        State::Done { trusted_until, .. } => (now < *trusted_until).then_some(WithheldBecause::DoneTrusted),
        State::Dismissed { .. } => Some(WithheldBecause::Dismissed),
        // A past fact is closed from the start; that it is closed does not make it less true.
        State::Resolved { how: HowResolved::Recorded, .. } => None,
        State::Resolved { how: HowResolved::EndedAs { .. }, .. } if because == TellBecause::Happened => None,
        State::Resolved { .. } => Some(WithheldBecause::Resolved),
    }
}
