//! The outbox on the command line: what a person got, in words; and the very bytes.

use std::fs;

use kaizend_tests::{Company, ends_with};

#[test]
fn a_mail_is_shown_as_its_reader_sees_it_and_raw_as_it_was_sent() {
    let company = Company::new("baseline = \"tell\"");
    company.sql("insert into orders values (1, 'c1', 'bob', 'зимние шины', date('now', '-3 days'), null)");
    company.run();
    let shown = ends_with(0, &mut company.kaizend(&["outbox", "show", "1"]));
    let head: Vec<&str> = shown.lines().take_while(|line| !line.starts_with("Message-ID:")).collect();
    assert_eq!(head[0], "mail 1: sent");
    assert!(head.contains(&"From:       Kaizen <kaizen@test.example>"), "{shown}");
    assert!(head.contains(&"To:         Боб <bob@test.example>"), "{shown}");
    assert!(
        head.iter().any(|line| line.starts_with("Subject:    ") && line.contains("зимние шины")),
        "{shown}"
    );
    let letter = &company.letters()[0];
    assert!(shown.contains(letter.text.trim_end().replace("\r\n", "\n").as_str()), "{shown}");
    assert!(!shown.contains("Content-Type") && !shown.contains("<html"), "{shown}");

    let raw = company.kaizend(&["outbox", "show", "1", "--raw"]).output().expect("it starts").stdout;
    let file = fs::read_dir(company.path().join("outbox")).expect("an outbox").flatten().next();
    assert_eq!(raw, fs::read(file.expect("a mail").path()).expect("a mail is read"));

    let json = company.json(&["outbox", "show", "1"]);
    assert_eq!(json["headers"]["To"], "Боб <bob@test.example>");
    assert!(json["text"].as_str().is_some_and(|text| text.contains("зимние шины")), "{json}");
}
