//! The end of a silence that a person asked for, and the clock that stands still while the client is waited for.

use super::{Advance, notes, tells};
use crate::domain::{Event, Fact, Finding, NoticeKind, State, TellBecause, Why, WithheldBecause};
use crate::policy::{ladder::Ladder, route::Router};

/// The fact by which a check says whose turn it is.
const WAITING_ON: &str = "waiting-on";

/// An acknowledgement or a snooze came to its end: the same episode goes on, aloud.
pub(super) fn ended(finding: &Finding, router: &Router) -> Advance {
    let mut after = Finding { state: State::Open { since: finding.opened_at }, ..finding.clone() };
    after.changed_by = router.run;
    resume(&mut after, router);
    if after.baseline && after.told.is_none() {
        return notes(after, Event::Continued, Why::SilenceEnded, WithheldBecause::Baseline);
    }
    after.baseline = false;
    let notices = router.notices(&after, TellBecause::SilenceEnded, NoticeKind::Reminder);
    tells(after, Event::Continued, Why::SilenceEnded, notices)
}

/// Whether the data says that it is the client's turn.
pub(super) fn waits_for_client(finding: &Finding) -> bool {
    matches!(finding.seen.evidence.get(WAITING_ON), Some(Fact::Text(who)) if who == "client")
}

/// While the data says that the client has to move, the ladder's clock stands still. The change itself is written
/// down; `None` when the clock runs.
pub(super) fn pause(finding: &Finding, ladder: &Ladder, router: &Router) -> Option<Advance> {
    let waiting = waits_for_client(finding);
    let mut after = Finding { changed_by: router.run, ..finding.clone() };
    match (waiting, finding.climb.paused_since) {
        (false, None) => None,
        (true, Some(_)) => Some(Advance::Nothing),
        (true, None) if ladder.steps.len() > 1 => {
            after.climb.paused_since = Some(router.now);
            Some(notes(after, Event::Changed, Why::EvidenceChanged, WithheldBecause::NotWorse))
        }
        (true, None) => None,
        (false, Some(_)) => {
            resume(&mut after, router);
            Some(notes(after, Event::Changed, Why::EvidenceChanged, WithheldBecause::NotWorse))
        }
    }
}

/// The clock goes on; what stood still is remembered in working time.
pub(in crate::policy) fn resume(finding: &mut Finding, router: &Router) {
    let Some(since) = finding.climb.paused_since.take() else { return };
    let hours = super::step::acting_hours(finding, router);
    finding.climb.paused =
        finding.climb.paused.saturating_add(hours.working_seconds(since, router.now).max(0));
}
