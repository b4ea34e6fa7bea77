//! Promises in the end of a run: each one that was seen, and then those that a complete look no longer
//! contains, through the core's rule.

use kaizend_core::{
    domain::{DatasetName, Promise, PromiseSeen},
    policy::ledger::{self, LedgerChange},
};
use rusqlite::{Connection, params};

use super::{Closed, Scene};
use crate::{
    StoreError,
    column::{from_json, from_json_if, json},
    ledger::promise,
    many::Many,
};

/// Rows of one page.
const PAGE: i64 = 500;

/// Records the promises of datasets that were read to their end. `complete` says that absence means something.
pub(super) fn record(
    scene: &Scene<'_>,
    ended: &[DatasetName],
    complete: bool,
    closed: &mut Closed,
) -> Result<(), StoreError> {
    for dataset in ended {
        record_seen(scene, dataset, complete, closed)?;
        if complete {
            record_absent(scene, dataset, closed)?;
        }
    }
    Ok(())
}

fn record_seen(
    scene: &Scene<'_>,
    dataset: &DatasetName,
    complete: bool,
    closed: &mut Closed,
) -> Result<(), StoreError> {
    // No key is the empty text: it is a JSON array.
    let mut after = String::new();
    loop {
        let page = scene.seen_promises(dataset, &after)?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        after.clone_from(last);
        let mut new = NewPromises::new(dataset);
        for (key, seen) in page {
            let known = promise(scene.connection, dataset, &key)?;
            let before = known.as_ref().map(|(_, promise)| promise);
            let change = ledger::record(before, Some(&seen), scene.run, scene.at, complete);
            match (change, known) {
                (Some(change), Some((id, _))) => scene.change_promise(id, &change, closed)?,
                (Some(change), None) => new.push(&key, &change, closed)?,
                (None, _) => {}
            }
        }
        new.write(scene.connection)?;
    }
}

fn record_absent(scene: &Scene<'_>, dataset: &DatasetName, closed: &mut Closed) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let page = scene.absent_promises(dataset, after)?;
        let Some((last, ..)) = page.last() else { return Ok(()) };
        after = *last;
        for (id, promise) in page {
            if let Some(change) = ledger::record(Some(&promise), None, scene.run, scene.at, true) {
                scene.change_promise(id, &change, closed)?;
            }
        }
    }
}

impl Scene<'_> {
    fn seen_promises(
        &self,
        dataset: &DatasetName,
        after: &str,
    ) -> Result<Vec<(String, PromiseSeen)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT key, promised, kept, moved_by FROM temp.staged_promises
             WHERE run = ?1 AND dataset = ?2 AND key > ?3 ORDER BY key LIMIT ?4",
        )?;
        let mut rows = statement.query(params![self.run.0, dataset.as_str(), after, PAGE])?;
        let mut page = Vec::new();
        while let Some(row) = rows.next()? {
            let key: String = row.get(0)?;
            let seen = PromiseSeen {
                dataset: dataset.clone(),
                key: from_json(&key)?,
                promised: from_json_if(row.get(1)?)?,
                kept: from_json_if(row.get(2)?)?,
                moved_by: row.get(3)?,
            };
            page.push((key, seen));
        }
        Ok(page)
    }

    fn absent_promises(&self, dataset: &DatasetName, after: i64) -> Result<Vec<(i64, Promise)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, body FROM promises AS p
             WHERE dataset = ?1 AND open = 1 AND id > ?2 AND NOT EXISTS (
               SELECT 1 FROM temp.staged_promises AS s
               WHERE s.run = ?3 AND s.dataset = p.dataset AND s.key = p.key)
             ORDER BY id LIMIT ?4",
        )?;
        let mut rows = statement.query(params![dataset.as_str(), after, self.run.0, PAGE])?;
        let mut page = Vec::new();
        while let Some(row) = rows.next()? {
            page.push((row.get(0)?, from_json(&row.get::<_, String>(1)?)?));
        }
        Ok(page)
    }

    /// Writes what became of a promise that the ledger holds.
    fn change_promise(&self, id: i64, change: &LedgerChange, closed: &mut Closed) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE promises SET open = ?2, body = ?3 WHERE id = ?1")?
            .execute(params![id, is_open(&change.promise), json(&change.promise)?])?;
        if let Some(version) = &change.version {
            self.connection
                .prepare_cached(
                    "INSERT INTO promise_versions (promise, version, body)
                     SELECT ?1, 1 + coalesce(max(version), 0), ?2 FROM promise_versions WHERE promise = ?1",
                )?
                .execute(params![id, json(version)?])?;
        }
        change.events.iter().for_each(|event| closed.add_ledger(*event));
        Ok(())
    }
}

/// Promises that the ledger meets for the first time: the first look of a company has them all.
struct NewPromises<'a> {
    dataset: &'a DatasetName,
    promises: Many<4>,
    /// The first version of each, if it has one.
    versions: Vec<Option<String>>,
}

impl<'a> NewPromises<'a> {
    fn new(dataset: &'a DatasetName) -> Self {
        let promises = Many::new("INSERT INTO promises (dataset, key, open, body)", "");
        Self { dataset, promises, versions: Vec::new() }
    }

    fn push(&mut self, key: &str, change: &LedgerChange, closed: &mut Closed) -> Result<(), StoreError> {
        self.promises.push([
            self.dataset.as_str().to_owned().into(),
            key.to_owned().into(),
            is_open(&change.promise).into(),
            json(&change.promise)?.into(),
        ]);
        self.versions.push(change.version.as_ref().map(json).transpose()?);
        change.events.iter().for_each(|event| closed.add_ledger(*event));
        Ok(())
    }

    fn write(mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut versions = Many::new("INSERT INTO promise_versions (promise, version, body)", "");
        for (id, version) in self.promises.write(connection)?.into_iter().zip(self.versions) {
            if let Some(version) = version {
                versions.push([id.into(), 1.into(), version.into()]);
            }
        }
        versions.write(connection)?;
        Ok(())
    }
}

fn is_open(promise: &Promise) -> bool {
    promise.kept.is_none() && promise.vanished.is_none()
}
