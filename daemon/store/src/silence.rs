//! Silences: kept for ever, because what they withheld must stay explainable; those whose end has passed cover
//! nothing.

use jiff::Timestamp;
use kaizend_core::domain::{Silence, SilenceId};
use rusqlite::params;

use crate::{
    Store, StoreError,
    column::{from_json, get, instant, json, micros},
};

impl Store {
    pub async fn add_silence(&self, silence: Silence) -> Result<SilenceId, StoreError> {
        self.write(move |connection| {
            connection.execute(
                "INSERT INTO silences (until, body) VALUES (?1, ?2)",
                params![micros(silence.until), json(&silence)?],
            )?;
            Ok(SilenceId(connection.last_insert_rowid()))
        })
        .await
    }

    /// Silences that end after `now`, oldest first; all of them for `None`. One that was ended before its time
    /// bears that moment as its end.
    pub async fn silences(&self, now: Option<Timestamp>) -> Result<Vec<(SilenceId, Silence)>, StoreError> {
        self.read(move |connection| {
            let mut statement =
                connection.prepare_cached("SELECT * FROM silences WHERE until > ?1 ORDER BY id")?;
            let mut rows = statement.query([now.map_or(i64::MIN, micros)])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let silence: Silence = from_json(&get::<String>(row, "body")?)?;
                let silence = Silence { until: instant(get(row, "until")?)?, ..silence };
                found.push((SilenceId(get(row, "id")?), silence));
            }
            Ok(found)
        })
        .await
    }

    /// Ends a silence now; `false` when it is not there or over already. What it held back goes at the next window.
    pub async fn end_silence(&self, id: SilenceId, now: Timestamp) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let ended = connection.execute(
                "UPDATE silences SET until = ?2 WHERE id = ?1 AND until > ?2",
                params![id.0, micros(now)],
            )?;
            if ended == 1 {
                // Ladders waited for what was held back, until the end that the silence had.
                connection.execute(
                    "UPDATE findings SET next_at = ?1 WHERE open = 1 AND fingerprint IN (
                       SELECT fingerprint FROM notices WHERE state = 'due' AND withheld = 'silenced')",
                    [micros(now)],
                )?;
                connection.execute(
                    "UPDATE notices SET due = ?1, withheld = NULL WHERE state = 'due' AND withheld = 'silenced'",
                    [micros(now)],
                )?;
            }
            Ok(ended == 1)
        })
        .await
    }
}
