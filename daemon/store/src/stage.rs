//! What a run says, kept aside until its decision. Nothing staged is read by anybody else, and a process that
//! dies leaves nothing of it.

use kaizend_core::domain::{CheckId, MeasureKey, PromiseSeen, RunId, Said, Sighting};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use crate::{
    Store, StoreError,
    column::{from_json, json},
    run::must_run,
};

/// The examples that are kept of duplicates.
const EXAMPLES: usize = 3;

/// The most that a measure counts up to, so that a sum of wild numbers stays a number: 2^53 − 1.
const MOST: u64 = (1 << 53) - 1;

/// Findings that a run said more than once under one topic and key: the first counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Duplicates {
    pub count: u64,
    pub examples: Vec<Duplicate>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Duplicate {
    pub topic: String,
    pub key: Vec<String>,
}

impl Store {
    /// Keeps what a run says until [`Store::close_run`]. Refused when the run is no longer running.
    pub async fn stage(&self, run: RunId, said: Vec<Said>) -> Result<(), StoreError> {
        self.write(move |connection| {
            let check = must_run(connection, run)?;
            must_be_kept(connection, run)?;
            let mut duplicates = Duplicates::default();
            for said in said {
                keep(connection, &check, run, said, &mut duplicates)?;
            }
            count_duplicates(connection, run, duplicates)
        })
        .await
    }
}

/// From here on the run may say something.
pub(crate) fn begin(connection: &Connection, run: RunId) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO temp.staged_runs (run) VALUES (?1)")?
        .execute([run.0])?;
    Ok(())
}

/// Refuses a run of which something may be lost: its silence would resolve what it had seen.
pub(crate) fn must_be_kept(connection: &Connection, run: RunId) -> Result<(), StoreError> {
    let kept = connection.prepare_cached("SELECT 1 FROM temp.staged_runs WHERE run = ?1")?.exists([run.0])?;
    if kept { Ok(()) } else { Err(StoreError::StagingLost { run: run.0 }) }
}

/// Removes what a run said.
pub(crate) fn forget(connection: &Connection, run: RunId) -> Result<(), StoreError> {
    for table in ["runs", "findings", "duplicates", "measures", "attributes", "state", "promises"] {
        connection
            .prepare_cached(&format!("DELETE FROM temp.staged_{table} WHERE run = ?1"))?
            .execute([run.0])?;
    }
    Ok(())
}

/// What a run said twice, so far.
pub(crate) fn duplicates(connection: &Connection, run: RunId) -> Result<Duplicates, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT count, examples FROM temp.staged_duplicates WHERE run = ?1")?;
    let mut rows = statement.query([run.0])?;
    let Some(row) = rows.next()? else { return Ok(Duplicates::default()) };
    Ok(Duplicates { count: row.get(0)?, examples: from_json(&row.get::<_, String>(1)?)? })
}

fn keep(
    connection: &Connection,
    check: &CheckId,
    run: RunId,
    said: Said,
    duplicates: &mut Duplicates,
) -> Result<(), StoreError> {
    match said {
        Said::Sighting(sighting) => keep_sighting(connection, check, run, *sighting, duplicates),
        Said::Fine { topic, key } => {
            let fingerprint = kaizend_core::domain::Fingerprint::of(check, &topic, &key);
            connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO temp.staged_findings (run, fingerprint) VALUES (?1, ?2)",
                )?
                .execute(params![run.0, fingerprint.as_bytes()])?;
            Ok(())
        }
        Said::Measure(key, measure) => keep_measure(connection, run, &key, measure.good, measure.total),
        Said::Attribute(attribute) => {
            connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO temp.staged_attributes (run, role, id, name, value)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![run.0, attribute.role, attribute.id, attribute.name, attribute.value])?;
            Ok(())
        }
        Said::State { key, value } => {
            connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO temp.staged_state (run, key, value) VALUES (?1, ?2, ?3)",
                )?
                .execute(params![run.0, key, value])?;
            Ok(())
        }
        Said::Promise(promise) => keep_promise(connection, run, &promise),
        other => Err(StoreError::Unreadable {
            what: "something a run says".to_owned(),
            why: format!("the store does not know {other:?}"),
        }),
    }
}

/// The first sighting of a fingerprint counts. One that was said to be fine before is wrong after all: hearing
/// of a problem twice is better than losing it.
fn keep_sighting(
    connection: &Connection,
    check: &CheckId,
    run: RunId,
    sighting: Sighting,
    duplicates: &mut Duplicates,
) -> Result<(), StoreError> {
    let kept = connection
        .prepare_cached(
            "INSERT INTO temp.staged_findings (run, fingerprint, sighting) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET sighting = excluded.sighting WHERE sighting IS NULL",
        )?
        .execute(params![run.0, sighting.fingerprint(check).as_bytes(), json(&sighting)?])?;
    if kept == 0 {
        duplicates.count += 1;
        if duplicates.examples.len() < EXAMPLES {
            duplicates.examples.push(Duplicate { topic: sighting.topic, key: sighting.key });
        }
    }
    Ok(())
}

fn count_duplicates(connection: &Connection, run: RunId, new: Duplicates) -> Result<(), StoreError> {
    if new.count == 0 {
        return Ok(());
    }
    let mut all = duplicates(connection, run)?;
    all.count += new.count;
    all.examples.extend(new.examples);
    all.examples.truncate(EXAMPLES);
    connection.execute(
        "INSERT OR REPLACE INTO temp.staged_duplicates (run, count, examples) VALUES (?1, ?2, ?3)",
        params![run.0, all.count, json(&all.examples)?],
    )?;
    Ok(())
}

fn keep_measure(
    connection: &Connection,
    run: RunId,
    key: &MeasureKey,
    good: u64,
    total: u64,
) -> Result<(), StoreError> {
    let (good, total) = (good.min(MOST), total.min(MOST));
    connection
        .prepare_cached(
            "INSERT INTO temp.staged_measures (run, measure, day, group_name, good, total)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET good = min(good + excluded.good, ?7),
             total = min(total + excluded.total, ?7)",
        )?
        .execute(params![run.0, key.measure, key.day, key.group, good, total, MOST])?;
    Ok(())
}

fn keep_promise(connection: &Connection, run: RunId, promise: &PromiseSeen) -> Result<(), StoreError> {
    let moment = |moment: &Option<_>| moment.as_ref().map(json).transpose();
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO temp.staged_promises (run, dataset, key, promised, kept, moved_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            run.0,
            promise.dataset.as_str(),
            json(&promise.key)?,
            moment(&promise.promised)?,
            moment(&promise.kept)?,
            promise.moved_by
        ])?;
    Ok(())
}
