//! What reaches the daemon of what a plugin says, and what a plugin learns of its run.

use kaizend_core::domain::{Fact, Said, Severity};
use kaizend_host::{Ending, Request};
use serde_json::json;

use crate::{
    company::{request, run, sightings},
    guest::plugin,
};

#[tokio::test]
async fn a_finding_arrives_as_it_was_written() {
    let body = "(func $body (local $f i32)
      (local.set $f (call $finding «promise» ‹10248|7›))
      (call $stage (local.get $f) «kept-late»)
      (call $happened (local.get $f) (i64.const 1000000))
      (call $about (local.get $f) «owner» «5»)
      (call $text (local.get $f) «what» «order 10248»)
      (call $integer (local.get $f) «days» (i64.const 3))
      (call $emit (local.get $f) (i32.const 64)))";
    let bytes = plugin(body, |manifest| {
        let stages = ["due-soon", "overdue", "kept-late"];
        manifest["topics"] = json!([{"name": "promise", "kind": "both", "stages": stages}]);
    });
    let (report, said) = run(&bytes, request()).await;
    assert_eq!((report.ending, report.findings), (Ending::Completed, 1));
    let found = sightings(&said)[0];
    assert_eq!((found.topic.as_str(), found.key.join("/")), ("promise", "10248/7".to_owned()));
    assert_eq!((found.stage.as_str(), found.stage_rank), ("kept-late", 3));
    assert_eq!(found.happened.unwrap().to_string(), "1970-01-01T00:00:01Z");
    assert_eq!(found.owner(), Some("5"));
    assert_eq!(found.severity, Severity::Normal);
    assert_eq!(found.evidence["days"], Fact::Integer(3));
    assert_eq!(found.evidence["what"], Fact::Text("order 10248".to_owned()));
}

#[tokio::test]
async fn a_topic_with_stages_needs_one() {
    let bytes =
        plugin("(func $body (call $emit (call $finding «thing» ‹a›) (i32.const 64)))", |manifest| {
            manifest["topics"][0]["stages"] = json!(["early", "late"]);
        });
    let (report, _) = run(&bytes, request()).await;
    assert!(
        format!("{:?}", report.ending).contains("finding `thing` (a) has no stage"),
        "{:?}",
        report.ending
    );
}

#[tokio::test]
async fn many_findings_pass_in_order_and_in_chunks() {
    let body = "(func $body (local $i i32) (local $f i32)
      (loop $again
        (local.set $f (call $finding «thing» ‹a›))
        (call $integer (local.get $f) «n» (i64.extend_i32_u (local.get $i)))
        (call $emit (local.get $f) (i32.const 64))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $i) (i32.const 5000)))))";
    let (report, said) = run(&plugin(body, |_| {}), request()).await;
    assert_eq!((report.ending, report.findings), (Ending::Completed, 5000));
    for (at, sighting) in sightings(&said).into_iter().enumerate() {
        assert_eq!(sighting.evidence["n"], Fact::Integer(at as i64));
    }
}

#[tokio::test]
async fn a_plugin_knows_the_instant_its_parameters_and_what_it_kept() {
    // Keeps, under `now`, the eight bytes of the instant; logs two parameters and what it kept under `old`.
    let body = "(func $body
      (i64.store (i32.const 512) (call $now))
      (call $state_set «now» (i32.const 1) (i32.const 512) (i32.const 8) (i32.const 64))
      (i32.store (i32.const 512) (call $today))
      (call $state_set «today» (i32.const 1) (i32.const 512) (i32.const 4) (i32.const 64))
      (call $state_set «old» (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 64))
      (call $param «within» (i32.const 64))
      (call $log (i32.load (i32.const 64)) (i32.load (i32.const 68)) (i32.load (i32.const 72)))
      (call $param «lead» (i32.const 64))
      (call $log (i32.const 2) (i32.load (i32.const 68)) (i32.load (i32.const 72)))
      (call $param «unset» (i32.const 64))
      (if (i32.load8_u (i32.const 64)) (then unreachable))
      (call $state_get «kept» (i32.const 64))
      (call $log (i32.const 3) (i32.load (i32.const 68)) (i32.load (i32.const 72))))";
    let bytes = plugin(body, |manifest| {
        let param = |name: &str, default: Option<&str>| json!({"name": name, "kind": "span", "default": default, "about": ""});
        manifest["params"] =
            json!([param("within", Some("30 days")), param("lead", Some("1 day")), param("unset", None)]);
    });
    let request = Request {
        params: [("lead".to_owned(), "2 working days".to_owned())].into(),
        state: [("old".to_owned(), vec![1]), ("kept".to_owned(), b"before".to_vec())].into(),
        ..request()
    };
    let now = request.now;
    let (report, said) = run(&bytes, request).await;
    assert_eq!(report.ending, Ending::Completed);
    let lines: Vec<_> = report.log.iter().map(|line| (line.level, line.text.as_str())).collect();
    assert_eq!(lines, [(1, "30 days"), (2, "2 working days"), (3, "before")]);
    let state = |key: &str, value: Option<&[u8]>| Said::State {
        key: key.to_owned(),
        value: value.map(<[u8]>::to_vec),
    };
    let today = 20_780_i32;
    assert_eq!(
        said,
        [
            state("now", Some(&now.as_microsecond().to_le_bytes())),
            state("old", None),
            state("today", Some(&today.to_le_bytes())),
        ]
    );
}
