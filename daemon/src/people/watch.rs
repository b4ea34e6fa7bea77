//! Tells the operators what is wrong with the data about people, whenever that changes.

use jiff::Timestamp;
use kaizend_core::policy::people::word;
use kaizend_store::{Store, StoreError};

use super::Directory;

/// Compares what is wrong with what the operators know. Whoever reads the list for something else goes on,
/// whatever becomes of it: what could not be written is told after the next reading.
pub(crate) async fn watch(store: &Store, directory: &Directory, now: Timestamp) {
    if let Err(error) = compare(store, directory, now).await {
        tracing::error!(%error, "what is wrong with the data about people could not be told");
    }
}

async fn compare(store: &Store, directory: &Directory, now: Timestamp) -> Result<(), StoreError> {
    let problems = directory.problems();
    // Nearly always nothing changed, and then nothing needs to be written.
    if word(&store.people_memory().await?, problems, now).is_none() {
        return Ok(());
    }
    tracing::warn!(problems = problems.len(), "the problems of the data about people are others than before");
    let problems = problems.to_vec();
    store.remember_people(move |memory| word(memory, &problems, now), now).await
}
