//! What databases store becomes what columns promise.

use kaizend_core::rows::{FaultClass, Kind};
use kaizend_source::{Binds, ColumnSpec};

use crate::given::{Company, binds, declare, formatted, query, read, rows};

#[tokio::test]
async fn a_table_comes_out_as_it_is() {
    let company = Company::new();
    company.database(
        "create table orders (id integer primary key, client text, promised date, at datetime, paid boolean,
                              worth real, lines integer);
         insert into orders values
           (10248, 'Čapek', '1996-08-01', '1996-07-04 09:30:00', 1, 440.5, 3),
           (10249, null, null, '1996-07-05T00:00:00Z', 0, 12, null);",
    );
    let columns = [
        ("id", Kind::Text),
        ("client", Kind::Text),
        ("promised", Kind::Date),
        ("at", Kind::Instant),
        ("paid", Kind::Boolean),
        ("worth", Kind::Real),
        ("lines", Kind::Integer),
    ];
    let read = rows(&company.shop(), &query("select * from orders"), &columns).await.unwrap();
    assert_eq!(
        read,
        [
            "10248|Čapek|1996-08-01|1996-07-04T06:30:00Z|true|440.5|3",
            "10249|-|-|1996-07-05T00:00:00Z|false|12|-",
        ]
    );
}

#[tokio::test]
async fn only_the_columns_asked_for_are_read() {
    let company = Company::new();
    company.database("create table t (a, b); insert into t values (1, x'00ff'), (2, 'text');");
    let spec = query("select b, a, count(*) over () from t; -- all");
    let shop = company.shop();
    // `b` holds a blob, which would fail; `count(*) over ()` is a name like any other.
    let columns = [("a", Kind::Integer), ("count(*) over ()", Kind::Integer)];
    assert_eq!(rows(&shop, &spec, &columns).await.unwrap(), ["1|2", "2|2"]);
    assert_eq!(rows(&shop, &spec, &[]).await.unwrap().len(), 2);
}

#[tokio::test]
async fn queries_get_the_clock_of_the_run() {
    let company = Company::new();
    company.database("create table t (a); insert into t values (1);");
    let spec = query("select :now as n, :today as d, :since as s, ':now' as text from t");
    let columns = [("n", Kind::Instant), ("d", Kind::Date), ("s", Kind::Instant), ("text", Kind::Text)];
    let shop = company.shop();
    assert_eq!(rows(&shop, &spec, &columns).await.unwrap(), ["2026-11-23T06:00:00Z|2026-11-23|-|:now"]);
    let later = Binds { since: Some("2026-11-22T06:00:00Z".parse().unwrap()), ..binds() };
    let snapshot = shop.snapshot(&later).await.unwrap();
    let since = read(&snapshot, &spec, &[("s", Kind::Instant)], &[]).await.unwrap();
    assert_eq!(since, ["2026-11-22T06:00:00Z"]);
}

#[tokio::test]
async fn a_value_that_is_none_fails_with_its_row_and_column() {
    let company = Company::new();
    company.database(
        "create table t (id integer, v);
         insert into t values (1, null);",
    );
    let slashes = Some("%d/%m/%Y");
    for (value, kind, format, said) in [
        ("'31/02/2024'", Kind::Date, slashes, "`31/02/2024`, which is no date in the format `%d/%m/%Y`"),
        ("'0000-00-00'", Kind::Date, None, "`0000-00-00`, which is no date: "),
        ("'2024-02-30 08:00'", Kind::Instant, None, "which is no date and no instant"),
        ("1700000000", Kind::Instant, None, "`1700000000`, which is a number and no date"),
        ("'twelve'", Kind::Integer, None, "`twelve`, which is no whole number"),
        ("'1,5'", Kind::Real, None, "which is no number with a decimal point"),
        ("9e18 + 9e18", Kind::Integer, None, "which is too large for its type"),
        ("cast(x'4361666521e9' as text)", Kind::Text, None, "which is not UTF-8 from its byte 6 on"),
        ("x'00ff'", Kind::Text, None, "2 bytes, which is binary and no text"),
        ("''", Kind::Date, None, "an empty text, which says nothing"),
        ("2", Kind::Boolean, None, "which is neither true nor false"),
    ] {
        let mut spec = query(&format!("select * from t union all select 17, {value}"));
        spec.key = vec!["id".to_owned()];
        if let Some(format) = format {
            spec = declare(spec, "v", formatted(format));
        }
        let columns = [("id", Kind::Text), ("v", kind)];
        let fault = rows(&company.shop(), &spec, &columns).await.unwrap_err();
        assert_eq!(fault.class, FaultClass::Value, "{value}: {fault}");
        let start = "dataset orders, row 2 (id 17): column `v` holds ";
        assert!(fault.message.starts_with(start) && fault.message.contains(said), "{value}: {fault}");
    }
}

#[tokio::test]
async fn money_has_its_currency_beside_it() {
    let company = Company::new();
    company.database(
        "create table t (worth numeric(12,4), cents integer, code text);
         insert into t values (12.345, 1234, 'EUR'), (14, null, 'BGN'), ('-0.01', 5, ' USD ');",
    );
    let with_column = ColumnSpec { currency_column: Some("code".into()), ..Default::default() };
    let fixed = ColumnSpec { currency: Some("JPY".into()), decimals: Some(0), ..Default::default() };
    let spec = declare(query("select *, cents as yen from t"), "worth", with_column);
    let spec =
        declare(spec, "cents", ColumnSpec { currency: Some("EUR".into()), ..formatted("minor-units") });
    let spec = declare(spec, "yen", fixed);
    let columns = [("worth", Kind::Money), ("cents", Kind::Money), ("yen", Kind::Money)];
    assert_eq!(
        rows(&company.shop(), &spec, &columns).await.unwrap(),
        ["1235 EUR|1234 EUR|1234 JPY", "1400 BGN|-|-", "-1 USD|5 EUR|5 JPY"]
    );
    let none = query("select worth from t");
    let fault = rows(&company.shop(), &none, &[("worth", Kind::Money)]).await.unwrap_err();
    assert_eq!(fault.class, FaultClass::Column);
    assert!(fault.message.contains("`worth` is money without a currency"), "{fault}");
}

#[tokio::test]
async fn clocks_that_change_are_counted() {
    let company = Company::new();
    company.database(
        "create table t (at datetime);
         insert into t values ('2024-03-31 03:30:00'), ('2024-10-27 03:30:00'), ('2024-10-27 03:45:00');",
    );
    let snapshot = company.shop().snapshot(&binds()).await.unwrap();
    let spec = query("select at from t");
    let read = read(&snapshot, &spec, &[("at", Kind::Instant)], &[]).await.unwrap();
    assert_eq!(read, ["2024-03-31T01:00:00Z", "2024-10-27T00:30:00Z", "2024-10-27T00:45:00Z"]);
    let notes: Vec<String> = snapshot.notes().iter().map(ToString::to_string).collect();
    assert!(notes[0].contains("2 local times of `at` occurred twice"), "{notes:?}");
    assert!(notes[1].contains("1 local times of `at` never occurred"), "{notes:?}");
    assert_eq!(notes.len(), 2);
}
