//! The seam to the company's data: anything that opens a stream of batches can feed a plugin.
//!
//! The host knows no files and no servers. A reader stands for one dataset within the snapshot of one run.

use std::pin::Pin;

use futures_util::{Stream, future::BoxFuture};
use kaizend_core::{
    domain::{DatasetName, Promise},
    rows::{Batch, Fault, Kind},
};

/// Batches until the end of the dataset, or a fault, after which nothing more is read.
pub type RowStream = Pin<Box<dyn Stream<Item = Result<Batch, Fault>> + Send>>;

/// A column to read, and the kind to deliver it as.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wanted {
    pub name: String,
    /// `Text` of an integer column is its decimal text.
    pub kind: Kind,
}

/// One dataset, ready to be read; it may be opened several times in a run.
pub trait Reader: Send + Sync {
    /// Opens the dataset. Each batch has the columns of `columns`, in that order. Rows come ordered by the
    /// columns `order_by` (names of some of `columns`; texts by bytes, everything else by value, nulls last);
    /// the host checks it.
    fn open(&self, columns: Vec<Wanted>, order_by: Vec<String>) -> BoxFuture<'_, Result<RowStream, Fault>>;
}

/// What the ledger knew of promises before this run.
pub trait Ledger: Send + Sync {
    /// The promise with this canonical key; `None` when the ledger does not know it. Called for each row of a
    /// ledger slot, so it must answer from memory or a local index.
    fn look_up(&self, dataset: &DatasetName, key: &[String]) -> Option<Promise>;
}

/// What looks promises up elsewhere is a ledger as it is.
impl<F> Ledger for F
where
    F: Fn(&DatasetName, &[String]) -> Option<Promise> + Send + Sync,
{
    fn look_up(&self, dataset: &DatasetName, key: &[String]) -> Option<Promise> {
        self(dataset, key)
    }
}

/// A ledger that knows nothing, for slots without promises and for first looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct EmptyLedger;

impl Ledger for EmptyLedger {
    fn look_up(&self, _dataset: &DatasetName, _key: &[String]) -> Option<Promise> {
        None
    }
}
