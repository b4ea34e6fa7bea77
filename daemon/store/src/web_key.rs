//! The keys by which links in mails are signed. The store only keeps them: what is signed with them, and how, is no
//! business of its. Of the secrets not even a digest is kept elsewhere.

use std::fmt;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    Store, StoreError,
    column::{get, instant, instant_if, micros},
};

/// One key. No `Debug` text shows its secret.
#[derive(Clone, PartialEq, Eq)]
pub struct WebKey {
    pub kid: i64,
    pub secret: Vec<u8>,
    pub made_at: Timestamp,
    /// It signs nothing from then on, and verifies what it has signed.
    pub retired_at: Option<Timestamp>,
}

impl fmt::Debug for WebKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl Store {
    /// Every key that is kept, the newest first: that one signs.
    pub async fn web_keys(&self) -> Result<Vec<WebKey>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT kid, secret, made_at, retired_at FROM web_keys JOIN web_secrets USING (kid)
                 ORDER BY kid DESC",
            )?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(WebKey {
                    kid: get(row, "kid")?,
                    secret: get(row, "secret")?,
                    made_at: instant(get(row, "made_at")?)?,
                    retired_at: instant_if(get(row, "retired_at")?)?,
                });
            }
            Ok(found)
        })
        .await
    }

    /// Keeps the first key; does nothing where there is one already.
    pub async fn first_web_key(&self, secret: Vec<u8>, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            let known: Option<i64> = connection
                .query_row("SELECT kid FROM web_keys WHERE retired_at IS NULL", [], |row| row.get(0))
                .optional()?;
            if known.is_none() {
                add(connection, &secret, now)?;
            }
            Ok(())
        })
        .await
    }

    /// Retires the key that signs, and keeps the one that signs from now on. Gives its number.
    pub async fn rotate_web_key(&self, secret: Vec<u8>, now: Timestamp) -> Result<i64, StoreError> {
        self.write(move |connection| {
            connection
                .execute("UPDATE web_keys SET retired_at = ?1 WHERE retired_at IS NULL", [micros(now)])?;
            add(connection, &secret, now)
        })
        .await
    }

    /// Removes keys that were retired before then: nothing that they signed is valid any more.
    pub async fn drop_web_keys(&self, retired_before: Timestamp) -> Result<u64, StoreError> {
        self.write(move |connection| {
            let gone =
                connection.execute("DELETE FROM web_keys WHERE retired_at < ?1", [micros(retired_before)])?;
            Ok(gone as u64)
        })
        .await
    }
}

fn add(connection: &Connection, secret: &[u8], now: Timestamp) -> Result<i64, StoreError> {
    connection.execute("INSERT INTO web_keys (made_at) VALUES (?1)", [micros(now)])?;
    let kid = connection.last_insert_rowid();
    connection.execute("INSERT INTO web_secrets (kid, secret) VALUES (?1, ?2)", params![kid, secret])?;
    Ok(kid)
}
