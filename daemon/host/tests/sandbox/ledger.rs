//! Promises among the rows: what the ledger is told of, and what a plugin learns from it.

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use kaizend_core::domain::{Fact, Moment, Promise, PromiseSeen, PromiseVersion, RunId, Said};
use kaizend_host::{Ending, Request};
use serde_json::{Value, json};

use crate::{
    company::{Known, Table, bound, run, sightings},
    guest::{finding_for_each_row, plugin, reading, slot},
};

fn promises(manifest: &mut Value) {
    let mut promises = slot(
        "promises",
        &["id key", "due when nullable", "done when nullable optional", "by text optional nullable"],
    );
    promises["ledger"] = json!({"key": ["id"], "promised": "due", "kept": "done", "moved-by": "by"});
    manifest["slots"] = json!([promises]);
}

fn table() -> Table {
    Table::new()
        .batches_of(2)
        .integers("id", [1, 2, 3, 4])
        .dates("due", &[Some(10), Some(20), None, Some(40)])
        .dates("done", &[None, Some(21), None, Some(39)])
        .texts("by", &[Some("client"), None, None, None])
}

fn known(first: Moment, latest: Moment, moves: u32) -> Promise {
    let version =
        |promised| PromiseVersion { promised, seen_at: Timestamp::UNIX_EPOCH, run: RunId(1), moved_by: None };
    Promise { first: version(first), latest: version(latest), moves, kept: None, vanished: None }
}

/// Order 4, once promised for day 35 and now for day 38.
fn ledger() -> Arc<Known> {
    Arc::new(Known(BTreeMap::from([(vec!["4".to_owned()], known(Moment::Date(35), Moment::Date(38), 1))])))
}

fn told(said: &[Said]) -> Vec<&PromiseSeen> {
    said.iter().filter_map(|said| if let Said::Promise(seen) = said { Some(seen) } else { None }).collect()
}

#[tokio::test]
async fn only_open_promises_and_known_ones_are_told() {
    // The plugin reads nothing but the key; the host reads the rest for itself.
    let bytes = plugin(&reading("promises", "id", "", ""), promises);
    let request = Request { ledger: ledger(), ..bound("promises", vec![table().member("orders")]) };
    let (report, said) = run(&bytes, request).await;
    assert_eq!(report.ending, Ending::Completed);
    let told = told(&said);
    let keys: Vec<&str> = told.iter().map(|seen| seen.key[0].as_str()).collect();
    assert_eq!(keys, ["1", "4"], "2 is finished and unknown, 3 promises nothing");
    assert_eq!(
        (told[0].promised, told[0].kept, told[0].moved_by.as_deref()),
        (Some(Moment::Date(10)), None, Some("client"))
    );
    assert_eq!((told[1].promised, told[1].kept), (Some(Moment::Date(40)), Some(Moment::Date(39))));
    assert_eq!(told[1].dataset.as_str(), "orders");
}

#[tokio::test]
async fn promises_count_once_the_dataset_was_read_even_if_the_plugin_fails() {
    let read = |end: &str| {
        let body = reading("promises", "id", "", "");
        plugin(&format!("{} {end})", body.strip_suffix(')').unwrap()), promises)
    };
    let request = || bound("promises", vec![table().member("orders")]);
    let (report, said) = run(&read("unreachable"), request()).await;
    assert!(matches!(report.ending, Ending::Failed(_)));
    assert_eq!((told(&said).len(), report.ended.len()), (1, 1));
    let left = plugin(&reading("promises", "id", "", "(if (i32.const 1) (then unreachable))"), promises);
    let (report, _) = run(&left, request()).await;
    assert!(report.ended.is_empty(), "it was left after the first batch");
}

#[tokio::test]
async fn the_plugin_learns_the_first_date_and_the_moves() {
    let each = finding_for_each_row(
        "(call $dates (local.get $b) (i32.const 1) (i32.const 272))
         (call $nulls (local.get $b) (i32.const 1) (i32.const 288))
         (call $integers (local.get $b) (i32.const 2) (i32.const 304))
         (if (i32.eqz (i32.and (i32.load8_u (i32.load (i32.const 292))) (i32.shl (i32.const 1) (local.get $i))))
           (then (call $integer (local.get $f) «first» (i64.extend_i32_s
             (i32.load (i32.add (i32.load (i32.const 272)) (i32.mul (local.get $i) (i32.const 4))))))))
         (call $integer (local.get $f) «moves»
           (i64.load (i32.add (i32.load (i32.const 304)) (i32.mul (local.get $i) (i32.const 8)))))",
    );
    let bytes = plugin(&reading("promises", "id|first-promised|moves", "", &each), promises);
    let read = async |table: Table, ledger: Arc<Known>| {
        let (report, said) =
            run(&bytes, Request { ledger, ..bound("promises", vec![table.member("orders")]) }).await;
        assert_eq!(report.ending, Ending::Completed);
        let fact =
            |fact: Option<&Fact>| if let Some(Fact::Integer(value)) = fact { Some(*value) } else { None };
        let facts =
            |evidence: &BTreeMap<String, Fact>| (fact(evidence.get("first")), fact(evidence.get("moves")));
        sightings(&said).into_iter().map(|sighting| facts(&sighting.evidence)).collect::<Vec<_>>()
    };
    let unknown = (None, Some(0));
    // This look is the first to see the move from day 38 to day 40.
    assert_eq!(read(table(), ledger()).await, [unknown, unknown, unknown, (Some(35), Some(2))]);
    // The company once kept instants, and keeps dates now: an instant of day 35.
    let instant = known(Moment::Instant(35 * 86_400_000_000 + 5), Moment::Date(40), 1);
    let ledger = Arc::new(Known(BTreeMap::from([(vec!["4".to_owned()], instant)])));
    assert_eq!(read(table(), ledger).await[3], (Some(35), Some(1)));
}

#[tokio::test]
async fn a_dataset_that_lacks_the_kept_column_makes_no_promises() {
    let table = Table::new().integers("id", [1]).dates("due", &[Some(10)]);
    let bytes = plugin(&reading("promises", "id|first-promised|moves", "", ""), promises);
    let (report, said) = run(&bytes, bound("promises", vec![table.member("orders")])).await;
    assert_eq!((report.ending, said.len()), (Ending::Completed, 0));
}

#[tokio::test]
async fn a_slot_read_twice_tells_its_promises_once() {
    let body = "(func $body (call $once) (call $once))".to_owned()
        + &reading("promises", "id", "", "").replacen("$body", "$once", 1);
    let (report, said) =
        run(&plugin(&body, promises), bound("promises", vec![table().member("orders")])).await;
    assert_eq!((report.ending, told(&said).len(), report.rows["promises"]), (Ending::Completed, 1, 4));
}
