//! How fast a SQLite table becomes batches, against the bare driver reading the same columns.
//!
//! `cargo run --release -p kaizend-source --example scan -- [rows]` makes a table of so many rows (a million
//! unless given) in a temporary folder and prints rows per second and their ratio. Both read the same file in
//! the same mode; the best of five counts.

use std::{
    error::Error,
    io::{Write, stdout},
    path::Path,
    time::Instant,
};

use futures_util::StreamExt;
use jiff::{Timestamp, tz::TimeZone};
use kaizend_core::rows::Kind;
use kaizend_source::{Binds, DatasetSpec, Query, Settings, Source, Wanted, sqlite};
use rusqlite::{Connection, types::ValueRef};

const QUERY: &str = "select id, client, promised, worth from orders";
const ROUNDS: usize = 5;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let rows = std::env::args().nth(1).map_or(Ok(1_000_000), |rows| rows.parse::<u64>())?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("orders.db");
    make(&path, rows)?;
    let (mut bare, mut stream) = (0.0_f64, 0.0_f64);
    for _ in 0..ROUNDS {
        bare = bare.max(rows as f64 / by_driver(&path, rows)?);
        stream = stream.max(rows as f64 / by_stream(&path, rows).await?);
    }
    let ratio = stream / bare;
    writeln!(stdout(), "bare driver {bare:.0} rows/s, stream {stream:.0} rows/s, ratio {ratio:.2}")?;
    Ok(())
}

fn make(path: &Path, rows: u64) -> rusqlite::Result<()> {
    let connection = Connection::open(path)?;
    connection.execute_batch(
        "create table orders (id integer primary key, client text, promised date, worth real)",
    )?;
    connection.execute(
        "insert into orders
         select i, 'client ' || (i % 5000), date('2024-01-01', '+' || (i % 700) || ' days'), i / 7.0 from
           (with recursive n(i) as (select 1 union all select i + 1 from n where i < ?1) select i from n)",
        [rows.cast_signed()],
    )?;
    Ok(())
}

/// Seconds to read every cell with the driver alone.
fn by_driver(path: &Path, rows: u64) -> Result<f64, Box<dyn Error>> {
    let start = Instant::now();
    let connection = Connection::open(path)?;
    let mut statement = connection.prepare(QUERY)?;
    let mut cursor = statement.query([])?;
    let (mut count, mut weight) = (0, 0_usize);
    while let Some(row) = cursor.next()? {
        count += 1;
        for column in 0..4 {
            weight = weight.wrapping_add(match row.get_ref(column)? {
                ValueRef::Null => 0,
                ValueRef::Integer(value) => value as usize,
                ValueRef::Real(value) => value as usize,
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.len(),
            });
        }
    }
    std::hint::black_box(weight);
    assert_eq!(count, rows);
    Ok(start.elapsed().as_secs_f64())
}

/// Seconds to read the same cells as batches.
async fn by_stream(path: &Path, rows: u64) -> Result<f64, Box<dyn Error>> {
    let start = Instant::now();
    let settings = sqlite::Settings { immutable: true, ..sqlite::Settings::new(path) };
    let source = Source::new("orders", Settings::Sqlite(settings));
    let binds = Binds { now: Timestamp::UNIX_EPOCH, since: None, zone: TimeZone::UTC, known_at: None };
    let spec = DatasetSpec {
        name: "orders".into(),
        query: Query::Sql(QUERY.to_owned()),
        key: vec![],
        columns: Default::default(),
        as_of: None,
        zone: TimeZone::UTC,
    };
    let column = |(name, kind): (&str, Kind)| Wanted { name: name.to_owned(), kind };
    let columns =
        [("id", Kind::Integer), ("client", Kind::Text), ("promised", Kind::Date), ("worth", Kind::Real)];
    let snapshot = source.snapshot(&binds).await?;
    let mut stream = snapshot.read(&spec, columns.map(column).into(), vec![]).await?;
    let mut count = 0;
    while let Some(batch) = stream.next().await {
        count += batch?.len as u64;
    }
    assert_eq!(count, rows);
    Ok(start.elapsed().as_secs_f64())
}
