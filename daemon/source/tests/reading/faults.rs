//! Whatever cannot be read has a class, and a sentence that says what to do.

use std::fs;

use kaizend_core::rows::{Fault, FaultClass, Kind};
use kaizend_source::{AsOf, ColumnSpec, DatasetSpec};

use crate::given::{Company, binds, declare, file, formatted, query, rows};

#[track_caller]
fn assert_fault(fault: &Fault, class: FaultClass, says: &str) {
    assert_eq!(fault.class, class, "{fault}");
    assert!(fault.message.contains(says), "{fault}");
}

#[tokio::test]
async fn a_file_that_is_no_database() {
    for (make, class, says) in [
        (None, FaultClass::Missing, "shop.db is not there"),
        (Some(b"".as_slice()), FaultClass::Damaged, "is empty (0 bytes)"),
        (Some(b"id;name\n1;Anna\n and more text"), FaultClass::Damaged, "is no SQLite database"),
    ] {
        let company = Company::new();
        if let Some(bytes) = make {
            fs::write(company.path("shop.db"), bytes).unwrap();
        }
        let shop = company.shop();
        assert_fault(&shop.snapshot(&binds()).await.unwrap_err(), class, says);
        assert_fault(&shop.describe(&query("select 1"), &binds()).await.unwrap_err(), class, says);
    }
    let company = Company::new();
    fs::create_dir(company.path("shop.db")).unwrap();
    assert_fault(&company.shop().snapshot(&binds()).await.unwrap_err(), FaultClass::Missing, "is a folder");
}

#[tokio::test]
async fn a_damaged_database_is_damaged() {
    let company = Company::new();
    company.database(
        "create table t (a); insert into t select zeroblob(500) from (with recursive n(i) as
         (select 1 union all select i + 1 from n where i < 500) select i from n);",
    );
    let mut bytes = fs::read(company.path("shop.db")).unwrap();
    let end = bytes.len();
    bytes[4096..end].fill(0x5a);
    fs::write(company.path("shop.db"), bytes).unwrap();
    let fault = rows(&company.shop(), &query("select a from t"), &[]).await.unwrap_err();
    assert_fault(&fault, FaultClass::Damaged, "integrity_check");
}

#[tokio::test]
async fn a_query_that_is_wrong() {
    let company = Company::new();
    company.database("create table orders (id integer, promised date); insert into orders values (1, null);");
    for (sql, class, says) in [
        ("select * from ordres", FaultClass::Missing, "no such table: ordres"),
        (
            "select id,\n promissed from orders",
            FaultClass::Query,
            "no such column: promissed (line 2, column 2)",
        ),
        ("select \"promissed\" from orders", FaultClass::Query, "no such column"),
        ("select id from orders whre id = 1", FaultClass::Query, "syntax error"),
        ("select id, promised as id from orders", FaultClass::Query, "two columns are called `id`"),
        ("select id from orders where promised < :nov", FaultClass::Query, "uses `:nov`"),
        ("select id from orders where promised < ?", FaultClass::Query, "uses the parameter `?`"),
        ("select id from orders where promised < @now", FaultClass::Query, "uses the parameter `@now`"),
        ("delete from orders", FaultClass::Query, "begins with `delete`"),
        ("insert into orders values (2, null) returning id", FaultClass::Query, "begins with `insert`"),
        ("with a as (select 1) delete from orders returning id", FaultClass::Query, "does more than read"),
        ("attach 'other.db' as other", FaultClass::Query, "begins with `attach`"),
        ("pragma journal_mode = wal", FaultClass::Query, "begins with `pragma`"),
        ("select journal_mode as id from pragma_journal_mode", FaultClass::Query, "not authorized"),
        ("select load_extension('/tmp/x.so')", FaultClass::Query, "not authorized"),
        ("select 1 as id; drop table orders", FaultClass::Query, "goes on after its `;` with `drop`"),
        ("", FaultClass::Query, "the query is empty"),
    ] {
        let spec = query(sql);
        let fault = rows(&company.shop(), &spec, &[("id", Kind::Integer)]).await.expect_err(sql);
        assert_fault(&fault, class, says);
    }
    let left = rows(&company.shop(), &query("select id from orders"), &[("id", Kind::Integer)]).await;
    assert_eq!(left.unwrap(), ["1"], "nothing was changed");
}

#[tokio::test]
async fn a_column_that_is_not_there() {
    let company = Company::new();
    company.database("create table orders (id integer, promised date);");
    let all = || query("select id, promised from orders");
    let as_of = |row: &str| DatasetSpec { as_of: Some(AsOf { row: row.into(), mask: vec![] }), ..all() };
    let from = ColumnSpec { from: Some("Promised On".into()), ..Default::default() };
    let currency = ColumnSpec { currency_column: Some("curency".into()), ..Default::default() };
    for (spec, wanted, says) in [
        (all(), "promissed", "has no column `promissed`; did you mean `promised`?"),
        (all(), "weather", "has no column `weather`; there are `id`, `promised`"),
        (DatasetSpec { key: vec!["ids".into()], ..all() }, "id", "`key` names `ids`"),
        (as_of("ordered"), "id", "`as-of` names `ordered`"),
        (declare(all(), "due", from), "id", "`columns` names `due` (from `Promised On`)"),
        (declare(all(), "id", currency), "id", "`currency-column` names `curency`"),
        (
            declare(all(), "promised", formatted("%H:%M")),
            "promised",
            "the format `%H:%M`, which cannot be used",
        ),
    ] {
        let fault = rows(&company.shop(), &spec, &[(wanted, Kind::Date)]).await.unwrap_err();
        assert_fault(&fault, FaultClass::Column, says);
    }
}

#[tokio::test]
async fn a_query_and_a_file_are_not_the_same() {
    let company = Company::new();
    company.database("create table t (a);");
    let fault = rows(&company.shop(), &file(), &[]).await.unwrap_err();
    assert_fault(&fault, FaultClass::Query, "has no query, but source shop is a database");
    let fault = rows(&company.export("a\n1\n"), &query("select 1"), &[]).await.unwrap_err();
    assert_fault(&fault, FaultClass::Query, "has a query, but source export is a CSV file");
}
