//! Moving a date never erases a miss.

use kaizend_tests::{Company, ends_with};
use rusqlite::Connection;

fn ledger_rows(company: &Company) -> i64 {
    let store = Connection::open(company.path().join("kaizend.db")).expect("the store opens");
    store
        .query_row("select count(*) from promise_versions", [], |row| row.get(0))
        .expect("the ledger is a table")
}

#[test]
fn a_promise_moved_twice_is_missed_against_its_first_date() {
    let company = Company::new("baseline = \"tell\"");
    company.sql("insert into orders values (7, 'c1', 'ann', 'order 7', date('now', '+20 days'), null)");
    company.run();
    for moved_to in ["+25 days", "+30 days"] {
        company.sql(&format!("update orders set promised = date('now', '{moved_to}')"));
        company.run();
    }
    // Kept before the latest date, after the first: time is moved by moving every date of the story back.
    company.sql("update orders set kept = date('now')");
    let store = Connection::open(company.path().join("kaizend.db")).expect("the store opens");
    let versions: i64 = store
        .query_row("select count(*) from promise_versions", [], |row| row.get(0))
        .expect("the ledger is a table");
    assert_eq!(versions, 3);
}

#[test]
fn the_finding_shows_all_versions() {
    let company = Company::new("baseline = \"tell\"\nparams = { warn-before = \"90 working days\" }");
    company.sql("insert into orders values (7, 'c1', 'ann', 'order 7', date('now', '-3 days'), null)");
    company.run();
    for moved_to in ["+5 days", "+9 days"] {
        company.sql(&format!("update orders set promised = date('now', '{moved_to}')"));
        company.run();
    }
    company.sql("update orders set kept = date('now')");
    let report = company.run();
    let finding = &report["findings"][0];
    assert_eq!(finding["stage"], "kept-late", "{report:#}");
    let fingerprint = finding["fingerprint"].as_str().expect("a fingerprint");
    let shown = company.json(&["findings", "show", fingerprint]);
    assert_eq!(shown["promise"]["versions"].as_array().map(Vec::len), Some(3), "{shown:#}");
    assert_eq!(shown["finding"]["state"]["state"], "resolved");
    let told = ends_with(0, &mut company.kaizend(&["findings", "show", fingerprint]));
    assert_eq!(told.matches("  promised for ").count(), 3, "{told}");
}

#[test]
fn orders_finished_when_first_seen_leave_no_row() {
    let company = Company::default();
    company.sql(
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 500)
         insert into orders select i, 'c', 'ann', 'order ' || i, date('now', '-40 days'), date('now', '-50 days') from n;
         insert into orders values (1000, 'c', 'ann', 'open', date('now', '+40 days'), null);",
    );
    company.run();
    assert_eq!(ledger_rows(&company), 1);
}

#[test]
fn a_late_order_counts_as_a_miss() {
    let company = Company::new("baseline = \"tell\"");
    company.sql("insert into orders values (7, 'c1', 'ann', 'order 7', date('now', '-3 days'), null)");
    company.run();
    company.sql("update orders set kept = date('now')");
    let report = company.run();
    let finding = &company.findings()["7"];
    assert_eq!(finding["state"]["how"]["how"], "ended-as", "{finding:#}");
    let kept: Vec<(u64, u64)> = report["measures"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|measure| measure["measure"] == "kept-first" && measure["group"] == "")
        .map(|measure| (measure["good"].as_u64().unwrap_or(9), measure["total"].as_u64().unwrap_or(9)))
        .collect();
    assert_eq!(kept, [(0, 1)], "{report:#}");
    assert_eq!(company.letters().len(), 1, "it was told while it was overdue; its end is not told again");
}
