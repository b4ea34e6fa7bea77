//! Could not look is never nothing wrong: nothing is resolved, the operators hear of it once, and it recovers.

use kaizend_tests::{Company, Letter, ends_with};
use rusqlite::Connection;

fn two_overdue() -> Company {
    let company = Company::new("baseline = \"tell\"");
    company.sql(
        "insert into orders values (1, 'c1', 'ann', 'order 1', date('now', '-3 days'), null),
                                   (2, 'c2', 'ann', 'order 2', date('now', '-4 days'), null),
                                   (3, 'c3', 'bob', 'order 3', date('now', '+90 days'), null),
                                   (4, 'c4', 'bob', 'order 4', date('now', '+90 days'), null);",
    );
    company.run();
    assert_eq!(open(&company), 2);
    company
}

fn open(company: &Company) -> usize {
    company.findings().values().filter(|finding| finding["state"]["state"] == "open").count()
}

fn to_operators(company: &Company) -> Vec<Letter> {
    company.letters().into_iter().filter(|letter| letter.to == "ops@test.example").collect()
}

/// Breaks the company, looks twice, mends it, looks again.
fn story(break_it: &str, mend_it: &str) {
    let company = two_overdue();
    company.sql(break_it);
    for _ in 0..2 {
        ends_with(3, &mut company.kaizend(&["run", "late"]));
        assert_eq!(open(&company), 2, "{break_it}");
    }
    let told = to_operators(&company);
    assert_eq!(told.len(), 1, "{break_it}: {told:#?}");
    assert!(told[0].text.contains("late"), "{}", told[0].text);
    company.sql(mend_it);
    company.run();
    assert_eq!(open(&company), 2, "{break_it}");
    assert_eq!(to_operators(&company).len(), 1, "recovery is silent");
}

#[test]
fn an_empty_table() {
    story(
        "create table kept_aside as select * from orders; delete from orders",
        "insert into orders select * from kept_aside",
    );
}

#[test]
fn fewer_than_half_of_the_rows() {
    story(
        "create table kept_aside as select * from orders where id > 1; delete from orders where id > 1",
        "insert into orders select * from kept_aside",
    );
}

#[test]
fn a_failing_query() {
    story("alter table orders rename to moved_away", "alter table moved_away rename to orders");
}

#[test]
fn a_date_that_is_no_date() {
    story(
        "update orders set promised = '31/02/2024' where id = 3",
        "update orders set promised = date('now', '+90 days') where id = 3",
    );
}

#[test]
fn a_locked_database() {
    let company = two_overdue();
    let lock = Connection::open(company.database()).expect("the database opens");
    lock.execute_batch("pragma locking_mode = exclusive; begin exclusive; update orders set what = what")
        .expect("a lock");
    ends_with(3, &mut company.kaizend(&["run", "late"]));
    assert_eq!(open(&company), 2);
    assert_eq!(to_operators(&company).len(), 1);
    lock.execute_batch("rollback").expect("the lock goes");
    drop(lock);
    company.run();
    assert_eq!(open(&company), 2);
}

#[test]
fn what_is_gone_from_a_complete_look_is_resolved() {
    let company = two_overdue();
    company.sql(
        "update orders set promised = date('now', '+200 days') where id = 9; delete from orders where id = 2",
    );
    company.run();
    assert_eq!(open(&company), 1);
}

/// A company of operators who read Russian.
fn russian(company: &Company) {
    let path = company.path().join("kaizend.toml");
    let text = std::fs::read_to_string(path).expect("the configuration is there");
    company.write("kaizend.toml", &text.replacen("language = \"en\"", "language = \"ru\"", 1));
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Only what the database said itself is not translated, and it is quoted.
#[test]
fn operators_read_why_in_their_language() {
    let company = two_overdue();
    russian(&company);
    company.sql("alter table orders rename to moved_away");
    ends_with(3, &mut company.kaizend(&["run", "late"]));
    let told = to_operators(&company);
    let text = flat(&told[0].text);
    for said in [
        "Нет файла, папки или таблицы, откуда проверка берёт данные.",
        "Дословно: «dataset promises: the query fails in source shop: no such table: orders",
        "исправьте `path` источника или запрос набора данных",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }

    let company = two_overdue();
    russian(&company);
    company.sql("delete from orders where id > 1");
    ends_with(3, &mut company.kaizend(&["run", "late"]));
    let text = flat(&to_operators(&company)[0].text);
    let said = "В `promises` всего 1 строка, а при последнем полном просмотре их было 4.";
    assert!(text.contains(said) && !text.contains("Nothing"), "{text}");
}
