//! Each limit twice: obeyed, and violated.

use std::time::Duration;

use kaizend_core::domain::{FailureClass, Hindrance, Measure, MeasureKey, Said};
use kaizend_host::{Ending, Limits, Request};
use serde_json::json;

use crate::{
    company::{Broken, Table, bound, failure, load, request, run, run_loaded, sightings},
    guest::{plugin, reading, slot},
};

fn within(limits: Limits) -> Request {
    Request { limits, ..request() }
}

/// Runs `body` within `limits`, and expects it to complete, or to fail at that limit with these words.
async fn expect(body: &str, limits: Limits, stopped: Option<(Hindrance, &str)>) {
    let (report, _) = run(&plugin(body, |_| {}), within(limits)).await;
    match stopped {
        None => assert_eq!(report.ending, Ending::Completed, "{body}"),
        Some((hindrance, words)) => {
            let failure = failure(&report);
            assert_eq!(failure.hindrance, hindrance, "{failure}");
            assert_eq!(hindrance.class(), FailureClass::Limit);
            assert!(failure.message.contains(words), "{failure}");
        }
    }
}

/// A body that does `what` `count` times.
fn times(count: u64, what: &str) -> String {
    format!(
        "(func $body (local $i i64)
          (loop $again
            {what}
            (local.set $i (i64.add (local.get $i) (i64.const 1)))
            (br_if $again (i64.lt_u (local.get $i) (i64.const {count})))))"
    )
}

const EMIT: &str = "(call $emit (call $finding «thing» ‹a›) (i32.const 64))";

#[tokio::test]
async fn processor_time() {
    let short = Limits { cpu: Duration::from_millis(100), ..Limits::default() };
    expect(&times(1000, ""), short.clone(), None).await;
    expect(
        "(func $body (loop $for_ever (br $for_ever)))",
        short,
        Some((Hindrance::Cpu, "used up its 100 ms of processor time")),
    )
    .await;
}

#[tokio::test]
async fn a_plugin_that_loops_delays_no_other() {
    // One thread for all: were the looping plugin not interrupted, nothing else would ever run.
    let endless = plugin("(func $body (loop $for_ever (br $for_ever)))", |_| {});
    let longer_than_any_test = Limits { cpu: Duration::from_secs(600), ..Limits::default() };
    let looping = tokio::spawn(async move { run(&endless, within(longer_than_any_test)).await.0 });
    let quick = load(&plugin(&times(10, ""), |_| {}));
    for _ in 0..3 {
        assert_eq!(run_loaded(&quick, request()).await.0.ending, Ending::Completed);
    }
    assert!(!looping.is_finished(), "three empty runs do not wait for a loop to end");
    looping.abort();
    assert!(looping.await.unwrap_err().is_cancelled());
}

#[tokio::test]
async fn time_from_start_to_end() {
    let body = reading("orders", "id", "", "");
    let bytes = plugin(&body, |manifest| manifest["slots"] = json!([slot("orders", &["id key"])]));
    let table = Table::new().texts("id", &[Some("a")]);
    let mut member = table.clone().member("orders");
    let limits = Limits { wall: Duration::from_millis(500), ..Limits::default() };
    member.reader = std::sync::Arc::new(Broken { table: table.clone(), fault: None });
    let (report, _) = run(&bytes, Request { limits, ..bound("orders", vec![member]) }).await;
    let Ending::TimedOut { message } = &report.ending else { panic!("{:?}", report.ending) };
    assert!(message.contains("within 500 ms, while it had rows 1 to 1 of the dataset `orders`"), "{message}");
    assert_eq!((report.rows["orders"], report.ended.len()), (1, 0));
    // Waiting is not working.
    assert!(report.cpu < Duration::from_millis(500), "{:?}", report.cpu);
    let (report, _) = run(&bytes, bound("orders", vec![table.member("orders")])).await;
    assert_eq!(report.ending, Ending::Completed);
}

