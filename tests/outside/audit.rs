//! The audit and forgetting by the command line: what kaizend wrote verifies, what somebody else wrote is named.

use std::fs;

use kaizend_tests::{Company, ends_with, stderr, stdout};
use rusqlite::Connection;

/// A company with two overdue orders of two clients, found and told.
fn company() -> Company {
    let company = Company::new("baseline = \"tell\"");
    company.sql(
        "insert into orders values (1, 'alfki', 'ann', 'Alfreds order', date('now', '-3 days'), null),
                                   (2, 'bergs', 'ann', 'Berglunds order', date('now', '-4 days'), null);",
    );
    company.run();
    company
}

fn head(company: &Company) -> String {
    let head = company.json(&["audit", "head"]);
    assert!(head["seq"].as_i64() > Some(0), "{head}");
    head["digest"].as_str().expect("a digest").to_owned()
}

fn by_hand(company: &Company, statements: &str) {
    let store = Connection::open(company.path().join("kaizend.db")).expect("the store opens");
    store.execute_batch(statements).expect("the statements are right");
}

#[test]
fn an_untouched_store_verifies_and_an_edit_is_named() {
    let company = company();
    let digest = head(&company);
    let said = ends_with(0, &mut company.kaizend(&["audit", "verify", "--expect", &digest]));
    assert!(said.starts_with("nothing is wrong") && said.contains(&digest), "{said}");
    company.sql("update orders set kept = date('now') where id = 1");
    company.run();
    let later = company.json(&["audit", "verify", "--expect", &digest]);
    assert_eq!(later["sound"], true, "an earlier digest is still in the chain");
    assert_eq!(later["head"]["digest"], head(&company));

    by_hand(&company, "update findings set owner = 'bob' where open = 1");
    let output = company.kaizend(&["audit", "verify"]).output().expect("it starts");
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(said.starts_with("findings fingerprint=") && said.contains("was edited past kaizend"), "{said}");
    assert!(stderr(&output).contains("Keep the file as it is"), "{}", stderr(&output));
    let json = ends_with(1, &mut company.kaizend(&["--format", "json", "audit", "verify"]));
    assert!(json.contains("\"sound\":false") && json.contains("row-edited"), "{json}");
}

#[test]
fn an_earlier_store_in_the_place_of_a_later_one_is_found_by_its_missing_digest() {
    let company = company();
    let (store, aside) = (company.path().join("kaizend.db"), company.path().join("aside.db"));
    ends_with(0, company.kaizend(&["backup"]).arg(&aside));
    company.sql("update orders set kept = date('now') where id = 1");
    company.run();
    let digest = head(&company);
    for suffix in ["-wal", "-shm"] {
        let _none_left = fs::remove_file(format!("{}{suffix}", store.display()));
    }
    fs::copy(&aside, &store).expect("the earlier store is put back");
    ends_with(0, &mut company.kaizend(&["audit", "verify"]));
    let said = ends_with(1, &mut company.kaizend(&["audit", "verify", "--expect", &digest]));
    assert!(said.contains(&digest) && said.contains("cut off"), "{said}");
}

#[test]
fn what_is_no_digest_and_what_is_no_store_are_told_apart() {
    let company = Company::default();
    let output = company.kaizend(&["audit", "head"]).output().expect("it starts");
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    company.run();
    ends_with(2, &mut company.kaizend(&["audit", "verify", "--expect", "5bce9c57"]));
}

#[test]
fn a_client_is_forgotten_and_everything_still_verifies() {
    let company = company();
    let digest = head(&company);
    let would = company.json(&["forget", "client", "alfki"]);
    assert_eq!((&would["done"], &would["rows"]["findings"]), (&false.into(), &1.into()), "{would}");
    assert_eq!(head(&company), digest, "it only counted");
    let done = company.json(&["forget", "client", "alfki", "--yes"]);
    assert_eq!((&done["done"], &done["rows"]), (&true.into(), &would["rows"]), "{done}");

    let findings = company.findings();
    let fingerprint = findings["1"]["fingerprint"].as_str().expect("a fingerprint").to_owned();
    assert!(findings["1"]["forgotten"].is_string() && findings["2"]["forgotten"].is_null());
    let shown = ends_with(0, &mut company.kaizend(&["findings", "show", &fingerprint]));
    assert!(shown.starts_with("forgotten on ") && !shown.contains("Alfreds"), "{shown}");
    assert!(ends_with(0, &mut company.kaizend(&["findings", "list"])).contains("forgotten on "));
    let bytes = fs::read(company.path().join("kaizend.db")).expect("the store is read");
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    let held = ["Berglunds order", "Alfreds order", "alfki"].map(holds);
    assert_eq!(held, [true, false, false], "only what was said of others is still in the file");
    let verified = company.json(&["audit", "verify", "--expect", &digest]);
    assert_eq!(verified["sound"], true);
    let nothing = ends_with(0, &mut company.kaizend(&["forget", "client", "alfki", "--yes"]));
    assert!(nothing.contains("nothing is kept"), "{nothing}");

    // The company's own data still has it.
    company.run();
    assert!(company.findings()["1"]["forgotten"].is_null());
    ends_with(0, &mut company.kaizend(&["audit", "verify"]));
}
