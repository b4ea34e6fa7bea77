//! Merges sorted runs into one: at each step the smallest of the runs' first rows.

use std::{cmp::Ordering, collections::BinaryHeap, fs::File, ops::Range, sync::Arc};

use kaizend_core::rows::{Batch, Fault, compare_rows};

use super::{
    Plan, chunk,
    prefix::prefix,
    run::{Disk, Finished, Place, Runs, copy_row},
};
use crate::builder::BatchBuilder;

/// Gives the rows in order, a batch at a time.
pub(super) struct Merge {
    from: From,
    builder: BatchBuilder,
}

enum From {
    Memory { places: std::vec::IntoIter<Place>, batches: Vec<Batch> },
    Disk { file: File, heads: BinaryHeap<Head> },
}

impl Merge {
    pub(super) fn of(runs: Runs) -> Result<Self, Fault> {
        let builder = BatchBuilder::new(runs.plan.kinds.clone());
        let from = match runs.finish()? {
            Finished::InMemory(places, batches) => From::Memory { places: places.into_iter(), batches },
            Finished::OnDisk(Disk { file, runs }, plan) => {
                let heads = runs.into_iter().enumerate();
                let heads =
                    heads.filter_map(|(number, left)| Head::of(number, left, &file, &plan).transpose());
                let heads = heads.collect::<Result<_, Fault>>()?;
                From::Disk { file, heads }
            }
        };
        Ok(Self { from, builder })
    }

    pub(super) fn next(&mut self) -> Result<Option<Batch>, Fault> {
        while !self.builder.is_full() {
            match &mut self.from {
                From::Memory { places, batches } => {
                    let Some(place) = places.next() else { break };
                    copy_row(&batches[place.batch as usize], place.row as usize, &mut self.builder);
                }
                From::Disk { file, heads } => {
                    let Some(head) = heads.pop() else { break };
                    copy_row(&head.batch, head.row, &mut self.builder);
                    heads.extend(head.next(file)?);
                }
            }
        }
        Ok((!self.builder.is_empty()).then(|| self.builder.take()))
    }
}

/// The first row of a run that is not merged yet.
struct Head {
    batch: Batch,
    row: usize,
    prefix: u64,
    /// Earlier runs hold earlier rows, which go first when rows compare equal.
    number: usize,
    /// The part of the file that is not read yet.
    left: Range<u64>,
    plan: Arc<Plan>,
}

impl Head {
    fn of(number: usize, left: Range<u64>, file: &File, plan: &Arc<Plan>) -> Result<Option<Self>, Fault> {
        if left.is_empty() {
            return Ok(None);
        }
        let read = chunk::read(file, left.start, &plan.kinds);
        let (batch, next) = read.map_err(|error| plan.spool.fault(&error))?;
        let prefix = prefix(&batch, 0, &plan.by);
        Ok(Some(Self { batch, row: 0, prefix, number, left: next..left.end, plan: Arc::clone(plan) }))
    }

    fn next(mut self, file: &File) -> Result<Option<Self>, Fault> {
        self.row += 1;
        if self.row == self.batch.len {
            return Self::of(self.number, self.left, file, &self.plan);
        }
        self.prefix = prefix(&self.batch, self.row, &self.plan.by);
        Ok(Some(self))
    }
}

impl Ord for Head {
    /// A heap gives its greatest first, so the smallest row is the greatest head.
    fn cmp(&self, other: &Self) -> Ordering {
        let by_prefix = other.prefix.cmp(&self.prefix);
        let by_row = || compare_rows((&other.batch, other.row), (&self.batch, self.row), &self.plan.by);
        by_prefix.then_with(by_row).then_with(|| other.number.cmp(&self.number))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head {}
