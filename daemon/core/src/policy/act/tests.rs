//! Every word by name: what it changes, who hears, what is refused.

use super::*;
use crate::domain::{Apology, HowResolved, Owed, Sighting};
use crate::policy::owing::ApologyRule;
use crate::policy::samples::{at, kept_late, open, person, promise, router};

fn terms(owing: &Owing) -> Terms<'_> {
    Terms { done_is_trusted: Span::WorkingDays(2), owing, put_off: 0 }
}

fn say(finding: &Finding, word: &Act) -> Result<Decision, Refused> {
    act(finding, word, &PersonId::from("5"), terms(&Owing::default()), &router())
}

fn asking() -> Owing {
    let apology =
        ApologyRule { stages: vec!["overdue".into()], levels: [1; 4], within: Span::WorkingDays(1) };
    Owing { apology: Some(apology), cause: true, causes: vec!["parts late".into(), "forgot".into()] }
}

fn owing(then: HowResolved) -> Finding {
    let since = at("2026-11-24T07:00:00Z");
    let apology = Apology {
        level: ApologyLevel::Owner,
        by: "5".into(),
        since,
        due: at("2026-11-25T07:00:00Z"),
        late_told: false,
        done: None,
    };
    let owed =
        Owed { apologies: vec![apology], cause: Some(Cause::Asked { of: Some("5".into()), at: since }) };
    Finding { state: State::Owing { since, then }, owed, ..open(kept_late("2026-11-23T00:00:00Z")) }
}

#[test]
fn every_silence_has_an_end() {
    let (ahead, past) = (at("2026-11-26T08:00:00Z"), at("2026-11-24T08:00:00Z"));
    let finding = open(promise("overdue"));
    let taken = say(&finding, &Act::Acknowledge { until: ahead, waiting: false }).unwrap();
    assert_eq!(taken.finding.state, State::Acknowledged { by: "5".into(), until: ahead, waiting: false });
    assert_eq!((taken.event, taken.why, taken.next), (Event::Acknowledged, Why::SaidSo, Some(router().now)));
    assert_eq!(taken.by, Some("5".into()));
    let put_off = say(&finding, &Act::Snooze { until: ahead, reason: None }).unwrap();
    assert_eq!(put_off.next, Some(router().now), "an apology may be late before the silence ends");
    let done = say(&finding, &Act::Done { cause: None }).unwrap();
    assert_eq!(done.next, Some(router().now), "an apology may be late behind a done-mark too");
    for word in [Act::Snooze { until: past, reason: None }, Act::Acknowledge { until: past, waiting: false }]
    {
        assert_eq!(say(&finding, &word), Err(Refused::NotAhead { until: past }));
    }
}

#[test]
fn putting_off_too_often_needs_a_reason() {
    let (finding, owing) = (open(promise("overdue")), Owing::default());
    let until = at("2026-11-26T08:00:00Z");
    for (put_off, reason, expected) in [
        (2, None, Ok(None)),
        (2, Some("busy"), Ok(Some("busy"))),
        (3, None, Err(Refused::PutOffOften { times: 3 })),
        (3, Some(" "), Err(Refused::PutOffOften { times: 3 })),
        (3, Some(" parts are late "), Ok(Some("parts are late"))),
    ] {
        let word = Act::Snooze { until, reason: reason.map(str::to_owned) };
        let found = act(&finding, &word, &"5".into(), Terms { put_off, ..terms(&owing) }, &router());
        let found = found.map(|decision| decision.note);
        assert_eq!(found, expected.map(|note: Option<&str>| note.map(str::to_owned)), "{put_off} {reason:?}");
    }
}

#[test]
fn waiting_for_the_client_stops_the_clock_until_the_next_word() {
    let ahead = at("2026-11-26T08:00:00Z");
    let finding = open(promise("overdue"));
    let waiting = say(&finding, &Act::Acknowledge { until: ahead, waiting: true }).unwrap().finding;
    assert_eq!(waiting.climb.paused_since, Some(at("2026-11-24T08:00:00Z")));
    let later = Router { now: at("2026-11-25T12:00:00Z"), ..router() };
    let word = Act::Differently { because: "the client called".into() };
    let owing = Owing::default();
    let after = act(&waiting, &word, &"5".into(), terms(&owing), &later).unwrap().finding;
    assert_eq!((after.climb.paused_since, after.climb.paused), (None, (9 + 3) * 3600));
}

#[test]
fn done_is_believed_in_working_time() {
    let done = say(&open(promise("overdue")), &Act::Done { cause: None }).unwrap();
    let trusted_until = at("2026-11-26T08:00:00Z");
    assert_eq!(
        done.finding.state,
        State::Done { by: "5".into(), at: at("2026-11-24T08:00:00Z"), trusted_until }
    );
    assert_eq!(done.telling, Telling::Withhold(WithheldBecause::DoneTrusted));
}

