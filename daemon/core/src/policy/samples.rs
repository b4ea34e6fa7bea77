//! Findings, looks and rules that the tests of several policies start from: a promise of the check
//! `late-orders`, from due-soon (stage 1) over overdue (2) to kept-late (3).

use std::sync::Arc;

use jiff::{Timestamp, tz::TimeZone};

use super::calendar::Calendar;
use super::decide::Verdict;
use super::reconcile::{Baseline, Rule};
use crate::domain::{
    Addressee, CheckId, Completeness, Fact, Finding, Look, PersonId, RunId, Severity, Sighting, State, Told,
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
        state: State::Open { since: opened_at, step: 0 },
        episode: 1,
        opened_at,
        baseline: false,
        told: Some(Told {
            at: opened_at,
            stage_rank: seen.stage_rank,
            severity: seen.severity,
            to: vec![person("5")],
        }),
        changed_by: RunId(1),
        forgotten: None,
        seen,
    }
}
