//! A condition from its first sight to its end, and again.

use super::*;

#[test]
fn time_is_asked_at_once_what_comes_next() {
    let mut router = router();
    router.office.windows = crate::policy::window::Windows::parse(&["14:00"]).unwrap();
    let decide = |known: Option<&Finding>, seen: Sighting| {
        let look = look(Completeness::Complete);
        reconcile(&rule(Baseline::List), known, Some(&wrong(seen)), &look, &router).unwrap().next
    };
    let now = Some(at(NOW));
    assert_eq!(
        decide(None, promise("overdue")),
        now,
        "though its mail goes at two: it may be the client's turn"
    );
    assert_eq!(decide(Some(&open(promise("overdue"))), promise("due-soon")), now, "though nobody is told");
    assert_eq!(decide(None, kept_late("2026-11-23T00:00:00Z")), None, "a past fact is closed");
}

#[test]
fn who_answers_by_a_persons_word_answers_in_later_episodes_too() {
    let assigned = Some(crate::domain::Assigned { to: "6".into(), by: "2".into(), at: at(NOW) });
    let gone = resolved(promise("overdue"), "2026-11-18T08:00:00Z", HowResolved::NoLongerSeen);
    let known = Finding { assigned: assigned.clone(), ..gone };
    let back = decide(Some(&known), Some(&wrong(promise("overdue")))).unwrap();
    assert_eq!((back.event, back.finding.assigned), (Event::Reopened, assigned));
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
        assert_eq!(finding.state, State::Open { since: known.opened_at }, "{name}");
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
fn what_was_forgotten_comes_back_only_when_the_data_shows_it() {
    use crate::policy::forget::Subject;
    let forgotten = |subject: Subject| {
        let seen = Sighting {
            about: [("client", "ALFKI"), ("owner", "5")]
                .map(|(role, id)| (role.to_owned(), id.to_owned()))
                .into(),
            ..promise("overdue")
        };
        let mut finding = open(seen.clone());
        subject.blank_finding(&mut finding, at(NOW));
        (finding, seen)
    };
    let (client, seen) = forgotten(Subject::Client("ALFKI".to_owned()));
    let absent = decide(Some(&client), None).unwrap().finding;
    assert_eq!((absent.is_open(), absent.forgotten), (false, client.forgotten));
    let again = decide(Some(&client), Some(&wrong(seen.clone()))).unwrap();
    assert_eq!((&again.finding.seen, again.finding.forgotten), (&seen, None));
    assert_eq!(again.telling, Telling::Withhold(WithheldBecause::NotWorse), "it is no news");
    // An owner who is still in the data answers for it as anybody who gets it newly.
    let (owner, seen) = forgotten(Subject::Person("5".into()));
    let again = decide(Some(&owner), Some(&wrong(seen)));
    assert_eq!(summary(&again), Some((Event::Changed, Why::OwnerChanged, Ok(TellBecause::HandedOver))));
}
