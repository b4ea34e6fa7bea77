//! One finding when nobody does anything: reminders, steps, skipped steps, silences, pauses.

mod unheard;

use std::sync::Arc;

use super::*;
use crate::domain::{
    Absence, AddressedBecause, Addressee, Fact, HowTaken, PersonId, Rung, Severity, Sighting, SkippedBecause,
};
use crate::policy::ladder::Ladder;
use crate::policy::samples::{at, ladder, open, person, promise, router, staff};
use crate::policy::window::Windows;

/// Tuesday morning: the owner's first mail left at once.
const FIRST: &str = "2026-11-24T09:00:00Z";

fn with(ladder: Ladder) -> Router {
    Router { ladder: Some(Arc::new(ladder)), fallback: Some(PersonId::from("9")), ..router() }
}

fn first_word() -> Word {
    Word {
        kind: NoticeKind::Reminder,
        decided_at: at(FIRST),
        due: at(FIRST),
        left_at: Some(at(FIRST)),
        waits: false,
    }
}

fn told(seen: Sighting) -> Finding {
    let mut finding = open(seen);
    finding.told.as_mut().unwrap().at = at(FIRST);
    finding
}

fn of(owner: &str) -> Finding {
    let about = [("owner".to_owned(), owner.to_owned())].into();
    let mut finding = told(Sighting { about, ..promise("overdue") });
    finding.told.as_mut().unwrap().to = vec![person(owner)];
    finding
}

/// Lives on, mail by mail, until nothing comes any more; says when which event told whom, or why nobody.
fn story(mut finding: Finding, router: Router) -> Vec<String> {
    let (mut words, mut told, mut router) = (vec![first_word()], Vec::new(), router);
    router.now = at(FIRST);
    for _ in 0..40 {
        match advance(&finding, &words, &router) {
            Advance::Nothing => break,
            Advance::Wait(until) => {
                assert!(until > router.now, "it waits for the past");
                router.now = until;
            }
            Advance::Decide(decision) => {
                let event = format!("{:?}", decision.event).to_lowercase();
                let day = router.now.to_string();
                match decision.notices() {
                    [] => told.push(format!("{day} {event} {:?}", decision.why)),
                    notices => {
                        let to: Vec<String> = notices.iter().map(shown).collect();
                        told.push(format!("{day} {event} {}", to.join("+")));
                        words.extend(notices.iter().map(|notice| Word {
                            kind: notice.kind,
                            decided_at: router.now,
                            due: notice.due,
                            left_at: Some(notice.due),
                            waits: false,
                        }));
                    }
                }
                finding = decision.finding;
            }
        }
    }
    told
}

fn shown(notice: &Notice) -> String {
    match &notice.to {
        Addressee::Person(id) => id.to_string(),
        Addressee::Operators => "operators".to_owned(),
    }
}

#[test]
fn nothing_happens_and_it_climbs() {
    // Repeats 1 and 2 working days after the word before; the manager after 3, the director after 6 working days.
    assert_eq!(
        story(of("5"), with(ladder())),
        [
            "2026-11-25T09:00:00Z reminded 5",
            "2026-11-27T09:00:00Z climbed 2",
            "2026-12-02T09:00:00Z climbed 1",
        ]
    );
}

#[test]
fn the_director_is_the_managers_manager_or_the_companys() {
    let mut router = with(ladder());
    router.office.director = Some(PersonId::from("7"));
    assert_eq!(story(of("5"), router.clone()).last().unwrap(), "2026-12-02T09:00:00Z climbed 1");
    assert_eq!(
        story(of("2"), router),
        [
            "2026-11-25T09:00:00Z reminded 2",
            "2026-11-27T09:00:00Z climbed 1",
            "2026-12-02T09:00:00Z climbed 7",
        ],
        "nobody above the manager's manager: the one whom the company names"
    );
}

#[test]
fn two_who_stand_above_each_other_are_not_their_own_directors() {
    let mut router = with(ladder());
    let mut staff = staff();
    staff.get_mut(&PersonId::from("2")).unwrap().manager = Some(PersonId::from("5"));
    router.office.people = Arc::new(staff);
    assert_eq!(
        story(of("5"), router)[1..],
        ["2026-11-27T09:00:00Z climbed 2", "2026-12-02T09:00:00Z climbed 1"]
    );
}

