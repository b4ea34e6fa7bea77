//! What happened between two moments, in numbers: the daily sign of life says it.

use jiff::Timestamp;
use kaizend_core::domain::Outcome;
use rusqlite::{Connection, params};

use crate::{
    Store, StoreError,
    column::{from_json, micros},
};

/// Counts of a span of time; what is open or waiting is counted as it stands when it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayCounts {
    /// Runs whose look was believed.
    pub looks: u64,
    /// Runs that failed, ran out of time, or were doubtful.
    pub could_not_look: u64,
    pub mails_sent: u64,
    /// Mails that wait, are held, failed, or are uncertain.
    pub mails_not_sent: u64,
    pub findings_open: u64,
}

impl Store {
    /// What happened after `since`, up to `until`.
    pub async fn day_counts(&self, since: Timestamp, until: Timestamp) -> Result<DayCounts, StoreError> {
        self.read(move |connection| {
            let mut counts = DayCounts::default();
            looks(connection, since, until, &mut counts)?;
            counts.mails_sent = connection.query_row(
                "SELECT count(*) FROM outbox WHERE ended_at > ?1 AND ended_at <= ?2 AND state = 'sent'",
                params![micros(since), micros(until)],
                |row| row.get(0),
            )?;
            let one = |query| connection.query_row(query, [], |row| row.get(0));
            counts.mails_not_sent =
                one("SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'cancelled')")?;
            counts.findings_open = one("SELECT count(*) FROM findings WHERE open = 1")?;
            Ok(counts)
        })
        .await
    }
}

fn looks(
    connection: &Connection,
    since: Timestamp,
    until: Timestamp,
    counts: &mut DayCounts,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT outcome FROM runs WHERE ended_at > ?1 AND ended_at <= ?2 AND outcome NOT NULL",
    )?;
    let mut rows = statement.query(params![micros(since), micros(until)])?;
    while let Some(row) = rows.next()? {
        match from_json::<Outcome>(&row.get::<_, String>(0)?)? {
            Outcome::Skipped { .. } => {}
            outcome if outcome.looked() => counts.looks += 1,
            _ => counts.could_not_look += 1,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kaizend_core::{
        domain::{Hindrance, Outcome},
        rows::FaultClass,
    };

    use super::*;
    use crate::{
        Audience, Telling, Which,
        tests::{
            company::{begin, close, look, minute, sighting},
            telling::mail,
        },
    };

    #[tokio::test]
    async fn a_day_counts_what_ended_in_it_and_what_stands_open() {
        let store = Store::temporary().unwrap();
        look(&store, minute(0), vec![sighting("1", "overdue")]).await;
        look(&store, minute(10), vec![sighting("1", "overdue"), sighting("2", "overdue")]).await;
        let run = begin(&store, minute(11)).await;
        let failed = Outcome::failed(Hindrance::Source(FaultClass::Locked), "locked");
        store.close_run(run, close(run, minute(11), failed)).await.unwrap();
        let mails = vec![mail("1@x", Audience::Staff, vec![]), mail("2@x", Audience::Staff, vec![])];
        store.compose(Telling { mails, ..Telling::default() }, minute(12)).await.unwrap();
        store
            .cancel(Which::Ids(vec![kaizend_core::domain::MailId(1)]), "2".into(), String::new(), minute(13))
            .await
            .unwrap();
        let counts =
            DayCounts { looks: 1, could_not_look: 1, mails_sent: 0, mails_not_sent: 1, findings_open: 2 };
        assert_eq!(store.day_counts(minute(0), minute(20)).await.unwrap(), counts);
        let none = DayCounts { looks: 0, could_not_look: 0, ..counts };
        assert_eq!(store.day_counts(minute(20), minute(30)).await.unwrap(), none);
    }
}
