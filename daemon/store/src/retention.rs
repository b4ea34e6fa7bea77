//! Forgetting in time: sent mails, resolved findings and ended runs, each after its span, a few rows at a time
//! so that nobody waits for it. What is open, held or uncertain is never removed.

use jiff::{SignedDuration, Timestamp};
use rusqlite::params;
use serde::Serialize;

use crate::{
    Store, StoreError,
    audit::watch::{Purpose, under},
    column::micros,
};

/// Rows removed in one transaction.
const BATCH: i64 = 500;

/// How long ended things are kept, from their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// Mails that were sent, gave up, or were cancelled.
    pub sent_mail: SignedDuration,
    /// With their history and notices.
    pub resolved_findings: SignedDuration,
    /// With their occurrences; the newest occurrence of each check stays, because its schedule goes on from it.
    pub runs: SignedDuration,
}

/// How much was removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Removed {
    pub mails: u64,
    /// What was said from mails; kept as long as those.
    pub acts: u64,
    pub findings: u64,
    /// Settled notices that are about no finding.
    pub notices: u64,
    pub occurrences: u64,
    pub runs: u64,
}

impl Store {
    /// Removes what ended longer ago than it is kept.
    pub async fn retention(&self, now: Timestamp, keep: Keep) -> Result<Removed, StoreError> {
        let before = |span| now.checked_sub(span).unwrap_or(Timestamp::MIN);
        let (mails, findings, runs) =
            (before(keep.sent_mail), before(keep.resolved_findings), before(keep.runs));
        Ok(Removed {
            mails: self.remove(MAILS, mails).await?,
            acts: self.remove(ACTS, mails).await?,
            findings: self.remove(FINDINGS, findings).await?,
            notices: self.remove(NOTICES, runs).await?,
            occurrences: self.remove(OCCURRENCES, runs).await?,
            runs: self.remove(RUNS, runs).await?,
        })
    }

    async fn remove(&self, query: &'static str, before: Timestamp) -> Result<u64, StoreError> {
        let mut removed = 0;
        loop {
            let batch = self
                .write(move |connection| {
                    under(connection, Purpose::Retention, || {
                        Ok(connection.prepare_cached(query)?.execute(params![micros(before), BATCH])?)
                    })
                })
                .await?;
            removed += batch as u64;
            if batch == 0 {
                return Ok(removed);
            }
        }
    }
}

const MAILS: &str = "DELETE FROM outbox WHERE id IN (
  SELECT id FROM outbox WHERE ended_at IS NOT NULL AND ended_at < ?1 LIMIT ?2)";

const ACTS: &str = "DELETE FROM acts WHERE id IN (SELECT id FROM acts WHERE at < ?1 LIMIT ?2)";

// A finding whose last word still waits to be told is kept until it is.
const FINDINGS: &str = "DELETE FROM findings WHERE fingerprint IN (
  SELECT fingerprint FROM findings AS f WHERE resolved_at IS NOT NULL AND resolved_at < ?1
    AND NOT EXISTS (SELECT 1 FROM notices AS n WHERE n.fingerprint = f.fingerprint AND n.state = 'due')
  LIMIT ?2)";

const NOTICES: &str = "DELETE FROM notices WHERE id IN (
  SELECT id FROM notices WHERE fingerprint IS NULL AND settled_at < ?1 LIMIT ?2)";

const OCCURRENCES: &str = "DELETE FROM occurrences WHERE (check_id, due) IN (
  SELECT check_id, due FROM occurrences AS o WHERE due < ?1
    AND due < (SELECT max(due) FROM occurrences AS newest WHERE newest.check_id = o.check_id)
    AND NOT EXISTS (
      SELECT 1 FROM runs WHERE runs.id = o.run AND runs.state IN ('requested', 'running'))
  LIMIT ?2)";

const RUNS: &str = "DELETE FROM runs WHERE id IN (
  SELECT id FROM runs WHERE ended_at IS NOT NULL AND ended_at < ?1 LIMIT ?2)";
