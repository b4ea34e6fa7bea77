//! One moment of a source, from which any number of datasets can be read, also at the same time.

use std::{fmt, pin::Pin};

use futures_util::Stream;
use kaizend_core::rows::{Batch, Fault};

use crate::{
    binds::Binds,
    csv,
    dataset::{Asked, DatasetSpec, Wanted},
    described::Described,
    note::{Note, Tallies},
    sort::sorted,
    source::{Settings, Source},
    spool::Spool,
    sqlite,
};

/// Batches until the end of the dataset, or a fault, after which nothing more comes. Dropping it stops the
/// reading.
pub type RowStream = Pin<Box<dyn Stream<Item = Result<Batch, Fault>> + Send>>;

/// A reading that has begun.
pub(crate) struct Opened {
    pub(crate) stream: RowStream,
    /// The columns (positions) by which it is still to be sorted.
    pub(crate) sort_by: Option<Vec<usize>>,
}

/// One moment of a source. Everything is released when it and its streams are dropped.
#[derive(Debug)]
pub struct Snapshot {
    held: Held,
    spool: Spool,
    tallies: Tallies,
}

#[derive(Debug)]
enum Held {
    Sqlite(sqlite::Session),
    Csv(csv::Held),
}

impl Snapshot {
    pub(crate) async fn take(source: &Source, binds: &Binds) -> Result<Self, Fault> {
        let (name, spool, tallies) = (source.name().to_owned(), source.spool().clone(), Tallies::default());
        let held = match source.settings().clone() {
            Settings::Sqlite(settings) => {
                let begun =
                    sqlite::Session::begin(name, settings, spool.clone(), binds.clone(), tallies.clone());
                Held::Sqlite(begun.await?)
            }
            Settings::Csv(settings) => {
                Held::Csv(csv::Held::take(name, settings, binds.clone(), tallies.clone()).await?)
            }
        };
        Ok(Self { held, spool, tallies })
    }

    /// The columns of a dataset, as [`Source::describe`] gives them, but of this moment.
    pub async fn describe(&self, spec: &DatasetSpec) -> Result<Described, Fault> {
        match &self.held {
            Held::Sqlite(session) => session.describe(spec).await,
            Held::Csv(file) => file.describe(spec).await,
        }
    }

    /// Reads `columns` of a dataset, in batches of some hundred kilobytes, ordered by `order_by` (names among
    /// `columns`): texts by UTF-8 bytes, everything else by value, nulls last. At most two batches are read
    /// ahead of whoever takes them.
    pub async fn read(
        &self,
        spec: &DatasetSpec,
        columns: Vec<Wanted>,
        order_by: Vec<String>,
    ) -> Result<RowStream, Fault> {
        let kinds = columns.iter().map(|column| column.kind).collect();
        let opened = self.open(spec, Asked { columns, order_by, placed: false }).await?;
        Ok(match opened.sort_by {
            None => opened.stream,
            Some(by) => sorted(opened.stream, kinds, by, self.spool.clone(), spec.name.as_str()),
        })
    }

    /// As [`Self::read`], in the source's own order, with one more column at the end: where each row stands. That
    /// is its line in the file ([`Source::file`]), where the source is one, else its number from 1 on.
    pub async fn read_placed(&self, spec: &DatasetSpec, columns: Vec<Wanted>) -> Result<RowStream, Fault> {
        Ok(self.open(spec, Asked { columns, order_by: Vec::new(), placed: true }).await?.stream)
    }

    async fn open(&self, spec: &DatasetSpec, asked: Asked) -> Result<Opened, Fault> {
        match &self.held {
            Held::Sqlite(session) => session.open(spec, asked).await,
            Held::Csv(file) => file.open(spec, asked).await,
        }
    }

    /// What was noticed in everything that was read to its end.
    pub fn notes(&self) -> Vec<Note> {
        self.tallies.notes()
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened").field("sort_by", &self.sort_by).finish_non_exhaustive()
    }
}
