//! Findings, looks and rules that the tests of several policies start from: a promise of the check
//! `late-orders`, from due-soon (stage 1) over overdue (2) to kept-late (3).

use std::{collections::BTreeMap, sync::Arc};

use jiff::{Timestamp, tz::TimeZone};

use super::calendar::Calendar;
use super::decide::Verdict;
use super::ladder::{Ladder, Step};
use super::office::Office;
use super::reconcile::{Baseline, Rule};
use super::route::Router;
use super::window::Windows;
use crate::domain::{
    Addressee, CheckId, Climb, Completeness, Fact, Finding, Look, Owed, Person, PersonId, RunId, Rung,
    Severity, Sighting, State, Told,
};

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn rule(baseline: Baseline) -> Rule {
    Rule {
        check: CheckId::from("late-orders"),
        baseline,
        look_back: "30 days".parse().unwrap(),
        settle: "1 working day".parse().unwrap(),
        calendar: Arc::new(Calendar::office(TimeZone::UTC)),
        owing: Arc::default(),
    }
}

/// A director (1), a manager (2) with four below (5, 6, 7, 9), one without an address and one with half of one.
pub(crate) fn staff() -> BTreeMap<PersonId, Person> {
    let person = |id: &str, email: Option<&str>, manager: Option<&str>| Person {
        email: email.map(str::to_owned),
        manager: manager.map(PersonId::from),
        team: Some("sales".to_owned()),
        ..Person::new(PersonId::from(id), format!("Person {id}"))
    };
    [
        person("1", Some("one@northwind.example"), None),
        person("2", Some("two@northwind.example"), Some("1")),
        person("5", Some("five@northwind.example"), Some("2")),
        person("6", Some("six@northwind.example"), Some("2")),
        person("7", Some("seven@northwind.example"), Some("2")),
        person("9", Some("nine@northwind.example"), Some("2")),
        person("mute", None, Some("2")),
        person("half", Some("nobody"), Some("2")),
    ]
    .into_iter()
    .map(|person| (person.id.clone(), person))
    .collect()
}

/// Owner with three reminders, manager after three working days, director after six.
pub(crate) fn ladder() -> Ladder {
    let days = |days: u32| crate::domain::Span::WorkingDays(days);
    let step = |to, after: Option<u32>, repeat: &[u32]| Step {
        to,
        after: after.map(days),
        repeat: repeat.iter().copied().map(days).collect(),
    };
    let steps = vec![
        step(Rung::Owner, None, &[1, 2, 4]),
        step(Rung::Manager, Some(3), &[]),
        step(Rung::Director, Some(6), &[]),
    ];
    Ladder { name: "default".to_owned(), steps, never: vec!["due-soon".to_owned()] }
}

/// Monday to Friday from 09:00 to 18:00 UTC, no windows, on Tuesday morning.
pub(crate) fn router() -> Router {
    let calendar = Arc::new(Calendar::office(TimeZone::UTC));
    Router {
        office: Office {
            people: Arc::new(staff()),
            hours: Arc::new(move |_: Option<&Person>| Arc::clone(&calendar)),
            windows: Windows::default(),
            director: Some(PersonId::from("1")),
            urgent: Severity::Urgent,
        },
        routes: Arc::default(),
        clients: Arc::new(BTreeMap::<(String, String), String>::new()),
        ladder: None,
        fallback: None,
        run: RunId(7),
        now: at("2026-11-24T08:00:00Z"),
    }
}

pub(crate) fn look(completeness: Completeness) -> Look {
    Look { run: RunId(7), at: at("2026-11-23T08:00:00Z"), completeness, first: None }
}

pub(crate) fn promise(stage: &str) -> Sighting {
    let ranks = ["", "due-soon", "overdue", "kept-late"];
    let rank = ranks.iter().position(|name| *name == stage).unwrap();
    Sighting {
        topic: "promise".to_owned(),
        key: vec!["10248".to_owned()],
        stage: stage.to_owned(),
        stage_rank: rank as u32,
        happened: None,
        about: [("owner".to_owned(), "5".to_owned())].into(),
        severity: Severity::Normal,
        worth: None,
        evidence: [("what".to_owned(), Fact::Text("order 10248".to_owned()))].into(),
        links: Vec::new(),
        row: None,
        labels: Default::default(),
    }
}

/// The promise was kept, late, at this instant.
pub(crate) fn kept_late(kept: &str) -> Sighting {
    Sighting { happened: Some(at(kept)), ..promise("kept-late") }
}

pub(crate) fn wrong(sighting: Sighting) -> Verdict {
    Verdict::Wrong(Box::new(sighting))
}

pub(crate) fn person(id: &str) -> Addressee {
    Addressee::Person(PersonId::from(id))
}

/// An open finding of Monday morning, told to its owner as it was seen.
pub(crate) fn open(seen: Sighting) -> Finding {
    let opened_at = at("2026-11-23T08:00:00Z");
    Finding {
        fingerprint: seen.fingerprint(&CheckId::from("late-orders")),
        check: CheckId::from("late-orders"),
        state: State::Open { since: opened_at },
        episode: 1,
        opened_at,
        baseline: false,
        told: Some(Told {
            at: opened_at,
            stage_rank: seen.stage_rank,
            severity: seen.severity,
            to: vec![person("5")],
            before: None,
        }),
        assigned: None,
        climb: Climb::default(),
        owed: Owed::default(),
        changed_by: RunId(1),
        spoken: None,
        forgotten: None,
        seen,
    }
}
