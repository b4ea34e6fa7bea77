//! Every case of one finding in one look, by name.

use super::*;
use crate::domain::{AddressedBecause, Doubt, HowResolved, PersonId, RunId, State, Why};
use crate::policy::samples::{at, kept_late, look, open, person, promise, rule, wrong};

/// Monday 23 November 2026 is when `open` was opened; the looks of the tests are on Tuesday.
const NOW: &str = "2026-11-24T08:00:00Z";

/// What a test expects of a decision: event, why, and whether it is told.
type Expected = Option<(Event, Why, Result<TellBecause, WithheldBecause>)>;

fn to_owner(finding: &Finding, because: TellBecause, kind: NoticeKind) -> Vec<Notice> {
    vec![Notice {
        check: finding.check.clone(),
        finding: Some(finding.fingerprint),
        episode: finding.episode,
        kind,
        to: person(finding.seen.owner().unwrap()),
        addressed: AddressedBecause::Owner,
        because,
        run: RunId(7),
        due: at(NOW),
        detail: None,
    }]
}

fn decide_at(
    rule: &Rule,
    known: Option<&Finding>,
    seen: Option<&Verdict>,
    look: &Look,
    now: &str,
) -> Option<Decision> {
    reconcile(rule, known, seen, look, at(now), to_owner)
}

/// In a complete look on Tuesday, with the default baseline.
fn decide(known: Option<&Finding>, seen: Option<&Verdict>) -> Option<Decision> {
    decide_at(&rule(Baseline::List), known, seen, &look(Completeness::Complete), NOW)
}

fn summary(decision: &Option<Decision>) -> Expected {
    decision.as_ref().map(|decision| {
        let told = match &decision.telling {
            Telling::Tell(notices) => Ok(notices[0].because),
            Telling::Withhold(because) => Err(*because),
        };
        (decision.event, decision.why, told)
    })
}

fn first_look(first: First) -> Look {
    Look { first: Some(first), ..look(Completeness::Complete) }
}

fn doubtful() -> Completeness {
    Completeness::Doubtful { slot: "promises".to_owned(), doubt: Doubt::Empty { before: 830 } }
}

fn resolved(seen: Sighting, resolved_at: &str, how: HowResolved) -> Finding {
    Finding { state: State::Resolved { at: at(resolved_at), how }, ..open(seen) }
}

fn severe(stage: &str, severity: Severity) -> Sighting {
    Sighting { severity, ..promise(stage) }
}

fn of_owner(owner: &str, stage: &str) -> Sighting {
    Sighting { about: [("owner".to_owned(), owner.to_owned())].into(), ..promise(stage) }
}

#[test]
fn a_condition_through_its_life() {
    use Event::*;
    let open_at = |stage| Some(open(promise(stage)));
    let worth = Some(crate::domain::Money { minor_units: 44_000, currency: "USD".to_owned() });
    for (name, known, seen, expected) in [
        ("never known, not seen", None, None, None),
        ("never known, fine", None, Some(Verdict::Fine), None),
        (
            "never known, seen",
            None,
            Some(wrong(promise("overdue"))),
            Some((Opened, Why::FirstSeen, Ok(TellBecause::New))),
        ),
        ("seen as before", open_at("overdue"), Some(wrong(promise("overdue"))), None),
        (
            "a later stage",
            open_at("due-soon"),
            Some(wrong(promise("overdue"))),
            Some((Changed, Why::StageRose, Ok(TellBecause::Worse))),
        ),
        (
            "an earlier stage",
            open_at("overdue"),
            Some(wrong(promise("due-soon"))),
            Some((Changed, Why::StageFell, Err(WithheldBecause::NotWorse))),
        ),
        (
            "more severe",
            open_at("overdue"),
            Some(wrong(severe("overdue", Severity::High))),
            Some((Changed, Why::SeverityRose, Ok(TellBecause::Worse))),
        ),
        (
            "less severe",
            open_at("overdue"),
            Some(wrong(severe("overdue", Severity::Note))),
            Some((Changed, Why::SeverityFell, Err(WithheldBecause::NotWorse))),
        ),
        (
            "an earlier stage, but more severe",
            open_at("overdue"),
            Some(wrong(severe("due-soon", Severity::High))),
            Some((Changed, Why::SeverityRose, Ok(TellBecause::Worse))),
        ),
        (
            "worth another sum",
            open_at("overdue"),
            Some(wrong(Sighting { worth, ..promise("overdue") })),
            Some((Changed, Why::WorthChanged, Err(WithheldBecause::NotWorse))),
        ),
        (
            "other evidence",
            open_at("overdue"),
            Some(wrong(Sighting { evidence: Default::default(), ..promise("overdue") })),
            Some((Changed, Why::EvidenceChanged, Err(WithheldBecause::NotWorse))),
        ),
        (
            "another owner",
            open_at("overdue"),
            Some(wrong(of_owner("6", "overdue"))),
            Some((Changed, Why::OwnerChanged, Ok(TellBecause::HandedOver))),
        ),
        (
            "no longer seen",
            open_at("overdue"),
            None,
            Some((Resolved, Why::Absent, Err(WithheldBecause::Resolved))),
        ),
        (
            "fine",
            open_at("overdue"),
            Some(Verdict::Fine),
            Some((Resolved, Why::Fine, Err(WithheldBecause::Resolved))),
        ),
    ] {
        assert_eq!(summary(&decide(known.as_ref(), seen.as_ref())), expected, "{name}");
    }
}

