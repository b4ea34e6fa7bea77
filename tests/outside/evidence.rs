//! Columns that the operator wants shown: read by the daemon, never given to the plugin, and in every place where
//! people read of a finding.

use std::fs;

use kaizend_tests::{Company, ends_with};

fn company(columns: &str) -> Company {
    let company = Company::new(&format!("baseline = \"tell\"\nevidence = {{ promises = {columns} }}"));
    company.sql(
        "alter table orders add column shelf_no text; alter table orders add column ordered date;
         insert into orders values (1, 'c1', 'ann', 'order 1', date('now', '-3 days'), null, 'B 17', '2026-01-05');",
    );
    let path = company.path().join("kaizend.toml");
    let text = fs::read_to_string(path).expect("a configuration");
    let text = text.replace("promised, kept from orders", "promised, kept, shelf_no, ordered from orders");
    let text = text
        .replace("kept = { type = \"date\" }", "kept = { type = \"date\" }, ordered = { type = \"date\" }");
    company.write("kaizend.toml", &text);
    company
}

#[test]
fn they_stand_in_the_mail_and_in_what_the_commands_show() {
    let company = company("[\"shelf_no\", \"ordered\"]");
    company.run();
    let letters = company.letters();
    assert_eq!(letters.len(), 1);
    let text = &letters[0].text;
    assert!(
        text.contains("Shelf no:         B 17") && text.contains("Ordered:          5 January 2026"),
        "{text}"
    );

    let finding = &company.findings()["1"];
    assert_eq!(finding["evidence"]["promises.shelf_no"]["text"], "B 17");
    let fingerprint = finding["fingerprint"].as_str().expect("a text");
    let shown = ends_with(0, &mut company.kaizend(&["findings", "show", fingerprint]));
    assert!(shown.contains("Shelf no     B 17"), "{shown}");

    // Another shelf is worth writing down, not worth a mail.
    company.sql("update orders set shelf_no = 'C 2'");
    company.run();
    assert_eq!(company.findings()["1"]["evidence"]["promises.shelf_no"]["text"], "C 2");
    assert_eq!(company.letters().len(), 1);
}

#[test]
fn a_column_that_is_not_there_is_said_by_validate() {
    let company = company("[\"shelf\"]");
    let output = company.kaizend(&["validate", "--online"]).output().expect("it starts");
    let said = kaizend_tests::stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("dataset `promises` has no column `shelf`") && said.contains("`shelf_no`"),
        "{said}"
    );
}