#[tokio::test]
async fn memory() {
    let small = Limits { memory: 4 << 20, ..Limits::default() };
    let grow = |pages: u32| format!("(func $body (drop (memory.grow (i32.const {pages}))))");
    expect(&grow(62), small.clone(), None).await;
    expect(
        &grow(63),
        small.clone(),
        Some((Hindrance::Memory, "wants more memory than 4 MiB: it has 128 KiB and asks for 3.9 MiB more")),
    )
    .await;
    expect(
        "(func $body (loop $more (drop (memory.grow (i32.const 1))) (br $more)))",
        small,
        Some((Hindrance::Memory, "raise `limits.memory`")),
    )
    .await;
    let (report, _) = run(&plugin(&grow(14), |_| {}), request()).await;
    assert_eq!(report.peak_memory, 1 << 20);
}

#[tokio::test]
async fn stack() {
    let dive = |depth: u32| {
        format!(
            "(func $dive (param $depth i32)
              (if (local.get $depth) (then (call $dive (i32.sub (local.get $depth) (i32.const 1))))))
             (func $body (call $dive (i32.const {depth})))"
        )
    };
    expect(&dive(1000), Limits::default(), None).await;
    expect(
        &dive(100_000_000),
        Limits::default(),
        Some((Hindrance::Stack, "overflowed its stack: `dive` calls itself, again and again")),
    )
    .await;
}

#[tokio::test]
async fn the_stack_of_a_rust_plugin_lies_below_its_data() {
    // Running over its end does not exhaust the engine's stack: it leaves the memory at address 0.
    let body = "(func $dive (param $at i32)
        (i32.store (local.get $at) (i32.const 0))
        (call $dive (i32.sub (local.get $at) (i32.const 4096))))
      (func $body (call $dive (i32.const 100000)))";
    expect(
        body,
        Limits::default(),
        Some((Hindrance::Stack, "overflowed its stack: `dive` calls itself, again and again")),
    )
    .await;
}

#[tokio::test]
async fn an_allocation_that_failed_within_the_plugin() {
    let body = "(func $rust_oom unreachable) (func $body (call $rust_oom))";
    expect(
        body,
        Limits::default(),
        Some((Hindrance::Memory, "could not get the memory that it asked for in `body`")),
    )
    .await;
}

#[tokio::test]
async fn findings() {
    let limits = Limits { findings: 300, ..Limits::default() };
    let (report, said) = run(&plugin(&times(300, EMIT), |_| {}), within(limits.clone())).await;
    assert_eq!((report.ending, report.findings, sightings(&said).len()), (Ending::Completed, 300, 300));
    expect(
        &times(301, EMIT),
        limits,
        Some((Hindrance::Findings, "found more than 300 things, and nothing of the run counts")),
    )
    .await;
}

#[tokio::test]
async fn texts_of_one_finding() {
    let limits = Limits { finding_bytes: 100, ..Limits::default() };
    let told = |length: u32| {
        format!(
            "(func $body (local $f i32)
              (local.set $f (call $finding «thing» ‹a›))
              (call $text (local.get $f) «why» (i32.const 2048) (i32.const {length}))
              (call $emit (local.get $f) (i32.const 64)))"
        )
    };
    expect(&told(91), limits.clone(), None).await;
    expect(
        &told(92),
        limits,
        Some((Hindrance::Bound, "finding `thing` (a) has 101 bytes of texts, and 100 bytes is the most")),
    )
    .await;
}

#[tokio::test]
async fn marks_of_what_is_fine() {
    let limits = Limits { remarks: 2, ..Limits::default() };
    let fine = "(call $fine «thing» ‹a› (i32.const 64))";
    expect(&times(2, fine), limits.clone(), None).await;
    expect(&times(3, fine), limits, Some((Hindrance::Bound, "more than 2 times that something is fine")))
        .await;
}

