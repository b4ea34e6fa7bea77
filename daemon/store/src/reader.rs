//! Connections that only read: a few, lent one at a time to blocking threads, so that a long list never waits
//! for the writer nor the writer for it.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::Semaphore;

use crate::{StoreError, connection};

/// Reads at the same time; further ones wait.
const READERS: usize = 4;

#[derive(Clone, Debug)]
pub(crate) struct Readers {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Connection>>>,
    free: Arc<Semaphore>,
}

impl Readers {
    pub(crate) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), idle: Arc::default(), free: Arc::new(Semaphore::new(READERS)) }
    }

    /// Runs `work` on one state of the database: what is committed meanwhile is not seen by it.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let permit = Arc::clone(&self.free).acquire_owned().await.map_err(|_| StoreError::Stopped)?;
        let readers = self.clone();
        let reading = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let mut connection = readers.take()?;
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
            let result = work(&transaction);
            transaction.finish()?;
            readers.give_back(connection);
            result
        });
        reading.await.map_err(|_| StoreError::Stopped)?
    }

    /// Closes what is idle and lends nothing any more.
    pub(crate) fn close(&self) {
        self.free.close();
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn take(&self) -> Result<Connection, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(connection) => Ok(connection),
            None => connection::reader(&self.path),
        }
    }

    fn give_back(&self, connection: Connection) {
        if !self.free.is_closed() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
    }
}
