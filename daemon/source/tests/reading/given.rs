//! What the tests of this room start from: a folder, a database or a file in it, and short ways to read them.

use std::{fs, path::PathBuf, time::Duration};

use futures_util::StreamExt;
use jiff::tz::TimeZone;
use kaizend_core::rows::{Batch, Fault, Kind};
use kaizend_source::{
    Binds, ColumnSpec, DatasetSpec, Query, RowStream, Settings, Snapshot, Source, Spool, Wanted, csv, sqlite,
};
use tempfile::TempDir;

/// A folder with company data, and one for temporary files.
pub(crate) struct Company {
    pub(crate) data: TempDir,
    pub(crate) spool: TempDir,
}

impl Company {
    pub(crate) fn new() -> Self {
        Self { data: TempDir::new().unwrap(), spool: TempDir::new().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.data.path().join(name)
    }

    /// A database `shop.db` made by `sql`, and the connection of its application.
    pub(crate) fn database(&self, sql: &str) -> rusqlite::Connection {
        let connection = rusqlite::Connection::open(self.path("shop.db")).unwrap();
        connection.busy_timeout(Duration::ZERO).unwrap();
        connection.execute_batch(sql).unwrap();
        connection
    }

    /// The source `shop`: the database, with little patience.
    pub(crate) fn shop(&self) -> Source {
        self.shop_with(|_| {})
    }

    pub(crate) fn shop_with(&self, change: impl FnOnce(&mut sqlite::Settings)) -> Source {
        let mut settings = sqlite::Settings::new(self.path("shop.db"));
        settings.busy_timeout = Duration::from_millis(20);
        change(&mut settings);
        Source::new("shop", Settings::Sqlite(settings)).with_spool(self.spool())
    }

    /// The source `export`: a file `export.csv` with these bytes.
    pub(crate) fn export(&self, bytes: impl AsRef<[u8]>) -> Source {
        self.export_with(bytes, |_| {})
    }

    pub(crate) fn export_with(
        &self,
        bytes: impl AsRef<[u8]>,
        change: impl FnOnce(&mut csv::Settings),
    ) -> Source {
        fs::write(self.path("export.csv"), bytes).unwrap();
        let mut settings = csv::Settings::new(self.path("export.csv"));
        change(&mut settings);
        Source::new("export", Settings::Csv(settings)).with_spool(self.spool())
    }

    pub(crate) fn spool(&self) -> Spool {
        Spool { dir: Some(self.spool.path().to_owned()), ..Spool::default() }
    }

    /// Files that lie in the folder for temporary files.
    pub(crate) fn spooled(&self) -> usize {
        fs::read_dir(self.spool.path()).unwrap().count()
    }
}

/// Monday, 23 November 2026, 08:00 in Sofia.
pub(crate) fn binds() -> Binds {
    Binds { now: "2026-11-23T06:00:00Z".parse().unwrap(), since: None, zone: sofia(), known_at: None }
}

pub(crate) fn sofia() -> TimeZone {
    TimeZone::get("Europe/Sofia").unwrap()
}

/// The dataset `orders` of a database.
pub(crate) fn query(sql: &str) -> DatasetSpec {
    DatasetSpec { query: Query::Sql(sql.to_owned()), ..file() }
}

/// The dataset `orders` of a file.
pub(crate) fn file() -> DatasetSpec {
    DatasetSpec {
        name: "orders".into(),
        query: Query::File,
        key: vec![],
        columns: Default::default(),
        as_of: None,
        zone: sofia(),
    }
}

pub(crate) fn declare(spec: DatasetSpec, column: &str, declared: ColumnSpec) -> DatasetSpec {
    let mut columns = spec.columns;
    columns.insert(column.to_owned(), declared);
    DatasetSpec { columns, ..spec }
}

pub(crate) fn formatted(format: &str) -> ColumnSpec {
    ColumnSpec { format: Some(format.to_owned()), ..Default::default() }
}

pub(crate) fn of_kind(kind: Kind) -> ColumnSpec {
    ColumnSpec { kind: Some(kind), ..Default::default() }
}

pub(crate) fn wanted(columns: &[(&str, Kind)]) -> Vec<Wanted> {
    columns.iter().map(|(name, kind)| Wanted { name: (*name).to_owned(), kind: *kind }).collect()
}

/// The rows of a dataset as one text each: canonical values with a bar between, `-` for null.
pub(crate) async fn rows(
    source: &Source,
    spec: &DatasetSpec,
    columns: &[(&str, Kind)],
) -> Result<Vec<String>, Fault> {
    rows_by(source, spec, columns, &[]).await
}

pub(crate) async fn rows_by(
    source: &Source,
    spec: &DatasetSpec,
    columns: &[(&str, Kind)],
    by: &[&str],
) -> Result<Vec<String>, Fault> {
    let snapshot = source.snapshot(&binds()).await?;
    read(&snapshot, spec, columns, by).await
}

pub(crate) async fn read(
    snapshot: &Snapshot,
    spec: &DatasetSpec,
    columns: &[(&str, Kind)],
    by: &[&str],
) -> Result<Vec<String>, Fault> {
    let by = by.iter().map(|name| (*name).to_owned()).collect();
    drain(snapshot.read(spec, wanted(columns), by).await?).await
}

pub(crate) async fn drain(mut stream: RowStream) -> Result<Vec<String>, Fault> {
    let mut rows = Vec::new();
    while let Some(batch) = stream.next().await {
        rows.extend(shown(&batch?));
    }
    Ok(rows)
}

pub(crate) fn shown(batch: &Batch) -> Vec<String> {
    let row = |row| {
        let cells = (0..batch.columns.len()).map(|column| match batch.value(column, row) {
            Some(value) => value.canonical().into_owned(),
            None => "-".to_owned(),
        });
        cells.collect::<Vec<_>>().join("|")
    };
    (0..batch.len).map(row).collect()
}
