//! `findings export`: what a spreadsheet and a program read is what the store has, however much that is.

use std::{collections::BTreeMap, fs};

use kaizend_tests::{Company, ends_with, project, stderr, stdout};
use serde_json::Value;

/// Five overdue orders with texts that a careless table would break on; 4 was mended, 5 is gone.
fn company() -> Company {
    let company = Company::new("baseline = \"tell\"");
    company.sql(
        "insert into orders values (1, 'c,1', 'ann', 'a \"fine\" order' || char(10) || 'on two lines', date('now', '-3 days'), null),
                                   (2, '=HYPERLINK(\"x\")', 'bob', 'order 2', date('now', '-4 days'), null),
                                   (3, 'alfki', 'ann', 'Alfreds order', date('now', '-4 days'), null),
                                   (4, 'c4', 'ann', 'order 4', date('now', '-4 days'), null);",
    );
    company.run();
    company.sql("update orders set kept = promised where id = 4");
    company.run();
    company
}

/// Rows by their head's names, as RFC 4180 reads them.
fn read(csv: &str) -> Vec<BTreeMap<String, String>> {
    assert!(csv.ends_with("\r\n"), "{csv}");
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut characters = csv.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => cell.extend(characters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && characters.next_if_eq(&'\n').is_some() => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    let head = rows.remove(0);
    let named = |row: Vec<String>| {
        assert_eq!(row.len(), head.len(), "{row:?}");
        head.iter().cloned().zip(row).collect()
    };
    rows.into_iter().map(named).collect()
}

fn csv(company: &Company, arguments: &[&str]) -> BTreeMap<String, BTreeMap<String, String>> {
    let printed = ends_with(0, company.kaizend(&["findings", "export"]).args(arguments));
    read(&printed).into_iter().map(|row| (row["key"].clone(), row)).collect()
}

fn json(company: &Company, arguments: &[&str]) -> BTreeMap<String, Value> {
    let mut command = company.kaizend(&["--format", "json", "findings", "export"]);
    let printed = ends_with(0, command.args(arguments));
    let rows = printed.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line is a row"));
    rows.map(|row| (row["key"][0].as_str().unwrap_or_default().to_owned(), row)).collect()
}

#[test]
fn a_spreadsheet_and_a_program_read_what_is_kept() {
    let company = company();
    let findings = company.findings();
    let id = |order: &str| findings[order]["fingerprint"].as_str().unwrap_or_default().to_owned();
    company.json(&["findings", "dismiss", &id("1"), "--by", "ann", "--reason=-1 day, agreed"]);
    company.json(&["findings", "assign", &id("2"), "--by", "boss", "--to", "ann"]);

    let (table, rows) = (csv(&company, &[]), json(&company, &[]));
    assert_eq!(table.keys().collect::<Vec<_>>(), ["1", "2", "3", "4"]);
    assert_eq!(rows.keys().collect::<Vec<_>>(), ["1", "2", "3", "4"]);
    let one = &table["1"];
    let cell = |name: &str| one[name].as_str();
    assert_eq!((cell("fingerprint"), cell("check")), (id("1").as_str(), "late"));
    assert_eq!((cell("state"), cell("word"), cell("by")), ("dismissed", "dismissed", "ann"));
    assert_eq!((cell("reason"), cell("client")), ("'-1 day, agreed", "c,1"));
    assert_eq!((cell("told-to"), cell("closed-at"), cell("steps-told")), ("ann", "", "0"));
    let evidence: Value = serde_json::from_str(cell("evidence")).expect("facts are JSON");
    assert_eq!(evidence["what"]["text"], "a \"fine\" order\non two lines");
    assert_eq!(table["2"]["client"], "'=HYPERLINK(\"x\")", "no spreadsheet calculates it");
    assert_eq!(rows["2"]["client"], "=HYPERLINK(\"x\")", "a program reads it as it is");
    assert_eq!((&table["2"]["owner"], &table["2"]["assigned-by"]), (&"ann".to_owned(), &"boss".to_owned()));
    assert_eq!(rows["2"]["told-to"], serde_json::json!(["bob", "ann"]));
    assert_eq!(
        (&table["4"]["state"], &table["4"]["how-closed"]),
        (&"resolved".into(), &"no-longer-seen".into())
    );
    assert!(rows["4"]["closed-at"].as_str() > rows["4"]["opened-at"].as_str(), "{}", rows["4"]);
}

#[test]
fn it_is_filtered_as_the_list_is() {
    let company = company();
    for (arguments, orders) in [
        (&["--state", "open"][..], vec!["1", "2", "3"]),
        (&["--state", "resolved"], vec!["4"]),
        (&["--owner", "bob"], vec!["2"]),
        (&["--check", "late", "--stage", "overdue", "--owner", "ann"], vec!["1", "3", "4"]),
        (&["--check", "another"], vec![]),
    ] {
        assert_eq!(csv(&company, arguments).into_keys().collect::<Vec<_>>(), orders, "{arguments:?}");
        assert_eq!(json(&company, arguments).into_keys().collect::<Vec<_>>(), orders, "{arguments:?}");
    }
}

#[test]
fn what_was_forgotten_is_empty() {
    let company = company();
    company.json(&["forget", "client", "alfki", "--yes"]);
    let table = csv(&company, &[]);
    let row = &table["3"];
    for name in ["client", "evidence", "labels"] {
        assert_eq!(row[name], "", "{name}");
    }
    assert_ne!(row["forgotten-at"], "");
    assert_eq!((&row["state"], &row["owner"]), (&"open".to_owned(), &"ann".to_owned()));
    assert!(json(&company, &[])["3"]["evidence"].is_null());
    let printed = ends_with(0, &mut company.kaizend(&["findings", "export"]));
    assert!(!printed.contains("(forgotten)") && !printed.contains("Alfreds"), "{printed}");
}

#[test]
fn a_file_is_written_whole_and_takes_no_others_place() {
    let company = Company::new("baseline = \"quiet\"");
    company.sql(
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1001)
         insert into orders select i, 'c' || i, 'ann', 'order ' || i, '2020-01-01', null from n",
    );
    company.run();
    for (format, name, head) in [("text", "all.csv", 1), ("json", "all.jsonl", 0)] {
        let arguments = ["--format", format, "findings", "export", "--to", name];
        assert_eq!(ends_with(0, &mut company.kaizend(&arguments)), "");
        let text = fs::read_to_string(company.path().join(name)).expect("the file is there");
        let printed = ends_with(0, &mut company.kaizend(&arguments[..4]));
        assert_eq!((text.lines().count(), text == printed), (1001 + head, true), "{name}");
        assert!(!company.path().join(format!("{name}.part")).exists());
        let again = company.kaizend(&arguments).output().expect("it starts");
        assert_eq!(again.status.code(), Some(2));
        let said = format!("{}{}", stdout(&again), stderr(&again));
        assert!(said.contains("is there already"), "{said}");
    }
    let all = csv(&company, &[]);
    assert_eq!(all.len(), 1001, "each once, over the pages");
    let nowhere = company.kaizend(&["findings", "export", "--to", "no/such/folder.csv"]).output();
    assert_eq!(nowhere.expect("it starts").status.code(), Some(3));
}

#[test]
fn the_readme_explains_every_column_in_their_order() {
    let company = company();
    let printed = ends_with(0, &mut company.kaizend(&["findings", "export", "--state", "resolved"]));
    let head: Vec<&str> = printed.lines().next().expect("a head").split(',').collect();
    let readme = fs::read_to_string(project().join("README.md")).expect("the README is there");
    let table = readme.split("| column of `findings export` |").nth(1).expect("the table of columns");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let named: Vec<&str> =
        rows.flat_map(|row| row.split('|').nth(1).unwrap_or_default().split(',')).map(str::trim).collect();
    assert_eq!(named, head);
}
