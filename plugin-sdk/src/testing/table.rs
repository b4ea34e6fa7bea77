//! A dataset of a fixture: a few rows in memory, sorted on request, in batches small enough that every fixture crosses
//! the bounds between them.

use std::cmp::Ordering;
use std::path::Path;

use super::batch::{Batch, Column, Source, Values};
use super::cell::Cell;
use super::fixture::Dataset;
use crate::manifest::{self, Ask, Slot};

/// A column that a plugin asks for, as far as a table has to know.
#[derive(Clone, Debug)]
pub struct Asked {
    /// As in the dataset.
    pub name: String,
    /// What it must hold.
    pub ask: Ask,
    /// The dataset may lack it.
    pub optional: bool,
    /// Its values may be null.
    pub nullable: bool,
}

impl Asked {
    /// The columns of a declared slot.
    pub fn of(slot: &Slot) -> Vec<Self> {
        let asked = |column: &manifest::Column| Self {
            name: column.name.to_owned(),
            ask: column.kind,
            optional: column.optional,
            nullable: column.nullable,
        };
        slot.columns.iter().map(asked).collect()
    }
}

/// Rows in memory.
#[derive(Clone, Debug, Default)]
pub struct Table {
    columns: Vec<(String, &'static str)>,
    rows: Vec<Row>,
    members: Vec<String>,
}

#[derive(Clone, Debug)]
struct Row {
    member: u32,
    cells: Vec<Option<Cell>>,
}

/// Rows in a batch.
const BATCH: usize = 3;

impl Table {
    /// The datasets that a fixture binds to a slot; CSV files are in `folder`. A required column is always there; an
    /// optional one when a row has a value in it, or the dataset names it.
    pub fn read(asked: &[Asked], datasets: &[Dataset], folder: &Path) -> Result<Self, String> {
        let mut tables = Vec::new();
        for dataset in datasets {
            tables.push(dataset.rows(folder)?);
        }
        let is_there = |column: &&Asked| {
            !column.optional
                || tables.iter().flatten().any(|row| row.contains_key(&column.name))
                || datasets.iter().any(|dataset| dataset.columns.contains(&column.name))
        };
        let asked_there: Vec<&Asked> = asked.iter().filter(is_there).collect();
        let mut table = Self {
            columns: asked_there.iter().map(|column| (column.name.clone(), "")).collect(),
            ..Self::default()
        };
        for (member, (rows, dataset)) in tables.iter().zip(datasets).enumerate() {
            let name = dataset.name.clone().unwrap_or_else(|| format!("dataset-{}", member + 1));
            for (at, row) in rows.iter().enumerate() {
                let wrong = |why| format!("row {} of `{name}`: {why}", at + 1);
                if let Some(stranger) =
                    row.keys().find(|name| asked.iter().all(|column| column.name != **name))
                {
                    return Err(wrong(format!("the slot does not ask for a column `{stranger}`")));
                }
                table.take(&asked_there, member as u32, row).map_err(wrong)?;
            }
            table.members.push(name);
        }
        for ((_, kind), column) in table.columns.iter_mut().zip(asked_there) {
            if kind.is_empty() {
                *kind = empty_kind(column.ask);
            }
        }
        Ok(table)
    }

    /// The datasets, by name.
    pub fn members(&self) -> &[String] {
        &self.members
    }

    fn take(&mut self, asked: &[&Asked], member: u32, row: &toml::Table) -> Result<(), String> {
        let mut cells = Vec::new();
        for ((name, kind), column) in self.columns.iter_mut().zip(asked) {
            let cell = match row.get(name) {
                Some(value) => Some(Cell::read(value, column.ask).map_err(|why| format!("`{name}`: {why}"))?),
                None if column.nullable => None,
                None => return Err(format!("`{name}` is missing, and it is not nullable")),
            };
            if let Some(cell) = &cell {
                if !kind.is_empty() && *kind != cell.kind() {
                    return Err(format!("`{name}` is of the kind {}, and above it was {kind}", cell.kind()));
                }
                *kind = cell.kind();
            }
            cells.push(cell);
        }
        self.rows.push(Row { member, cells });
        Ok(())
    }

    fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|(name, _)| name == column)
    }
}

