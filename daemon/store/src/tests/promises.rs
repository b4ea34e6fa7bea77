//! The ledger remembers each version of a promise, and only promises that were open when first seen.

use std::collections::BTreeMap;

use kaizend_core::{
    domain::{Completeness, DatasetName, Moment, Outcome},
    policy::ledger::LedgerEvent,
};
use proptest::prelude::*;

use super::company::{begin, close, look, minute, promise};
use crate::{LedgerCount, PromiseStory, Store};

fn dataset() -> DatasetName {
    DatasetName::from("promises")
}

async fn story(store: &Store, order: &str) -> Option<PromiseStory> {
    store.promise_versions(&dataset(), &[order.to_owned()]).await.unwrap()
}

#[tokio::test]
async fn a_promise_that_is_moved_twice_shows_all_three_versions() {
    let store = Store::temporary().unwrap();
    for (at, promised) in [(0, 100), (1, 110), (2, 110), (3, 105)] {
        look(&store, minute(at), vec![promise("1", promised, None)]).await;
    }
    let closed = look(&store, minute(4), vec![promise("1", 105, Some(120))]).await;
    assert_eq!(closed.ledger, [LedgerCount { event: LedgerEvent::Kept, count: 1 }]);
    let story = story(&store, "1").await.unwrap();
    let versions: Vec<_> = story.versions.iter().map(|version| (version.promised, version.seen_at)).collect();
    assert_eq!(
        versions,
        [(Moment::Date(100), minute(0)), (Moment::Date(110), minute(1)), (Moment::Date(105), minute(3))]
    );
    assert_eq!((story.promise.first.promised, story.promise.moves), (Moment::Date(100), 2));
    assert_eq!(story.promise.kept, Some(Moment::Date(120)));
}

#[tokio::test]
async fn a_promise_that_was_kept_when_first_seen_is_no_row() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![promise("1", 100, Some(90))]).await;
    assert_eq!(story(&store, "1").await, None);
    assert_eq!(store.counts().await.unwrap().promises, 0);
}

#[tokio::test]
async fn only_a_complete_look_makes_a_promise_vanish() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![promise("1", 100, None), promise("2", 100, None)]).await;
    let run = begin(&store, minute(1)).await;
    let partial = Outcome::Completed { look: Completeness::Partial };
    store.close_run(run, close(run, minute(1), partial)).await.unwrap();
    assert_eq!(story(&store, "1").await.unwrap().promise.vanished, None);

    look(&store, minute(2), vec![promise("2", 100, None)]).await;
    assert_eq!(story(&store, "1").await.unwrap().promise.vanished, Some(minute(2)));
    assert_eq!(story(&store, "2").await.unwrap().promise.vanished, None);
    let counts = store.counts().await.unwrap();
    assert_eq!((counts.promises_open, counts.promises), (1, 2));

    look(&store, minute(3), vec![promise("1", 100, None), promise("2", 100, None)]).await;
    assert_eq!(story(&store, "1").await.unwrap().promise.vanished, None);
}

#[tokio::test]
async fn a_complete_look_without_any_open_promise_lets_the_last_one_vanish() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![promise("1", 100, None)]).await;
    look(&store, minute(1), vec![]).await;
    assert_eq!(story(&store, "1").await.unwrap().promise.vanished, Some(minute(1)));
}

#[tokio::test]
async fn another_datasets_promises_are_left_alone() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![promise("1", 100, None)]).await;
    let run = begin(&store, minute(1)).await;
    let mut closing = close(run, minute(1), super::company::complete());
    closing.ended_ledgers = vec!["calls".into()];
    store.close_run(run, closing).await.unwrap();
    assert_eq!(story(&store, "1").await.unwrap().promise.vanished, None);
}

#[tokio::test]
async fn a_view_finds_what_the_ledger_holds_and_nothing_else() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![promise("1", 100, None), promise("2", 100, Some(1))]).await;
    let view = store.ledger_view(vec![dataset()]).await.unwrap();
    assert_eq!(view.len(), 1);
    let key = |order: &str| vec![order.to_owned()];
    assert_eq!(view.look_up(&dataset(), &key("1")).unwrap().first.promised, Moment::Date(100));
    assert_eq!(view.look_up(&dataset(), &key("2")), None);
    assert_eq!(view.look_up(&DatasetName::from("calls"), &key("1")), None);
    assert_eq!(view.look_up(&dataset(), &["1".to_owned(), String::new()]), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Over any history of complete looks: versions are exactly the changes of the promised date after the
    /// promise was first seen open, and the first one never changes.
    #[test]
    fn versions_are_the_moves(looks in prop::collection::vec(
        prop::collection::btree_map(0..4_u8, (0..5_i32, any::<bool>()), 0..4), 1..8))
    {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let store = Store::temporary().unwrap();
            let mut expected: BTreeMap<u8, Vec<i32>> = BTreeMap::new();
            for (at, rows) in looks.iter().enumerate() {
                for (order, (promised, kept)) in rows {
                    match expected.get_mut(order) {
                        None if !kept => drop(expected.insert(*order, vec![*promised])),
                        Some(versions) if versions.last() != Some(promised) => versions.push(*promised),
                        _ => {}
                    }
                }
                let said = rows.iter().map(|(order, (promised, kept))| {
                    promise(&order.to_string(), *promised, kept.then_some(9))
                });
                look(&store, minute(at as i64), said.collect()).await;
            }
            for order in 0..4_u8 {
                let found = story(&store, &order.to_string()).await;
                let versions = found.map(|story| {
                    story.versions.iter().map(|version| match version.promised {
                        Moment::Date(day) => day,
                        Moment::Instant(_) => panic!("no instant was said"),
                    }).collect::<Vec<_>>()
                });
                assert_eq!(versions, expected.get(&order).cloned(), "order {order}");
            }
        });
    }
}
