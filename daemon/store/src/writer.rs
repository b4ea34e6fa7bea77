//! The one thread that writes. Requests that wait together share a transaction, so that many small writes
//! cost one fsync; each has a savepoint, so that a refused one takes nobody with it. Each transaction that changes
//! anything ends with its row of the audit.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    thread::JoinHandle,
};

use jiff::Timestamp;
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::{
    StoreError,
    audit::chain::{self, Mark},
    connection,
};

/// Requests that share a transaction at most: bounds how long the first of them waits for its answer.
const GROUP: usize = 128;
/// Requests that wait at most; beyond it, the callers wait.
pub(crate) const QUEUE: usize = 1024;

/// One thing to write, or the end.
pub(crate) enum Request {
    Work(Work),
    Stop,
}

/// Does its work in the open transaction, or learns why there is none.
type Work = Box<dyn FnOnce(Result<&Connection, &str>) -> Done + Send>;

/// A piece of work that was done within the transaction, and waits for the commit.
pub(crate) struct Done {
    keep: bool,
    /// Tells the caller; its argument says why the commit failed, if it did.
    answer: Box<dyn FnOnce(Option<String>) + Send>,
}

impl Request {
    pub(crate) fn work<T: Send + 'static>(
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
        answer: oneshot::Sender<Result<T, StoreError>>,
    ) -> Self {
        Self::Work(Box::new(move |transaction| {
            let result = match transaction {
                Ok(connection) => work(connection),
                Err(why) => Err(StoreError::NotCommitted { why: why.to_owned() }),
            };
            let keep = result.is_ok();
            let answer = Box::new(move |failed: Option<String>| {
                let result = match failed {
                    Some(why) if keep => Err(StoreError::NotCommitted { why }),
                    _ => result,
                };
                // A caller that no longer waits needs no answer.
                let _gone = answer.send(result);
            });
            Done { keep, answer }
        }))
    }
}

/// Starts the thread; it ends at [`Request::Stop`] or when nobody can ask any more.
pub(crate) fn start(
    connection: Connection,
    requests: mpsc::Receiver<Request>,
) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name("store-writer".to_owned()).spawn(move || serve(&connection, requests))
}

fn serve(connection: &Connection, mut requests: mpsc::Receiver<Request>) {
    let mut stopping = false;
    while !stopping {
        let Some(first) = requests.blocking_recv() else { break };
        let mut group = Vec::new();
        let mut next = Some(first);
        while let Some(request) = next {
            match request {
                Request::Work(work) => group.push(work),
                Request::Stop => stopping = true,
            }
            next = if stopping || group.len() == GROUP { None } else { requests.try_recv().ok() };
        }
        write_group(connection, group);
    }
    // No `PRAGMA optimize`: the queries are made for their indices, and numbers of a young store mislead.
    if let Err(why) = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)") {
        tracing::warn!(%why, "the store's WAL was not folded into its file: the next start does it");
    }
}

fn write_group(connection: &Connection, group: Vec<Work>) {
    if group.is_empty() {
        return;
    }
    let (mark, mut broken) = match begin(connection) {
        Ok(mark) => (Some(mark), None),
        Err(why) => (None, Some(why.to_string())),
    };
    let mut done = Vec::with_capacity(group.len());
    for work in group {
        if let Some(why) = &broken {
            done.push(work(Err(why)));
            continue;
        }
        done.extend(write_one(connection, work));
        // Some failures (a full disk) undo the whole transaction, not only the savepoint.
        if connection.is_autocommit() {
            broken = Some("the database undid the whole transaction".to_owned());
        }
    }
    let failed = broken.or_else(|| commit(connection, mark).err());
    if let Some(why) = &failed {
        tracing::error!(why, requests = done.len(), "the store did not commit");
        mend_staging(connection);
    }
    for one in done {
        (one.answer)(failed.clone());
    }
}

fn write_one(connection: &Connection, work: Work) -> Option<Done> {
    if let Err(why) = connection.execute_batch("SAVEPOINT one") {
        tracing::error!(%why, "the store could not begin a request");
        return None;
    }
    let done = catch_unwind(AssertUnwindSafe(|| work(Ok(connection)))).ok();
    if connection.is_autocommit() {
        return done;
    }
    let keep = done.as_ref().is_some_and(|done| done.keep);
    let end = if keep { "RELEASE one" } else { "ROLLBACK TO one; RELEASE one" };
    if let Err(why) = connection.execute_batch(end) {
        tracing::error!(%why, "the store could not end a request: its whole group is undone");
        if let Err(why) = connection.execute_batch("ROLLBACK") {
            tracing::error!(%why, "the store could not undo a group");
        }
    }
    done
}

/// A transaction that changes nothing fails only where the staging does: then it begins anew.
fn mend_staging(connection: &Connection) {
    let probe = connection.execute_batch("BEGIN IMMEDIATE").map_err(|why| why.to_string());
    let Err(why) = probe.and_then(|()| commit(connection, None)) else { return };
    tracing::error!(why, "what runs say can no longer be kept aside; what was kept is dropped");
    if let Err(why) = connection::renew_staging(connection) {
        tracing::error!(%why, "nothing can be kept aside: is the disk for temporary files full?");
    }
}

fn begin(connection: &Connection) -> Result<Mark, StoreError> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    chain::begin(connection)
}

/// Commits the group together with its row of the audit, or undoes it.
#[expect(clippy::disallowed_methods, reason = "a row of the audit says when it was written")]
fn commit(connection: &Connection, mark: Option<Mark>) -> Result<(), String> {
    let row = mark.map_or(Ok(()), |mark| chain::close(connection, mark, Timestamp::now()));
    let committed = row.and_then(|()| Ok(connection.execute_batch("COMMIT")?));
    committed.map_err(|why| {
        if !connection.is_autocommit()
            && let Err(why) = connection.execute_batch("ROLLBACK")
        {
            tracing::error!(%why, "the store could not undo a failed commit");
        }
        why.to_string()
    })
}
