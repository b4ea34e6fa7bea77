//! `kaizend simulate --recorded`: what the store's looks saw, played again or onwards, without the company's data.

use jiff::{SignedDuration, tz::TimeZone};
use kaizend_tests::{Company, ends_with};
use serde_json::Value;

/// A company whose check has looked once, and whose orders are gone since.
fn company() -> Company {
    let company = Company::looked_once();
    company.sql("drop table orders");
    company
}

fn day(from_now: i64) -> String {
    let then = kaizend::wall::now() + SignedDuration::from_hours(24 * from_now);
    TimeZone::UTC.to_datetime(then).date().to_string()
}

#[test]
fn what_the_last_look_saw_is_played_onwards() {
    let company = company();
    let (from, to) = (day(1), day(15));
    let arguments = ["--format", "json", "simulate", "--recorded", "--from", &from, "--to", &to];
    let report: Value = serde_json::from_str(&ends_with(0, &mut company.kaizend(&arguments))).expect("JSON");
    assert_eq!((&report["recorded"], &report["as-known"]), (&true.into(), &false.into()), "{report}");
    let mails = report["mails"].as_array().expect("a list");
    assert!(mails.iter().any(|mail| mail["to"] == "ann" && mail["findings"] == 1), "{report}");
    assert!(report["could-not-look"].as_array().is_some_and(Vec::is_empty), "{report}");
    let told = ends_with(0, &mut company.kaizend(&["simulate", "--recorded", "--from", &from, "--to", &to]));
    assert!(told.contains("WHAT THE STORE'S LOOKS SAW"), "{told}");
}

#[test]
fn what_the_store_does_not_remember_is_refused_in_words() {
    let company = company();
    let refused = |from: &str| {
        let mut command = company.kaizend(&["simulate", "--recorded", "--from", from, "--to", &day(15)]);
        let output = command.output().expect("it starts");
        assert_eq!(output.status.code(), Some(2));
        kaizend_tests::stderr(&output)
    };
    let why = refused("2020-01-01");
    assert!(why.contains("has looks of `late` only since 2"), "{why}");
    std::fs::remove_file(company.path().join("kaizend.db")).expect("the store goes");
    let why = refused(&day(1));
    assert!(why.contains("no look is recorded"), "{why}");
}
