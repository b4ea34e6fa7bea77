//! Which letters one addressee gets, and what becomes of each notice.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::domain::{
    AddressedBecause, HowResolved, Money, PersonId, RunId, Severity, Sighting, State, TellBecause,
};
use crate::policy::samples::{at, kept_late, open, person, promise};

const NOW: &str = "2026-11-24T09:00:00Z";

fn sighting(order: i64) -> Sighting {
    Sighting { key: vec![order.to_string()], ..promise("overdue") }
}

fn item(id: i64, kind: NoticeKind, finding: Finding) -> DueItem {
    let notice = Notice {
        check: finding.check.clone(),
        finding: Some(finding.fingerprint),
        episode: 1,
        kind,
        to: person("5"),
        addressed: AddressedBecause::Owner,
        because: TellBecause::New,
        run: RunId(7),
        due: at(NOW),
        urgent: false,
        step: None,
        detail: None,
    };
    let finding = Some(finding);
    DueItem { id: NoticeId(id), notice, decided_at: at(NOW), finding, rank: None, silenced_until: None }
}

fn unlimited() -> Allowance {
    letters_left(None)
}

fn letters_left(letters: Option<usize>) -> Allowance {
    Allowance {
        letters,
        urgent: Some(1),
        urgent_from: Severity::Urgent,
        open: true,
        next_window: at("2026-11-24T14:00:00Z"),
        next_day: at("2026-11-25T09:00:00Z"),
    }
}

fn waiting(id: i64, because: WithheldBecause, until: &str) -> Waiting {
    Waiting { notice: NoticeId(id), because, until: at(until) }
}

fn reminder(id: i64) -> DueItem {
    item(id, NoticeKind::Reminder, open(sighting(id)))
}

fn urgent(id: i64) -> DueItem {
    let item = item(id, NoticeKind::Reminder, open(Sighting { severity: Severity::Urgent, ..sighting(id) }));
    DueItem { notice: Notice { urgent: true, ..item.notice }, ..item }
}

fn operator(id: i64) -> DueItem {
    let item = reminder(id);
    let notice = Notice { finding: None, kind: NoticeKind::Operator, ..item.notice };
    DueItem { notice, finding: None, ..item }
}

fn baseline(id: i64, check: &str) -> DueItem {
    let item = item(id, NoticeKind::Baseline, open(sighting(id)));
    DueItem { notice: Notice { check: CheckId::from(check), ..item.notice }, ..item }
}

/// The kinds of the letters with the numbers of the notices that they show, and how many more.
fn letters(plans: &LetterPlans) -> Vec<(LetterKind, Vec<i64>, usize)> {
    let shown = |plan: &LetterPlan| plan.items.iter().map(|item| item.id.0).collect();
    plans.letters.iter().map(|plan| (plan.kind.clone(), shown(plan), plan.more.len())).collect()
}

#[test]
fn one_letter_over_all_checks_and_a_list_for_each() {
    let list = |check: &str| LetterKind::Baseline { check: CheckId::from(check) };
    for (name, items, expected) in [
        ("nothing", vec![], vec![]),
        ("one finding", vec![reminder(1)], vec![(LetterKind::Reminder, 1)]),
        ("two findings", vec![reminder(1), reminder(2)], vec![(LetterKind::Digest, 2)]),
        (
            "lists apart from the reminder",
            vec![baseline(1, "late-orders"), reminder(2), baseline(3, "repeats"), baseline(4, "late-orders")],
            vec![(LetterKind::Reminder, 1), (list("late-orders"), 2), (list("repeats"), 1)],
        ),
        (
            "word to operators first",
            vec![reminder(1), operator(2), operator(3)],
            vec![(LetterKind::Operator, 2), (LetterKind::Reminder, 1)],
        ),
    ] {
        let plans = tell(items, at(NOW), unlimited());
        let kinds: Vec<_> = plans.letters.iter().map(|plan| (plan.kind.clone(), plan.items.len())).collect();
        assert_eq!(kinds, expected, "{name}");
    }
}

