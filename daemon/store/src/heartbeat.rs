//! How the heartbeat goes, kept so that `status` can tell: one row for each way. Not audited: it says nothing of
//! the company, and whoever waits for the beat is elsewhere.

use jiff::Timestamp;
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::{
    Store, StoreError,
    column::{from_word, get, instant, instant_if, micros, word},
};

/// How a beat goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    Url,
    Mail,
}

/// How a way has gone so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Beats {
    pub way: Way,
    pub tried_at: Timestamp,
    pub succeeded_at: Option<Timestamp>,
    /// The outage that goes on, since its first failure.
    pub failing_since: Option<Timestamp>,
    pub why: Option<String>,
}

/// What became of a beat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beat {
    Succeeded,
    /// The reason names no URL.
    Failed {
        why: String,
    },
}

impl Store {
    /// Writes down that a beat is tried now. A store that cannot be written gives no beat: then silence is right.
    pub async fn beat_begins(&self, way: Way, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection.execute(
                "INSERT INTO heartbeat (way, tried_at) VALUES (?1, ?2)
                 ON CONFLICT DO UPDATE SET tried_at = excluded.tried_at",
                params![word(&way)?, micros(now)],
            )?;
            Ok(())
        })
        .await
    }

    /// Writes down what became of the beat that began.
    pub async fn beat_ends(&self, way: Way, beat: Beat, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            let (way, now) = (word(&way)?, micros(now));
            match beat {
                Beat::Succeeded => connection.execute(
                    "UPDATE heartbeat SET succeeded_at = ?2, failing_since = NULL, why = NULL WHERE way = ?1",
                    params![way, now],
                )?,
                Beat::Failed { why } => connection.execute(
                    "UPDATE heartbeat SET failing_since = coalesce(failing_since, ?2), why = ?3 WHERE way = ?1",
                    params![way, now, why],
                )?,
            };
            Ok(())
        })
        .await
    }

    /// Every way that was ever tried.
    pub async fn beats(&self) -> Result<Vec<Beats>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT * FROM heartbeat ORDER BY way DESC")?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(Beats {
                    way: from_word(get(row, "way")?)?,
                    tried_at: instant(get(row, "tried_at")?)?,
                    succeeded_at: instant_if(get(row, "succeeded_at")?)?,
                    failing_since: instant_if(get(row, "failing_since")?)?,
                    why: get(row, "why")?,
                });
            }
            Ok(found)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(minutes: i64) -> Timestamp {
        Timestamp::from_second(minutes * 60).unwrap()
    }

    #[tokio::test]
    async fn an_outage_is_remembered_from_its_first_failure_to_the_next_success() {
        let store = Store::temporary().unwrap();
        assert_eq!(store.beats().await.unwrap(), []);
        let failed = |why: &str| Beat::Failed { why: why.to_owned() };
        let mut seen = Vec::new();
        for (at, beat) in
            [(1, Beat::Succeeded), (2, failed("refused")), (3, failed("timed out")), (4, Beat::Succeeded)]
        {
            store.beat_begins(Way::Url, minute(at)).await.unwrap();
            store.beat_ends(Way::Url, beat, minute(at)).await.unwrap();
            let beats = store.beats().await.unwrap().remove(0);
            assert_eq!((beats.way, beats.tried_at), (Way::Url, minute(at)));
            seen.push((beats.succeeded_at, beats.failing_since, beats.why));
        }
        let why = |why: &str| Some(why.to_owned());
        assert_eq!(
            seen,
            [
                (Some(minute(1)), None, None),
                (Some(minute(1)), Some(minute(2)), why("refused")),
                (Some(minute(1)), Some(minute(2)), why("timed out")),
                (Some(minute(4)), None, None),
            ]
        );
        assert_eq!(store.audit_head().await.unwrap(), None, "beats are not in the audit");
    }
}
