//! `kaizend status`, when it is needed most: the configuration is broken, or a look cannot be believed.

use std::fs;

use kaizend_tests::{Company, ends_with};
use serde_json::Value;

fn break_it(company: &Company, from: &str, to: &str) {
    let path = company.path().join("kaizend.toml");
    let text = fs::read_to_string(path).expect("a configuration");
    assert!(text.contains(from), "{text}");
    company.write("kaizend.toml", &text.replace(from, to));
}

/// What `status` prints when it ends with 2.
fn broken(company: &Company, arguments: &[&str]) -> Value {
    let mut command = company.kaizend(&["--format", "json", "status"]);
    let printed = ends_with(2, command.args(arguments));
    serde_json::from_str(&printed).unwrap_or_else(|why| panic!("{why} in {printed}"))
}

#[test]
fn a_broken_configuration_does_not_hide_the_store() {
    let company = Company::looked_once();
    assert_eq!(company.json(&["status"])["configuration"], "usable");
    break_it(&company, "plugin = \"missed-promises\"", "plugin = \"no-such\"");
    let status = broken(&company, &[]);
    assert_eq!(status["configuration"], "broken");
    let check = &status["checks"][0];
    assert_eq!((check["check"].as_str(), check["runs"].as_u64()), (Some("late"), Some(1)), "{status}");
    assert_eq!((check["open-findings"].as_u64(), check["next"].is_null()), (Some(1), true), "{status}");
    assert_eq!(status["outbox"]["sent"], 1, "{status}");
    let output = company.kaizend(&["status"]).output().expect("it starts");
    let (said, why) = (kaizend_tests::stdout(&output), kaizend_tests::stderr(&output));
    assert!(said.contains("the configuration cannot be used") && said.contains("late"), "{said}");
    assert!(why.contains("no-such"), "{why}");
}

#[test]
fn a_check_has_a_precision_once_somebody_judged_what_it_found() {
    let company = Company::new("baseline = \"tell\"");
    company.sql(
        "insert into orders values (1, 'c1', 'ann', 'order 1', date('now', '-3 days'), null),
                                   (2, 'c2', 'ann', 'order 2', date('now', '-3 days'), null),
                                   (3, 'c3', 'ann', 'order 3', date('now', '-3 days'), null);",
    );
    company.run();
    company.sql("update orders set kept = promised where id = 1");
    company.run();
    let precision = |company: &Company| company.json(&["status"])["checks"][0]["precision"].clone();
    let unknown = precision(&company);
    assert_eq!((unknown["share"].is_null(), &unknown["mended"]), (true, &Value::from(1)), "{unknown}");
    let said = ends_with(0, &mut company.kaizend(&["status"]));
    assert!(said.contains("late: precision not yet known"), "{said}");

    let findings = company.findings();
    let id = |order: &str| findings[order]["fingerprint"].as_str().unwrap_or_default().to_owned();
    company.json(&["findings", "dismiss", &id("2"), "--by", "ann", "--reason", "a test order"]);
    company.json(&["findings", "ack", &id("3"), "--by", "ann", "--until", "2 working days"]);
    assert_eq!(
        precision(&company),
        serde_json::json!({
            "share": 2.0 / 3.0, "days": 90, "taken-on": 1, "mended": 1, "dismissed": 1,
            "reasons": [{ "reason": "a test order", "count": 1 }], "other-reasons": 0,
        })
    );
    let said = ends_with(0, &mut company.kaizend(&["status"]));
    assert!(said.contains("late: precision 66.7 %, of 3 in 90 days"), "{said}");
}

#[test]
fn a_store_that_nobody_names_can_be_named() {
    let company = Company::looked_once();
    break_it(&company, "path = \"kaizend.db\"", "path = 7");
    // Without a place of the store there is nothing but the problems.
    let problems = broken(&company, &[]);
    assert!(problems.is_array(), "{problems}");
    let store = company.path().join("kaizend.db");
    let status = broken(&company, &["--store", store.to_str().expect("a path in UTF-8")]);
    assert_eq!(
        (status["configuration"].as_str(), status["checks"][0]["runs"].as_u64()),
        (Some("broken"), Some(1))
    );
}

#[test]
fn without_any_configuration_the_store_is_enough() {
    let company = Company::looked_once();
    fs::remove_file(company.path().join("kaizend.toml")).expect("it was there");
    let store = company.path().join("kaizend.db");
    let mut command = kaizend_tests::kaizend();
    command.current_dir(company.path()).args(["--format", "json", "status", "--store"]).arg(store);
    // A configuration of the machine itself would be read instead.
    if !std::path::Path::new("/etc/kaizend/kaizend.toml").exists() {
        let status: Value = serde_json::from_str(&ends_with(2, &mut command)).expect("one JSON document");
        assert_eq!(
            (status["configuration"].as_str(), status["checks"][0]["runs"].as_u64()),
            (Some("absent"), Some(1))
        );
    }
}

#[test]
fn a_doubtful_look_is_called_doubtful() {
    let company = Company::looked_once();
    assert_eq!(company.json(&["status"])["checks"][0]["last-run"]["outcome"], "completed");
    company.sql("delete from orders");
    ends_with(3, &mut company.kaizend(&["run", "late"]));
    assert_eq!(company.json(&["status"])["checks"][0]["last-run"]["outcome"], "doubtful");
    let said = ends_with(0, &mut company.kaizend(&["status"]));
    assert!(
        said.contains("doubtful") && said.contains("no rows, where the last complete look read 2"),
        "{said}"
    );
}
