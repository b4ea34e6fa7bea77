//! Past facts: told once, counted for ever.

use super::*;

#[test]
fn a_past_fact_is_told_once() {
    let seen = wrong(kept_late("2026-11-20T00:00:00Z"));
    let told = decide(None, Some(&seen));
    assert_eq!(summary(&told), Some((Event::Recorded, Why::FirstSeen, Ok(TellBecause::Happened))));
    let known = told.unwrap().finding;
    assert_eq!(known.state, State::Resolved { at: at(NOW), how: HowResolved::Recorded });
    let in_a_year = "2027-11-24T08:00:00Z";
    for (name, verdict, expected) in [
        ("seen again", Some(seen), None),
        ("no longer seen", None, None),
        ("fine now", Some(Verdict::Fine), None),
        (
            "its details corrected",
            Some(wrong(kept_late("2026-11-21T00:00:00Z"))),
            Some((Event::Changed, Why::EvidenceChanged, Err(WithheldBecause::AlreadyTold))),
        ),
        (
            "more severe now",
            Some(wrong(Sighting { severity: Severity::High, ..kept_late("2026-11-20T00:00:00Z") })),
            Some((Event::Changed, Why::SeverityRose, Err(WithheldBecause::AlreadyTold))),
        ),
    ] {
        let complete = look(Completeness::Complete);
        let again = decide_at(&rule(Baseline::List), Some(&known), verdict.as_ref(), &complete, in_a_year);
        assert_eq!(summary(&again), expected, "{name}");
        let asked_anew = first_look(First::OfQuestion);
        let again = decide_at(&rule(Baseline::Tell), Some(&known), verdict.as_ref(), &asked_anew, in_a_year);
        assert_eq!(summary(&again), expected, "{name}, under a new question");
    }
}

#[test]
fn a_fact_beyond_the_look_back_is_counted_and_not_told() {
    for (happened, why, told) in [
        ("2026-10-25T08:00:00Z", Why::FirstSeen, Ok(TellBecause::Happened)),
        ("2026-10-25T07:59:59Z", Why::TooOld, Err(WithheldBecause::TooOld)),
        ("1998-05-31T00:00:00Z", Why::TooOld, Err(WithheldBecause::TooOld)),
        ("2026-12-24T00:00:00Z", Why::FirstSeen, Ok(TellBecause::Happened)),
    ] {
        let decision = decide(None, Some(&wrong(kept_late(happened))));
        assert_eq!(summary(&decision), Some((Event::Recorded, why, told)), "{happened}");
    }
}

#[test]
fn an_open_promise_that_is_kept_late_ends_as_a_miss() {
    let quiet = Finding { baseline: true, told: None, ..open(promise("overdue")) };
    let listed = Finding { baseline: true, ..open(promise("overdue")) };
    let acknowledged =
        State::Acknowledged { by: PersonId::from("5"), until: at("2027-01-01T00:00:00Z"), waiting: false };
    for (name, known, because) in [
        ("told when due soon", open(promise("due-soon")), WithheldBecause::AlreadyTold),
        ("told when overdue", open(promise("overdue")), WithheldBecause::AlreadyTold),
        ("on the baseline list", listed, WithheldBecause::AlreadyTold),
        ("in a quiet baseline", quiet, WithheldBecause::Baseline),
        (
            "acknowledged",
            Finding { state: acknowledged, ..open(promise("overdue")) },
            WithheldBecause::AlreadyTold,
        ),
    ] {
        let decision = decide(Some(&known), Some(&wrong(kept_late("2026-11-23T15:00:00Z"))));
        assert_eq!(summary(&decision), Some((Event::Resolved, Why::BecameFact, Err(because))), "{name}");
        let how = HowResolved::EndedAs { stage: "kept-late".to_owned() };
        assert_eq!(decision.unwrap().finding.state, State::Resolved { at: at(NOW), how }, "{name}");
    }
}
