//! Every due moment is accounted for exactly once, and one check has one run at a time.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use kaizend_core::{
    domain::{CheckId, FailureClass, Outcome, RunId, RunState, SkipReason, Trigger},
    policy::schedule::{Fate, OccurrenceDecision},
};
use proptest::prelude::*;

use super::company::{begin, check, close, complete, minute, start};
use crate::{Begin, Holder, Start, Started, Store};

fn due(at: Timestamp, fate: Fate) -> OccurrenceDecision {
    OccurrenceDecision { check: check(), due: at, fate, unlisted_since: None }
}

fn run(at: Timestamp) -> OccurrenceDecision {
    due(at, Fate::Run(Trigger::Schedule))
}

#[tokio::test]
async fn an_occurrence_asks_for_one_run_however_often_it_is_said() {
    let store = Store::temporary().unwrap();
    let skipped = due(minute(0), Fate::Skip(SkipReason::Coalesced));
    let first = store.record_occurrences(vec![skipped.clone(), run(minute(10))]).await.unwrap();
    assert_eq!(first.len(), 1);
    assert_eq!((first[0].due, first[0].trigger), (Some(minute(10)), Trigger::Schedule));
    // What was skipped stays skipped, whatever is said later.
    let again = store.record_occurrences(vec![run(minute(0)), skipped, run(minute(10))]).await.unwrap();
    assert_eq!(again, []);
    assert_eq!(store.requested_runs().await.unwrap(), first);
    assert_eq!(store.last_occurrence(&check()).await.unwrap(), Some(minute(10)));
    assert_eq!(store.newest_occurrences().await.unwrap(), BTreeMap::from([(check(), minute(10))]));
    let rows = store.occurrences(&check(), 10).await.unwrap();
    let fates: Vec<_> = rows.iter().map(|row| (row.due, row.run, row.skipped)).collect();
    assert_eq!(
        fates,
        [(minute(10), Some(first[0].run), None), (minute(0), None, Some(SkipReason::Coalesced))]
    );
}

#[tokio::test]
async fn a_row_may_stand_for_the_unlisted_ones_before_it() {
    let store = Store::temporary().unwrap();
    let skipped = OccurrenceDecision {
        unlisted_since: Some(minute(-9000)),
        ..due(minute(0), Fate::Skip(SkipReason::Expired))
    };
    store.record_occurrences(vec![skipped]).await.unwrap();
    assert_eq!(store.occurrences(&check(), 1).await.unwrap()[0].unlisted_since, Some(minute(-9000)));
}

#[tokio::test]
async fn a_check_is_first_planned_once() {
    let store = Store::temporary().unwrap();
    let other = CheckId::from("repeat-orders");
    store.planned_since(vec![check()], minute(0)).await.unwrap();
    let since = store.planned_since(vec![check(), other.clone()], minute(5)).await.unwrap();
    assert_eq!(since, BTreeMap::from([(check(), minute(0)), (other.clone(), minute(5))]));
    let since = store.planned_since(vec![other.clone()], minute(9)).await.unwrap();
    assert_eq!(since, BTreeMap::from([(other, minute(5))]));
}

#[tokio::test]
async fn a_requested_run_is_taken_up_once() {
    let store = Store::temporary().unwrap();
    let request = store.record_occurrences(vec![run(minute(0))]).await.unwrap().remove(0);
    let taking = Start { by: Begin::Requested(request.run), ..start(minute(0)) };
    assert_eq!(store.start_run(taking.clone()).await.unwrap(), Started::Run(request.run));
    assert_eq!(store.requested_runs().await.unwrap(), []);
    store.close_run(request.run, close(request.run, minute(1), complete())).await.unwrap();
    let again = store.start_run(taking).await.unwrap();
    assert_eq!(again, Started::Gone { state: RunState::Completed });
}

