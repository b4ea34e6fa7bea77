//! How often each check is right, counted from the history of its findings.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kaizend_core::{
    domain::CheckId,
    policy::precision::{Episode, Happening, Precision},
};
use rusqlite::{Connection, Row, params};

use crate::{
    Store, StoreError,
    column::{from_json, from_word, get, instant, micros},
};

/// Episodes of which something was said. The events are those of the index `history_verdicts`, or it is not used.
pub(crate) const JUDGED: &str = "SELECT f.check_id, e.fingerprint, e.episode FROM (
    SELECT DISTINCT fingerprint, episode FROM history WHERE at >= ?1
      AND event IN ('acknowledged', 'apologised', 'dismissed', 'done', 'explained', 'resolved',
                    'taken-back')
  ) AS e JOIN findings AS f ON f.fingerprint = e.fingerprint";

impl Store {
    /// The verdicts since then, by check; a check without any is not among them.
    pub async fn precision(&self, since: Timestamp) -> Result<BTreeMap<CheckId, Precision>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(JUDGED)?;
            let mut rows = statement.query([micros(since)])?;
            let mut found: BTreeMap<CheckId, Precision> = BTreeMap::new();
            while let Some(row) = rows.next()? {
                let check = CheckId::new(get::<String>(row, "check_id")?);
                let episode =
                    episode(connection, &get::<Vec<u8>>(row, "fingerprint")?, get(row, "episode")?)?;
                found.entry(check).or_default().add(episode, since);
            }
            Ok(found)
        })
        .await
    }
}

fn episode(connection: &Connection, fingerprint: &[u8], episode: u32) -> Result<Episode, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT at, event, why, notices, note FROM history WHERE fingerprint = ?1 AND episode = ?2 ORDER BY id",
    )?;
    let mut rows = statement.query(params![fingerprint, episode])?;
    let mut found = Episode::default();
    while let Some(row) = rows.next()? {
        found.take(happening(row)?);
    }
    Ok(found)
}

fn happening(row: &Row<'_>) -> Result<Happening, StoreError> {
    Ok(Happening {
        at: instant(get(row, "at")?)?,
        event: from_word(get(row, "event")?)?,
        why: from_json(&get::<String>(row, "why")?)?,
        told: get::<u32>(row, "notices")? > 0,
        note: get(row, "note")?,
    })
}
