//! Rows a second of a real check over a generated stream of orders, and the memory it took.
//!
//! `cargo run --release -p kaizend-host --example generated_rows -- PLUGIN.wasm [ROWS]`, where the plugin has
//! one slot `orders` with `id`, `client`, `thing` and `date`, as `repeat-orders` has. Rows come ordered by client,
//! thing, date and id; one order in a thousand repeats the one before it within a few days.

use std::{
    collections::BTreeMap,
    error::Error,
    io::Write,
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream};
use jiff::tz::TimeZone;
use kaizend_core::{
    policy::calendar::Calendar,
    rows::{Batch, Column, Fault, Field, Kind, Texts, TextsBuilder, Values},
};
use kaizend_host::{
    Binding, EmptyLedger, Host, Limits, Member, Reader, Request, RowStream, Settings, Wanted, componentize,
};

/// Rows of one batch.
const BATCH: u64 = 8192;
/// Orders of one thing by one client.
const GROUP: u64 = 4;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("which plugin? PLUGIN.wasm [ROWS]")?;
    let rows: u64 = arguments.next().map_or(Ok(1_000_000), |rows| rows.parse())?;
    let bytes = std::fs::read(path)?;
    let host = Host::new(Settings::default())?;
    let plugin = host.load(&componentize(&bytes).unwrap_or(bytes))?;
    let (out, mut heard) = tokio::sync::mpsc::channel::<Vec<kaizend_core::domain::Said>>(4);
    let began = Instant::now();
    let count = async {
        let mut said = 0;
        while let Some(chunk) = heard.recv().await {
            said += chunk.len();
        }
        said
    };
    let (report, said) = tokio::join!(host.run(&plugin, request(rows), out), count);
    let took = began.elapsed();
    let mut print = std::io::stdout();
    writeln!(print, "{:?}: {rows} rows, {} findings, {said} things said", report.ending, report.findings)?;
    writeln!(print, "{:.2} million rows/s in {took:.2?}", rows as f64 / took.as_secs_f64() / 1e6)?;
    writeln!(
        print,
        "the plugin: {:.0} ns a row, {} KiB of memory",
        report.cpu.as_nanos() as f64 / rows as f64,
        report.peak_memory >> 10
    )?;
    Ok(())
}

fn request(rows: u64) -> Request {
    let columns =
        [("id", Kind::Integer), ("client", Kind::Text), ("thing", Kind::Text), ("date", Kind::Date)];
    let member = Member {
        dataset: "generated".into(),
        columns: columns.map(|(name, kind)| Field { name: name.to_owned(), kind: Some(kind) }).to_vec(),
        key: vec!["id".to_owned()],
        labels: Vec::new(),
        evidence: Vec::new(),
        partial: false,
        reader: Arc::new(Generated { rows }),
    };
    Request {
        check: "generated".into(),
        now: jiff::Timestamp::UNIX_EPOCH,
        params: BTreeMap::new(),
        slots: BTreeMap::from([("orders".to_owned(), Binding { members: vec![member] })]),
        state: BTreeMap::new(),
        calendar: Arc::new(Calendar::office(TimeZone::UTC)),
        ledger: Arc::new(EmptyLedger),
        limits: Limits { cpu: Duration::from_secs(600), ..Limits::default() },
    }
}

struct Generated {
    rows: u64,
}

impl Reader for Generated {
    fn open(&self, columns: Vec<Wanted>, _order_by: Vec<String>) -> BoxFuture<'_, Result<RowStream, Fault>> {
        let rows = self.rows;
        let batches = (0..rows.div_ceil(BATCH)).map(move |batch| {
            let range = batch * BATCH..rows.min((batch + 1) * BATCH);
            let columns = columns.iter().map(|wanted| column(wanted, range.clone())).collect();
            Ok(Batch { len: (range.end - range.start) as usize, member: 0, columns })
        });
        async move { Ok(stream::iter(batches).boxed()) }.boxed()
    }
}

fn column(wanted: &Wanted, rows: std::ops::Range<u64>) -> Column {
    let number = |row: u64| match wanted.name.as_str() {
        "client" => row / (GROUP * 8),
        "thing" => row / GROUP % 8,
        _ => row,
    };
    let values = match wanted.kind {
        Kind::Date => Values::Date(rows.map(day).collect()),
        Kind::Integer => Values::Integer(rows.map(|row| row as i64).collect()),
        _ => Values::Text(texts(rows.map(number))),
    };
    Column { values, nulls: None }
}

/// Forty days after the order before, or, one time in a thousand, ten.
fn day(row: u64) -> i32 {
    let sooner = if row % 1000 == 1 { 30 } else { 0 };
    (row % GROUP * 40) as i32 - sooner
}

/// Ten digits, so that texts are ordered as their numbers are.
fn texts(numbers: impl Iterator<Item = u64>) -> Texts {
    let mut texts = TextsBuilder::default();
    let mut digits = [b'0'; 10];
    for mut number in numbers {
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (number % 10) as u8;
            number /= 10;
        }
        texts.push(std::str::from_utf8(&digits).unwrap_or_default());
    }
    texts.finish()
}