#[test]
fn reasons_are_asked_for() {
    let finding = open(promise("overdue"));
    for word in [
        Act::Dismiss { reason: " ".into() },
        Act::Resolve { reason: String::new(), cause: None },
        Act::Differently { because: String::new() },
    ] {
        assert_eq!(say(&finding, &word), Err(Refused::NoReason));
    }
    let dismissed = say(&finding, &Act::Dismiss { reason: "agreed by phone".into() }).unwrap();
    assert_eq!(dismissed.note.as_deref(), Some("agreed by phone"));
    let resolved = say(&finding, &Act::Resolve { reason: "cancelled".into(), cause: None }).unwrap();
    assert!(matches!(resolved.finding.state, State::Resolved { how: HowResolved::ByHand { .. }, .. }));
    assert_eq!(say(&resolved.finding, &Act::Done { cause: None }), Err(Refused::Closed));
}

#[test]
fn a_dismissal_says_how_bad_was_no_problem() {
    use crate::domain::{HowBad, Severity};
    let finding = Finding {
        seen: Sighting { severity: Severity::High, ..promise("due-soon") },
        ..open(promise("overdue"))
    };
    let dismissed = say(&finding, &Act::Dismiss { reason: "agreed by phone".into() }).unwrap();
    let (by, reason) = (PersonId::from("5"), "agreed by phone".to_owned());
    let how_bad = Some(HowBad { stage_rank: 2, severity: Severity::High });
    assert_eq!(
        dismissed.finding.state,
        State::Dismissed { by, reason, how_bad },
        "the worse of told and seen"
    );
}

#[test]
fn another_word_takes_the_place_of_what_was_said_before_the_data_closed_it() {
    let ahead = at("2026-11-26T08:00:00Z");
    let snoozed = State::Snoozed { by: "6".into(), until: ahead };
    let spoken = Some(crate::domain::Spoken::try_from(snoozed).unwrap());
    let finding = Finding { spoken: spoken.clone(), ..owing(HowResolved::NoLongerSeen) };
    let after = |word: &Act| say(&finding, word).unwrap().finding.spoken;
    for word in [
        Act::Acknowledge { until: ahead, waiting: false },
        Act::Dismiss { reason: "agreed by phone".into() },
        Act::Resolve { reason: "cancelled".into(), cause: Some("forgot".into()) },
        Act::Assign { to: "6".into() },
    ] {
        assert_eq!(after(&word), None, "{word:?}");
    }
    for word in [
        Act::Differently { because: "the client called".into() },
        Act::Apologised { level: ApologyLevel::Owner },
        Act::Done { cause: Some("forgot".into()) },
    ] {
        assert_eq!(after(&word), spoken, "{word:?} pays what is owed, and says nothing of the problem");
    }
}

#[test]
fn not_mine_tells_the_new_one_and_begins_the_ladder_anew() {
    let mut finding = open(promise("overdue"));
    finding.climb.repeats = 2;
    let given = say(&finding, &Act::Assign { to: "6".into() }).unwrap();
    assert_eq!(given.finding.owner(), Some("6"));
    assert_eq!(given.notices()[0].to, person("6"));
    assert_eq!(given.notices()[0].because, TellBecause::HandedOver);
    assert_eq!(given.finding.climb, Climb::default());
    assert_eq!(say(&given.finding, &Act::Assign { to: "6".into() }), Err(Refused::Theirs { id: "6".into() }));
    for id in ["4", "mute"] {
        assert_eq!(
            say(&finding, &Act::Assign { to: id.into() }),
            Err(Refused::NoSuchPerson { id: id.into() })
        );
    }
}

#[test]
fn a_miss_closes_with_its_cause() {
    let (owing, by) = (asking(), PersonId::from("5"));
    let word = |finding: &Finding, word| act(finding, &word, &by, terms(&owing), &router());
    let finding = open(promise("overdue"));
    let known = "\"parts late\", \"forgot\"".to_owned();
    assert_eq!(word(&finding, Act::Done { cause: None }), Err(Refused::NoCause { known }));
    let done = word(&finding, Act::Done { cause: Some("forgot".into()) }).unwrap();
    assert!(matches!(&done.finding.owed.cause, Some(Cause::Given { text, .. }) if text == "forgot"));
    let warning = open(promise("due-soon"));
    assert!(word(&warning, Act::Done { cause: None }).is_ok(), "a warning is no miss");
    assert_eq!(word(&finding, Act::Explain { cause: "forgot".into() }), Err(Refused::NoCauseAsked));
}

#[test]
fn the_last_that_was_owed_closes() {
    let then = || HowResolved::EndedAs { stage: "kept-late".into() };
    let finding = owing(then());
    let wrong = Act::Apologised { level: ApologyLevel::Manager };
    assert_eq!(say(&finding, &wrong), Err(Refused::NoApologyOwed));
    let apologised = say(&finding, &Act::Apologised { level: ApologyLevel::Owner }).unwrap();
    assert!(matches!(apologised.finding.state, State::Owing { .. }), "the cause is still asked");
    let explained = say(&apologised.finding, &Act::Explain { cause: "forgot".into() }).unwrap();
    assert_eq!(
        explained.finding.state,
        State::Resolved { at: at("2026-11-24T08:00:00Z"), how: then() },
        "now it is closed as the data closed it"
    );
    let at_once = say(&finding, &Act::Done { cause: Some("forgot".into()) }).unwrap();
    assert!(!at_once.finding.is_open(), "done pays one's own apology");
}
