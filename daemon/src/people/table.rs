//! A dataset of people, absences or clients, row by row as texts, each with the place where it stands.
//!
//! Everything is read as text: a value that is not what its column should hold is then one person's problem, and
//! not a reading that failed.

use std::{collections::BTreeMap, sync::Arc};

use futures_util::StreamExt;
use kaizend_core::{
    domain::DatasetName,
    policy::people::{Day, Place},
    rows::{Batch, Fault, FaultClass, Kind, Value},
};
use kaizend_source::{Binds, DatasetSpec, Snapshot, Source, Wanted};

use crate::config::Plan;

/// More people than any company has: a table bound by mistake is refused, not held in memory.
const MOST: usize = 1_000_000;

/// The columns of a kind of table. The first is needed; hyphens may be underscores in the data, where SQL would
/// want quotes around the others.
pub(super) type Columns = [&'static str];

/// The tables of one instant: all of one source come from one snapshot of it.
pub(super) struct Tables<'a> {
    plan: &'a Plan,
    binds: &'a Binds,
    taken: BTreeMap<&'a str, (Source, Arc<Snapshot>)>,
}

/// One row.
#[derive(Debug)]
pub(super) struct TextRow<'a> {
    pub(super) place: Place,
    spec: &'a DatasetSpec,
    /// Trimmed texts that are not empty, by column.
    texts: BTreeMap<&'static str, String>,
    names: &'a BTreeMap<&'static str, String>,
}

impl<'a> Tables<'a> {
    pub(super) fn new(plan: &'a Plan, binds: &'a Binds) -> Self {
        Self { plan, binds, taken: BTreeMap::new() }
    }

    /// Reads a dataset to its end.
    pub(super) async fn read<T>(
        &mut self,
        name: &DatasetName,
        columns: &'static Columns,
        row: impl Fn(TextRow<'_>) -> T,
    ) -> Result<Vec<T>, Fault> {
        let plan = self.plan;
        let dataset = plan.datasets.get(name).ok_or_else(|| missing(name, "is not configured"))?;
        let (source, snapshot) = self.source(&dataset.source).await?;
        let spec = dataset.spec();
        let names = names(name, columns, snapshot.describe(&spec).await?.schema.names())?;
        let wanted = names.values().map(|name| Wanted { name: name.clone(), kind: Kind::Text }).collect();
        let mut stream = snapshot.read_placed(&spec, wanted).await?;
        let mut rows = Vec::new();
        while let Some(batch) = stream.next().await {
            let batch = batch?;
            for at in 0..batch.len {
                let place = place(&source, name, &batch, names.len(), at);
                rows.push(row(TextRow {
                    place,
                    spec: &spec,
                    texts: texts(&batch, &names, at),
                    names: &names,
                }));
            }
            if rows.len() > MOST {
                let message =
                    format!("dataset {name} has more than {MOST} rows; is it really a list of people?");
                return Err(Fault::new(FaultClass::Limit, message));
            }
        }
        Ok(rows)
    }

    async fn source(&mut self, name: &'a str) -> Result<(Source, Arc<Snapshot>), Fault> {
        if let Some(taken) = self.taken.get(name) {
            return Ok(taken.clone());
        }
        let source = self
            .plan
            .source(name)
            .ok_or_else(|| Fault::new(FaultClass::Missing, format!("source {name} is not configured")))?;
        let snapshot = Arc::new(source.snapshot(self.binds).await?);
        Ok(self.taken.entry(name).or_insert((source, snapshot)).clone())
    }
}

impl TextRow<'_> {
    pub(super) fn text(&mut self, column: &'static str) -> Option<String> {
        self.texts.remove(column)
    }

    /// A day, as the column's own format has it.
    pub(super) fn day(&mut self, column: &'static str) -> Option<Day> {
        let text = self.texts.remove(column)?;
        let name = self.names.get(column).map_or(column, String::as_str);
        Some(match self.spec.day_of(name, &text) {
            Ok(date) => Day::Is(date),
            Err(why) => Day::Not { column: name.to_owned(), text, why },
        })
    }
}

/// What the data calls each of the columns that it has.
fn names<'n>(
    dataset: &DatasetName,
    columns: &'static Columns,
    found: impl Iterator<Item = &'n str>,
) -> Result<BTreeMap<&'static str, String>, Fault> {
    let mut names: BTreeMap<&'static str, String> = BTreeMap::new();
    for name in found {
        if let Some(column) = columns.iter().find(|column| **column == name.replace('_', "-")) {
            names.entry(column).or_insert_with(|| name.to_owned());
        }
    }
    match columns.first() {
        Some(needed) if !names.contains_key(needed) => {
            Err(missing(dataset, &format!("names people or clients, but has no column `{needed}`")))
        }
        _ => Ok(names),
    }
}

fn missing(dataset: &DatasetName, what: &str) -> Fault {
    Fault::new(FaultClass::Column, format!("dataset {dataset} {what}"))
}

fn texts(
    batch: &Batch,
    names: &BTreeMap<&'static str, String>,
    row: usize,
) -> BTreeMap<&'static str, String> {
    let texts = names.keys().enumerate().filter_map(|(at, column)| {
        let value = batch.value(at, row)?.canonical().into_owned();
        let text = value.trim();
        (!text.is_empty()).then(|| (*column, text.to_owned()))
    });
    texts.collect()
}

/// The last column of a placed reading says it.
fn place(source: &Source, dataset: &DatasetName, batch: &Batch, column: usize, row: usize) -> Place {
    let number = match batch.value(column, row) {
        Some(Value::Integer(number)) => number.unsigned_abs(),
        _ => 0,
    };
    match source.file() {
        Some(file) => Place::File { file: file.display().to_string(), line: number },
        None => Place::Dataset { dataset: dataset.clone(), source: source.name().to_owned(), row: number },
    }
}
