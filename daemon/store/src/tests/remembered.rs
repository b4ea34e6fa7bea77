//! What a believed look leaves for the next one and for others: measures, attributes, the plugin's own state.

use kaizend_core::domain::{Attribute, Completeness, Measure, MeasureKey, Outcome, Said};

use super::company::{begin, check, close, complete, look, minute};
use crate::{MeasureFilter, PluginState, Store};

pub(super) fn measure(group: &str, day: i32, good: u64, total: u64) -> Said {
    let key = MeasureKey { measure: "kept-first".to_owned(), group: group.to_owned(), day };
    Said::Measure(key, Measure { good, total })
}

pub(super) fn attribute(id: &str, rank: &str) -> Said {
    Said::Attribute(Attribute {
        role: "client".to_owned(),
        id: id.to_owned(),
        name: "rank".to_owned(),
        value: rank.to_owned(),
    })
}

pub(super) fn state(key: &str, value: Option<&str>) -> Said {
    Said::State { key: key.to_owned(), value: value.map(|value| value.as_bytes().to_vec()) }
}

pub(super) async fn measures(store: &Store) -> Vec<(String, i32, u64, u64)> {
    let found = store.measures(MeasureFilter::default()).await.unwrap();
    found.into_iter().map(|(_, key, m)| (key.group, key.day, m.good, m.total)).collect()
}

#[tokio::test]
async fn a_complete_look_replaces_the_days_that_it_speaks_of_and_a_partial_one_writes_none() {
    let store = Store::temporary().unwrap();
    let first =
        vec![measure("", 5, 1, 1), measure("", 5, 2, 3), measure("owner:5", 5, 3, 4), measure("", 6, 1, 1)];
    look(&store, minute(0), first).await;
    assert_eq!(
        measures(&store).await,
        [(String::new(), 5, 3, 4), ("owner:5".to_owned(), 5, 3, 4), (String::new(), 6, 1, 1)]
    );
    look(&store, minute(1), vec![measure("", 5, 4, 4)]).await;
    let after = [(String::new(), 5, 4, 4), (String::new(), 6, 1, 1)];
    assert_eq!(measures(&store).await, after);

    let run = begin(&store, minute(2)).await;
    store.stage(run, vec![measure("", 5, 0, 9)]).await.unwrap();
    let partial = Outcome::Completed { look: Completeness::Partial };
    store.close_run(run, close(run, minute(2), partial)).await.unwrap();
    assert_eq!(measures(&store).await, after);
}

#[tokio::test]
async fn wild_measures_are_bounded() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![measure("", 5, 1, u64::MAX), measure("", 5, 1, u64::MAX)]).await;
    assert_eq!(measures(&store).await, [(String::new(), 5, 2, (1 << 53) - 1)]);
}

#[tokio::test]
async fn attributes_of_a_complete_look_replace_the_checks_earlier_ones() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![attribute("ALFKI", "1"), attribute("BERGS", "2")]).await;
    look(&store, minute(1), vec![attribute("BERGS", "1")]).await;
    assert!(store.attributes("client", "ALFKI").await.unwrap().is_empty());
    assert_eq!(store.attributes("client", "BERGS").await.unwrap()["rank"], "1");
}

#[tokio::test]
async fn of_all_clients_only_what_is_asked_for_is_read() {
    let store = Store::temporary().unwrap();
    let Said::Attribute(rank) = attribute("ALFKI", "A") else { unreachable!() };
    let orders = Attribute { name: "orders".to_owned(), value: "1".to_owned(), ..rank.clone() };
    look(&store, minute(0), vec![Said::Attribute(rank), Said::Attribute(orders)]).await;
    let asked = async |names: &[&str]| {
        let names = names.iter().map(|&name| name.to_owned()).collect();
        let found = store.attributes_of("client", &names).await.unwrap();
        found.into_iter().map(|((id, name), value)| format!("{id} {name} {value}")).collect::<Vec<_>>()
    };
    assert_eq!(asked(&["orders"]).await, ["ALFKI orders 1"]);
    assert_eq!(asked(&["rank", "orders", "size"]).await, ["ALFKI orders 1", "ALFKI rank A"]);
    assert!(asked(&[]).await.is_empty());
}

#[tokio::test]
async fn state_of_another_version_is_not_given_and_then_gone() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![state("a", Some("1")), state("b", Some("2"))]).await;
    look(&store, minute(1), vec![state("a", None), state("c", Some("3"))]).await;
    let kept = store.plugin_state(&check(), 1).await.unwrap();
    assert_eq!(kept.values.keys().collect::<Vec<_>>(), ["b", "c"]);
    let other = store.plugin_state(&check(), 2).await.unwrap();
    assert_eq!((other.values.len(), other.other_version), (0, Some(1)));
    let run = begin(&store, minute(2)).await;
    let mut closing = close(run, minute(2), complete());
    closing.state_version = 2;
    store.close_run(run, closing).await.unwrap();
    assert_eq!(store.plugin_state(&check(), 1).await.unwrap(), PluginState::default());
}
