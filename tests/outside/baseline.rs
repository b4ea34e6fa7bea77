//! The first look at a company with a year of old misses: one list for each owner, and no flood afterwards.

use kaizend_tests::Company;

/// Forty orders of two owners, late for one to forty weeks.
fn a_year_of_misses(company: &Company) {
    company.sql(
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 40)
         insert into orders select i, 'c' || i, iif(i % 2, 'ann', 'bob'), 'order ' || i,
                                   date('now', '-' || (7 * i) || ' days'), null from n;",
    );
}

#[test]
fn old_misses_come_as_one_list_for_each_owner_and_the_fallback() {
    let company = Company::default();
    a_year_of_misses(&company);
    company.run();
    let mut to: Vec<String> = company.letters().into_iter().map(|letter| letter.to).collect();
    to.sort();
    assert_eq!(to, ["ann@test.example", "bob@test.example", "boss@test.example"]);
    company.run();
    assert_eq!(company.letters().len(), 3, "a second look tells nothing again");
    assert_eq!(company.findings().len(), 40);
}

/// Fifteen are shown, the conditions first: what has happened is among those that are only counted.
#[test]
fn the_end_of_the_list_is_right_for_what_is_only_counted() {
    let company = Company::default();
    company.sql(
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 21)
         insert into orders select i, 'c' || i, 'ann', 'order ' || i, date('now', '-' || (5 + i % 3) || ' days'),
                                   iif(i > 17, date('now', '-2 days'), null) from n;",
    );
    company.run();
    let letters = company.letters();
    let ann = letters.iter().find(|letter| letter.to == "ann@test.example").expect("ann got her list");
    let text = ann.text.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in ["and 6 more", "17 of these are still so: they stay open", "4 have happened"] {
        assert!(text.contains(said), "{said}\n{text}");
    }
}

#[test]
fn a_new_miss_after_the_baseline_is_told_to_its_owner() {
    let company = Company::default();
    a_year_of_misses(&company);
    company.run();
    company.sql("insert into orders values (100, 'c1', 'ann', 'order 100', date('now', '-1 day'), null)");
    company.run();
    let letters = company.letters();
    assert_eq!(letters.len(), 4);
    assert!(
        letters.iter().any(|letter| letter.to == "ann@test.example" && letter.subject.contains("order 100"))
    );
}

#[test]
fn another_question_is_another_baseline() {
    let company = Company::default();
    a_year_of_misses(&company);
    company.sql(
        "insert into orders select 200 + i, 'c', 'ann', 'soon ' || i, date('now', '+' || (10 + i) || ' days'), null
         from (select 0 i union select 1 union select 2)",
    );
    company.run();
    assert_eq!(company.letters().len(), 3);
    company.configure(
        r#"params = { warn-before = "40 working days" }"#,
        r#"{ kind = "directory", path = "outbox" }"#,
    );
    company.run();
    let letters = company.letters();
    assert_eq!(letters.len(), 5, "one list for ann, one copy for the fallback");
    assert_eq!(company.findings().len(), 43);
}

#[test]
fn quiet_and_tell_do_what_they_say() {
    let quiet = Company::new("baseline = \"quiet\"");
    a_year_of_misses(&quiet);
    quiet.run();
    assert_eq!(quiet.letters(), []);
    let tell = Company::new("baseline = \"tell\"");
    a_year_of_misses(&tell);
    tell.run();
    let mut to: Vec<String> = tell.letters().into_iter().map(|letter| letter.to).collect();
    to.sort();
    assert_eq!(to, ["ann@test.example", "bob@test.example"]);
}
