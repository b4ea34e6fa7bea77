//! What people chose for themselves: how many letters a day they get.

use jiff::Timestamp;
use kaizend_core::domain::PersonId;
use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError, column::micros};

impl Store {
    /// Whether the person chose to get one letter a day at most.
    pub async fn one_a_day(&self, person: &PersonId) -> Result<bool, StoreError> {
        let person = person.clone();
        self.read(move |connection| {
            let chosen: Option<bool> = connection
                .prepare_cached("SELECT one_a_day FROM person_settings WHERE person = ?1")?
                .query_row([person.as_str()], |row| row.get(0))
                .optional()?;
            Ok(chosen.unwrap_or(false))
        })
        .await
    }

    /// Keeps what the person chose. Chosen again, it changes nothing.
    pub async fn choose_one_a_day(
        &self,
        person: &PersonId,
        one_a_day: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let person = person.clone();
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO person_settings (person, one_a_day, changed_at) VALUES (?1, ?2, ?3)
                     ON CONFLICT DO UPDATE SET one_a_day = excluded.one_a_day, changed_at = excluded.changed_at
                     WHERE one_a_day <> excluded.one_a_day",
                )?
                .execute(params![person.as_str(), one_a_day, micros(now)])?;
            Ok(())
        })
        .await
    }
}