#[tokio::test]
async fn measures_of_one_key_add_up_and_other_keys_are_bounded() {
    let limits = Limits { measures: 2, ..Limits::default() };
    let same = times(9, "(call $measure «kept» «» (i32.const 7) (i64.const 1) (i64.const 2) (i32.const 64))");
    let (report, said) = run(&plugin(&same, |_| {}), within(limits.clone())).await;
    assert_eq!(report.ending, Ending::Completed);
    let key = MeasureKey { measure: "kept".to_owned(), group: String::new(), day: 7 };
    assert_eq!(said, [Said::Measure(key, Measure { good: 9, total: 18 })]);
    let other =
        "(call $measure «kept» «» (i32.wrap_i64 (local.get $i)) (i64.const 1) (i64.const 2) (i32.const 64))";
    expect(&times(2, other), limits.clone(), None).await;
    expect(&times(3, other), limits, Some((Hindrance::Bound, "more than 2 different things"))).await;
}

#[tokio::test]
async fn log() {
    let limits = Limits { log_bytes: 1000, ..Limits::default() };
    let line = "(call $log (i32.const 2) (i32.const 2048) (i32.const 84))";
    let (report, _) = run(&plugin(&times(12, line), |_| {}), within(limits)).await;
    assert_eq!((report.ending, report.log.len(), report.log_dropped), (Ending::Completed, 10, 2));
}

#[tokio::test]
async fn a_gigabyte_of_log() {
    let line = "(call $log (i32.const 2) (i32.const 2048) (i32.const 100000))";
    let (report, _) = run(&plugin(&times(10_000, line), |_| {}), request()).await;
    assert_eq!(report.ending, Ending::Completed);
    assert!(report.log[0].text.ends_with("… (cut: the line has 97.7 KiB)"));
    assert_eq!(report.log.len() as u64 + report.log_dropped, 10_000);
    assert!(report.log.len() < 20);
}

#[tokio::test]
async fn what_passes_in_one_call() {
    let log = |length: u32| {
        format!(
            "(func $body (drop (memory.grow (i32.const 100))) (call $log (i32.const 2) (i32.const 0) (i32.const {length})))"
        )
    };
    expect(&log(4 << 20), Limits::default(), None).await;
    expect(
        &log((4 << 20) + 1),
        Limits::default(),
        Some((Hindrance::Bound, "passed more than 4 MiB to the host in one call")),
    )
    .await;
}

#[tokio::test]
async fn what_is_kept_between_runs() {
    let keep = |length: u32| {
        format!(
            "(func $body (call $state_set «key» (i32.const 1) (i32.const 2048) (i32.const {length}) (i32.const 64)))"
        )
    };
    let limits = Limits { state_bytes: 100, ..Limits::default() };
    expect(&keep(97), limits.clone(), None).await;
    expect(
        &keep(98),
        limits,
        Some((Hindrance::Bound, "wants to keep 101 bytes between runs, and may keep 100 bytes")),
    )
    .await;
}

#[tokio::test]
async fn handles() {
    let limits = Limits { handles: 10, ..Limits::default() };
    expect(&times(10, "(drop (call $finding «thing» ‹a›))"), limits.clone(), None).await;
    expect(
        &times(11, "(drop (call $finding «thing» ‹a›))"),
        limits.clone(),
        Some((Hindrance::Bound, "holds more than 10 cursors")),
    )
    .await;
    expect(&times(500, EMIT), limits, None).await;
}

#[tokio::test]
async fn batches_held_at_once() {
    let keeping = "(func $body (local $c i32)
      (call $open «orders» ‹id› (i32.const 0) (i32.const 0) (i32.const 64))
      (local.set $c (i32.load (i32.const 68)))
      (block $end (loop $batches
        (call $next (local.get $c) (i32.const 64))
        (br_if $end (i32.eqz (i32.load8_u (i32.const 68))))
        (br $batches))))";
    let table = || Table::new().batches_of(10).integers("id", 0..100).member("orders");
    let run_with = async |body: &str, limits: Limits| {
        let bytes = plugin(body, |manifest| manifest["slots"] = json!([slot("orders", &["id integer"])]));
        run(&bytes, Request { limits, ..bound("orders", vec![table()]) }).await.0
    };
    let limits = Limits { batch_bytes: 200, ..Limits::default() };
    let report = run_with(keeping, limits.clone()).await;
    assert!(failure(&report).message.contains("holds 240 bytes of batches"), "{}", failure(&report));
    assert_eq!(run_with(&reading("orders", "id", "", ""), limits).await.ending, Ending::Completed);
}
