//! What a plugin gets to read, and that it is told when something is not as it should be.

use kaizend_core::{
    domain::{Fact, FailureClass, Hindrance},
    rows::FaultClass,
};
use kaizend_host::{Binding, Ending};
use serde_json::{Value, json};

use crate::{
    company::{Table, bound, failure, keys, request, run, sightings},
    guest::{finding_for_each_row, plugin, reading, slot},
};

const CLIENTS: &[&str] = &["client key", "at when nullable optional", "note text optional nullable"];

fn list(manifest: &mut Value) {
    manifest["slots"] = json!([slot("touches", CLIENTS)]);
    manifest["slots"][0]["list"] = json!(true);
}

fn clients(texts: &[&str]) -> Table {
    Table::new().texts("client", &texts.iter().map(|text| Some(*text)).collect::<Vec<_>>())
}

/// Emits each row's key, and the number of the member that it came from.
fn echo(columns: &str, order: &str) -> Vec<u8> {
    let member = "(call $integer (local.get $f) «member» (i64.extend_i32_u (call $member (local.get $b))))";
    plugin(&reading("touches", columns, order, &finding_for_each_row(member)), list)
}

#[tokio::test]
async fn numbers_and_uuids_become_one_text() {
    let bytes = plugin(&reading("orders", "id", "", &finding_for_each_row("")), |manifest| {
        manifest["slots"] = json!([slot("orders", &["id key"])]);
    });
    let uuid = "6F9619FF-8B86-D011-B42D-00C04FC964FF";
    for (table, read) in [
        (Table::new().integers("id", [10248, -1]), ["10248", "-1"]),
        (Table::new().texts("id", &[Some(uuid), Some("00123")]), [&*uuid.to_lowercase(), "00123"]),
    ] {
        let (report, said) = run(&bytes, bound("orders", vec![table.member("orders")])).await;
        assert_eq!((report.ending, keys(&said)), (Ending::Completed, read.to_vec()));
    }
}

