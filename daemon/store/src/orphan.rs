//! Findings of checks that are no longer in the plan: kept, silent, shown, and closed only when a person says
//! so. Closing them is never an improvement.

use jiff::Timestamp;
use kaizend_core::domain::{
    CheckId, Decision, Event, Finding, HowResolved, PersonId, State, Telling, Why, WithheldBecause,
};
use rusqlite::{Connection, params};
use serde::Serialize;

use crate::{
    Store, StoreError,
    close::{Closed, Scene, write_decision},
    column::{from_json, get},
};

/// Findings that no check of the plan owns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Orphaned {
    pub check: CheckId,
    pub open: u64,
}

impl Store {
    /// Checks that have open findings and are not among `planned`.
    pub async fn orphans(&self, planned: Vec<CheckId>) -> Result<Vec<Orphaned>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT check_id, count(*) FROM findings WHERE open = 1 GROUP BY check_id ORDER BY check_id",
            )?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let orphaned = Orphaned { check: CheckId::new(row.get::<_, String>(0)?), open: row.get(1)? };
                if !planned.contains(&orphaned.check) {
                    found.push(orphaned);
                }
            }
            Ok(found)
        })
        .await
    }

    /// Closes every open finding of a check by hand; the answer counts them. Their notices that still wait are
    /// withheld by the next telling, because the finding is resolved.
    pub async fn resolve_check(
        &self,
        check: &CheckId,
        by: PersonId,
        reason: String,
        at: Timestamp,
    ) -> Result<u64, StoreError> {
        let check = check.clone();
        self.write(move |connection| {
            let mut closed = Closed::default();
            let mut after = Vec::new();
            loop {
                let page = open_page(connection, &check, &after)?;
                let Some(last) = page.last() else { return Ok(closed.count(Event::Resolved)) };
                after = last.fingerprint.as_bytes().to_vec();
                for finding in page {
                    let how = HowResolved::ByHand { by: by.clone(), reason: reason.clone() };
                    resolve(connection, finding, how, at, &mut closed)?;
                }
            }
        })
        .await
    }
}

fn resolve(
    connection: &Connection,
    mut finding: Finding,
    how: HowResolved,
    at: Timestamp,
    closed: &mut Closed,
) -> Result<(), StoreError> {
    let check = finding.check.clone();
    let scene = Scene { connection, check: &check, run: finding.changed_by, at };
    let (by, note) = match &how {
        HowResolved::ByHand { by, reason } => (Some(by.clone()), Some(reason.clone())),
        _ => (None, None),
    };
    finding.state = State::Resolved { at, how };
    finding.spoken = None;
    let telling = Telling::Withhold(WithheldBecause::Resolved);
    let decision = Decision { by, note, ..Decision::new(finding, Event::Resolved, Why::ByHand, telling) };
    write_decision(&scene, &decision, closed)
}

fn open_page(connection: &Connection, check: &CheckId, after: &[u8]) -> Result<Vec<Finding>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT body FROM findings WHERE check_id = ?1 AND open = 1 AND fingerprint > ?2
         ORDER BY fingerprint LIMIT 500",
    )?;
    let mut rows = statement.query(params![check.as_str(), after])?;
    let mut page = Vec::new();
    while let Some(row) = rows.next()? {
        page.push(from_json(&get::<String>(row, "body")?)?);
    }
    Ok(page)
}
