//! Who is told, and what people said themselves.

use super::*;
use crate::domain::{Assigned, Climb, HowTaken, StepTaken};

#[test]
fn what_people_said_is_respected_as_long_as_they_meant() {
    let by = || PersonId::from("5");
    let (before, after) = (at("2026-11-24T07:00:00Z"), at("2026-11-24T09:00:00Z"));
    let done = |trusted_until| State::Done { by: by(), at: before, trusted_until };
    let same = wrong(promise("due-soon"));
    let worse = wrong(promise("overdue"));
    let changed = |because| Some((Event::Changed, Why::StageRose, Err(because)));
    let goes_on = |why, because| Some((Event::Continued, why, Ok(because)));
    let dismissed =
        || State::Dismissed { by: by(), reason: "agreed with the client".to_owned(), how_bad: None };
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

fn dismissed(stage: &str) -> State {
    let how_bad = Some(HowBad::of(&promise(stage)));
    State::Dismissed { by: "5".into(), reason: "agreed with the client".to_owned(), how_bad }
}

#[test]
fn a_dismissal_is_of_what_was_seen_then() {
    // It had risen to overdue unheard, during a snooze say, before it was dismissed.
    let known = Finding {
        state: dismissed("overdue"),
        seen: promise("overdue"),
        told: open(promise("due-soon")).told,
        ..open(promise("overdue"))
    };
    let fallen = decide(Some(&known), Some(&wrong(promise("due-soon")))).unwrap().finding;
    let risen = decide(Some(&fallen), Some(&wrong(promise("overdue"))));
    let held = (Event::Changed, Why::StageRose, Err(WithheldBecause::Dismissed));
    assert_eq!(summary(&risen), Some(held), "it fell and rose again");
    let worse = decide(Some(&fallen), Some(&wrong(severe("overdue", Severity::High))));
    assert_eq!(summary(&worse), Some((Event::Changed, Why::StageRose, Ok(TellBecause::Worse))));
}

#[test]
fn what_people_said_holds_when_it_was_gone_for_less_than_settle() {
    let by = || PersonId::from("5");
    // It was gone on Monday afternoon and is back on Tuesday at eight; one working day settles.
    let (gone, before, after) = (at("2026-11-23T15:00:00Z"), at(NOW), at("2026-11-24T09:00:00Z"));
    let acknowledged = |until, waiting| State::Acknowledged { by: by(), until, waiting };
    let snoozed = |until| State::Snoozed { by: by(), until };
    let done = |trusted_until| State::Done { by: by(), at: gone, trusted_until };
    let dismissed = || dismissed("due-soon");
    let holds = |state, because| (Some(state), Why::SeenAgain, Err(because));
    let told = |why, because| (None, why, Ok(because));
    let silence_ended = || told(Why::SilenceEnded, TellBecause::SilenceEnded);
    for (name, state, stage, (kept, why, telling)) in [
        ("nobody said anything", State::Open { since: gone }, "due-soon", {
            (None, Why::SeenAgain, Err(WithheldBecause::ContinuesEpisode))
        }),
        ("dismissed", dismissed(), "due-soon", holds(dismissed(), WithheldBecause::Dismissed)),
        ("dismissed, worse", dismissed(), "overdue", told(Why::SeenAgain, TellBecause::Worse)),
        (
            "acknowledged",
            acknowledged(after, true),
            "due-soon",
            holds(acknowledged(after, true), WithheldBecause::Acknowledged),
        ),
        (
            "acknowledged, worse",
            acknowledged(after, false),
            "overdue",
            holds(acknowledged(after, false), WithheldBecause::Acknowledged),
        ),
        ("acknowledged until now", acknowledged(before, false), "due-soon", silence_ended()),
        ("snoozed", snoozed(after), "due-soon", holds(snoozed(after), WithheldBecause::Snoozed)),
        ("snoozed until now", snoozed(before), "due-soon", silence_ended()),
        ("done and trusted", done(after), "due-soon", holds(done(after), WithheldBecause::DoneTrusted)),
        (
            "done, but back",
            done(before),
            "due-soon",
            told(Why::DoneButStillThere, TellBecause::DoneButStillThere),
        ),
    ] {
        let known = Finding { state, ..open(promise("due-soon")) };
        let back = |seen: Option<Verdict>| {
            let look = look(Completeness::Complete);
            let rule = rule(Baseline::List);
            let away =
                reconcile(&rule, Some(&known), seen.as_ref(), &look, &Router { now: gone, ..router() });
            decide(away.map(|away| away.finding).as_ref(), Some(&wrong(promise(stage))))
        };
        for decision in [back(None), back(Some(Verdict::Fine)), back(Some(wrong(kept_late(NOW))))] {
            assert_eq!(summary(&decision), Some((Event::Continued, why, telling)), "{name}");
            let finding = decision.unwrap().finding;
            let state = kept.clone().unwrap_or(State::Open { since: known.opened_at });
            assert_eq!((finding.state, finding.spoken), (state, None), "{name}");
            assert_eq!((finding.episode, finding.opened_at), (1, known.opened_at), "{name}");
        }
    }
}

#[test]
fn a_new_episode_knows_no_words_of_the_old_one() {
    let known = Finding { state: dismissed("due-soon"), ..open(promise("due-soon")) };
    let gone = decide(Some(&known), None).unwrap().finding;
    let later = |now| {
        let look = look(Completeness::Complete);
        decide_at(&rule(Baseline::List), Some(&gone), Some(&wrong(promise("due-soon"))), &look, now)
    };
    let settled = later("2026-11-25T08:00:01Z");
    assert_eq!(summary(&settled), Some((Event::Reopened, Why::SeenAgain, Ok(TellBecause::Reopened))));
    assert_eq!(settled.unwrap().finding.spoken, None);
    let within = later(NOW).unwrap();
    assert_eq!(within.telling, Telling::Withhold(WithheldBecause::Dismissed));
    // Two comings and goings are as one.
    let away = decide(Some(&within.finding), None).unwrap().finding;
    assert_eq!(away.spoken, gone.spoken);
}

#[test]
fn a_baseline_that_was_put_off_unheard_stays_quiet_when_it_is_back() {
    let state = State::Snoozed { by: "5".into(), until: at(NOW) };
    let quiet = Finding { state, baseline: true, told: None, ..open(promise("overdue")) };
    for (known, telling) in [
        (quiet.clone(), Err(WithheldBecause::Baseline)),
        (Finding { told: open(promise("overdue")).told, ..quiet }, Ok(TellBecause::SilenceEnded)),
    ] {
        let gone = decide(Some(&known), None).unwrap().finding;
        let back = decide(Some(&gone), Some(&wrong(promise("overdue"))));
        assert_eq!(summary(&back).unwrap().2, telling);
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
fn a_persons_word_is_not_undone_when_the_data_changes_its_owner() {
    let assigned = Assigned { to: "7".into(), by: "2".into(), at: at(NOW) };
    let step = StepTaken { step: 1, at: at(NOW), how: HowTaken::Told(person("2")) };
    let climb = Climb { steps: vec![step], ..Climb::default() };
    let known = Finding { assigned: Some(assigned), climb: climb.clone(), ..open(promise("overdue")) };
    let decision = decide(Some(&known), Some(&wrong(of_owner("6", "overdue"))));
    let unsaid = (Event::Changed, Why::OwnerChanged, Err(WithheldBecause::NotWorse));
    assert_eq!(summary(&decision), Some(unsaid));
    assert_eq!(decision.unwrap().finding.climb, climb, "its ladder goes on");
}

#[test]
fn urgent_is_not_a_plugins_to_say() {
    let decision = decide(None, Some(&wrong(severe("overdue", Severity::Urgent)))).unwrap();
    assert_eq!(decision.finding.seen.severity, Severity::High);
    let again = wrong(severe("overdue", Severity::Urgent));
    assert_eq!(decide(Some(&decision.finding), Some(&again)), None);
}
