//! Who is told, and what people said themselves.

use super::*;

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
        ("acknowledged", State::Acknowledged { by: by(), until: after, waiting: false }, &same, None),
        (
            "acknowledged, worse",
            State::Acknowledged { by: by(), until: after, waiting: false },
            &worse,
            changed(WithheldBecause::Acknowledged),
        ),
        (
            "acknowledged until a while ago",
            State::Acknowledged { by: by(), until: before, waiting: false },
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
            assert_eq!(finding.state, State::Open { since: known.opened_at }, "{name}");
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
