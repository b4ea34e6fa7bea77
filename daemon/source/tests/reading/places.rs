//! Where each row stands: what a message about a row of company data names.

use jiff::civil::date;
use kaizend_core::{policy::people::DayFault, rows::Kind};
use kaizend_source::{AsOf, Binds, DatasetSpec, Source};

use crate::given::{Company, binds, declare, drain, file, formatted, query, wanted};

async fn placed(source: &Source, spec: &DatasetSpec, binds: &Binds) -> Vec<String> {
    let snapshot = source.snapshot(binds).await.unwrap();
    drain(snapshot.read_placed(spec, wanted(&[("id", Kind::Text)])).await.unwrap()).await.unwrap()
}

#[tokio::test]
async fn rows_of_a_file_stand_in_lines() {
    for (bytes, expected, why) in [
        ("id,name\na,x\nb,y\n", vec!["a|2", "b|3"], "after the header"),
        ("id,name\r\na,x\r\nb,y", vec!["a|2", "b|3"], "with CR LF, without the last"),
        ("id,name\na,\"x\n& sons\"\nb,y\n", vec!["a|2", "b|4"], "after a field of two lines"),
        ("id,name\n\na,x\n\n\nb,y\n", vec!["a|3", "b|6"], "after empty lines"),
        ("id,name\r\n\r\na,\"x\r\n& sons\"\r\n\r\nb,y", vec!["a|3", "b|6"], "after empty lines, with CR LF"),
        ("id,name\na,x\n\nb,\"y\n\"", vec!["a|2", "b|4"], "at the end of the file"),
        ("id,name\na,\"x\n\"\nb,y\n", vec!["a|2", "b|4"], "one break of each kind"),
        ("\"id\n\",name\na,x\n", vec!["a|3"], "after a header of two lines"),
    ] {
        let company = Company::new();
        let export = company.export(bytes);
        assert_eq!(export.file(), Some(company.path("export.csv").as_path()));
        assert_eq!(placed(&export, &file(), &binds()).await, expected, "{why}");
    }
}

#[tokio::test]
async fn rows_of_a_query_have_numbers() {
    let company = Company::new();
    company.database("create table staff (id text); insert into staff values ('c'), ('a'), ('b');");
    let shop = company.shop();
    assert_eq!(shop.file(), None);
    assert_eq!(
        placed(&shop, &query("select id from staff order by id desc"), &binds()).await,
        ["c|1", "b|2", "a|3"]
    );
}

#[tokio::test]
async fn hidden_rows_keep_their_places() {
    let company = Company::new();
    let export = company.export("id,hired\na,2020-01-01\nb,2027-01-01\nc,2021-01-01\n");
    let spec = DatasetSpec { as_of: Some(AsOf { row: "hired".into(), mask: vec![] }), ..file() };
    let then = Binds { known_at: Some(binds().now), ..binds() };
    assert_eq!(placed(&export, &spec, &then).await, ["a|2", "c|4"]);
}

#[test]
fn a_text_can_be_asked_for_its_day() {
    let spec = declare(declare(file(), "from", formatted("%d.%m.%Y")), "until", formatted("unix"));
    for (column, text, expected) in [
        ("hired", "2026-11-23", Ok(date(2026, 11, 23))),
        ("hired", " 2026-11-23 09:30 ", Ok(date(2026, 11, 23))),
        ("hired", "2026-11-22T23:30Z", Ok(date(2026, 11, 23))),
        ("hired", "soon", Err(DayFault::Written)),
        ("from", "23.11.2026", Ok(date(2026, 11, 23))),
        ("from", "2026-11-23", Err(DayFault::Format { format: "%d.%m.%Y".to_owned() })),
        ("until", "1795392000", Ok(date(2026, 11, 23))),
        ("until", "17953920000000000", Err(DayFault::TooFar)),
    ] {
        assert_eq!(spec.day_of(column, text), expected, "{column} {text}");
    }
}
