//! Puts batches in order with bounded memory: sorted runs on disk, then one merge.
//!
//! Used where the source cannot give the order itself. The order is the contract's: texts by UTF-8 bytes,
//! everything else by value, nulls last; rows that compare equal keep the order they came in.

mod chunk;
mod merge;
mod prefix;
mod run;

use std::sync::Arc;

use futures_util::StreamExt;
use kaizend_core::rows::{Batch, Fault, Kind};
use tokio::{runtime::Handle, sync::mpsc};
use tokio_stream::wrappers::ReceiverStream;

use crate::{snapshot::RowStream, spool::Spool};
use merge::Merge;
use run::Runs;

/// Batches that may wait for their reader.
const AHEAD: usize = 2;

/// What one sorting is about.
#[derive(Debug)]
struct Plan {
    kinds: Vec<Kind>,
    /// Positions of the columns to order by.
    by: Vec<usize>,
    spool: Spool,
    dataset: String,
}

/// The rows of `stream` ordered by the columns at `by`. Must be called within a Tokio runtime.
pub(crate) fn sorted(
    stream: RowStream,
    kinds: Vec<Kind>,
    by: Vec<usize>,
    spool: Spool,
    dataset: &str,
) -> RowStream {
    let plan = Arc::new(Plan { kinds, by, spool, dataset: dataset.to_owned() });
    let (sender, batches) = mpsc::channel(AHEAD);
    let handle = Handle::current();
    // The task ends with its last batch, or when nobody takes them.
    tokio::task::spawn_blocking(move || {
        if let Err(fault) = sort(&handle, stream, &plan, &sender) {
            drop(sender.blocking_send(Err(fault)));
        }
    });
    Box::pin(ReceiverStream::new(batches))
}

fn sort(
    handle: &Handle,
    mut stream: RowStream,
    plan: &Arc<Plan>,
    sender: &mpsc::Sender<Result<Batch, Fault>>,
) -> Result<(), Fault> {
    let mut runs = Runs::new(Arc::clone(plan));
    while let Some(batch) = handle.block_on(stream.next()) {
        if sender.is_closed() {
            return Ok(());
        }
        runs.add(batch?)?;
    }
    drop(stream);
    let mut merge = Merge::of(runs)?;
    while let Some(batch) = merge.next()? {
        if sender.blocking_send(Ok(batch)).is_err() {
            break;
        }
    }
    Ok(())
}
