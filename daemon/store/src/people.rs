//! What the operators were told of the data about people. It lies with the memories of checks, under a name that
//! no check can have.

use jiff::Timestamp;
use kaizend_core::{
    domain::Notice,
    policy::people::{PEOPLE, PeopleMemory},
};
use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    Store, StoreError,
    column::{from_json_if, json},
    notice,
};

impl Store {
    /// What the operators were told last.
    pub async fn people_memory(&self) -> Result<PeopleMemory, StoreError> {
        self.read(memory).await
    }

    /// Decides on what they were told, and writes what is remembered from now on together with the word to them.
    /// Two looks at the same time decide one after the other, so that nothing is told twice.
    pub async fn remember_people<F>(&self, decide: F, now: Timestamp) -> Result<(), StoreError>
    where
        F: FnOnce(&PeopleMemory) -> Option<(PeopleMemory, Option<Notice>)> + Send + 'static,
    {
        self.write(move |connection| {
            let Some((after, word)) = decide(&memory(connection)?) else { return Ok(()) };
            connection.execute(
                "INSERT OR REPLACE INTO check_memory (check_id, body) VALUES (?1, ?2)",
                params![PEOPLE, json(&after)?],
            )?;
            if let Some(word) = word {
                notice::add(connection, &word, now)?;
            }
            Ok(())
        })
        .await
    }
}

fn memory(connection: &Connection) -> Result<PeopleMemory, StoreError> {
    let body = connection
        .query_row("SELECT body FROM check_memory WHERE check_id = ?1", [PEOPLE], |row| row.get(0))
        .optional()?;
    Ok(from_json_if(body)?.unwrap_or_default())
}
