//! How the heartbeat goes, kept so that `status` can tell and the next start knows: one row for each way. Not
//! audited: it says nothing of the company, and whoever waits for the beat is elsewhere. What operators are told of
//! it is a notice as any other, written in the same transaction.

use jiff::Timestamp;
use kaizend_core::domain::{Notice, TellBecause};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::{
    Store, StoreError,
    column::{from_word, get, instant, instant_if, micros, word},
    notice,
};

/// How a beat goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    Url,
    Mail,
    /// A mark in the store itself: when the service moved last.
    Store,
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

    /// The beat that began has arrived: whatever outage there was is over.
    pub async fn beat_succeeds(&self, way: Way, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection.execute(
                "UPDATE heartbeat SET succeeded_at = ?2, failing_since = NULL, why = NULL WHERE way = ?1",
                params![word(&way)?, micros(now)],
            )?;
            Ok(())
        })
        .await
    }

    /// The beat that began did not arrive; `why` names no address. `tell` decides, from how the way goes and whether
    /// the operators were told of this outage, whether they are told now; gives whether they are.
    pub async fn beat_fails(
        &self,
        way: Way,
        why: String,
        now: Timestamp,
        tell: impl FnOnce(&Beats, bool) -> Option<Notice> + Send + 'static,
    ) -> Result<bool, StoreError> {
        self.write(move |connection| {
            connection.execute(
                "UPDATE heartbeat SET failing_since = coalesce(failing_since, ?2), why = ?3 WHERE way = ?1",
                params![word(&way)?, micros(now), why],
            )?;
            let Some(beats) = of(connection, way)? else { return Ok(false) };
            let told = match beats.failing_since {
                Some(since) => told_since(connection, TellBecause::Unheard, since)?,
                None => false,
            };
            say(connection, tell(&beats, told), now)
        })
        .await
    }

    /// Marks that the service moves now. `tell` decides from the mark before, whether the operators are told of the
    /// time between; gives whether they are.
    pub async fn mark_moving(
        &self,
        now: Timestamp,
        tell: impl FnOnce(Option<Timestamp>) -> Option<Notice> + Send + 'static,
    ) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let before = of(connection, Way::Store)?.and_then(|beats| beats.succeeded_at);
            connection.execute(
                "INSERT INTO heartbeat (way, tried_at, succeeded_at) VALUES (?1, ?2, ?2)
                 ON CONFLICT DO UPDATE SET tried_at = excluded.tried_at, succeeded_at = excluded.succeeded_at",
                params![word(&Way::Store)?, micros(now)],
            )?;
            say(connection, tell(before), now)
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
                found.push(Beats::of(row)?);
            }
            Ok(found)
        })
        .await
    }
}

impl Beats {
    fn of(row: &Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            way: from_word(get(row, "way")?)?,
            tried_at: instant(get(row, "tried_at")?)?,
            succeeded_at: instant_if(get(row, "succeeded_at")?)?,
            failing_since: instant_if(get(row, "failing_since")?)?,
            why: get(row, "why")?,
        })
    }
}

fn of(connection: &Connection, way: Way) -> Result<Option<Beats>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT * FROM heartbeat WHERE way = ?1")?;
    let mut rows = statement.query([word(&way)?])?;
    rows.next()?.map(Beats::of).transpose()
}

/// Whether such a word to the operators was decided since then.
fn told_since(connection: &Connection, because: TellBecause, since: Timestamp) -> Result<bool, StoreError> {
    let found = connection
        .prepare_cached(
            "SELECT 1 FROM notices
             WHERE fingerprint IS NULL AND decided_at >= ?1 AND body ->> '$.because' = ?2 LIMIT 1",
        )?
        .query_row(params![micros(since), word(&because)?], |_| Ok(()))
        .optional()?;
    Ok(found.is_some())
}

fn say(connection: &Connection, notice: Option<Notice>, now: Timestamp) -> Result<bool, StoreError> {
    match notice {
        Some(notice) => notice::add(connection, &notice, now).map(|_| true),
        None => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use kaizend_core::domain::{Addressee, ServiceTrouble, Unheard};

    use super::*;

    fn minute(minutes: i64) -> Timestamp {
        Timestamp::from_second(minutes * 60).unwrap()
    }

    fn why(why: &str) -> Option<String> {
        Some(why.to_owned())
    }

    #[tokio::test]
    async fn an_outage_is_remembered_from_its_first_failure_to_the_next_success() {
        let store = Store::temporary().unwrap();
        assert_eq!(store.beats().await.unwrap(), []);
        let mut seen = Vec::new();
        for (at, failure) in [(1, None), (2, Some("refused")), (3, Some("timed out")), (4, None)] {
            store.beat_begins(Way::Url, minute(at)).await.unwrap();
            match failure {
                None => store.beat_succeeds(Way::Url, minute(at)).await.unwrap(),
                Some(why) => {
                    let told = store.beat_fails(Way::Url, why.to_owned(), minute(at), |_, _| None).await;
                    assert!(!told.unwrap());
                }
            }
            let beats = store.beats().await.unwrap().remove(0);
            assert_eq!((beats.way, beats.tried_at), (Way::Url, minute(at)));
            seen.push((beats.succeeded_at, beats.failing_since, beats.why));
        }
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

    /// Tells unless it was told.
    fn unheard(beats: &Beats, told: bool) -> Option<Notice> {
        let since = beats.failing_since?;
        let trouble = ServiceTrouble::Unheard { since, why: Unheard::TooLate };
        (!told).then(|| trouble.notice(beats.tried_at))
    }

    #[tokio::test]
    async fn the_word_of_an_outage_is_remembered_until_the_next_one() {
        let store = Store::temporary().unwrap();
        let mut told = Vec::new();
        for (at, arrives) in [(1, false), (2, false), (3, true), (4, false), (5, false)] {
            store.beat_begins(Way::Url, minute(at)).await.unwrap();
            if arrives {
                store.beat_succeeds(Way::Url, minute(at)).await.unwrap();
            } else {
                let late = "late".to_owned();
                told.push(store.beat_fails(Way::Url, late, minute(at), unheard).await.unwrap());
            }
        }
        assert_eq!(told, [true, false, true, false]);
        let due = store.due_notices(&Addressee::Operators, minute(9), None, 10).await.unwrap();
        let because: Vec<TellBecause> = due.iter().map(|item| item.notice.because).collect();
        assert_eq!(because, [TellBecause::Unheard; 2]);
    }

    #[tokio::test]
    async fn each_mark_is_compared_with_the_one_before() {
        let store = Store::temporary().unwrap();
        let (heard, marks) = std::sync::mpsc::channel();
        for at in [1, 2, 600] {
            let heard = heard.clone();
            let tell = move |before: Option<Timestamp>| {
                heard.send(before).unwrap();
                let from = before.filter(|_| at == 600)?;
                Some(ServiceTrouble::Silent { from, until: minute(at) }.notice(minute(at)))
            };
            assert_eq!(store.mark_moving(minute(at), tell).await.unwrap(), at == 600);
        }
        drop(heard);
        assert_eq!(marks.iter().collect::<Vec<_>>(), [None, Some(minute(1)), Some(minute(2))]);
        let beats = store.beats().await.unwrap();
        assert_eq!((beats.len(), beats[0].succeeded_at), (1, Some(minute(600))));
        assert!(store.audit_head().await.unwrap().is_some(), "a notice is in the audit");
    }
}
