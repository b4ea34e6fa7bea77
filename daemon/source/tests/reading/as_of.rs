//! A dataset as it was known at an earlier instant.

use jiff::Timestamp;
use kaizend_core::rows::{FaultClass, Kind};
use kaizend_source::{AsOf, Binds, DatasetSpec, Settings, Source, sqlite};

use crate::given::{Company, binds, declare, file, of_kind, query, read};

const ORDERS: [(&str, Kind); 3] = [("id", Kind::Text), ("promised", Kind::Date), ("kept", Kind::Date)];

fn knowing(spec: DatasetSpec) -> DatasetSpec {
    DatasetSpec { as_of: Some(AsOf { row: "ordered".into(), mask: vec!["kept".into()] }), ..spec }
}

async fn known_at(source: &Source, spec: &DatasetSpec, at: &str) -> Vec<String> {
    let at: Timestamp = at.parse().unwrap();
    let snapshot = source.snapshot(&Binds { known_at: Some(at), ..binds() }).await.unwrap();
    read(&snapshot, spec, &ORDERS, &["kept"]).await.unwrap()
}

#[tokio::test]
async fn later_rows_are_hidden_and_later_values_are_null() {
    let company = Company::new();
    company.database(
        "create table orders (id integer, ordered date, promised date, kept date);
         insert into orders values (1, '1998-01-05', '1998-02-02', '1998-01-20'),
                                   (2, '1998-01-26', '1998-02-01', '1998-02-03'),
                                   (3, '1998-02-02', '1998-03-02', '1998-02-02'),
                                   (4, '1998-02-03', '1998-02-28', null);",
    );
    let bytes = "id,ordered,promised,kept\n1,1998-01-05,1998-02-02,1998-01-20\n2,1998-01-26,1998-02-01,1998-02-03\n\
                 3,1998-02-02,1998-03-02,1998-02-02\n4,1998-02-03,1998-02-28,\n";
    let export = company.export(bytes);
    for (source, spec) in [(company.shop(), query("select * from orders")), (export, file())] {
        let spec = knowing(spec);
        // 23:30 on 2 February in Sofia: a date counts for its whole day there.
        assert_eq!(
            known_at(&source, &spec, "1998-02-02T21:30:00Z").await,
            ["1|1998-02-02|1998-01-20", "3|1998-03-02|1998-02-02", "2|1998-02-01|-"],
            "{}",
            source.name()
        );
        assert_eq!(known_at(&source, &spec, "1998-02-03T12:00:00Z").await.len(), 4);
        let snapshot = source.snapshot(&binds()).await.unwrap();
        assert_eq!(
            read(&snapshot, &spec, &ORDERS, &[]).await.unwrap().len(),
            4,
            "without --as-known all is told"
        );
    }
}

#[tokio::test]
async fn an_instant_is_known_from_its_instant_on() {
    let company = Company::new();
    company.database(
        "create table orders (id integer, ordered text, promised date, kept date);
         insert into orders values (1, '1998-02-02 10:00:00', '1998-02-03', null),
                                   (2, '1998-02-02 10:00:01', '1998-02-03', null);",
    );
    // The texts are seen to be instants in a sample.
    let spec = knowing(query("select * from orders"));
    assert_eq!(known_at(&company.shop(), &spec, "1998-02-02T08:00:00Z").await, ["1|1998-02-03|-"]);
}

#[tokio::test]
async fn what_is_no_moment_cannot_tell_the_past() {
    let company = Company::new();
    company.database("create table orders (id integer, ordered text, promised date, kept date); insert into orders values (1, 'early', null, null);");
    let spec = knowing(query("select * from orders"));
    let at = Binds { known_at: Some(Timestamp::UNIX_EPOCH), ..binds() };
    let snapshot = company.shop().snapshot(&at).await.unwrap();
    let fault = read(&snapshot, &spec, &ORDERS, &[]).await.unwrap_err();
    assert_eq!(fault.class, FaultClass::Column);
    assert!(
        fault.message.contains("`ordered` is named by `as-of` but holds neither dates nor instants"),
        "{fault}"
    );
    let declared = declare(spec, "ordered", of_kind(Kind::Date));
    let fault = read(&snapshot, &declared, &ORDERS, &[]).await.unwrap_err();
    assert!(fault.message.contains("column `ordered` holds `early`, which is no date"), "{fault}");
}

#[tokio::test]
async fn northwind_is_known_as_it_was() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/northwind/northwind.db");
    let source = Source::new("shop", Settings::Sqlite(sqlite::Settings::new(path)));
    let spec = knowing(query(
        "select order_id as id, required_date as promised, shipped_date as kept, order_date as ordered from orders",
    ));
    for (day, overdue) in [("1998-02-02", 2), ("1998-03-02", 0)] {
        let rows = known_at(&source, &spec, &format!("{day}T08:00:00Z")).await;
        let late = |row: &&String| {
            let mut cells = row.split('|').skip(1);
            cells.next().is_some_and(|promised| promised < day) && cells.next() == Some("-")
        };
        assert_eq!(rows.iter().filter(late).count(), overdue, "{day}");
    }
}
