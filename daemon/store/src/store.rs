//! The store as the rest of the daemon holds it: a handle that queues writes for one writer thread and reads
//! on connections of its own. What was answered is committed; what was not answered may be repeated.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread::JoinHandle,
};

use rusqlite::Connection;
use tempfile::TempDir;
use tokio::sync::{mpsc, oneshot};

use crate::{OpenError, reader::Readers, writer::Request};

/// A handle; clones share one writer. Dropping the last one lets the writer end; [`Store::close`] waits for it.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) shared: Arc<Shared>,
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) path: PathBuf,
    pub(crate) requests: mpsc::Sender<Request>,
    pub(crate) readers: Readers,
    pub(crate) writer: Mutex<Option<JoinHandle<()>>>,
    /// Holds the folder of a temporary store until its last handle is gone.
    pub(crate) _folder: Option<TempDir>,
}

/// Why the store did not do what it was asked. Nothing of a refused request is written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("the store's database refused: {0}")]
    Database(#[from] rusqlite::Error),
    #[error("the store could not commit, so nothing of it counts: {why}; check the disk, then try again")]
    NotCommitted { why: String },
    #[error(
        "the store's writer gave no answer: it was stopped, or the request panicked; the log has the cause"
    )]
    Stopped,
    #[error("a row of the store cannot be read as {what}: {why}; restore a backup or report the defect")]
    Unreadable { what: String, why: String },
    #[error("run {run} is {state}, not running: another process took it over; what it says no longer counts")]
    NotRunning { run: i64, state: String },
    #[error(
        "what run {run} had said is lost, because the disk for temporary files took no more; nothing of it counts"
    )]
    StagingLost { run: i64 },
    #[error("the decision about {decided} was given for {asked}: nothing is written, report the defect")]
    WrongFinding { asked: String, decided: String },
    #[error("{0}; nothing is written, report the defect")]
    Disorder(String),
    #[error("notice {notice} is {state}, so it cannot go into another mail; nothing is written")]
    NoticeNotDue { notice: i64, state: String },
    #[error(
        "mail {mail} was claimed again by somebody else, or decided by a person: this answer is too late"
    )]
    ClaimLost { mail: i64 },
    #[error("a run of {check} is going; try again when it has ended")]
    CheckRuns { check: String },
    #[error("the list cannot go on after {0}: it is gone; start the list again")]
    CursorGone(String),
    #[error("{what} {path}: {why}")]
    File { what: &'static str, path: PathBuf, why: String },
}

impl Store {
    /// The database file.
    pub fn path(&self) -> &Path {
        &self.shared.path
    }

    /// Stops the writer after what is queued, folds the WAL into the file, and waits for both.
    pub async fn close(&self) {
        // A writer that is gone already has nothing left to stop.
        if self.shared.requests.send(Request::Stop).await.is_err() {
            return;
        }
        let thread = self.shared.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            let joined = tokio::task::spawn_blocking(move || thread.join()).await;
            if !matches!(joined, Ok(Ok(()))) {
                tracing::error!(path = %self.shared.path.display(), "the store's writer panicked");
            }
        }
        self.shared.readers.close();
    }

    /// Queues `work` for the writer; its answer comes after the commit that holds it.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let request = Request::work(work, answer);
        self.shared.requests.send(request).await.map_err(|_| StoreError::Stopped)?;
        answered.await.map_err(|_| StoreError::Stopped)?
    }

    /// Reads one consistent state of the store on a connection of its own.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.shared.readers.read(work).await
    }
}
