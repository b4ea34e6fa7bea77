//! The end of a run is one transaction, and only a believed look counts.

use kaizend_core::{
    domain::{
        Addressee, Completeness, Doubt, Event, FailureClass, Hindrance, HowResolved, Notice, Outcome,
        RunState, State, TellBecause, WithheldBecause,
    },
    rows::FaultClass,
};

use super::company::{
    begin, check, close, complete, fine, fingerprint, look, minute, promise, sighting, start,
};
use super::remembered::{attribute, measure, measures, state};
use crate::{Duplicate, Filter, Standing, Started, Store, StoreError};

fn failed() -> Outcome {
    Outcome::failed(Hindrance::Source(FaultClass::Locked), "the database is locked")
}

fn doubtful() -> Outcome {
    let doubt = Doubt::Empty { before: 830 };
    Outcome::Completed { look: Completeness::Doubtful { slot: "promises".to_owned(), doubt } }
}

#[tokio::test]
async fn a_finding_is_opened_told_and_resolved_with_its_history() {
    let store = Store::temporary().unwrap();
    let closed = look(&store, minute(0), vec![sighting("10248", "overdue")]).await;
    assert_eq!((closed.seen, closed.count(Event::Opened), closed.notices.len()), (1, 1, 1));
    let closed = look(&store, minute(1), vec![]).await;
    assert_eq!(closed.count(Event::Resolved), 1);
    assert_eq!(closed.withheld[0].because, WithheldBecause::Resolved);

    let finding = store.finding(fingerprint("10248")).await.unwrap().unwrap();
    assert_eq!(finding.state, State::Resolved { at: minute(1), how: HowResolved::NoLongerSeen });
    let history = store.history(fingerprint("10248")).await.unwrap();
    let events: Vec<_> = history.iter().map(|row| (row.event, row.at, row.notices, row.withheld)).collect();
    assert_eq!(
        events,
        [
            (Event::Opened, minute(0), 1, None),
            (Event::Resolved, minute(1), 0, Some(WithheldBecause::Resolved))
        ]
    );
    let runs = store.runs(Some(&check()), 10).await.unwrap();
    assert_eq!(runs.len(), 2);
    assert_eq!(runs[0].decided.as_ref().unwrap().count(Event::Resolved), 1);
    assert_eq!(runs[0].looked_at["promises"], 3);
}

#[tokio::test]
async fn a_resolved_finding_that_is_seen_again_is_shown_to_the_decision() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![sighting("1", "overdue"), sighting("2", "overdue")]).await;
    look(&store, minute(1), vec![]).await;
    let run = begin(&store, minute(2)).await;
    store.stage(run, vec![sighting("2", "overdue"), fine("3")]).await.unwrap();
    let (tell, told) = std::sync::mpsc::channel();
    let mut closing = close(run, minute(2), complete());
    closing.decide = Box::new(move |known, seen| {
        tell.send((known.map(|finding| finding.seen.key.join("")), seen.is_some())).unwrap();
        None
    });
    let closed = store.close_run(run, closing).await.unwrap();
    let mut asked: Vec<_> = told.iter().collect();
    asked.sort();
    // 1 is resolved and was not seen: nobody asks about it. 3 was never known.
    assert_eq!(asked, [(None, true), (Some("2".to_owned()), true)]);
    assert_eq!(closed.seen, 2);
}

#[tokio::test]
async fn what_could_not_look_changes_nothing_but_the_run_and_the_memory() {
    for (name, outcome) in [
        ("failed", failed()),
        ("doubtful", doubtful()),
        ("timed out", Outcome::TimedOut { message: "5 min".to_owned() }),
    ] {
        let store = Store::temporary().unwrap();
        let before = vec![
            sighting("1", "overdue"),
            measure("", 5, 1, 2),
            attribute("ALFKI", "1"),
            state("a", Some("x")),
        ];
        look(&store, minute(0), before).await;
        let run = begin(&store, minute(1)).await;
        let said =
            vec![sighting("2", "overdue"), measure("", 5, 9, 9), attribute("ALFKI", "9"), state("a", None)];
        store.stage(run, said).await.unwrap();
        let mut closing = close(run, minute(1), outcome.clone());
        closing.memory.question = Some("q".to_owned());
        let detail = "the database is locked".to_owned();
        closing.notices.push(Notice::to_operators(
            check(),
            TellBecause::CouldNotLook,
            run,
            minute(1),
            detail,
        ));
        let closed = store.close_run(run, closing).await.unwrap();

        assert_eq!((closed.decided.len(), closed.operator_notices.len()), (0, 1), "{name}");
        let open = store.findings(Filter::default()).await.unwrap();
        assert_eq!(open.iter().map(|f| f.fingerprint).collect::<Vec<_>>(), [fingerprint("1")], "{name}");
        assert_eq!(measures(&store).await, [(String::new(), 5, 1, 2)], "{name}");
        assert_eq!(store.attributes("client", "ALFKI").await.unwrap()["rank"], "1", "{name}");
        assert_eq!(store.plugin_state(&check(), 1).await.unwrap().values["a"], b"x", "{name}");
        assert_eq!(store.check_memory(&check()).await.unwrap().question.as_deref(), Some("q"), "{name}");
        assert_eq!(store.run(run).await.unwrap().unwrap().outcome, Some(outcome), "{name}");
        let due = store.due_notices(&Addressee::Operators, minute(1), None, 10).await.unwrap();
        assert_eq!(due.len(), 1, "{name}");
        assert_eq!(due[0].finding, None, "{name}");
    }
}