#[test]
fn a_look_that_is_not_complete_resolves_nothing_by_absence() {
    let known = open(promise("overdue"));
    for (name, completeness, first, seen, resolves) in [
        ("absent in a partial look", Completeness::Partial, None, None, false),
        ("absent in a doubtful look", doubtful(), None, None, false),
        ("fine in a partial look", Completeness::Partial, None, Some(Verdict::Fine), true),
        ("fine in a doubtful look", doubtful(), None, Some(Verdict::Fine), false),
        ("absent in a first partial look", Completeness::Partial, Some(First::OfQuestion), None, false),
        ("absent in a first doubtful look", doubtful(), Some(First::OfQuestion), None, false),
    ] {
        let look = Look { first, ..look(completeness) };
        let decision = decide_at(&rule(Baseline::List), Some(&known), seen.as_ref(), &look, NOW);
        assert_eq!(decision.is_some(), resolves, "{name}");
    }
}

#[test]
fn a_doubtful_look_finds_nothing_either() {
    // With its contacts gone, every best client would look forgotten.
    let seen = wrong(promise("overdue"));
    let look = Look { first: Some(First::OfCheck), ..look(doubtful()) };
    assert_eq!(decide_at(&rule(Baseline::Tell), None, Some(&seen), &look, NOW), None);
}

#[test]
fn the_first_look_meets_what_was_already_wrong() {
    let condition = wrong(promise("overdue"));
    let recent = wrong(kept_late("2026-11-10T00:00:00Z"));
    let old = wrong(kept_late("2026-10-10T00:00:00Z"));
    for first in [First::OfCheck, First::OfQuestion] {
        for (name, baseline, seen, told, quiet) in [
            ("list", Baseline::List, &condition, Ok(TellBecause::Baseline), true),
            ("tell", Baseline::Tell, &condition, Ok(TellBecause::New), false),
            ("quiet", Baseline::Quiet, &condition, Err(WithheldBecause::BaselineQuiet), true),
            ("list of facts", Baseline::List, &recent, Ok(TellBecause::Baseline), true),
            ("tell facts", Baseline::Tell, &recent, Ok(TellBecause::Happened), false),
            ("quiet facts", Baseline::Quiet, &recent, Err(WithheldBecause::BaselineQuiet), true),
            ("list, too old", Baseline::List, &old, Err(WithheldBecause::TooOld), false),
            ("tell, too old", Baseline::Tell, &old, Err(WithheldBecause::TooOld), false),
        ] {
            let decision = decide_at(&rule(baseline), None, Some(seen), &first_look(first), NOW);
            assert_eq!(summary(&decision).unwrap().2, told, "{name}");
            let finding = decision.unwrap().finding;
            assert_eq!(finding.baseline, quiet, "{name}");
            assert_eq!(finding.told.is_some(), told.is_ok(), "{name}");
            assert_eq!(finding.is_open(), finding.seen.happened.is_none(), "{name}");
        }
    }
}

#[test]
fn the_baseline_stays_quiet_until_it_gets_worse() {
    for baseline in [Baseline::List, Baseline::Quiet] {
        let seen = wrong(promise("due-soon"));
        let first = decide_at(&rule(baseline), None, Some(&seen), &first_look(First::OfCheck), NOW);
        let known = first.unwrap().finding;
        assert_eq!(decide(Some(&known), Some(&seen)), None);
        let handed_over = decide(Some(&known), Some(&wrong(of_owner("6", "due-soon"))));
        assert_eq!(
            summary(&handed_over),
            Some((Event::Changed, Why::OwnerChanged, Err(WithheldBecause::Baseline)))
        );
        let worse = decide(Some(&known), Some(&wrong(promise("overdue"))));
        assert_eq!(summary(&worse), Some((Event::Changed, Why::StageRose, Ok(TellBecause::Worse))));
        assert!(!worse.unwrap().finding.baseline);
    }
}

