//! A check that gets another name keeps its findings: the name is part of their identity, so each finding moves
//! to its new fingerprint with its history and notices, and everything else of the check moves along.

use kaizend_core::domain::{CheckId, Finding, Fingerprint, Notice};
use rusqlite::{Connection, params};
use serde::Serialize;

use crate::{
    Store, StoreError,
    column::{from_json, json},
    finding,
};

/// What was carried over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Renamed {
    pub findings: u64,
    /// Known under the new name already, or their key was forgotten: the old ones stay as orphans.
    pub left: u64,
}

/// What else belongs to a check. Rows that the new name has already stay as they are.
const OWNED: [&str; 7] =
    ["occurrences", "planned", "runs", "check_memory", "plugin_state", "measures", "attributes"];

impl Store {
    /// Carries all that is kept of the check `from` over to the name `to`, in one transaction. Doing it again
    /// moves nothing.
    ///
    /// # Errors
    /// [`StoreError::CheckRuns`] while a run of the old name is going.
    pub async fn rename_check(&self, from: &CheckId, to: &CheckId) -> Result<Renamed, StoreError> {
        let (from, to) = (from.clone(), to.clone());
        self.write(move |connection| {
            refuse_running(connection, &from)?;
            // A finding and its history move in two statements; they agree again at the commit.
            connection.pragma_update(None, "defer_foreign_keys", true)?;
            let renamed = move_findings(connection, &from, &to)?;
            for table in OWNED {
                connection.execute(
                    &format!("UPDATE OR IGNORE {table} SET check_id = ?2 WHERE check_id = ?1"),
                    params![from.as_str(), to.as_str()],
                )?;
            }
            Ok(renamed)
        })
        .await
    }
}

fn refuse_running(connection: &Connection, check: &CheckId) -> Result<(), StoreError> {
    let runs = connection
        .prepare_cached("SELECT 1 FROM runs WHERE state = 'running' AND check_id = ?1")?
        .exists([check.as_str()])?;
    if runs { Err(StoreError::CheckRuns { check: check.to_string() }) } else { Ok(()) }
}

fn move_findings(connection: &Connection, from: &CheckId, to: &CheckId) -> Result<Renamed, StoreError> {
    let mut renamed = Renamed::default();
    let mut after = Vec::new();
    loop {
        let page = page(connection, from, &after)?;
        let Some(last) = page.last() else { return Ok(renamed) };
        after = last.fingerprint.as_bytes().to_vec();
        for finding in page {
            if move_finding(connection, finding, to)? {
                renamed.findings += 1;
            } else {
                renamed.left += 1;
            }
        }
    }
}

fn move_finding(connection: &Connection, mut moved: Finding, to: &CheckId) -> Result<bool, StoreError> {
    let old = moved.fingerprint;
    let new = moved.seen.fingerprint(to);
    // A key that was forgotten no longer tells which thing it was.
    let forgotten = moved.seen.fingerprint(&moved.check) != old;
    if forgotten || finding::one(connection, &new)?.is_some() {
        return Ok(false);
    }
    moved.fingerprint = new;
    moved.check = to.clone();
    connection
        .prepare_cached(
            "UPDATE findings SET fingerprint = ?2, check_id = ?3, body = ?4 WHERE fingerprint = ?1",
        )?
        .execute(params![old.as_bytes(), new.as_bytes(), to.as_str(), json(&moved)?])?;
    connection
        .prepare_cached("UPDATE history SET fingerprint = ?2 WHERE fingerprint = ?1")?
        .execute(params![old.as_bytes(), new.as_bytes()])?;
    move_notices(connection, old, new, to)?;
    Ok(true)
}

fn move_notices(
    connection: &Connection,
    old: Fingerprint,
    new: Fingerprint,
    to: &CheckId,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached("SELECT id, body FROM notices WHERE fingerprint = ?1")?;
    let found = statement
        .query_map([old.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(i64, String)>, _>>()?;
    for (id, body) in found {
        let notice = Notice { check: to.clone(), finding: Some(new), ..from_json(&body)? };
        connection
            .prepare_cached("UPDATE notices SET fingerprint = ?2, body = ?3 WHERE id = ?1")?
            .execute(params![id, new.as_bytes(), json(&notice)?])?;
    }
    Ok(())
}

/// Findings of the old name, in the order of their fingerprints: those that were moved are no longer among them.
fn page(connection: &Connection, check: &CheckId, after: &[u8]) -> Result<Vec<Finding>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT body FROM findings WHERE check_id = ?1 AND fingerprint > ?2 ORDER BY fingerprint LIMIT 500",
    )?;
    let mut rows = statement.query(params![check.as_str(), after])?;
    let mut page = Vec::new();
    while let Some(row) = rows.next()? {
        page.push(from_json(&row.get::<_, String>(0)?)?);
    }
    Ok(page)
}
