//! What a reading noticed about the data without failing: for the report, never silently mended.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::StreamExt;
use jiff::{Timestamp, civil::date, tz::TimeZone};
use kaizend_core::{
    domain::DatasetName,
    rows::{Batch, Values},
};
use kaizend_host::{RowStream, Wanted};
use kaizend_source::{Described, Snapshot};

/// Collects remarks while datasets are described and read.
#[derive(Clone, Default)]
pub(super) struct Remarks {
    described: BTreeSet<String>,
    snapshots: Vec<Arc<Snapshot>>,
    later: Option<Later>,
}

impl Remarks {
    /// `hindsight`: also count the values that lie after `now`, because the data is looked at as of the past.
    pub(super) fn new(hindsight: bool, now: Timestamp, zone: &TimeZone) -> Self {
        Self { later: hindsight.then(|| Later::new(now, zone)), ..Self::default() }
    }

    pub(super) fn of_description(&mut self, described: &Described) {
        self.described.extend(described.notes.iter().map(ToString::to_string));
    }

    pub(super) fn of_snapshot(&mut self, snapshot: &Arc<Snapshot>) {
        self.snapshots.push(Arc::clone(snapshot));
    }

    /// Lets a stream pass, and counts what lies after now.
    ///
    /// Columns of `future` are promises: that they lie ahead is their nature.
    pub(super) fn watch(
        &self,
        dataset: &DatasetName,
        columns: &[Wanted],
        future: &[String],
        stream: RowStream,
    ) -> RowStream {
        let Some(later) = self.later.clone() else { return stream };
        let dataset = dataset.clone();
        let watched = |wanted: &Wanted| (!future.contains(&wanted.name)).then(|| wanted.name.clone());
        let names: Vec<Option<String>> = columns.iter().map(watched).collect();
        stream
            .inspect(move |batch| {
                if let Ok(batch) = batch {
                    later.count(&dataset, &names, batch);
                }
            })
            .boxed()
    }

    /// Everything that was noticed, once each.
    pub(super) fn sentences(&self) -> Vec<String> {
        let mut all = self.described.clone();
        all.extend(self.snapshots.iter().flat_map(|snapshot| snapshot.notes()).map(|note| note.to_string()));
        all.into_iter().chain(self.later.iter().flat_map(Later::sentences)).collect()
    }
}

/// Counts of values after `now`, by dataset and column.
#[derive(Clone)]
struct Later {
    day: i32,
    instant: i64,
    counts: Arc<Mutex<BTreeMap<(DatasetName, String), u64>>>,
}

impl Later {
    fn new(now: Timestamp, zone: &TimeZone) -> Self {
        let today = zone.to_datetime(now).date();
        let day = date(1970, 1, 1).until(today).map_or(0, |span| span.get_days());
        Self { day, instant: now.as_microsecond(), counts: Arc::default() }
    }

    fn count(&self, dataset: &DatasetName, names: &[Option<String>], batch: &Batch) {
        for (name, column) in names.iter().zip(&batch.columns) {
            let Some(name) = name else { continue };
            let is_later: Box<dyn Fn(usize) -> bool> = match &column.values {
                Values::Date(days) => Box::new(|row| days[row] > self.day),
                Values::Instant(instants) => Box::new(|row| instants[row] > self.instant),
                _ => continue,
            };
            let later = (0..batch.len).filter(|&row| !column.is_null(row) && is_later(row)).count();
            if later > 0 {
                let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
                *counts.entry((dataset.clone(), name.clone())).or_default() += later as u64;
            }
        }
    }

    fn sentences(&self) -> Vec<String> {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let said = |((dataset, column), count): (&(DatasetName, String), &u64)| {
            format!(
                "dataset {dataset}: {count} values of `{column}` lie after the moment that was asked for; the table is \
                 read as it is today (--as-known hides what was not known then)"
            )
        };
        counts.iter().map(said).collect()
    }
}
