//! Rows a second of this check without a sandbox, over a generated stream: what the sandbox is compared with.
//!
//! `cargo run --release -p repeat-orders --example native_rows -- [ROWS]`. The rows are those of the host's example
//! `generated_rows`: ordered, and one order in a thousand repeats the one before it within a few days.

use std::error::Error;
use std::io::Write;
use std::ops::Range;
use std::time::Instant;

use kaizend_sdk::testing::{self, Batch, Column, Look, Source, Values};

/// Rows of one batch.
const BATCH: u64 = 8192;
/// Orders of one thing by one client.
const GROUP: u64 = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let rows: u64 = std::env::args().nth(1).map_or(Ok(1_000_000), |rows| rows.parse())?;
    let look = Look::default().bind("orders", Generated { rows });
    let began = Instant::now();
    let told = testing::run(repeat_orders::plugin(), look);
    let took = began.elapsed();
    let mut print = std::io::stdout();
    writeln!(print, "{:?}: {rows} rows, {} findings", told.error, told.findings.len())?;
    writeln!(print, "{:.2} million rows/s in {took:.2?}", rows as f64 / took.as_secs_f64() / 1e6)?;
    Ok(())
}

struct Generated {
    rows: u64,
}

impl Source for Generated {
    fn kind(&self, column: &str) -> Option<&'static str> {
        match column {
            "id" | "client" | "thing" => Some("text"),
            "date" => Some("date"),
            _ => None,
        }
    }

    fn open(
        &self,
        columns: &[String],
        _order_by: &[String],
    ) -> Result<Box<dyn Iterator<Item = Batch>>, String> {
        let (rows, columns) = (self.rows, columns.to_vec());
        Ok(Box::new((0..rows.div_ceil(BATCH)).map(move |batch| {
            let range = batch * BATCH..rows.min((batch + 1) * BATCH);
            let columns = columns.iter().map(|name| column(name, range.clone())).collect();
            Batch { len: (range.end - range.start) as usize, member: 0, columns }
        })))
    }
}

fn column(name: &str, rows: Range<u64>) -> Option<Column> {
    let values = match name {
        "id" => texts(rows),
        "client" => texts(rows.map(|row| row / (GROUP * 8))),
        "thing" => texts(rows.map(|row| row / GROUP % 8)),
        "date" => Values::Date(rows.map(day).collect()),
        _ => return None,
    };
    Some(Column { values, nulls: None })
}

/// Forty days after the order before, or, one time in a thousand, ten.
fn day(row: u64) -> i32 {
    let sooner = if row % 1000 == 1 { 30 } else { 0 };
    (row % GROUP * 40) as i32 - sooner
}

/// Ten digits, so that texts are ordered as their numbers are.
fn texts(numbers: impl Iterator<Item = u64>) -> Values {
    let (mut offsets, mut bytes) = (vec![0], Vec::new());
    let mut digits = [b'0'; 10];
    for mut number in numbers {
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (number % 10) as u8;
            number /= 10;
        }
        bytes.extend_from_slice(&digits);
        offsets.push(bytes.len() as u32);
    }
    Values::Text { offsets, bytes }
}
