//! A company for tests: tables in memory, readers that fail or never answer, a ledger, a run.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream};
use jiff::{Timestamp, tz::TimeZone};
use kaizend_core::{
    domain::{DatasetName, Promise, Said, Sighting},
    policy::calendar::Calendar,
    rows::{Batch, Column, Fault, FaultClass, Field, Texts, Values},
};
use kaizend_host::{
    Binding, EmptyLedger, Ending, Failure, Host, Ledger, Limits, Member, Plugin, Reader, Report, Request,
    RowStream, Settings, Wanted,
};

/// One engine for all tests, as in the daemon.
pub(crate) static HOST: LazyLock<Host> = LazyLock::new(|| Host::new(Settings::default()).unwrap());

pub(crate) fn load(bytes: &[u8]) -> Plugin {
    HOST.load(bytes).unwrap_or_else(|refused| panic!("{refused}"))
}

/// Columns by name; `None` is a null.
#[derive(Clone, Default)]
pub(crate) struct Table {
    columns: Vec<(String, Column)>,
    /// Rows of one batch.
    batch: usize,
}

impl Table {
    pub(crate) fn new() -> Self {
        Self { columns: Vec::new(), batch: 1000 }
    }

    pub(crate) fn batches_of(mut self, rows: usize) -> Self {
        self.batch = rows;
        self
    }

    pub(crate) fn texts(self, name: &str, texts: &[Option<&str>]) -> Self {
        let values = Values::Text(texts.iter().map(|text| text.unwrap_or_default()).collect::<Texts>());
        self.with(name, values, &texts.iter().map(Option::is_none).collect::<Vec<_>>())
    }

    pub(crate) fn integers(self, name: &str, integers: impl IntoIterator<Item = i64>) -> Self {
        let values: Vec<i64> = integers.into_iter().collect();
        let nulls = vec![false; values.len()];
        self.with(name, Values::Integer(values), &nulls)
    }

    pub(crate) fn dates(self, name: &str, dates: &[Option<i32>]) -> Self {
        let values = Values::Date(dates.iter().map(|date| date.unwrap_or_default()).collect());
        self.with(name, values, &dates.iter().map(Option::is_none).collect::<Vec<_>>())
    }

    pub(crate) fn instants(self, name: &str, instants: &[Option<i64>]) -> Self {
        let values = Values::Instant(instants.iter().map(|at| at.unwrap_or_default()).collect());
        self.with(name, values, &instants.iter().map(Option::is_none).collect::<Vec<_>>())
    }

    fn with(mut self, name: &str, values: Values, nulls: &[bool]) -> Self {
        let nulls = nulls.contains(&true).then(|| bits(nulls));
        self.columns.push((name.to_owned(), Column { values, nulls }));
        self
    }

    pub(crate) fn fields(&self) -> Vec<Field> {
        let field = |(name, column): &(String, Column)| Field {
            name: name.clone(),
            kind: Some(column.values.kind()),
        };
        self.columns.iter().map(field).collect()
    }

    fn rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, column)| column.values.len())
    }

    fn read(&self, wanted: &[Wanted]) -> Vec<Result<Batch, Fault>> {
        (0..self.rows())
            .step_by(self.batch)
            .map(|from| {
                let rows = from..self.rows().min(from + self.batch);
                let column = |wanted: &Wanted| {
                    let (_, column) =
                        self.columns.iter().find(|(name, _)| *name == wanted.name).expect("it is there");
                    cut(column, rows.clone())
                };
                let columns = wanted.iter().map(column).collect();
                Ok(Batch { len: rows.len(), member: 0, columns })
            })
            .collect()
    }

    pub(crate) fn member(self, dataset: &str) -> Member {
        Member {
            dataset: DatasetName::from(dataset),
            columns: self.fields(),
            key: Vec::new(),
            labels: Vec::new(),
            evidence: Vec::new(),
            partial: false,
            reader: Arc::new(self),
        }
    }
}

impl Reader for Table {
    fn open(&self, columns: Vec<Wanted>, _order_by: Vec<String>) -> BoxFuture<'_, Result<RowStream, Fault>> {
        let batches = self.read(&columns);
        async move { Ok(stream::iter(batches).boxed()) }.boxed()
    }
}