#[test]
fn the_worst_come_first_and_the_rest_are_counted() {
    let worth = |minor_units, currency: &str| Some(Money { minor_units, currency: currency.to_owned() });
    let with = |id, sighting| item(id, NoticeKind::Reminder, open(sighting));
    let fact = |id: i64, happened| {
        let seen = Sighting { key: vec![id.to_string()], ..kept_late(happened) };
        let state = State::Resolved { at: at(NOW), how: HowResolved::Recorded };
        item(id, NoticeKind::Reminder, Finding { state, ..open(seen) })
    };
    let items = vec![
        with(1, sighting(1)),
        with(2, Sighting { worth: worth(500, "USD"), ..sighting(2) }),
        with(3, Sighting { worth: worth(90_000, "USD"), ..sighting(3) }),
        with(4, Sighting { worth: worth(100, "EUR"), ..sighting(4) }),
        with(5, Sighting { severity: Severity::High, ..sighting(5) }),
        with(6, Sighting { key: vec!["6".to_owned()], ..promise("due-soon") }),
        with(7, Sighting { severity: Severity::Note, worth: worth(1_000_000, "USD"), ..sighting(7) }),
        fact(8, "2026-11-18T00:00:00Z"),
        fact(9, "2026-11-20T00:00:00Z"),
        with(10, sighting(10)),
    ];
    let plans = tell(items.clone(), at(NOW), unlimited());
    let order = vec![5, 4, 3, 2, 1, 10, 6, 9, 8, 7];
    assert_eq!(letters(&plans), [(LetterKind::Digest, order.clone(), 0)]);
    let backwards = tell(items.into_iter().rev(), at(NOW), unlimited());
    assert_eq!(letters(&backwards), [(LetterKind::Digest, order, 0)], "whatever order they come in");

    let plans = tell((1..=100).map(reminder), at(NOW), unlimited());
    assert_eq!(plans.letters[0].items.len(), ITEMS);
    assert_eq!(plans.letters[0].more.len(), 85);
}

/// Past facts are over and conditions stay open: a letter's last words need to know of what it only counts, too.
#[test]
fn the_counted_rest_tells_how_much_of_it_is_over() {
    let happened = |id| item(id, NoticeKind::Baseline, open(kept_late_of(id)));
    let condition = |id| item(id, NoticeKind::Baseline, open(sighting(id)));
    for (name, items, more, facts) in [
        ("all are shown", (1..=15).map(happened).collect::<Vec<_>>(), 0, 0),
        ("only facts", (1..=17).map(happened).collect(), 2, 2),
        ("only conditions", (1..=17).map(condition).collect(), 2, 0),
        ("facts come last", (1..=5).map(happened).chain((6..=18).map(condition)).collect(), 3, 3),
        ("both are counted", (1..=5).map(happened).chain((6..=22).map(condition)).collect(), 7, 5),
    ] {
        let plans = tell(items, at(NOW), unlimited());
        let [plan] = plans.letters.as_slice() else { panic!("{name}: {plans:?}") };
        assert_eq!((plan.more.len(), plan.more_facts), (more, facts), "{name}");
    }
    // A fact whose reminder takes its place is not counted on the list.
    let reminded = DueItem {
        notice: Notice { kind: NoticeKind::Reminder, ..happened(9).notice },
        id: NoticeId(99),
        ..happened(9)
    };
    let plans = tell((1..=17).map(happened).chain([reminded]), at(NOW), unlimited());
    let list = plans.letters.iter().find(|plan| matches!(plan.kind, LetterKind::Baseline { .. })).unwrap();
    assert_eq!((list.more.len(), list.more_facts), (1, 1));
}

fn kept_late_of(order: i64) -> Sighting {
    Sighting { key: vec![order.to_string()], ..kept_late("2026-11-18T00:00:00Z") }
}

