//! Whether the store is as kaizend wrote it: first the chain from its beginning, then every present row against
//! the last change that the chain knows of it. Both stream; sorting is SQLite's, which spills to temporary files.

mod chain;
mod content;

use rusqlite::Connection;
use serde::Serialize;

use super::{AuditDigest, AuditFault, AuditHead, watch};
use crate::{Store, StoreError};

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditVerdict {
    Sound(Sound),
    Broken(AuditFault),
}

/// Nothing is wrong, and how much was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Sound {
    pub head: Option<AuditHead>,
    /// Rows of the chain, and changes that they vouch for.
    pub rows: u64,
    pub changes: u64,
    /// Present rows that were compared with their last change.
    pub compared: u64,
}

/// Hears how many steps of how many are done.
type Progress = Box<dyn FnMut(u64, u64) + Send>;

/// Steps between two words of progress.
const STEPS: u64 = 1000;

impl Store {
    /// Verifies one state of the whole store, while others go on. `expect` is a digest that was kept elsewhere: it
    /// must still be in the chain. The answer is the first thing that is wrong.
    pub async fn audit_verify(
        &self,
        expect: Option<AuditDigest>,
        progress: impl FnMut(u64, u64) + Send + 'static,
    ) -> Result<AuditVerdict, StoreError> {
        self.read(move |connection| verify(connection, expect, Box::new(progress))).await
    }
}

fn verify(
    connection: &Connection,
    expect: Option<AuditDigest>,
    progress: Progress,
) -> Result<AuditVerdict, StoreError> {
    let mut steps = Steps { done: 0, total: total(connection)?, progress };
    let walked = match chain::walk(connection, expect, &mut steps)? {
        Ok(walked) => walked,
        Err(fault) => return Ok(AuditVerdict::Broken(fault)),
    };
    Ok(match content::compare(connection, &mut steps)? {
        Ok(compared) => AuditVerdict::Sound(Sound { compared, ..walked }),
        Err(fault) => AuditVerdict::Broken(fault),
    })
}

/// Changes are read twice, present rows once.
fn total(connection: &Connection) -> Result<u64, StoreError> {
    let count = |table: &str| -> Result<u64, StoreError> {
        Ok(connection.query_row(&format!("SELECT count(*) FROM main.{table}"), [], |row| row.get(0))?)
    };
    let mut total = 2 * count("audit_changes")?;
    for table in watch::present(connection)? {
        total += count(table.name)?;
    }
    Ok(total)
}

struct Steps {
    done: u64,
    total: u64,
    progress: Progress,
}

impl Steps {
    fn step(&mut self) {
        self.done += 1;
        if self.done.is_multiple_of(STEPS) {
            (self.progress)(self.done, self.total);
        }
    }
}
