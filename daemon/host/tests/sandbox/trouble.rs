//! Plugins that go wrong, and sources that do: each gets a sentence, and nothing of the run counts.

use std::sync::Arc;

use kaizend_core::{
    domain::{FailureClass, Hindrance, Said},
    rows::FaultClass,
};
use kaizend_host::{Ending, Request};
use serde_json::{Value, json};

use crate::{
    company::{Broken, HOST, Table, bound, failure, keys, load, locked, request, run},
    guest::{finding_for_each_row, plugin, reading, slot},
};

fn orders(manifest: &mut Value) {
    manifest["slots"] =
        json!([slot("orders", &["id key", "n integer nullable", "note text optional nullable"])]);
}

fn table() -> Table {
    Table::new().batches_of(2).texts("id", &[Some("a"), Some("b"), Some("c")]).integers("n", 1..=3)
}

#[tokio::test]
async fn what_a_plugin_does_wrong_is_said_in_words() {
    use Hindrance::{Contract, Panic, Trap};
    let drop_cursor = "(call $open «orders» ‹id|note› ‹› (i32.const 64)) (drop (i32.load (i32.const 68)))";
    for (body, words, hindrance) in [
        ("unreachable".to_owned(), "gave up without a message in `body`", Trap),
        (
            "(call $panicked «index out of bounds» «src/lib.rs» (i32.const 42) (i32.const 7)) unreachable".to_owned(),
            "panicked at src/lib.rs:42:7: index out of bounds", Panic
        ),
        (
            "(call $panicked «time not implemented on this platform» «std.rs» (i32.const 1) (i32.const 1)) unreachable"
                .to_owned(),
            "a check has no clock: use the context's `now`", Panic
        ),
        ("(drop (i32.div_u (i32.const 1) (i32.const 0)))".to_owned(), "integer divide by zero", Trap),
        ("(drop (i32.load (i32.const -4)))".to_owned(), "out of bounds memory access", Trap),
        ("(call $open «orders» ‹salary› ‹› (i32.const 64))".to_owned(), "the column `salary` of slot `orders`", Contract),
        ("(call $open «orders» ‹id|id› ‹› (i32.const 64))".to_owned(), "opens the column `id` of slot `orders` twice", Contract),
        ("(call $open «orders» ‹id› ‹n› (i32.const 64))".to_owned(), "ordered by `n`, which is not among the columns", Contract),
        ("(call $open «people» ‹id› ‹› (i32.const 64))".to_owned(), "the slot `people`, which its manifest does not", Contract),
        (drop_cursor.to_owned() + "(call $next (i32.const 99) (i32.const 64))", "unknown handle index 99", Trap),
        ("(drop (call $finding «thong» ‹a›))".to_owned(), "`thong`, which is no topic of its manifest (it names thing)", Contract),
        ("(drop (call $finding «thing» ‹›))".to_owned(), "by an empty key", Contract),
        (
            "(call $stage (call $finding «thing» ‹a›) «late»)".to_owned(),
            "finding `thing` (a) has the stage `late`, which its manifest does not name for this topic (it names none)", Contract
        ),
        (
            "(local $f i32) (local.set $f (call $finding «thing» ‹a›)) (call $happened (local.get $f) (i64.const 0))
             (call $emit (local.get $f) (i32.const 64))"
                .to_owned(),
            "has happened at an instant, and its topic is a condition", Contract
        ),
        (
            "(call $measure «kept» «» (i32.const 7) (i64.const 3) (i64.const 2) (i32.const 64))".to_owned(),
            "measures `kept` as 3 good out of 2", Contract
        ),
        ("(drop (call $add_working_days (i32.const 0) (i32.const 2000000)))".to_owned(), "10000 are the most", Contract),
        ("(drop (call $add_working_days (i32.const -2147483648) (i32.const 1)))".to_owned(), "which no calendar has", Contract),
    ] {
        let bytes = plugin(&format!("(func $body {body})"), orders);
        let (report, _) = run(&bytes, bound("orders", vec![table().member("orders")])).await;
        let failure = failure(&report);
        assert!(failure.message.contains(words), "{failure}");
        assert_eq!(failure.hindrance, hindrance, "{failure}");
        assert_eq!(hindrance.class(), FailureClass::Plugin);
    }
}