#[test]
fn what_is_no_longer_true_or_wanted_is_withheld() {
    let by = || PersonId::from("5");
    let later = at("2026-11-24T10:00:00Z");
    let resolved = |how| State::Resolved { at: at(NOW), how };
    let ended = || HowResolved::EndedAs { stage: "kept-late".to_owned() };
    for (name, state, because, expected) in [
        ("open", State::Open { since: at(NOW) }, TellBecause::New, None),
        ("resolved", resolved(HowResolved::NoLongerSeen), TellBecause::New, Some(WithheldBecause::Resolved)),
        ("kept late meanwhile", resolved(ended()), TellBecause::New, Some(WithheldBecause::Resolved)),
        ("kept late, and told as that", resolved(ended()), TellBecause::Happened, None),
        ("a past fact", resolved(HowResolved::Recorded), TellBecause::Happened, None),
        (
            "no longer asked",
            resolved(HowResolved::NoLongerAsked),
            TellBecause::Baseline,
            Some(WithheldBecause::Resolved),
        ),
        (
            "acknowledged",
            State::Acknowledged { by: by(), until: later, waiting: false },
            TellBecause::New,
            Some(WithheldBecause::Acknowledged),
        ),
        (
            "snoozed",
            State::Snoozed { by: by(), until: later },
            TellBecause::New,
            Some(WithheldBecause::Snoozed),
        ),
        ("no longer snoozed", State::Snoozed { by: by(), until: at(NOW) }, TellBecause::New, None),
        (
            "done",
            State::Done { by: by(), at: at(NOW), trusted_until: later },
            TellBecause::New,
            Some(WithheldBecause::DoneTrusted),
        ),
        (
            "dismissed",
            State::Dismissed { by: by(), reason: "agreed".to_owned(), how_bad: None },
            TellBecause::New,
            Some(WithheldBecause::Dismissed),
        ),
    ] {
        let mut item = item(1, NoticeKind::Reminder, Finding { state, ..open(promise("overdue")) });
        item.notice.because = because;
        let plans = tell([item], at(NOW), unlimited());
        assert_eq!(plans.withheld.first().map(|(_, because)| *because), expected, "{name}");
        assert_eq!(plans.letters.len(), usize::from(expected.is_none()), "{name}");
    }
}

#[test]
fn a_notice_of_an_earlier_episode_or_of_nothing_is_withheld() {
    let reopened = item(1, NoticeKind::Reminder, Finding { episode: 2, ..open(promise("overdue")) });
    let gone = DueItem { finding: None, ..reminder(2) };
    let plans = tell([reopened, gone], at(NOW), unlimited());
    assert_eq!(plans.letters, []);
    assert_eq!(
        plans.withheld,
        [(NoticeId(1), WithheldBecause::Resolved), (NoticeId(2), WithheldBecause::Resolved)]
    );
}

#[test]
fn a_letter_speaks_of_a_finding_once() {
    let of = |id, kind, because| {
        let mut finding = open(promise("overdue"));
        finding.told.as_mut().unwrap().at = at(NOW);
        let mut item = item(id, kind, finding);
        item.notice.because = because;
        item
    };
    let new_then_worse =
        [of(1, NoticeKind::Reminder, TellBecause::New), of(2, NoticeKind::Reminder, TellBecause::Worse)];
    let plans = tell(new_then_worse, at(NOW), unlimited());
    assert_eq!(letters(&plans), [(LetterKind::Reminder, vec![1], 0)]);
    assert_eq!(plans.withheld, [(NoticeId(2), WithheldBecause::AlreadyTold)]);

    let listed_then_worse =
        [of(1, NoticeKind::Baseline, TellBecause::Baseline), of(2, NoticeKind::Reminder, TellBecause::Worse)];
    let plans = tell(listed_then_worse, at(NOW), unlimited());
    assert_eq!(letters(&plans), [(LetterKind::Reminder, vec![2], 0)]);
    assert_eq!(plans.withheld, [(NoticeId(1), WithheldBecause::AlreadyTold)]);
}

#[test]
fn what_may_not_go_yet_waits() {
    let mut later = reminder(1);
    later.notice.due = at("2026-11-24T14:00:00Z");
    let plans = tell([later, reminder(2)], at(NOW), unlimited());
    assert_eq!(letters(&plans), [(LetterKind::Reminder, vec![2], 0)]);
    assert_eq!(plans.waiting, [waiting(1, WithheldBecause::WaitsForWindow, "2026-11-24T14:00:00Z")]);

    let over_cap = [baseline(1, "late-orders"), reminder(2), reminder(3), operator(4)];
    let plans = tell(over_cap.clone(), at(NOW), letters_left(Some(1)));
    assert_eq!(plans.letters.len(), 2, "the digest, and the word to operators, which does not count");
    assert_eq!(plans.waiting, [waiting(1, WithheldBecause::OverCap, "2026-11-25T09:00:00Z")]);
    let plans = tell(over_cap, at(NOW), letters_left(Some(0)));
    assert_eq!(plans.waiting.len(), 3);
}

