//! What a dataset's columns are said to be.

use kaizend_core::rows::Kind;
use kaizend_source::{ColumnSpec, Described, Noticed};

use crate::given::{Company, binds, declare, file, formatted, of_kind, query};

fn kinds(described: &Described) -> Vec<(&str, Option<Kind>)> {
    described.schema.fields.iter().map(|field| (field.name.as_str(), field.kind)).collect()
}

#[tokio::test]
async fn a_database_declares_and_a_sample_refines() {
    let company = Company::new();
    company.database(
        "create table t (id integer, name varchar(20), due date, at timestamp, worth numeric, ok boolean,
                         day text, moment text, mixed text, loose, number, empty);
         insert into t values
           (1, 'a', '2024-01-02', '2024-01-02 08:00', 1.5, 1, '2024-01-02', '2024-01-02', '2024-01-02', 'x', 1, null),
           (2, 'b', null, null, 2, 0, '2024-01-03', '2024-01-02 08:00', 'soon', 'y', 2.5, null);",
    );
    let spec = query("select *, 'order ' || id as what, id + 1 as next from t");
    let described = company.shop().describe(&spec, &binds()).await.unwrap();
    let expected = [
        ("id", Some(Kind::Integer)),
        ("name", Some(Kind::Text)),
        ("due", Some(Kind::Date)),
        ("at", Some(Kind::Instant)),
        ("worth", Some(Kind::Real)),
        ("ok", Some(Kind::Boolean)),
        ("day", Some(Kind::Date)),
        ("moment", Some(Kind::Instant)),
        ("mixed", Some(Kind::Text)),
        ("loose", Some(Kind::Text)),
        ("number", Some(Kind::Real)),
        ("empty", None),
        ("what", Some(Kind::Text)),
        ("next", Some(Kind::Integer)),
    ];
    assert_eq!(kinds(&described), expected);
    assert_eq!(described.notes, []);
}

#[tokio::test]
async fn the_operator_has_the_last_word() {
    let company = Company::new();
    company.database(
        "create table t (a text, b integer, c real, d text); insert into t values ('x', 1, 2, '02/01/2024');",
    );
    let spec = declare(query("select * from t"), "a", of_kind(Kind::Date));
    let spec = declare(spec, "b", formatted("unix"));
    let spec = declare(spec, "c", ColumnSpec { currency: Some("EUR".into()), ..Default::default() });
    let spec = declare(spec, "d", formatted("%d/%m/%Y"));
    let described = company.shop().describe(&spec, &binds()).await.unwrap();
    let expected = [Kind::Date, Kind::Instant, Kind::Money, Kind::Date];
    assert_eq!(described.schema.fields.iter().map(|field| field.kind.unwrap()).collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn instants_at_midnight_look_like_dates_but_stay_instants() {
    let company = Company::new();
    company.database(
        "create table t (due datetime, at datetime);
         insert into t values ('2024-01-02 00:00:00', '2024-01-02 00:00:00'), ('2024-01-03', '2024-01-02 08:00');",
    );
    let described = company.shop().describe(&query("select * from t"), &binds()).await.unwrap();
    assert_eq!(kinds(&described), [("due", Some(Kind::Instant)), ("at", Some(Kind::Instant))]);
    let noticed: Vec<_> = described.notes.iter().map(|note| (note.column.as_str(), &note.what)).collect();
    assert_eq!(noticed, [("due", &Noticed::LooksLikeDate)]);
}

#[tokio::test]
async fn a_file_says_little() {
    let company = Company::new();
    let export = company.export("id,Promised Date,at,note\n00123,2024-01-02,2024-01-02T08:00:00Z,hello\n");
    let renamed = ColumnSpec { from: Some("Promised Date".into()), ..Default::default() };
    let spec = declare(file(), "promised", renamed);
    let described = export.describe(&spec, &binds()).await.unwrap();
    let expected =
        [("id", None), ("promised", Some(Kind::Date)), ("at", Some(Kind::Instant)), ("note", None)];
    assert_eq!(kinds(&described), expected);
}
