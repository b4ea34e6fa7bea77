//! A small company for the tests: one check, late orders, and runs of it.

use jiff::{SignedDuration, Timestamp};
use kaizend_core::{
    domain::{
        AddressedBecause, Addressee, CheckId, CheckMemory, Completeness, Decision, Event, Finding,
        Fingerprint, HowResolved, Moment, Notice, NoticeKind, Outcome, PersonId, PromiseSeen, RunId, Said,
        Sighting, State, TellBecause, Telling, Trigger, Why, WithheldBecause,
    },
    policy::decide::Verdict,
};

use crate::{Begin, Close, Closed, Holder, Start, Started, Store};

/// A Monday morning, so many minutes in.
pub(crate) fn minute(minutes: i64) -> Timestamp {
    let morning: Timestamp = "2026-11-23T08:00:00Z".parse().unwrap();
    morning + SignedDuration::from_mins(minutes)
}

pub(crate) fn check() -> CheckId {
    CheckId::from("late-orders")
}

pub(crate) fn fingerprint(order: &str) -> Fingerprint {
    Fingerprint::of(&check(), "promise", &[order])
}

pub(crate) fn sighting(order: &str, stage: &str) -> Said {
    Said::Sighting(Box::new(Sighting {
        topic: "promise".to_owned(),
        key: vec![order.to_owned()],
        stage: stage.to_owned(),
        stage_rank: 1,
        happened: None,
        about: [("owner".to_owned(), "5".to_owned())].into(),
        severity: Default::default(),
        worth: None,
        evidence: Default::default(),
        links: Vec::new(),
        row: None,
        labels: Default::default(),
    }))
}

pub(crate) fn fine(order: &str) -> Said {
    Said::Fine { topic: "promise".to_owned(), key: vec![order.to_owned()] }
}

pub(crate) fn promise(order: &str, promised: i32, kept: Option<i32>) -> Said {
    Said::Promise(PromiseSeen {
        dataset: "promises".into(),
        key: vec![order.to_owned()],
        promised: Some(Moment::Date(promised)),
        kept: kept.map(Moment::Date),
        moved_by: None,
    })
}

/// The simplest policy: what is new is opened and told to its owner, what is gone is resolved.
pub(crate) fn decide_simply(run: RunId, at: Timestamp) -> crate::Decide {
    Box::new(move |known, seen| match (known, seen) {
        (None, Some(Verdict::Wrong(sighting))) => Some(open(&sighting, run, at)),
        (Some(finding), None | Some(Verdict::Fine)) if finding.is_open() => Some(resolve(finding, run, at)),
        _ => None,
    })
}

fn open(sighting: &Sighting, run: RunId, at: Timestamp) -> Decision {
    let fingerprint = sighting.fingerprint(&check());
    let notice = Notice {
        check: check(),
        finding: Some(fingerprint),
        episode: 1,
        kind: NoticeKind::Reminder,
        to: Addressee::Person(PersonId::from(sighting.owner().unwrap())),
        addressed: AddressedBecause::Owner,
        because: TellBecause::New,
        run,
        due: at,
        urgent: false,
        step: None,
        detail: None,
    };
    let finding = Finding {
        fingerprint,
        check: check(),
        seen: sighting.clone(),
        state: State::Open { since: at },
        episode: 1,
        opened_at: at,
        baseline: false,
        told: None,
        assigned: None,
        climb: Default::default(),
        owed: Default::default(),
        changed_by: run,
        spoken: None,
        forgotten: None,
    };
    Decision::new(finding, Event::Opened, Why::FirstSeen, Telling::Tell(vec![notice]))
}

fn resolve(mut finding: Finding, run: RunId, at: Timestamp) -> Decision {
    finding.state = State::Resolved { at, how: HowResolved::NoLongerSeen };
    finding.changed_by = run;
    let telling = Telling::Withhold(WithheldBecause::Resolved);
    Decision::new(finding, Event::Resolved, Why::Absent, telling)
}

pub(crate) fn start(at: Timestamp) -> Start {
    Start {
        check: check(),
        by: Begin::Now(Trigger::Hand),
        holder: Holder::this_process(),
        now: at,
        lease_until: at + SignedDuration::from_mins(5),
        parallel: false,
    }
}

pub(crate) async fn begin(store: &Store, at: Timestamp) -> RunId {
    match store.start_run(start(at)).await.unwrap() {
        Started::Run(run) => run,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn complete() -> Outcome {
    Outcome::Completed { look: Completeness::Complete }
}

pub(crate) fn close(run: RunId, at: Timestamp, outcome: Outcome) -> Close {
    Close {
        at,
        outcome,
        rows: [("promises".to_owned(), 3)].into(),
        ended_ledgers: vec!["promises".into()],
        memory: CheckMemory::default(),
        state_version: 1,
        notices: Vec::new(),
        decide: decide_simply(run, at),
    }
}

/// A whole run that says this and completes.
pub(crate) async fn look(store: &Store, at: Timestamp, said: Vec<Said>) -> Closed {
    let run = begin(store, at).await;
    store.stage(run, said).await.unwrap();
    store.close_run(run, close(run, at, complete())).await.unwrap()
}
