//! Runs: as many rows as memory may hold, sorted, one run after the other in one nameless file.

use std::{fs::File, os::unix::fs::FileExt, sync::Arc};

use kaizend_core::rows::{Batch, Fault, FaultClass, compare_rows};

use super::{Plan, chunk, prefix::prefix};
use crate::builder::BatchBuilder;

/// Bytes of rows that a merge holds of each run.
const CHUNK: usize = 64 << 10;
/// So a merge never holds more than 32 MiB of them.
const MOST_RUNS: usize = 512;

/// Rows that wait for their order: some in memory, the others in sorted runs on disk.
pub(super) struct Runs {
    pub(super) plan: Arc<Plan>,
    waiting: Vec<Batch>,
    /// Bytes of `waiting`, and of the order that sorting it will need.
    bytes: usize,
    disk: Option<Disk>,
}

/// The file, and where each run lies in it.
pub(super) struct Disk {
    pub(super) file: File,
    pub(super) runs: Vec<std::ops::Range<u64>>,
}

/// Where a row is: the prefix of its order, its batch, its place there.
#[derive(Clone, Copy)]
pub(super) struct Place {
    prefix: u64,
    pub(super) batch: u32,
    pub(super) row: u32,
}

impl Runs {
    pub(super) fn new(plan: Arc<Plan>) -> Self {
        Self { plan, waiting: Vec::new(), bytes: 0, disk: None }
    }

    pub(super) fn add(&mut self, batch: Batch) -> Result<(), Fault> {
        self.bytes += batch.size() + batch.len * size_of::<Place>();
        self.waiting.push(batch);
        if self.bytes >= self.plan.spool.memory { self.spill() } else { Ok(()) }
    }

    /// Everything on disk, or everything in memory when it fits: then with its order.
    pub(super) fn finish(mut self) -> Result<Finished, Fault> {
        if self.disk.is_some() {
            self.spill()?;
        }
        Ok(match self.disk {
            Some(disk) => Finished::OnDisk(disk, self.plan),
            None => Finished::InMemory(sort(&self.waiting, &self.plan.by), self.waiting),
        })
    }

    fn spill(&mut self) -> Result<(), Fault> {
        let places = sort(&self.waiting, &self.plan.by);
        let spool = &self.plan.spool;
        let disk = match &mut self.disk {
            Some(disk) => disk,
            none => none.insert(Disk { file: spool.nameless()?, runs: Vec::new() }),
        };
        let start = disk.runs.last().map_or(0, |run| run.end);
        let mut end = start;
        let mut builder = BatchBuilder::with_size(self.plan.kinds.clone(), CHUNK);
        let mut bytes = Vec::with_capacity(2 * CHUNK);
        for (at, place) in places.iter().enumerate() {
            copy_row(&self.waiting[place.batch as usize], place.row as usize, &mut builder);
            if !builder.is_full() && at + 1 < places.len() {
                continue;
            }
            bytes.clear();
            chunk::write(&builder.take(), &mut bytes);
            if end + bytes.len() as u64 > spool.at_most {
                return Err(self.plan.too_large());
            }
            disk.file.write_all_at(&bytes, end).map_err(|error| spool.fault(&error))?;
            end += bytes.len() as u64;
        }
        disk.runs.push(start..end);
        if disk.runs.len() > MOST_RUNS {
            return Err(self.plan.too_many_runs());
        }
        self.waiting.clear();
        self.bytes = 0;
        Ok(())
    }
}

pub(super) enum Finished {
    InMemory(Vec<Place>, Vec<Batch>),
    OnDisk(Disk, Arc<Plan>),
}

impl Plan {
    fn too_large(&self) -> Fault {
        let what = format!("dataset {}: sorting its rows", self.dataset);
        self.spool.too_large(&what, "let the source keep an index in that order")
    }

    fn too_many_runs(&self) -> Fault {
        let mib = self.spool.memory >> 20;
        let text = format!(
            "dataset {}: {mib} MiB of memory are too little to sort its rows: allow more",
            self.dataset
        );
        Fault::new(FaultClass::Limit, text)
    }
}

/// The order of the rows of some batches.
fn sort(batches: &[Batch], by: &[usize]) -> Vec<Place> {
    let mut places = Vec::with_capacity(batches.iter().map(|batch| batch.len).sum());
    for (at, batch) in batches.iter().enumerate() {
        let place = |row| Place { prefix: prefix(batch, row, by), batch: at as u32, row: row as u32 };
        places.extend((0..batch.len).map(place));
    }
    let row = |place: &Place| (&batches[place.batch as usize], place.row as usize);
    // The place itself comes last, so that equal rows keep their order without a stable sort's extra memory.
    places.sort_unstable_by(|left, right| {
        left.prefix
            .cmp(&right.prefix)
            .then_with(|| compare_rows(row(left), row(right), by))
            .then_with(|| (left.batch, left.row).cmp(&(right.batch, right.row)))
    });
    places
}

/// Appends a row of a batch to another that is being built of the same columns.
pub(super) fn copy_row(batch: &Batch, row: usize, builder: &mut BatchBuilder) {
    for column in 0..batch.columns.len() {
        builder.push(column, batch.value(column, row));
    }
    builder.end_row();
}