fn bits(flags: &[bool]) -> Vec<u8> {
    let mut bits = vec![0; flags.len().div_ceil(8)];
    flags.iter().enumerate().filter(|(_, flag)| **flag).for_each(|(at, _)| bits[at / 8] |= 1 << (at % 8));
    bits
}

fn cut(column: &Column, rows: std::ops::Range<usize>) -> Column {
    let values = match &column.values {
        Values::Text(texts) => Values::Text(rows.clone().map(|row| texts.get(row)).collect::<Texts>()),
        Values::Integer(values) => Values::Integer(values[rows.clone()].to_vec()),
        Values::Date(values) => Values::Date(values[rows.clone()].to_vec()),
        Values::Instant(values) => Values::Instant(values[rows.clone()].to_vec()),
        other => panic!("tests have no column of {}", other.kind()),
    };
    let nulls: Vec<bool> = rows.map(|row| column.is_null(row)).collect();
    Column { values, nulls: nulls.contains(&true).then(|| bits(&nulls)) }
}

/// Gives one batch, then a fault, or then nothing for ever.
pub(crate) struct Broken {
    pub(crate) table: Table,
    pub(crate) fault: Option<Fault>,
}

impl Reader for Broken {
    fn open(&self, columns: Vec<Wanted>, _order_by: Vec<String>) -> BoxFuture<'_, Result<RowStream, Fault>> {
        let first = stream::iter(self.table.read(&columns).into_iter().take(1));
        let stream = match self.fault.clone() {
            Some(fault) => first.chain(stream::iter([Err(fault)])).boxed(),
            None => first.chain(stream::pending()).boxed(),
        };
        async move { Ok(stream) }.boxed()
    }
}

pub(crate) fn locked() -> Fault {
    Fault::new(FaultClass::Locked, "the database shop.db is locked by another program: try again later")
}

/// A ledger of some promises, by key.
pub(crate) struct Known(pub(crate) BTreeMap<Vec<String>, Promise>);

impl Ledger for Known {
    fn look_up(&self, _dataset: &DatasetName, key: &[String]) -> Option<Promise> {
        self.0.get(key).cloned()
    }
}

pub(crate) fn now() -> Timestamp {
    "2026-11-23T08:00:00Z".parse().unwrap()
}

/// A request without slots.
pub(crate) fn request() -> Request {
    Request {
        check: "test".into(),
        now: now(),
        params: BTreeMap::new(),
        slots: BTreeMap::new(),
        state: BTreeMap::new(),
        calendar: Arc::new(Calendar::office(TimeZone::UTC)),
        ledger: Arc::new(EmptyLedger),
        limits: Limits::default(),
    }
}

pub(crate) fn bound(slot: &str, members: Vec<Member>) -> Request {
    Request { slots: BTreeMap::from([(slot.to_owned(), Binding { members })]), ..request() }
}

/// Runs a plugin file, and gives what it said.
pub(crate) async fn run(bytes: &[u8], request: Request) -> (Report, Vec<Said>) {
    run_loaded(&load(bytes), request).await
}

pub(crate) async fn run_loaded(plugin: &Plugin, request: Request) -> (Report, Vec<Said>) {
    let (out, mut heard) = tokio::sync::mpsc::channel::<Vec<Said>>(4);
    let listening = async {
        let mut said = Vec::new();
        while let Some(chunk) = heard.recv().await {
            assert!(chunk.len() <= 256);
            said.extend(chunk);
        }
        said
    };
    tokio::join!(HOST.run(plugin, request, out), listening)
}

pub(crate) fn failure(report: &Report) -> &Failure {
    match &report.ending {
        Ending::Failed(failure) => failure,
        other => panic!("it should have failed: {other:?}"),
    }
}

pub(crate) fn sightings(said: &[Said]) -> Vec<&Sighting> {
    said.iter().filter_map(as_sighting).collect()
}

fn as_sighting(said: &Said) -> Option<&Sighting> {
    if let Said::Sighting(sighting) = said { Some(sighting) } else { None }
}

/// The first key part of each finding.
pub(crate) fn keys(said: &[Said]) -> Vec<&str> {
    sightings(said).into_iter().map(|sighting| sighting.key[0].as_str()).collect()
}