#[test]
fn a_new_question_closes_what_it_no_longer_asks() {
    let known = open(promise("due-soon"));
    let look = first_look(First::OfQuestion);
    let decision = decide_at(&rule(Baseline::List), Some(&known), None, &look, NOW).unwrap();
    assert_eq!(decision.why, Why::QuestionChanged);
    assert_eq!(decision.finding.state, State::Resolved { at: at(NOW), how: HowResolved::NoLongerAsked });
    let still_there = wrong(promise("due-soon"));
    assert_eq!(decide_at(&rule(Baseline::List), Some(&known), Some(&still_there), &look, NOW), None);
}

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
    let acknowledged = State::Acknowledged { by: PersonId::from("5"), until: at("2027-01-01T00:00:00Z") };
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

#[test]
fn what_comes_back_within_settle_goes_on() {
    // Resolved on Monday; one working day later is Tuesday.
    let known = resolved(promise("due-soon"), "2026-11-23T09:00:00Z", HowResolved::NoLongerSeen);
    for (name, seen, told) in [
        ("as it was", promise("due-soon"), Err(WithheldBecause::ContinuesEpisode)),
        ("worse", promise("overdue"), Ok(TellBecause::Worse)),
    ] {
        let decision = decide(Some(&known), Some(&wrong(seen)));
        assert_eq!(summary(&decision), Some((Event::Continued, Why::SeenAgain, told)), "{name}");
        let finding = decision.unwrap().finding;
        assert_eq!((finding.episode, finding.opened_at), (1, known.opened_at), "{name}");
        assert_eq!(finding.state, State::Open { since: known.opened_at, step: 0 }, "{name}");
    }
    let as_a_fact = decide(Some(&known), Some(&wrong(kept_late("2026-11-23T15:00:00Z"))));
    assert_eq!(
        summary(&as_a_fact),
        Some((Event::Resolved, Why::BecameFact, Err(WithheldBecause::AlreadyTold)))
    );
}

#[test]
fn what_comes_back_later_is_a_new_episode() {
    let known = resolved(promise("overdue"), "2026-11-12T09:00:00Z", HowResolved::NoLongerSeen);
    let decision = decide(Some(&known), Some(&wrong(promise("due-soon"))));
    assert_eq!(summary(&decision), Some((Event::Reopened, Why::SeenAgain, Ok(TellBecause::Reopened))));
    let finding = decision.unwrap().finding;
    assert_eq!((finding.episode, finding.opened_at), (2, at(NOW)));
    assert_eq!(finding.told.unwrap().stage_rank, 1, "the stages of the old episode no longer count");

    let as_a_fact = decide(Some(&known), Some(&wrong(kept_late("2026-11-23T15:00:00Z"))));
    assert_eq!(summary(&as_a_fact), Some((Event::Recorded, Why::SeenAgain, Ok(TellBecause::Happened))));
    let baseline = decide_at(
        &rule(Baseline::List),
        Some(&resolved(promise("overdue"), "2026-11-12T09:00:00Z", HowResolved::NoLongerAsked)),
        Some(&wrong(promise("overdue"))),
        &first_look(First::OfQuestion),
        NOW,
    );
    assert_eq!(summary(&baseline), Some((Event::Reopened, Why::Baseline, Ok(TellBecause::Baseline))));
}

