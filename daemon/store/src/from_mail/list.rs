//! What a person said from mails and was not told yet that it is recorded.

use kaizend_core::domain::{MailId, PersonId};
use rusqlite::{Connection, params};

use super::{ActId, ActRow, COLUMNS, act};
use crate::{Store, StoreError};

/// Words that one mail names.
const MOST: i64 = 50;

impl Store {
    /// The words of a person that no mail has named yet, oldest first.
    pub async fn untold_acts(&self, person: &PersonId) -> Result<Vec<ActRow>, StoreError> {
        let person = person.clone();
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM acts WHERE person = ?1 AND told_in IS NULL ORDER BY id LIMIT ?2"
            ))?;
            let mut rows = statement.query(params![person.as_str(), MOST])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(act(row)?);
            }
            Ok(found)
        })
        .await
    }
}

/// These were named by a mail.
pub(crate) fn told(connection: &Connection, acts: &[ActId], mail: MailId) -> Result<(), StoreError> {
    for act in acts {
        connection
            .prepare_cached("UPDATE acts SET told_in = ?2 WHERE id = ?1 AND told_in IS NULL")?
            .execute(params![act.0, mail.0])?;
    }
    Ok(())
}
