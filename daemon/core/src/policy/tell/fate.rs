//! Whether a notice that was decided earlier is still true and wanted when its letter is written.

use jiff::Timestamp;

use super::{Allowance, DueItem};
use crate::domain::{Addressee, Finding, HowResolved, NoticeKind, State, TellBecause, WithheldBecause};

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
        Some(finding) => dealt_with(finding, item.notice.because, now).or_else(|| no_news(finding, item)),
    };
    match (because, item.silenced_until) {
        (Some(because), _) => Fate::Withheld(because),
        (None, Some(until)) if now < until => Fate::Waits(WithheldBecause::Silenced, until),
        // Its window passed while the daemon was down, or a silence ended at night.
        (None, _)
            if !allowance.open && !is_urgent(item, allowance) && item.notice.kind != NoticeKind::Operator =>
        {
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

/// It was decided to be told as worse, and is now no worse than what its reader was told before. Who owes an apology for
/// it hears all the same.
fn no_news(finding: &Finding, item: &DueItem) -> Option<WithheldBecause> {
    let notice = &item.notice;
    let known = finding.told.as_ref()?.back().find(|told| told.at < item.decided_at)?;
    let owes = || finding.owed.open_apologies().any(|owed| Addressee::Person(owed.by.clone()) == notice.to);
    let fell_back = notice.because == TellBecause::Worse && !known.how_bad().is_exceeded_by(&finding.seen);
    let is_known = matches!(finding.state, State::Open { .. }) && known.to.contains(&notice.to);
    (fell_back && is_known && !owes()).then_some(WithheldBecause::NotWorse)
}

/// Whether what was urgent when it was decided still is: a cap or a breaker may have kept it since.
pub(super) fn is_urgent(item: &DueItem, allowance: &Allowance) -> bool {
    let still = |finding: &Finding| finding.seen.severity >= allowance.urgent_from;
    item.notice.urgent && item.finding.as_ref().is_none_or(still)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        AddressedBecause, Apology, ApologyLevel, HowBad, Notice, NoticeId, RunId, Severity, Sighting, Told,
    };
    use crate::policy::samples::{at, open, person, promise};

    const NOW: &str = "2026-11-24T09:00:00Z";

    fn item(because: TellBecause, finding: Finding) -> DueItem {
        let notice = Notice {
            check: finding.check.clone(),
            finding: Some(finding.fingerprint),
            episode: 1,
            kind: NoticeKind::Reminder,
            to: person("5"),
            addressed: AddressedBecause::Owner,
            because,
            run: RunId(7),
            due: at(NOW),
            urgent: true,
            step: None,
            detail: None,
        };
        let finding = Some(finding);
        DueItem { id: NoticeId(1), notice, decided_at: at(NOW), finding, rank: None, silenced_until: None }
    }

    #[test]
    fn what_fell_back_is_no_news() {
        let due_soon = open(promise("due-soon")).told;
        let told = Told::now(at(NOW), HowBad::of(&promise("overdue")), due_soon);
        let taken_back = Finding { told: told.before.clone().map(|told| *told), ..open(promise("due-soon")) };
        let risen = |seen: &str| Finding { told: Some(told.clone()), ..open(promise(seen)) };
        let mut anothers = risen("due-soon");
        anothers.told.as_mut().unwrap().before.as_mut().unwrap().to = vec![person("6")];
        let mut owing = risen("due-soon");
        owing.owed.apologies.push(Apology {
            level: ApologyLevel::Owner,
            by: "5".into(),
            since: at(NOW),
            due: at(NOW),
            late_told: false,
            done: None,
        });
        let not_worse = Fate::Withheld(WithheldBecause::NotWorse);
        let any_time = Allowance::unlimited(at(NOW));
        for (name, because, finding, expected) in [
            ("it is worse", TellBecause::Worse, risen("overdue"), Fate::Goes),
            ("it fell back", TellBecause::Worse, risen("due-soon"), not_worse),
            ("and counts as before", TellBecause::Worse, taken_back, not_worse),
            ("another one knew of it", TellBecause::Worse, anothers, Fate::Goes),
            ("it changed hands", TellBecause::HandedOver, risen("due-soon"), Fate::Goes),
            (
                "nothing was told before",
                TellBecause::Worse,
                Finding { told: None, ..risen("due-soon") },
                Fate::Goes,
            ),
            ("an apology is owed", TellBecause::Worse, owing, Fate::Goes),
        ] {
            assert_eq!(fate(&item(because, finding), at(NOW), &any_time), expected, "{name}");
        }
    }

    #[test]
    fn what_is_urgent_no_more_waits_for_its_window() {
        let next = at("2026-11-24T14:00:00Z");
        let unlimited = Allowance::unlimited(at(NOW));
        let closed = Allowance { open: false, next_window: next, urgent_from: Severity::Urgent, ..unlimited };
        let waits = Fate::Waits(WithheldBecause::WaitsForWindow, next);
        for (severity, expected) in [(Severity::Urgent, Fate::Goes), (Severity::High, waits)] {
            let finding = open(Sighting { severity, ..promise("overdue") });
            assert_eq!(fate(&item(TellBecause::New, finding), at(NOW), &closed), expected, "{severity:?}");
        }
    }
}