/// The kind of a column without a value.
fn empty_kind(ask: Ask) -> &'static str {
    match ask {
        Ask::Key => "text",
        Ask::When => "date",
        ask => ask.name(),
    }
}

impl Source for Table {
    fn kind(&self, column: &str) -> Option<&'static str> {
        self.position(column).map(|at| self.columns[at].1)
    }

    fn open(
        &self,
        columns: &[String],
        order_by: &[String],
    ) -> Result<Box<dyn Iterator<Item = Batch>>, String> {
        let order: Vec<usize> = order_by.iter().filter_map(|name| self.position(name)).collect();
        let mut rows = self.rows.clone();
        rows.sort_by(|left, right| compare(left, right, &order));
        let wanted: Vec<Option<(usize, &str)>> =
            columns.iter().map(|name| self.position(name).map(|at| (at, self.columns[at].1))).collect();
        // A batch is of one dataset, as in the daemon.
        let chunks =
            rows.chunk_by(|left, right| left.member == right.member).flat_map(|chunk| chunk.chunks(BATCH));
        let batches: Vec<Batch> = chunks.map(|rows| batch(rows, &wanted)).collect();
        Ok(Box::new(batches.into_iter()))
    }
}

fn compare(left: &Row, right: &Row, order: &[usize]) -> Ordering {
    let compare = |&at: &usize| match (&left.cells[at], &right.cells[at]) {
        (Some(left), Some(right)) => left.order(right),
        // Nulls last.
        (left, right) => right.is_some().cmp(&left.is_some()),
    };
    order.iter().map(compare).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

fn batch(rows: &[Row], wanted: &[Option<(usize, &str)>]) -> Batch {
    let column = |at: usize, kind: &str| column(rows.iter().map(|row| row.cells[at].as_ref()), kind);
    Batch {
        len: rows.len(),
        member: rows.first().map_or(0, |row| row.member),
        columns: wanted.iter().map(|wanted| wanted.map(|(at, kind)| column(at, kind))).collect(),
    }
}

fn column<'a>(cells: impl ExactSizeIterator<Item = Option<&'a Cell>> + Clone, kind: &str) -> Column {
    let mut nulls = vec![0; cells.len().div_ceil(8)];
    for (row, cell) in cells.clone().enumerate() {
        nulls[row / 8] |= u8::from(cell.is_none()) << (row % 8);
    }
    let nulls = nulls.iter().any(|&bits| bits != 0).then_some(nulls);
    Column { values: values(cells, kind), nulls }
}

fn values<'a>(cells: impl Iterator<Item = Option<&'a Cell>>, kind: &str) -> Values {
    macro_rules! all {
        ($($cell:ident($($value:ident),+) => $see:expr),+) => {
            cells.map(|cell| match cell { $(Some(Cell::$cell($($value),+)) => $see,)+ _ => Default::default() }).collect()
        };
    }
    match kind {
        "integer" => Values::Integer(all!(Integer(number) => *number)),
        "real" => Values::Real(all!(Real(number) => *number)),
        "boolean" => Values::Boolean(all!(Boolean(yes) => u8::from(*yes))),
        "date" => Values::Date(all!(Date(date) => date.days())),
        "instant" => Values::Instant(all!(Instant(instant) => instant.micros())),
        "money" => {
            let amounts: Vec<(i64, String)> =
                all!(Money(minor_units, currency) => (*minor_units, currency.clone()));
            let (offsets, bytes) = texts(amounts.iter().map(|(_, currency)| currency.as_str()));
            Values::Money { minor_units: amounts.iter().map(|(amount, _)| *amount).collect(), offsets, bytes }
        }
        _ => {
            let all: Vec<String> = all!(Text(text) => text.clone());
            let (offsets, bytes) = texts(all.iter().map(String::as_str));
            Values::Text { offsets, bytes }
        }
    }
}

fn texts<'a>(texts: impl Iterator<Item = &'a str>) -> (Vec<u32>, Vec<u8>) {
    let (mut offsets, mut bytes) = (vec![0], Vec::new());
    for text in texts {
        bytes.extend_from_slice(text.as_bytes());
        offsets.push(bytes.len() as u32);
    }
    (offsets, bytes)
}
