//! The promise ledger as it is read: by the host for each row of a run, and by people who ask how a promise
//! moved. It is written only at the end of a run (see `close`).

use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, PoisonError},
};

use kaizend_core::domain::{DatasetName, Promise, PromiseVersion};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use crate::{
    Store, StoreError,
    column::{from_json, json},
    connection,
};

/// The ledger of some datasets as it stood when a run began. Asking for a promise that it does not hold costs
/// a hash, so that ten million finished orders cost seconds; it keeps 8 bytes in memory for each one it holds.
#[derive(Clone, Debug)]
pub struct LedgerView(Arc<View>);

#[derive(Debug)]
struct View {
    hasher: RandomState,
    known: HashMap<DatasetName, HashSet<u64>>,
    connection: Mutex<Connection>,
}

/// A promise with all its versions, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PromiseStory {
    pub promise: Promise,
    pub versions: Vec<PromiseVersion>,
}

impl Store {
    /// A view of the ledger for one run.
    pub async fn ledger_view(&self, datasets: Vec<DatasetName>) -> Result<LedgerView, StoreError> {
        let path = self.path().to_owned();
        self.read(move |reading| {
            let hasher = RandomState::new();
            let known = datasets
                .into_iter()
                .map(|dataset| Ok((dataset.clone(), keys(reading, &hasher, &dataset)?)))
                .collect::<Result<_, StoreError>>()?;
            let connection = Mutex::new(connection::reader(&path)?);
            Ok(LedgerView(Arc::new(View { hasher, known, connection })))
        })
        .await
    }

    /// One promise and how it moved; `None` when the ledger does not hold it.
    pub async fn promise_versions(
        &self,
        dataset: &DatasetName,
        key: &[String],
    ) -> Result<Option<PromiseStory>, StoreError> {
        let (dataset, key) = (dataset.clone(), json(key)?);
        self.read(move |connection| {
            let Some((id, promise)) = promise(connection, &dataset, &key)? else { return Ok(None) };
            let mut statement = connection
                .prepare_cached("SELECT body FROM promise_versions WHERE promise = ?1 ORDER BY version")?;
            let mut rows = statement.query([id])?;
            let mut versions = Vec::new();
            while let Some(row) = rows.next()? {
                versions.push(from_json(&row.get::<_, String>(0)?)?);
            }
            Ok(Some(PromiseStory { promise, versions }))
        })
        .await
    }
}

impl LedgerView {
    /// The promise under this key, if the ledger holds it. Blocks for a short read when it does.
    pub fn look_up(&self, dataset: &DatasetName, key: &[String]) -> Option<Promise> {
        let view = &*self.0;
        let key = json(key).ok()?;
        if !view.known.get(dataset)?.contains(&view.hasher.hash_one(&key)) {
            return None;
        }
        let connection = view.connection.lock().unwrap_or_else(PoisonError::into_inner);
        match promise(&connection, dataset, &key) {
            Ok(found) => found.map(|(_, promise)| promise),
            Err(why) => {
                // The run goes on as if it were new to the ledger; the end of the run reads the ledger again.
                tracing::error!(%dataset, %why, "a promise could not be looked up");
                None
            }
        }
    }

    /// How many promises the view holds.
    pub fn len(&self) -> usize {
        self.0.known.values().map(HashSet::len).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn keys(
    connection: &Connection,
    hasher: &RandomState,
    dataset: &DatasetName,
) -> Result<HashSet<u64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT key FROM promises WHERE dataset = ?1")?;
    let mut rows = statement.query([dataset.as_str()])?;
    let mut keys = HashSet::new();
    while let Some(row) = rows.next()? {
        keys.insert(hasher.hash_one(row.get::<_, String>(0)?));
    }
    Ok(keys)
}

/// A promise by the JSON of its key, with the number of its row.
pub(crate) fn promise(
    connection: &Connection,
    dataset: &DatasetName,
    key: &str,
) -> Result<Option<(i64, Promise)>, StoreError> {
    let found: Option<(i64, String)> = connection
        .prepare_cached("SELECT id, body FROM promises WHERE dataset = ?1 AND key = ?2")?
        .query_row(params![dataset.as_str(), key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found.map(|(id, body)| Ok((id, from_json(&body)?))).transpose()
}
