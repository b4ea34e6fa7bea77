//! What is due after a while away: one run, not a flood; each occurrence left out says why.

use jiff::SignedDuration;

use super::*;
use crate::domain::{CheckId, SkipReason, Trigger};
use std::collections::BTreeMap;

const RUN: Fate = Fate::Run(Trigger::Schedule);
const CAUGHT_UP: Fate = Fate::Run(Trigger::CatchUp);

fn entry(text: &str, catch_up: CatchUp) -> Entry {
    Entry {
        check: "late-orders".into(),
        schedule: schedule(text),
        zone: zone("Europe/Sofia"),
        catch_up,
        overlap: Overlap::Skip,
        jitter: Jitter::OFF,
        since: at("2026-11-20T12:00Z"),
    }
}

fn newest(due: &str) -> BTreeMap<CheckId, Timestamp> {
    BTreeMap::from([("late-orders".into(), at(due))])
}

fn decided(entry: &Entry, known: &BTreeMap<CheckId, Timestamp>, now: &str) -> Vec<(Timestamp, Fate)> {
    let decisions = due(std::slice::from_ref(entry), known, at(now));
    decisions.into_iter().map(|decision| (decision.due, decision.fate)).collect()
}

#[test]
fn on_a_quiet_day_one_occurrence_runs_once() {
    let check = entry("0 8 * * mon-fri", CatchUp::Latest);
    let known = newest("2026-11-20T06:00Z");
    assert!(decided(&check, &known, "2026-11-23T05:59:59Z").is_empty());
    assert_eq!(decided(&check, &known, "2026-11-23T06:00:00Z"), [(at("2026-11-23T06:00Z"), RUN)]);
    assert_eq!(decided(&check, &known, "2026-11-23T06:00:29Z"), [(at("2026-11-23T06:00Z"), RUN)]);
    assert!(decided(&check, &newest("2026-11-23T06:00Z"), "2026-11-23T06:00:29Z").is_empty());
}

#[test]
fn a_new_check_does_not_fire_on_all_of_history() {
    let check = entry("0 8 * * *", CatchUp::All { cap: 100 });
    let none = BTreeMap::new();
    assert!(decided(&check, &none, "2026-11-20T12:00Z").is_empty());
    assert_eq!(decided(&check, &none, "2026-11-21T06:00Z"), [(at("2026-11-21T06:00Z"), RUN)]);
}

#[test]
fn what_was_missed_while_down() {
    use SkipReason::{Coalesced, Expired, NoCatchUp};
    let days = ["2026-11-21T06:00Z", "2026-11-22T06:00Z", "2026-11-23T06:00Z"].map(at);
    for (catch_up, fates) in [
        (CatchUp::Latest, [Fate::Skip(Coalesced), Fate::Skip(Coalesced), CAUGHT_UP]),
        (CatchUp::All { cap: 2 }, [Fate::Skip(Expired), CAUGHT_UP, CAUGHT_UP]),
        (CatchUp::All { cap: 10 }, [CAUGHT_UP; 3]),
        (CatchUp::None, [Fate::Skip(NoCatchUp); 3]),
    ] {
        let check = entry("0 8 * * *", catch_up);
        let expected: Vec<_> = days.into_iter().zip(fates).collect();
        assert_eq!(
            decided(&check, &newest("2026-11-20T06:00Z"), "2026-11-23T14:00Z"),
            expected,
            "{catch_up:?}"
        );
    }
}

#[test]
fn back_at_the_very_moment_the_newest_is_on_time() {
    use SkipReason::{Coalesced, NoCatchUp};
    let known = newest("2026-11-21T06:00Z");
    for (catch_up, older) in [(CatchUp::Latest, Coalesced), (CatchUp::None, NoCatchUp)] {
        let expected = [(at("2026-11-22T06:00Z"), Fate::Skip(older)), (at("2026-11-23T06:00Z"), RUN)];
        assert_eq!(decided(&entry("0 8 * * *", catch_up), &known, "2026-11-23T06:00:05Z"), expected);
    }
}

#[test]
fn of_two_that_are_on_time_the_newest_runs() {
    let expected =
        [(at("2026-11-23T06:01Z"), Fate::Skip(SkipReason::Coalesced)), (at("2026-11-23T06:02Z"), RUN)];
    let check = entry("* * * * *", CatchUp::None);
    assert_eq!(decided(&check, &newest("2026-11-23T06:00Z"), "2026-11-23T06:02:01Z"), expected);
}