#[tokio::test]
async fn a_check_runs_once_at_a_time_unless_it_may_run_in_parallel() {
    let store = Store::temporary().unwrap();
    let first = begin(&store, minute(0)).await;
    let refused = store.start_run(start(minute(1))).await.unwrap();
    let until = start(minute(0)).lease_until;
    assert_eq!(refused, Started::Leased { run: first, by: Holder::this_process(), until });
    let beside = Start { parallel: true, ..start(minute(1)) };
    assert!(matches!(store.start_run(beside).await.unwrap(), Started::Run(_)));
    let other = Start { check: CheckId::from("repeat-orders"), ..start(minute(1)) };
    assert!(matches!(store.start_run(other).await.unwrap(), Started::Run(_)));
}

#[tokio::test]
async fn a_lease_holds_as_long_as_it_is_renewed() {
    let store = Store::temporary().unwrap();
    let first = begin(&store, minute(0)).await;
    store.renew(first, minute(30)).await.unwrap();
    assert!(matches!(store.start_run(start(minute(20))).await.unwrap(), Started::Leased { .. }));
    assert!(matches!(store.start_run(start(minute(30))).await.unwrap(), Started::Run(_)));
}

#[tokio::test]
async fn the_run_of_a_process_that_died_is_interrupted_before_its_lease_ends() {
    let store = Store::temporary().unwrap();
    // No process has this pid: the kernel's highest is 2^22.
    let dead = Start { holder: Holder::from_text("99999999.1"), ..start(minute(0)) };
    let Started::Run(lost) = store.start_run(dead).await.unwrap() else { panic!() };
    let alive = begin(&store, minute(1)).await;
    let row = store.run(lost).await.unwrap().unwrap();
    assert!(matches!(row.outcome, Some(Outcome::Failed { class: FailureClass::Interrupted, .. })));
    assert_eq!(store.interrupt_dead_runs(minute(2)).await.unwrap(), []);
    assert_eq!(store.interrupt_dead_runs(minute(99)).await.unwrap(), [alive]);
}

#[tokio::test]
async fn a_request_that_will_not_run_shows_why_on_its_occurrence() {
    let store = Store::temporary().unwrap();
    let request = store.record_occurrences(vec![run(minute(0))]).await.unwrap().remove(0);
    assert!(store.skip_requested(request.run, SkipReason::Overlap, minute(0)).await.unwrap());
    assert!(!store.skip_requested(request.run, SkipReason::Overlap, minute(0)).await.unwrap());
    assert_eq!(store.occurrences(&check(), 1).await.unwrap()[0].skipped, Some(SkipReason::Overlap));
    assert_eq!(store.run(request.run).await.unwrap().unwrap().state, RunState::Skipped);
    assert_eq!(store.requested_runs().await.unwrap(), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is said, in whatever order and however often, each moment becomes one row, and each row that
    /// asks for a run has exactly one.
    #[test]
    fn any_saying_leaves_each_moment_once(said in prop::collection::vec((0..20_i64, any::<bool>()), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let store = Store::temporary().unwrap();
            let mut first: BTreeMap<i64, bool> = BTreeMap::new();
            let mut requests = BTreeSet::new();
            for chunk in said.chunks(7) {
                let decisions = chunk.iter().map(|&(at, runs)| {
                    first.entry(at).or_insert(runs);
                    if runs { run(minute(at)) } else { due(minute(at), Fate::Skip(SkipReason::NoCatchUp)) }
                });
                for request in store.record_occurrences(decisions.collect()).await.unwrap() {
                    assert!(requests.insert(request.run), "a run was asked for twice");
                }
            }
            let rows = store.occurrences(&check(), 100).await.unwrap();
            let found: BTreeMap<_, _> = rows.iter().map(|row| (row.due, row.run.is_some())).collect();
            assert_eq!(rows.len(), found.len());
            assert_eq!(found, first.iter().map(|(at, runs)| (minute(*at), *runs)).collect());
            let asked: BTreeSet<RunId> = rows.iter().filter_map(|row| row.run).collect();
            assert_eq!(asked, requests);
        });
    }
}
