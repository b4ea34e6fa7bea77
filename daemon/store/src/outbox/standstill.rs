//! Sending stands still after the server refused us, and goes on by itself.

use jiff::Timestamp;
use kaizend_core::policy::standstill::Standstill;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    Store, StoreError,
    column::{from_json_if, json, micros},
    notice,
};

impl Store {
    /// Stops all sending for a while, and writes the word to the operators where the trouble is new.
    pub async fn stand_still(&self, reason: String, now: Timestamp) -> Result<Standstill, StoreError> {
        self.write(move |connection| {
            let (standstill, word) = Standstill::refused(last(connection)?.as_ref(), reason, now);
            remember(connection, &standstill)?;
            if let Some(word) = word {
                notice::add(connection, &word, now)?;
            }
            Ok(standstill)
        })
        .await
    }
}

/// The last one, whether it is over or not.
pub(super) fn last(connection: &Connection) -> Result<Option<Standstill>, StoreError> {
    let body = connection
        .prepare_cached("SELECT body FROM standstill")?
        .query_row([], |row| row.get(0))
        .optional()?;
    from_json_if(body)
}

/// The server took a mail.
pub(super) fn served(connection: &Connection) -> Result<(), StoreError> {
    match last(connection)?.filter(|standstill| standstill.in_a_row > 0) {
        Some(standstill) => remember(connection, &standstill.served()),
        None => Ok(()),
    }
}

/// A person lets it go on: the next refusal is news.
pub(super) fn end(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM standstill", [])?;
    Ok(())
}

fn remember(connection: &Connection, standstill: &Standstill) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO standstill (only, until, body) VALUES (1, ?1, ?2)")?
        .execute(params![micros(standstill.until), json(standstill)?])?;
    Ok(())
}