#[test]
fn what_people_said_is_respected_as_long_as_they_meant() {
    let by = || PersonId::from("5");
    let (before, after) = (at("2026-11-24T07:00:00Z"), at("2026-11-24T09:00:00Z"));
    let done = |trusted_until| State::Done { by: by(), at: before, trusted_until };
    let same = wrong(promise("due-soon"));
    let worse = wrong(promise("overdue"));
    let changed = |because| Some((Event::Changed, Why::StageRose, Err(because)));
    let goes_on = |why, because| Some((Event::Continued, why, Ok(because)));
    let dismissed = || State::Dismissed { by: by(), reason: "agreed with the client".to_owned() };
    for (name, state, seen, expected) in [
        ("acknowledged", State::Acknowledged { by: by(), until: after }, &same, None),
        (
            "acknowledged, worse",
            State::Acknowledged { by: by(), until: after },
            &worse,
            changed(WithheldBecause::Acknowledged),
        ),
        (
            "acknowledged until a while ago",
            State::Acknowledged { by: by(), until: before },
            &same,
            goes_on(Why::SilenceEnded, TellBecause::SilenceEnded),
        ),
        (
            "snoozed, worse",
            State::Snoozed { by: by(), until: after },
            &worse,
            changed(WithheldBecause::Snoozed),
        ),
        (
            "snoozed until now",
            State::Snoozed { by: by(), until: at(NOW) },
            &same,
            goes_on(Why::SilenceEnded, TellBecause::SilenceEnded),
        ),
        ("done and trusted", done(after), &same, None),
        ("done and trusted, worse", done(after), &worse, changed(WithheldBecause::DoneTrusted)),
        (
            "done, but still there",
            done(before),
            &same,
            goes_on(Why::DoneButStillThere, TellBecause::DoneButStillThere),
        ),
        ("dismissed", dismissed(), &same, None),
        (
            "dismissed, but worse",
            dismissed(),
            &worse,
            Some((Event::Changed, Why::StageRose, Ok(TellBecause::Worse))),
        ),
    ] {
        let known = Finding { state, ..open(promise("due-soon")) };
        let decision = decide(Some(&known), Some(seen));
        assert_eq!(summary(&decision), expected, "{name}");
        if let Some(Decision { telling: Telling::Tell(_), finding, .. }) = decision {
            assert_eq!(finding.state, State::Open { since: known.opened_at, step: 0 }, "{name}");
            assert_eq!(finding.episode, 1, "{name}");
        }
        let gone = decide(Some(&known), None);
        assert_eq!(
            summary(&gone),
            Some((Event::Resolved, Why::Absent, Err(WithheldBecause::Resolved))),
            "{name}, then gone"
        );
    }
}

#[test]
fn a_finding_that_falls_and_rises_is_no_news() {
    let fallen = decide(Some(&open(promise("overdue"))), Some(&wrong(promise("due-soon"))));
    let risen = decide(Some(&fallen.unwrap().finding), Some(&wrong(promise("overdue"))));
    assert_eq!(summary(&risen), Some((Event::Changed, Why::StageRose, Err(WithheldBecause::AlreadyTold))));
}

#[test]
fn a_finding_that_goes_to_and_fro_is_told_to_each_owner_once() {
    let to_six = decide(Some(&open(promise("overdue"))), Some(&wrong(of_owner("6", "overdue")))).unwrap();
    assert_eq!(to_six.finding.told.as_ref().unwrap().to, [person("5"), person("6")]);
    let back = decide(Some(&to_six.finding), Some(&wrong(promise("overdue")))).unwrap();
    assert_eq!(back.telling, Telling::Withhold(WithheldBecause::AlreadyTold));
    let again = decide(Some(&back.finding), Some(&wrong(of_owner("6", "overdue")))).unwrap();
    assert_eq!(again.telling, Telling::Withhold(WithheldBecause::AlreadyTold));
}

#[test]
fn urgent_is_not_a_plugins_to_say() {
    let decision = decide(None, Some(&wrong(severe("overdue", Severity::Urgent)))).unwrap();
    assert_eq!(decision.finding.seen.severity, Severity::High);
    let again = wrong(severe("overdue", Severity::Urgent));
    assert_eq!(decide(Some(&decision.finding), Some(&again)), None);
}

#[test]
fn a_finding_that_is_stored_and_read_is_the_same() {
    // Otherwise each look would find a difference and write it down.
    let mut seen = promise("overdue");
    for (name, real) in [("third", 1.0 / 3.0), ("tenth", 0.1 + 0.2), ("large", 2.5e300), ("tiny", 5e-324)] {
        seen.evidence.insert(name.to_owned(), crate::domain::Fact::Real(real));
    }
    let known = open(seen.clone());
    let stored = serde_json::to_string(&known).unwrap();
    let read: Finding = serde_json::from_str(&stored).unwrap();
    assert_eq!(decide(Some(&read), Some(&wrong(seen))), None);
}

#[test]
fn nobody_to_tell_is_not_the_same_as_told() {
    let seen = wrong(promise("overdue"));
    let complete = look(Completeness::Complete);
    let decision =
        reconcile(&rule(Baseline::List), None, Some(&seen), &complete, at(NOW), |_, _, _| Vec::new());
    assert_eq!(decision.unwrap().finding.told, None);
}
