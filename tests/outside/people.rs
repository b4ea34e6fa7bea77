//! Wrong data about people: named with its place, told once, and never in the way of a check.

use kaizend_tests::{Company, Letter, ends_with};

/// A company whose staff is a CSV file.
fn with_a_file(staff: &str) -> Company {
    let company = Company::new("");
    let text = std::fs::read_to_string(company.path().join("kaizend.toml")).expect("a configuration");
    let of_file = "[sources.hr]\nkind = \"csv\"\npath = \"staff.csv\"\n\n[datasets.staff]\nsource = \"hr\"\n";
    let (head, of_query) = text.split_once("[datasets.staff]\n").expect("a dataset of the staff");
    let rest = of_query.split_once("from staff\"\n").expect("its query").1;
    company.write("kaizend.toml", &format!("{head}{of_file}{rest}"));
    company.write("staff.csv", staff);
    company
}

fn to_operators(company: &Company) -> Vec<Letter> {
    company.letters().into_iter().filter(|letter| letter.to == "ops@test.example").collect()
}

#[test]
fn a_circle_in_a_file_is_named_with_its_line() {
    let company = with_a_file(
        "id,name,email,manager\nann,Ann,ann@test.example,bob\nbob,Bob,bob@test.example,ann\nboss,The Boss,boss@test.example,\n",
    );
    ends_with(0, &mut company.kaizend(&["validate"]));
    let printed = company.kaizend(&["validate", "--online"]).output().expect("it runs");
    let said = String::from_utf8_lossy(&printed.stderr);
    assert_eq!(printed.status.code(), Some(2), "{said}");
    assert!(said.contains("person `ann` is above themselves: `ann` → `bob` → `ann`"), "{said}");
    assert!(said.contains("staff.csv:2"), "{said}");
    // The check looks all the same, and tells whom it can.
    company.sql("insert into orders values (1, 'c1', 'ann', 'order 1', date('now', '-3 days'), null)");
    company.run();
    assert_eq!(company.findings().len(), 1);
}

#[test]
fn a_person_without_an_address_is_a_warning() {
    let company = with_a_file("id,name,email\nann,Ann,\nboss,The Boss,boss@test.example\n");
    let printed = ends_with(0, &mut company.kaizend(&["validate", "--online"]));
    assert!(printed.contains("person `ann` has no email"), "{printed}");
    assert!(printed.contains("staff.csv:2"), "{printed}");
    ends_with(1, &mut company.kaizend(&["validate", "--online", "--fail-on-warnings"]));
}

#[test]
fn operators_hear_of_each_set_of_problems_once() {
    let company = Company::default();
    company.run();
    assert_eq!(to_operators(&company), []);
    company.sql("update staff set manager = 'nobody' where id = 'ann'");
    company.run();
    company.run();
    let [first] = &to_operators(&company)[..] else { panic!("{:#?}", to_operators(&company)) };
    assert_eq!(first.subject, "The list of people needs a correction");
    let flat = first.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("row 1 of dataset staff (source shop): person `ann` has the manager `nobody`, who is not in the list"),
        "{flat}"
    );
    let status = company.json(&["status"]);
    assert_eq!(status["people"]["problems"], 1, "{status}");

    company.sql("update staff set email = 'bob' where id = 'bob'");
    company.run();
    assert_eq!(to_operators(&company).len(), 2, "another set is told");
    company.sql("update staff set manager = 'boss', email = id || '@test.example'");
    company.sql("update staff set manager = null where id = 'boss'");
    company.run();
    assert_eq!(to_operators(&company).len(), 2, "mended in silence");
    assert!(company.json(&["status"])["people"].is_null());
}

#[test]
fn a_dry_run_shows_the_word_and_remembers_nothing() {
    let company = Company::default();
    company.run();
    company.sql("update staff set manager = 'nobody' where id = 'ann'");
    let dry = company.json(&["run", "late", "--dry-run"]);
    let kinds: Vec<&str> =
        dry["would"].as_array().into_iter().flatten().filter_map(|mail| mail["kind"].as_str()).collect();
    assert_eq!(kinds, ["operator"], "{dry}");
    assert_eq!(to_operators(&company), []);
    company.run();
    assert_eq!(to_operators(&company).len(), 1);
}