#[tokio::test]
async fn several_datasets_are_read_one_after_another_or_merged_in_order() {
    let members = || {
        vec![
            clients(&["a", "c", "c", "é"]).batches_of(2).member("calls"),
            clients(&["B", "b", "c", "d"]).batches_of(3).member("visits"),
            clients(&[]).member("letters"),
        ]
    };
    let all = |order: &[(&str, i64)]| {
        order.iter().map(|(key, member)| ((*key).to_owned(), *member)).collect::<Vec<_>>()
    };
    for (order, read) in [
        ("", all(&[("a", 0), ("c", 0), ("c", 0), ("é", 0), ("B", 1), ("b", 1), ("c", 1), ("d", 1)])),
        ("client", all(&[("B", 1), ("a", 0), ("b", 1), ("c", 0), ("c", 0), ("c", 1), ("d", 1), ("é", 0)])),
    ] {
        let (report, said) = run(&echo("client", order), bound("touches", members())).await;
        assert_eq!(report.ending, Ending::Completed);
        let seen: Vec<_> = sightings(&said)
            .into_iter()
            .map(|sighting| match sighting.evidence["member"] {
                Fact::Integer(member) => (sighting.key[0].clone(), member),
                ref other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(seen, read);
        assert_eq!(report.rows["touches/calls"], 4);
        assert_eq!(report.rows["touches/letters"], 0);
        let ended: Vec<&str> = report.ended.iter().map(|dataset| dataset.as_str()).collect();
        assert_eq!(ended, ["calls", "letters", "visits"]);
    }
}

#[tokio::test]
async fn an_order_that_a_source_breaks_fails_the_run() {
    for batch in [1, 10] {
        let mut member = clients(&["a", "c", "b"]).batches_of(batch).member("calls");
        member.key = vec!["client".to_owned()];
        let (report, _) = run(&echo("client", "client"), bound("touches", vec![member])).await;
        let failure = failure(&report);
        assert_eq!(failure.hindrance, Hindrance::Source(FaultClass::Order));
        let words = "the dataset `calls`, row 3 (key b) comes before the row ahead of it: the source did not keep the \
                     order by client";
        assert!(failure.message.starts_with(words), "{failure}");
    }
}

#[tokio::test]
async fn a_null_where_none_may_be_names_slot_column_and_row() {
    let table =
        Table::new().batches_of(2).texts("client", &[Some("a"), Some("b"), None]).integers("id", [1, 2, 3]);
    let mut member = table.member("calls");
    member.key = vec!["id".to_owned()];
    let (report, said) = run(&echo("client", ""), bound("touches", vec![member])).await;
    assert_eq!(
        failure(&report).message,
        "the dataset `calls`, row 3 (key 3): the column `client` is empty, and the slot `touches` needs it in each row: \
         fill it in, or leave such rows out of the query"
    );
    assert_eq!(failure(&report).hindrance.class(), FailureClass::Source);
    assert_eq!(keys(&said), ["a", "b"]);
}

#[tokio::test]
async fn findings_carry_the_row_and_its_labels_which_the_plugin_never_reads() {
    let each = finding_for_each_row("(call $row (local.get $f) (local.get $b) (local.get $i))");
    let bytes = plugin(&reading("touches", "client", "", &each), list);
    let table = clients(&["a", "b"])
        .integers("id", [7, 8])
        .texts("team", &[Some("sofia"), None])
        .dates("day", &[Some(0), None]);
    let mut member = table.member("calls");
    member.key = vec!["day".to_owned(), "id".to_owned()];
    member.labels = vec!["team".to_owned(), "id".to_owned()];
    // Columns that the plugin does not read, one that it does, and one that nobody has.
    member.evidence = ["day", "id", "client", "gone"].map(str::to_owned).into();
    let (_, said) = run(&bytes, bound("touches", vec![member])).await;
    let found = sightings(&said);
    let row = found[0].row.clone().unwrap();
    assert_eq!((row.dataset.as_str(), row.key), ("calls", vec!["1970-01-01".to_owned(), "7".to_owned()]));
    assert_eq!(
        found[0].labels,
        [("id", "7"), ("team", "sofia")].map(|(n, t)| (n.to_owned(), t.to_owned())).into()
    );
    assert_eq!(found[1].labels.len(), 1, "a null is no label");
    let columns = |at: usize| found[at].columns().collect::<Vec<_>>();
    let [a, b] = ["a", "b"].map(|client| Fact::Text(client.to_owned()));
    assert_eq!(columns(0), [("client", &a), ("day", &Fact::Date(0)), ("id", &Fact::Integer(7))]);
    assert_eq!(columns(1), [("client", &b), ("id", &Fact::Integer(8))], "a null is no fact");
}

#[tokio::test]
async fn what_is_absent_is_said_and_not_read() {
    // Logs the words of `kinds`: a list of texts at 64, each an address and a length.
    let kinds = "(func $body (local $c i32) (local $i i32)
      (call $open «touches» ‹client|at|note› ‹at› (i32.const 64))
      (local.set $c (i32.load (i32.const 68)))
      (call $kinds (local.get $c) (i32.const 64))
      (loop $each
        (call $log (i32.const 1)
          (i32.load (i32.add (i32.load (i32.const 64)) (i32.mul (local.get $i) (i32.const 8))))
          (i32.load offset=4 (i32.add (i32.load (i32.const 64)) (i32.mul (local.get $i) (i32.const 8)))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $each (i32.lt_u (local.get $i) (i32.const 3)))))";
    let words = async |members: Vec<kaizend_host::Member>| {
        let (report, _) = run(&plugin(kinds, list), bound("touches", members)).await;
        assert_eq!(report.ending, Ending::Completed);
        report.log.into_iter().map(|line| line.text).collect::<Vec<_>>().join(" ")
    };
    let plain = || clients(&["a"]).member("calls");
    let dated = || clients(&["a"]).dates("at", &[Some(3)]).member("visits");
    assert_eq!(words(vec![plain()]).await, "text absent absent");
    assert_eq!(words(vec![plain(), dated()]).await, "text date absent");

    let timed = clients(&["a"]).instants("at", &[Some(3)]).member("mails");
    let (report, _) = run(&plugin(kinds, list), bound("touches", vec![dated(), timed])).await;
    assert!(failure(&report).message.contains("is date in the dataset `visits` and instant in `mails`"));

    let reads_absent = plugin(
        &reading("touches", "client|note", "", "(call $texts (local.get $b) (i32.const 1) (i32.const 256))"),
        list,
    );
    let (report, _) = run(&reads_absent, bound("touches", vec![plain()])).await;
    assert!(failure(&report).message.contains("`note` of slot `touches`, which no bound dataset has"));
    let reads_other = plugin(
        &reading("touches", "client", "", "(call $integers (local.get $b) (i32.const 0) (i32.const 256))"),
        list,
    );
    let (report, _) = run(&reads_other, bound("touches", vec![plain()])).await;
    assert!(failure(&report).message.contains("`client` of slot `touches` as integer, and it holds text"));
}

#[tokio::test]
async fn an_optional_slot_may_stay_unbound() {
    let bytes = plugin(&reading("touches", "client|note", "client", "unreachable"), |manifest| {
        list(manifest);
        manifest["slots"][0]["optional"] = json!(true);
    });
    let (report, _) = run(&bytes, request()).await;
    assert_eq!(report.ending, Ending::Completed);
    assert!(report.rows.is_empty() && report.ended.is_empty());
}

#[tokio::test]
async fn a_slot_left_early_is_not_read_to_its_end() {
    let body = "(func $body
      (call $open «touches» ‹client› ‹› (i32.const 64))
      (call $next (i32.load (i32.const 68)) (i32.const 64)))";
    let mut member = clients(&["a", "b", "c"]).batches_of(2).member("calls");
    member.partial = true;
    let (report, _) = run(&plugin(body, list), bound("touches", vec![member.clone()])).await;
    assert_eq!((report.rows["touches"], report.ended.len(), report.partial), (2, 0, true));
    let (report, _) = run(&plugin("(func $body)", list), bound("touches", vec![member])).await;
    assert_eq!((report.rows.len(), report.partial), (0, false), "what is not opened says nothing");
}

#[tokio::test]
async fn the_same_dataset_in_two_slots_is_counted_in_each() {
    let bytes = plugin(&reading("second", "client", "", ""), |manifest| {
        manifest["slots"] = json!([slot("first", CLIENTS), slot("second", CLIENTS)]);
    });
    let mut request = request();
    for name in ["first", "second"] {
        request.slots.insert(name.to_owned(), Binding { members: vec![clients(&["a"]).member("calls")] });
    }
    let (report, _) = run(&bytes, request).await;
    assert_eq!((report.rows.get("first"), report.rows["second"], report.ended.len()), (None, 1, 1));
}