#[tokio::test]
async fn a_failed_run_still_records_the_promises_of_datasets_that_it_read_to_their_end() {
    let store = Store::temporary().unwrap();
    let run = begin(&store, minute(0)).await;
    store.stage(run, vec![promise("1", 100, None)]).await.unwrap();
    store.close_run(run, close(run, minute(0), failed())).await.unwrap();
    assert!(store.promise_versions(&"promises".into(), &["1".to_owned()]).await.unwrap().is_some());

    let run = begin(&store, minute(1)).await;
    store.stage(run, vec![promise("2", 100, None)]).await.unwrap();
    let mut closing = close(run, minute(1), failed());
    closing.ended_ledgers.clear();
    store.close_run(run, closing).await.unwrap();
    assert_eq!(store.promise_versions(&"promises".into(), &["2".to_owned()]).await.unwrap(), None);
    let kept = store.promise_versions(&"promises".into(), &["1".to_owned()]).await.unwrap().unwrap();
    assert_eq!(kept.promise.vanished, None);
}

#[tokio::test]
async fn the_first_of_a_fingerprint_counts_and_the_rest_are_named() {
    let store = Store::temporary().unwrap();
    let run = begin(&store, minute(0)).await;
    store.stage(run, vec![fine("1"), sighting("1", "overdue"), sighting("1", "due-soon")]).await.unwrap();
    let many = (0..5).flat_map(|n| [sighting(&format!("9{n}"), ""), sighting(&format!("9{n}"), "again")]);
    store.stage(run, many.collect()).await.unwrap();
    let closed = store.close_run(run, close(run, minute(0), complete())).await.unwrap();
    assert_eq!(closed.duplicates.count, 6);
    let first = Duplicate { topic: "promise".to_owned(), key: vec!["1".to_owned()] };
    assert_eq!(closed.duplicates.examples.len(), 3);
    assert_eq!(closed.duplicates.examples[0], first);
    let kept = store.finding(fingerprint("1")).await.unwrap().unwrap();
    assert_eq!(kept.seen.stage, "overdue");
}

#[tokio::test]
async fn a_refused_close_writes_nothing_and_leaves_the_run_open() {
    let store = Store::temporary().unwrap();
    let run = begin(&store, minute(0)).await;
    store.stage(run, vec![sighting("1", "overdue"), sighting("2", "overdue")]).await.unwrap();
    let mut closing = close(run, minute(0), complete());
    let mut decide = super::company::decide_simply(run, minute(0));
    let mut calls = 0;
    closing.decide = Box::new(move |known, seen| {
        let mut decision = decide(known, seen)?;
        calls += 1;
        if calls == 2 {
            decision.finding.fingerprint = fingerprint("another");
        }
        Some(decision)
    });
    let why = store.close_run(run, closing).await.unwrap_err();
    assert!(matches!(why, StoreError::WrongFinding { .. }), "{why}");
    let all = Filter { standing: Standing::All, ..Filter::default() };
    assert!(store.findings(all).await.unwrap().is_empty());
    assert_eq!(store.run(run).await.unwrap().unwrap().state, RunState::Running);
    // What it said is still there: the close can be tried again.
    let closed = store.close_run(run, close(run, minute(0), complete())).await.unwrap();
    assert_eq!(closed.count(Event::Opened), 2);
}

#[tokio::test]
async fn a_decision_that_panics_takes_nobody_with_it() {
    let store = Store::temporary().unwrap();
    let run = begin(&store, minute(0)).await;
    store.stage(run, vec![sighting("1", "overdue")]).await.unwrap();
    let mut closing = close(run, minute(0), complete());
    closing.decide = Box::new(|_, _| panic!("a defect in a policy"));
    assert!(matches!(store.close_run(run, closing).await, Err(StoreError::Stopped)));
    assert_eq!(store.close_run(run, close(run, minute(0), complete())).await.unwrap().seen, 1);
}

#[tokio::test]
async fn a_run_that_was_taken_over_says_nothing_more() {
    let store = Store::temporary().unwrap();
    let late = begin(&store, minute(0)).await;
    store.stage(late, vec![sighting("1", "overdue")]).await.unwrap();
    let Started::Run(next) = store.start_run(start(minute(60))).await.unwrap() else { panic!() };
    for refused in [
        store.stage(late, vec![sighting("2", "overdue")]).await.err(),
        store.renew(late, minute(99)).await.err(),
        store.close_run(late, close(late, minute(61), complete())).await.err(),
    ] {
        assert!(matches!(refused, Some(StoreError::NotRunning { .. })), "{refused:?}");
    }
    let outcome = store.run(late).await.unwrap().unwrap().outcome;
    assert!(matches!(outcome, Some(Outcome::Failed { class: FailureClass::Interrupted, .. })));
    let closed = store.close_run(next, close(next, minute(62), complete())).await.unwrap();
    assert_eq!(closed.seen, 0);
}
