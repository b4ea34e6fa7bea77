//! Promises in the end of a run: each one that was seen, and then those that a complete look no longer
//! contains, through the core's rule.

use kaizend_core::{
    domain::{DatasetName, Promise, PromiseSeen},
    policy::ledger::{self, LedgerChange},
};
use rusqlite::params;

use super::{Closed, Scene};
use crate::{
    StoreError,
    column::{from_json, from_json_if, json},
    ledger::promise,
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
        for (key, seen) in page {
            let known = promise(scene.connection, dataset, &key)?;
            let before = known.as_ref().map(|(_, promise)| promise);
            if let Some(change) = ledger::record(before, Some(&seen), scene.run, scene.at, complete) {
                scene.write_promise(dataset, &key, known.map(|(id, _)| id), &change, closed)?;
            }
        }
    }
}

fn record_absent(scene: &Scene<'_>, dataset: &DatasetName, closed: &mut Closed) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let page = scene.absent_promises(dataset, after)?;
        let Some((last, ..)) = page.last() else { return Ok(()) };
        after = *last;
        for (id, key, promise) in page {
            if let Some(change) = ledger::record(Some(&promise), None, scene.run, scene.at, true) {
                scene.write_promise(dataset, &key, Some(id), &change, closed)?;
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

    fn absent_promises(
        &self,
        dataset: &DatasetName,
        after: i64,
    ) -> Result<Vec<(i64, String, Promise)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, key, body FROM promises AS p
             WHERE dataset = ?1 AND open = 1 AND id > ?2 AND NOT EXISTS (
               SELECT 1 FROM temp.staged_promises AS s
               WHERE s.run = ?3 AND s.dataset = p.dataset AND s.key = p.key)
             ORDER BY id LIMIT ?4",
        )?;
        let mut rows = statement.query(params![dataset.as_str(), after, self.run.0, PAGE])?;
        let mut page = Vec::new();
        while let Some(row) = rows.next()? {
            page.push((row.get(0)?, row.get(1)?, from_json(&row.get::<_, String>(2)?)?));
        }
        Ok(page)
    }

    fn write_promise(
        &self,
        dataset: &DatasetName,
        key: &str,
        known: Option<i64>,
        change: &LedgerChange,
        closed: &mut Closed,
    ) -> Result<(), StoreError> {
        let promise = &change.promise;
        let open = promise.kept.is_none() && promise.vanished.is_none();
        let id = match known {
            Some(id) => {
                self.connection
                    .prepare_cached("UPDATE promises SET open = ?2, body = ?3 WHERE id = ?1")?
                    .execute(params![id, open, json(promise)?])?;
                id
            }
            None => {
                self.connection
                    .prepare_cached(
                        "INSERT INTO promises (dataset, key, open, body) VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![dataset.as_str(), key, open, json(promise)?])?;
                self.connection.last_insert_rowid()
            }
        };
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
