//! Mails that were claimed and whose turn it is not: they go back untried. And what went, from which turns are counted.

use jiff::Timestamp;
use kaizend_core::domain::Delivery;
use rusqlite::Connection;

use super::{Claim, Step, claim::held_audience};
use crate::{
    Store, StoreError,
    column::{instant, micros},
};

impl Store {
    /// Gives a claimed mail back that was not tried: it is not its turn before `until`.
    ///
    /// # Errors
    /// [`StoreError::ClaimLost`] when somebody else has taken it up.
    pub async fn postpone(&self, claim: Claim, until: Timestamp, reason: String) -> Result<(), StoreError> {
        self.write(move |connection| {
            let attempts = untried(connection, claim)?;
            let delivery = Delivery::Deferred { until, attempts, reason };
            Step { mail: claim.mail, delivery: &delivery, ready_at: Some(until) }.write(connection)
        })
        .await
    }

    /// Gives a claimed mail back that was not tried: it goes when sending does.
    ///
    /// # Errors
    /// As for [`Store::postpone`].
    pub async fn put_back(&self, claim: Claim, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            untried(connection, claim)?;
            Step { mail: claim.mail, delivery: &Delivery::Queued, ready_at: Some(now) }.write(connection)
        })
        .await
    }

    /// The addresses of the mails that were sent since, each with when.
    pub async fn sent_since(&self, since: Timestamp) -> Result<Vec<(String, Timestamp)>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT envelope_to, ended_at FROM outbox
                 WHERE ended_at >= ?1 AND state = 'sent' AND forgotten_at IS NULL ORDER BY ended_at",
            )?;
            let sent = statement.query_map([micros(since)], |row| Ok((row.get(0)?, row.get(1)?)))?;
            sent.map(|sent| sent.map_err(StoreError::from).and_then(|(to, at)| Ok((to, instant(at)?))))
                .collect()
        })
        .await
    }
}

/// Takes back the attempt that a claim counts, and gives those before it.
fn untried(connection: &Connection, claim: Claim) -> Result<u32, StoreError> {
    held_audience(connection, claim)?;
    Ok(connection
        .prepare_cached("UPDATE outbox SET attempts = attempts - 1 WHERE id = ?1 RETURNING attempts")?
        .query_row([claim.mail.0], |row| row.get(0))?)
}