#[test]
fn what_is_urgent_goes_apart_and_beyond_its_number_with_the_next_window() {
    let plans = tell([reminder(1), urgent(2), urgent(3)], at(NOW), letters_left(Some(0)));
    assert_eq!(letters(&plans), [(LetterKind::Urgent, vec![2, 3], 0)], "one mail, though the cap is reached");
    let none = Allowance { urgent: Some(0), ..unlimited() };
    let plans = tell([reminder(1), urgent(2)], at(NOW), none);
    assert_eq!(letters(&plans), [(LetterKind::Reminder, vec![1], 0)]);
    assert_eq!(plans.waiting, [waiting(2, WithheldBecause::OverCap, "2026-11-24T14:00:00Z")]);
    let twice = [reminder(1), DueItem { id: NoticeId(2), ..urgent(1) }];
    let plans = tell(twice, at(NOW), unlimited());
    assert_eq!(letters(&plans), [(LetterKind::Urgent, vec![2], 0)]);
    assert_eq!(plans.withheld, [(NoticeId(1), WithheldBecause::AlreadyTold)], "not again in the digest");
}

#[test]
fn what_missed_its_window_waits_for_the_next_unless_it_is_urgent() {
    let night = Allowance { open: false, ..unlimited() };
    let plans = tell([reminder(1), urgent(2), operator(3), baseline(4, "late-orders")], at(NOW), night);
    assert_eq!(
        letters(&plans),
        [(LetterKind::Operator, vec![3], 0), (LetterKind::Urgent, vec![2], 0)],
        "the daemon comes back at night"
    );
    let until = "2026-11-24T14:00:00Z";
    let waits = |id| waiting(id, WithheldBecause::WaitsForWindow, until);
    assert_eq!(plans.waiting, [waits(1), waits(4)]);
}

#[test]
fn best_clients_come_first_and_what_climbed_is_in_the_same_mail() {
    let ranked = |id, rank: Option<&str>| DueItem { rank: rank.map(str::to_owned), ..reminder(id) };
    let escalated = DueItem {
        notice: Notice { kind: NoticeKind::Escalation, ..reminder(4).notice },
        ..ranked(4, Some("A"))
    };
    let plans =
        tell([ranked(1, None), ranked(2, Some("B")), ranked(3, Some("A")), escalated], at(NOW), unlimited());
    assert_eq!(letters(&plans), [(LetterKind::Digest, vec![3, 4, 2, 1], 0)]);
}

#[test]
fn what_is_silenced_waits_for_the_end_of_the_silence() {
    let silenced = DueItem { silenced_until: Some(at("2026-12-01T00:00:00Z")), ..reminder(1) };
    let plans = tell([silenced.clone()], at(NOW), unlimited());
    assert_eq!(plans.waiting, [waiting(1, WithheldBecause::Silenced, "2026-12-01T00:00:00Z")]);
    let over = DueItem { silenced_until: Some(at(NOW)), ..silenced };
    assert_eq!(tell([over], at(NOW), unlimited()).letters.len(), 1);
}

#[test]
fn a_fact_that_was_told_as_baseline_is_listed() {
    let recorded = State::Resolved { at: at(NOW), how: HowResolved::Recorded };
    let fact = Finding { state: recorded, ..open(kept_late("2026-11-20T00:00:00Z")) };
    let plans = tell([item(1, NoticeKind::Baseline, fact)], at(NOW), unlimited());
    assert_eq!(plans.letters.len(), 1);
}

proptest! {
    /// Nothing is lost and nothing is told twice, in whatever order notices come.
    #[test]
    fn every_notice_has_exactly_one_fate(
        orders in prop::collection::vec((0_i64..30, 0..3, any::<bool>()), 0..80),
        cap in prop::option::of(0_usize..4),
    ) {
        let items: Vec<_> = orders.iter().zip(1..).map(|(&(order, kind, waits), id)| {
            let item = item(id, NoticeKind::Reminder, open(sighting(order)));
            let mut item = match kind {
                0 => item,
                1 => DueItem { notice: Notice { kind: NoticeKind::Baseline, ..item.notice }, ..item },
                _ => operator(id),
            };
            if waits {
                item.notice.due = at("2026-11-24T14:00:00Z");
            }
            item
        }).collect();
        let plans = tell(items.clone(), at(NOW), letters_left(cap));
        let mut fates: Vec<i64> = plans.letters.iter().flat_map(|plan| plan.notices().map(|id| id.0)).collect();
        fates.extend(plans.withheld.iter().map(|(id, _)| id.0));
        fates.extend(plans.waiting.iter().map(|waiting| waiting.notice.0));
        fates.sort_unstable();
        prop_assert_eq!(fates, (1..=items.len() as i64).collect::<Vec<_>>());
        let mut told = BTreeSet::new();
        for item in plans.letters.iter().flat_map(|plan| &plan.items) {
            prop_assert!(item.finding.as_ref().is_none_or(|finding| told.insert(finding.fingerprint)));
        }
    }
}