#[tokio::test]
async fn a_failure_says_which_rows_the_plugin_had() {
    let third = "(if (i32.eq (local.get $n) (i32.const 1)) (then unreachable))";
    let bytes = plugin(&reading("orders", "id", "", third), orders);
    let (report, _) = run(&bytes, bound("orders", vec![table().member("shop-orders")])).await;
    let failure = failure(&report);
    assert!(
        failure.message.ends_with(", while it had rows 3 to 3 of the dataset `shop-orders`"),
        "{failure}"
    );
}

#[tokio::test]
async fn an_error_of_the_plugin_fails_the_run_in_its_own_words() {
    let bytes = plugin(
        "(func $body (call $answer_error))
      (func $answer_error
        (i32.store (i32.const 0) (i32.const 1))
        (i32.store (i32.const 4) (i32.const 900))
        (i32.store (i32.const 8) (i32.const 4))
        (i32.store (i32.const 900) (i32.const 0x6b726f77)))",
        |_| {},
    );
    let (report, _) = run(&bytes, request()).await;
    let failure = failure(&report);
    assert_eq!(failure.message, "the plugin could not answer: work");
    assert_eq!(failure.hindrance, Hindrance::NoAnswer);
}

#[tokio::test]
async fn a_source_that_breaks_fails_the_run_whatever_the_plugin_does() {
    let bytes = plugin(&reading("orders", "id", "", &finding_for_each_row("")), orders);
    let mut member = table().member("orders");
    member.reader = Arc::new(Broken { table: table(), fault: Some(locked()) });
    let (report, said) = run(&bytes, bound("orders", vec![member])).await;
    let failure = failure(&report);
    assert_eq!(failure.hindrance, Hindrance::Source(FaultClass::Locked));
    assert_eq!(failure.message, locked().message);
    assert!(report.ended.is_empty());
    // What it said before is passed on; whoever takes it knows from the ending that it does not count.
    assert_eq!(keys(&said), ["a", "b"]);
}

#[tokio::test]
async fn bindings_that_do_not_fit_run_no_code() {
    let bytes = plugin("(func $body unreachable)", orders);
    let without = Table::new().texts("id", &[]).member("short");
    let mut dated = table().member("dated");
    dated.columns[0].kind = Some(kaizend_core::rows::Kind::Date);
    for (slot, members, words) in [
        ("orders", vec![], "no dataset is bound to the slot `orders`"),
        ("orders", vec![table().member("a"), table().member("b")], "takes one dataset, and 2 are bound"),
        (
            "orders",
            vec![without],
            "the dataset `short` has no column `n`, which the slot `orders` needs; it has id",
        ),
        (
            "orders",
            vec![dated],
            "the column `id` of dataset `dated` is date, and the slot `orders` asks for key",
        ),
    ] {
        let (report, _) = run(&bytes, bound(slot, members)).await;
        let failure = failure(&report);
        assert_eq!(failure.hindrance, Hindrance::Binding);
        assert!(failure.message.contains(words), "{failure}");
    }
    let mut request = bound("orders", vec![table().member("orders")]);
    request.slots.insert("people".to_owned(), kaizend_host::Binding::default());
    let (report, _) = run(&bytes, request).await;
    assert_eq!(failure(&report).message, "the plugin `guest` has no slot `people`");
}

#[tokio::test]
async fn a_run_that_nobody_listens_to_is_given_up() {
    let bytes = plugin(&reading("orders", "id", "", &finding_for_each_row("")), orders);
    let (out, heard) = tokio::sync::mpsc::channel(1);
    drop(heard);
    let report = HOST.run(&load(&bytes), bound("orders", vec![table().member("orders")]), out).await;
    assert_eq!(failure(&report).hindrance, Hindrance::GivenUp);
    assert!(report.ended.is_empty(), "its promises were not heard");
}

#[tokio::test]
async fn a_failed_run_keeps_nothing_for_the_next() {
    let body =
        |end: &str| format!("(func $body (call $state_set «seen» (i32.const 1) «yes» (i32.const 64)) {end})");
    let request = || Request { state: [("old".to_owned(), vec![1])].into(), ..request() };
    let (report, said) = run(&plugin(&body("unreachable"), |_| {}), request()).await;
    assert!(matches!(report.ending, Ending::Failed(_)) && said.is_empty());
    let (_, said) = run(&plugin(&body(""), |_| {}), request()).await;
    assert_eq!(said, [Said::State { key: "seen".to_owned(), value: Some(b"yes".to_vec()) }]);
}
