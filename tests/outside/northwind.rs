//! The public sample company, counted: the numbers were computed twice elsewhere (in SQLite and in pandas).

use std::{collections::BTreeMap, fs, path::Path};

use kaizend_tests::{ends_with, kaizend, project};
use mail_parser::MessageParser;
use serde_json::Value;

fn config() -> std::path::PathBuf {
    project().join("config/northwind/kaizend.toml")
}

fn run(arguments: &[&str]) -> Value {
    let printed = ends_with(
        0,
        kaizend().arg("--config").arg(config()).args(["--format", "json", "run"]).args(arguments),
    );
    serde_json::from_str(&printed).expect("one JSON document")
}

fn stages(report: &Value) -> BTreeMap<String, usize> {
    let mut stages = BTreeMap::new();
    for finding in report["findings"].as_array().expect("findings are a list") {
        *stages.entry(finding["stage"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
    }
    stages
}

#[test]
fn late_orders_are_counted_right() {
    let report = run(&["late-orders", "--at", "1998-05-31T09:00"]);
    assert_eq!(report["outcome"]["outcome"], "completed");
    assert_eq!(report["looked-at"]["promises"], 830);
    let want = [("due-soon", 5), ("kept-late", 37), ("overdue", 10)];
    assert_eq!(stages(&report), want.map(|(stage, count)| (stage.to_owned(), count)).into());
}

#[test]
fn as_known_then_hides_what_came_later() {
    let then = run(&["late-orders", "--as-known", "--at", "1998-02-02T09:00"]);
    assert_eq!(stages(&then).get("overdue"), Some(&2));
    let later = run(&["late-orders", "--as-known", "--at", "1998-03-02T09:00"]);
    assert_eq!(stages(&later).get("overdue"), None);
}

#[test]
fn repeats_within_thirty_days_are_counted_right() {
    let report = run(&["repeat-orders", "--at", "1998-05-31T09:00"]);
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(58));
}

#[test]
fn the_best_clients_without_a_recent_order_are_named() {
    let report = run(&["best-clients", "--at", "1998-05-06T09:00"]);
    let stale = report["findings"].as_array().expect("a list").iter().filter(|f| f["topic"] == "contact");
    assert_eq!(stale.count(), 2);
}

#[test]
fn an_order_has_one_identity_whatever_its_stage() {
    let at = |time| run(&["late-orders", "--at", time]);
    let (open, late) = (at("1997-01-01T09:00"), at("1998-05-31T09:00"));
    let fingerprint = |report: &Value, key: &str| {
        report["findings"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|finding| finding["key"][0] == key)
            .map(|finding| finding["fingerprint"].clone())
    };
    assert!(fingerprint(&late, "10264").is_some());
    assert_eq!(fingerprint(&open, "10264"), fingerprint(&late, "10264"));
}

/// The shipped example with `baseline = "tell"` and a look-back of two years.
fn told_in_full(folder: &Path) -> std::path::PathBuf {
    let home = project().join("config/northwind");
    for name in ["northwind.db", "messages"] {
        std::os::unix::fs::symlink(home.join(name), folder.join(name)).expect("the example is linked");
    }
    let text = fs::read_to_string(home.join("kaizend.toml")).expect("the example is there");
    let text = text.replacen(
        "[checks.late-orders]",
        "[checks.late-orders]\nbaseline = \"tell\"\nlook-back = \"2 years\"",
        1,
    );
    let path = folder.join("kaizend.toml");
    fs::write(&path, text).expect("a configuration is written");
    path
}

#[test]
fn mails_go_to_each_orders_employee_with_names_intact() {
    let folder = tempfile::tempdir().expect("a folder");
    let mails = folder.path().join("mails");
    ends_with(
        0,
        kaizend()
            .arg("--config")
            .arg(told_in_full(folder.path()))
            .args(["run", "late-orders", "--at", "1998-05-31T09:00", "--mails"])
            .arg(&mails),
    );
    let mut recipients = BTreeMap::new();
    let mut everything = String::new();
    for entry in fs::read_dir(&mails).expect("mails were written").flatten() {
        let bytes = fs::read(entry.path()).expect("a mail is read");
        let mail = MessageParser::default().parse(&bytes).expect("a mail is MIME");
        let to = mail.to().and_then(|to| to.first()).and_then(|to| to.address()).expect("a recipient");
        *recipients.entry(to.to_owned()).or_insert(0) += 1;
        let (text, html) =
            (mail.body_text(0).expect("a text part"), mail.body_html(0).expect("an HTML part"));
        assert!(html.contains("<html"), "{html}");
        everything.push_str(&text);
    }
    assert!(recipients.len() >= 8, "{recipients:?}");
    assert!(recipients.keys().all(|to| to.ends_with("@northwind.example")));
    assert!(
        !everything.contains('\u{fffd}') && !everything.is_ascii(),
        "names with umlauts stay as they are"
    );
}

#[test]
fn a_simulated_spring_comes_to_what_is_expected() {
    let simulate = |extra: &[&str]| {
        let mut command = kaizend();
        command.arg("--config").arg(config()).args(["--format", "json", "simulate", "late-orders"]);
        command.args(["--from", "1998-01-01", "--to", "1998-05-07"]).args(extra);
        command
    };
    let expected = project().join("config/northwind/1998.toml");
    let folder = tempfile::tempdir().expect("a folder");
    let mails = folder.path().join("mails");
    let extra = ["--expect", expected.to_str().expect("a path"), "--mails", mails.to_str().expect("a path")];
    let report: Value = serde_json::from_str(&ends_with(0, &mut simulate(&extra))).expect("JSON");
    let sent = report["mails"].as_array().expect("a list").len();
    assert_eq!(fs::read_dir(&mails).expect("mails were written").count(), sent);
    assert!(sent > 20, "{sent} mails");

    let wrong = folder.path().join("wrong.toml");
    fs::write(&wrong, "[[mails]]\nto = \"operators\"\ncount = 3\n").expect("a file");
    let printed = ends_with(1, &mut simulate(&["--expect", wrong.to_str().expect("a path")]));
    let report: Value = serde_json::from_str(&printed).expect("JSON");
    assert_eq!(report["unmet"].as_array().map(Vec::len), Some(1));
}

#[test]
fn what_does_not_know_its_past_is_not_simulated() {
    let mut command = kaizend();
    command.arg("--config").arg(config()).args(["simulate", "repeat-orders", "--from", "1998-02-02"]);
    let refused = command.args(["--to", "1998-02-01"]).output().expect("it starts");
    assert_eq!(refused.status.code(), Some(2));
}