#[test]
fn a_year_of_missed_minutes_is_a_short_list_that_says_so() {
    let check = entry("* * * * *", CatchUp::Latest);
    let decisions =
        due(std::slice::from_ref(&check), &newest("2025-11-20T06:00Z"), at("2026-11-23T14:00:00Z"));
    assert_eq!(decisions.len(), 200);
    let (first, last) = (&decisions[0], &decisions[199]);
    assert_eq!(first.unlisted_since, Some(at("2025-11-20T06:00Z")));
    assert!(decisions[1..].iter().all(|decision| decision.unlisted_since.is_none()));
    assert_eq!((last.due, last.fate), (at("2026-11-23T14:00Z"), RUN));
    assert_eq!(first.due, last.due - SignedDuration::from_mins(199));

    let exact = due(&[check], &newest("2026-11-23T10:40Z"), at("2026-11-23T14:00:00Z"));
    assert_eq!((exact.len(), exact[0].unlisted_since), (200, None));
}

#[test]
fn a_rare_schedule_is_found_however_long_ago() {
    let check = entry("0 8 1 1 *", CatchUp::Latest);
    let decided = decided(&check, &newest("2020-01-01T06:00Z"), "2026-11-23T14:00Z");
    assert_eq!(decided.len(), 6);
    assert_eq!(decided[5], (at("2026-01-01T06:00Z"), CAUGHT_UP));
}

#[test]
fn a_clock_that_was_set_back_does_not_run_twice() {
    let check = entry("0 8 * * *", CatchUp::Latest);
    let known = newest("2026-11-23T06:00Z");
    assert!(decided(&check, &known, "2026-11-22T06:00Z").is_empty());
    assert_eq!(next_wake(&[check], &known, at("2026-11-22T06:00Z")), Some(at("2026-11-24T06:00Z")));
}

#[test]
fn asking_again_with_the_answer_known_gives_nothing() {
    let check = entry("*/5 * * * *", CatchUp::All { cap: 20 });
    let now = "2026-11-23T14:02Z";
    let decided_before = decided(&check, &newest("2026-11-23T12:00Z"), now);
    assert_eq!(decided_before.len(), 24);
    let known = newest(&decided_before[23].0.to_string());
    assert!(decided(&check, &known, now).is_empty());
}

#[test]
fn jitter_moves_the_start_and_never_the_identity() {
    let mut check = entry("0 8 * * *", CatchUp::Latest);
    check.jitter = Jitter::up_to(600);
    let delay = check.jitter.of(&check.check);
    assert!(delay > SignedDuration::ZERO && delay <= SignedDuration::from_secs(600));
    let known = newest("2026-11-22T06:00Z");
    let planned = at("2026-11-23T06:00Z");
    let starts = planned + delay;
    assert_eq!(next_wake(std::slice::from_ref(&check), &known, at("2026-11-23T05:00Z")), Some(starts));
    assert_eq!(next_wake(std::slice::from_ref(&check), &known, planned), Some(starts));
    let just_before = starts - SignedDuration::from_secs(1);
    assert!(due(std::slice::from_ref(&check), &known, just_before).is_empty());
    let decided = due(std::slice::from_ref(&check), &known, starts);
    assert_eq!((decided.len(), decided[0].due, decided[0].fate), (1, planned, RUN));

    let delays: std::collections::BTreeSet<_> =
        (0..100).map(|number| Jitter::USUAL.of(&CheckId::new(format!("check-{number}")))).collect();
    assert!(delays.len() > 20 && delays.iter().all(|delay| *delay <= SignedDuration::from_secs(30)));
}

#[test]
fn the_next_wake_is_the_earliest_of_all_checks() {
    let (daily, mut hourly) = (entry("0 8 * * *", CatchUp::Latest), entry("@hourly", CatchUp::Latest));
    hourly.check = "calls".into();
    let now = at("2026-11-23T14:10Z");
    assert_eq!(next_wake(&[daily, hourly], &BTreeMap::new(), now), Some(at("2026-11-23T15:00Z")));
    assert_eq!(next_wake(&[], &BTreeMap::new(), now), None);
}