#[test]
fn a_step_whose_person_is_the_owner_or_was_told_is_skipped_with_its_reason() {
    let mut flat = with(ladder());
    flat.office.director = Some(PersonId::from("2"));
    let mut staff = staff();
    staff.get_mut(&PersonId::from("2")).unwrap().manager = None;
    flat.office.people = Arc::new(staff);
    let skipped = story(of("5"), flat.clone());
    assert_eq!(skipped[1..], ["2026-11-27T09:00:00Z climbed 2", "2026-12-02T09:00:00Z skipped StepWasTold"]);
    assert_eq!(
        story(of("2"), flat),
        [
            "2026-11-25T09:00:00Z reminded 2",
            "2026-11-27T09:00:00Z climbed 9",
            "2026-12-02T09:00:00Z skipped StepIsOwner",
        ],
        "nobody above the director: the stand-in hears, and his own step is skipped"
    );
}

#[test]
fn nobody_above_is_the_fallback_then_the_operators() {
    let alone = |fallback: Option<&str>| {
        let mut router = with(ladder());
        router.fallback = fallback.map(PersonId::from);
        router.office.director = None;
        let mut staff = staff();
        staff.get_mut(&PersonId::from("5")).unwrap().manager = None;
        router.office.people = Arc::new(staff);
        story(of("5"), router)
    };
    assert_eq!(
        alone(Some("9"))[1..],
        ["2026-11-27T09:00:00Z climbed 9", "2026-12-02T09:00:00Z skipped StepWasTold"]
    );
    let operators = ["2026-11-27T09:00:00Z climbed operators", "2026-12-02T09:00:00Z skipped StepWasTold"];
    assert_eq!(alone(None)[1..], operators);
    assert_eq!(alone(Some("5"))[1..], operators, "a stand-in who is the owner stands in for nobody");
}

#[test]
fn who_is_away_is_stood_in_for_or_skipped() {
    let away = |substitute: Option<&str>| {
        let mut staff = staff();
        let day = |text: &str| text.parse().unwrap();
        let (first, last) = (day("2026-11-26"), day("2026-12-04"));
        staff.get_mut(&PersonId::from("2")).unwrap().absences =
            vec![Absence { first, last, substitute: substitute.map(PersonId::from) }];
        let mut router = with(ladder());
        router.office.people = Arc::new(staff);
        router
    };
    assert_eq!(story(of("5"), away(Some("7")))[1], "2026-11-27T09:00:00Z climbed 7");
    assert_eq!(
        story(of("5"), away(None))[1..],
        [
            "2026-11-27T09:00:00Z skipped NobodyThere",
            "2026-11-27T09:00:00Z reminded 5",
            "2026-12-02T09:00:00Z climbed 1",
        ],
        "nobody there: the step is skipped, the owner hears again, and the next step comes at its time"
    );
    let all_away = |fallback: Option<&str>, also: &[&str]| {
        let mut router = away(Some("7"));
        let mut people = staff();
        let absences = router.office.person(&"2".into()).unwrap().absences.clone();
        for id in ["2", "7", "1"].iter().chain(also) {
            people.get_mut(&PersonId::from(*id)).unwrap().absences = absences.clone();
        }
        router.office.people = Arc::new(people);
        router.fallback = fallback.map(PersonId::from);
        story(of("5"), router).last().unwrap().clone()
    };
    assert_eq!(all_away(Some("9"), &[]), "2026-12-02T09:00:00Z climbed 9", "the last step is not lost");
    assert_eq!(all_away(Some("9"), &["9"]), "2026-12-02T09:00:00Z climbed operators");
    assert_eq!(all_away(None, &[]), "2026-12-02T09:00:00Z climbed operators");
    let mut reminded = of("5");
    reminded.climb.repeats = 3;
    let Advance::Decide(decision) =
        advance(&reminded, &[first_word()], &Router { now: at("2026-11-27T09:00:00Z"), ..away(Some("7")) })
    else {
        panic!("the manager's step is due");
    };
    let until = Some("2026-12-04".parse().unwrap());
    assert_eq!(
        decision.notices()[0].addressed,
        AddressedBecause::Substitute { of: PersonId::from("2"), until },
        "both are named"
    );
}

#[test]
fn a_daemon_that_slept_climbs_one_step_at_a_time() {
    let late = Router { now: at("2026-12-14T10:00:00Z"), ..with(ladder()) };
    let Advance::Decide(first) = advance(&of("5"), &[first_word()], &late) else { panic!("it is late") };
    assert_eq!(first.event, Event::Reminded, "the owner hears first");
    let again = Word { decided_at: late.now, due: late.now, left_at: Some(late.now), ..first_word() };
    let words = [first_word(), again];
    match advance(&first.finding, &words, &late) {
        Advance::Wait(until) => assert_eq!(until, at("2026-12-14T14:00:00Z"), "half a working day to act"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_step_waits_for_a_whole_window() {
    let mut router = with(ladder());
    router.office.windows = Windows::parse(&["09:00", "14:00"]).unwrap();
    let told = story(of("5"), router.clone());
    assert_eq!(told[1], "2026-11-27T09:00:00Z climbed 2");
    // The owner's reminder left late on Thursday; the manager's step would be due on Friday at 09:00.
    let late = Word { left_at: Some(at("2026-11-27T09:00:00Z")), ..first_word() };
    let now = Router { now: at("2026-11-27T09:00:00Z"), ..router };
    let mut reminded = of("5");
    reminded.climb.repeats = 3;
    match advance(&reminded, &[first_word(), late], &now) {
        Advance::Wait(until) => assert_eq!(until, at("2026-11-27T14:00:00Z")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_does_not_climb() {
    let facts = Sighting { happened: Some(at("2026-11-23T00:00:00Z")), ..promise("kept-late") };
    let listed = Finding { baseline: true, ..told(promise("overdue")) };
    let unheard = Finding { told: None, ..told(promise("overdue")) };
    for (name, finding, router) in [
        ("a warning", told(promise("due-soon")), with(ladder())),
        ("a past fact", told(facts), with(ladder())),
        ("what was known since a baseline", listed, with(ladder())),
        ("what nobody was told", unheard, with(ladder())),
        ("without a ladder", told(promise("overdue")), router()),
    ] {
        let later = Router { now: at("2027-06-01T09:00:00Z"), ..router };
        assert_eq!(advance(&finding, &[first_word()], &later), Advance::Nothing, "{name}");
    }
    let withheld = Word { left_at: None, decided_at: at("2026-11-20T09:00:00Z"), ..first_word() };
    let later = Router { now: at("2027-06-01T09:00:00Z"), ..with(ladder()) };
    assert_eq!(advance(&told(promise("overdue")), &[withheld], &later), Advance::Nothing, "no word left");
}

#[test]
fn who_hears_by_time_alone_has_heard() {
    let absence = Absence {
        first: "2026-11-24".parse().unwrap(),
        last: "2026-12-24".parse().unwrap(),
        substitute: Some(PersonId::from("6")),
    };
    let mut staff = staff();
    staff.get_mut(&PersonId::from("5")).unwrap().absences = vec![absence];
    let mut router = Router { now: at("2026-12-01T09:00:00Z"), ..with(ladder()) };
    router.office.people = Arc::new(staff);
    let snoozed = State::Snoozed { by: "5".into(), until: at("2026-12-01T09:00:00Z") };
    for (name, finding) in [("a silence ends", Finding { state: snoozed, ..of("5") }), ("a repeat", of("5"))]
    {
        let Advance::Decide(decision) = advance(&finding, &[first_word()], &router) else { panic!("{name}") };
        assert_eq!(shown(&decision.notices()[0]), "6", "{name}: the substitute");
        assert_eq!(decision.finding.told.unwrap().to, [person("5"), person("6")], "{name}");
    }
}

#[test]
fn a_mail_that_was_decided_for_an_earlier_stage_starts_the_clock_of_the_later_one() {
    // Found on Sunday as due soon; overdue on Tuesday morning; one mail on Tuesday at nine says how it is then.
    let before = Word { decided_at: at("2026-11-22T08:00:00Z"), ..first_word() };
    let worse = Word { left_at: None, decided_at: at("2026-11-24T08:00:00Z"), ..first_word() };
    let mut finding = of("5");
    finding.told.as_mut().unwrap().at = worse.decided_at;
    match advance(&finding, &[before, worse], &Router { now: at(FIRST), ..with(ladder()) }) {
        Advance::Wait(until) => assert_eq!(until, at("2026-11-25T09:00:00Z")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_word_that_waits_holds_the_ladder() {
    let waits = Word { left_at: None, waits: true, due: at("2026-12-01T09:00:00Z"), ..first_word() };
    let now = Router { now: at("2026-11-30T09:00:00Z"), ..with(ladder()) };
    assert_eq!(advance(&of("5"), &[waits], &now), Advance::Wait(at("2026-12-01T09:00:00Z")));
    let overdue = Router { now: at("2026-12-01T09:00:00Z"), ..now };
    assert_eq!(advance(&of("5"), &[waits], &overdue), Advance::Wait(at("2026-12-01T09:15:00Z")));
}

#[test]
fn a_silence_ends_aloud_and_then_climbs() {
    let until = at("2026-12-01T09:00:00Z");
    for (name, state) in [
        ("acknowledged", State::Acknowledged { by: "5".into(), until, waiting: false }),
        ("snoozed", State::Snoozed { by: "5".into(), until }),
    ] {
        let told = story(Finding { state, ..of("5") }, with(ladder()));
        assert_eq!(
            told,
            [
                "2026-12-01T09:00:00Z continued 5",
                "2026-12-01T13:00:00Z climbed 2",
                "2026-12-02T09:00:00Z climbed 1",
            ],
            "{name}: the time went on; half a day to act, then it climbs"
        );
    }
    let baseline = Finding { baseline: true, told: None, ..of("5") };
    let state = State::Snoozed { by: "5".into(), until };
    assert_eq!(
        story(Finding { state, ..baseline }, with(ladder())),
        ["2026-12-01T09:00:00Z continued SilenceEnded"],
        "what was quiet stays quiet"
    );
}

#[test]
fn waiting_for_the_client_stops_the_clock() {
    let waiting = [("waiting-on".to_owned(), Fact::Text("client".to_owned()))].into();
    let mut finding = of("5");
    finding.seen.evidence = waiting;
    let mut router = Router { now: at("2026-11-25T09:00:00Z"), ..with(ladder()) };
    let Advance::Decide(paused) = advance(&finding, &[first_word()], &router) else { panic!("it pauses") };
    assert!(paused.notices().is_empty());
    router.now = at("2026-12-30T09:00:00Z");
    assert_eq!(advance(&paused.finding, &[first_word()], &router), Advance::Nothing);

    let mut answered = paused.finding.clone();
    answered.seen.evidence.clear();
    router.now = at("2026-11-27T09:00:00Z");
    let Advance::Decide(resumed) = advance(&answered, &[first_word()], &router) else { panic!("it goes on") };
    // Two working days of nine hours stood still.
    assert_eq!(resumed.finding.climb.paused, 2 * 9 * 3600);
    let mut silent = resumed.finding;
    silent.climb.repeats = 3;
    match advance(&silent, &[first_word()], &router) {
        // Friday 09:00 and eighteen working hours: Monday's end, so Tuesday's beginning.
        Advance::Wait(until) => assert_eq!(until, at("2026-12-01T09:00:00Z")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_forecast_is_what_happens() {
    let router = Router { now: at(FIRST), ..with(ladder()) };
    let finding = of("5");
    let said = forecast(&finding, &[], Some(at(FIRST)), &router).unwrap();
    assert_eq!(
        (said.rung, said.to.clone(), said.at),
        (Rung::Manager, person("2"), at("2026-11-27T09:00:00Z"))
    );
    let told = story(finding, router.clone());
    assert!(told.contains(&format!("{} climbed 2", said.at)), "{told:?}");

    let mut flat = router.clone();
    flat.office.director = Some(PersonId::from("2"));
    let mut staff = staff();
    staff.get_mut(&PersonId::from("2")).unwrap().manager = None;
    flat.office.people = Arc::new(staff);
    let mut climbed = of("5");
    climbed.climb.steps.push(crate::domain::StepTaken {
        step: 1,
        at: at(FIRST),
        how: HowTaken::Told(person("2")),
    });
    assert_eq!(
        forecast(&climbed, &[first_word()], None, &flat),
        None,
        "the last step is skipped: nobody more"
    );
    assert_eq!(climbed.climb.steps[0].how, HowTaken::Told(person("2")), "a forecast changes nothing");
    assert_ne!(HowTaken::Skipped(SkippedBecause::WasTold), climbed.climb.steps[0].how);
}

#[test]
fn the_forecast_reckons_with_the_mail_that_is_about_to_leave() {
    let mut router = Router { now: at("2026-11-27T09:00:00Z"), ..with(ladder()) };
    router.office.windows = Windows::parse(&["09:00", "14:00"]).unwrap();
    let said = |leaving| forecast(&of("5"), &[first_word()], leaving, &router).unwrap().at;
    assert_eq!(said(None), at("2026-11-27T09:00:00Z"));
    assert_eq!(said(Some(router.now)), at("2026-11-27T14:00:00Z"), "its reader has a whole window to act");
}

#[test]
fn what_is_urgent_climbs_at_its_moment() {
    let mut router = with(ladder());
    router.office.windows = Windows::parse(&["14:00"]).unwrap();
    let mut urgent = of("5");
    urgent.seen.severity = Severity::Urgent;
    urgent.climb.repeats = 3;
    match advance(&urgent, &[first_word()], &Router { now: at(FIRST), ..router }) {
        Advance::Wait(until) => assert_eq!(until, at("2026-11-27T09:00:00Z"), "it does not wait for 14:00"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_outlook_is_what_comes_next() {
    let until = at("2026-12-01T09:00:00Z");
    let by = || PersonId::from("5");
    let router = Router { now: at(FIRST), ..with(ladder()) };
    let words = [first_word()];
    let in_state = |state| Finding { state, ..of("5") };
    let waits = [Word { left_at: None, waits: true, due: until, ..first_word() }];
    let mut reminded = of("5");
    reminded.climb.repeats = 3;
    let friday = at("2026-11-27T09:00:00Z");
    let resolved = State::Resolved { at: until, how: crate::domain::HowResolved::NoLongerSeen };
    let mut owing = Finding { baseline: true, ..of("5") };
    owing.owed.apologies.push(crate::domain::Apology {
        level: crate::domain::ApologyLevel::Owner,
        by: by(),
        since: at(FIRST),
        due: friday,
        late_told: false,
        done: None,
    });
    for (name, finding, words, expected) in [
        ("told", of("5"), &words, Outlook::Reminder { at: at("2026-11-25T09:00:00Z"), to: person("5") }),
        (
            "reminded enough",
            reminded,
            &words,
            Outlook::Step { at: friday, to: person("2"), rung: Rung::Manager },
        ),
        ("a mail waits", of("5"), &waits, Outlook::MailWaits { until }),
        ("put off", in_state(State::Snoozed { by: by(), until }), &words, Outlook::SilenceEnds { at: until }),
        (
            "done",
            in_state(State::Done { by: by(), at: at(FIRST), trusted_until: until }),
            &words,
            Outlook::DataDecides { from: until },
        ),
        (
            "dismissed",
            in_state(State::Dismissed { by: by(), reason: "no".into(), how_bad: None }),
            &words,
            Outlook::UnlessWorse,
        ),
        ("listed", Finding { baseline: true, ..of("5") }, &words, Outlook::UnlessWorse),
        ("an apology is owed", owing, &words, Outlook::ApologyLate { at: friday, by: by() }),
        ("closed", in_state(resolved), &words, Outlook::Closed),
    ] {
        assert_eq!(outlook(&finding, words, &router), expected, "{name}");
    }
}
