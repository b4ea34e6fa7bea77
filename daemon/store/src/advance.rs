//! Time alone: findings whose moment has come are decided and written, a page in each transaction, so that a look
//! or a person's word never comes between what was read and what is written.

use jiff::{SignedDuration, Timestamp};
use kaizend_core::{
    domain::{Finding, Fingerprint},
    policy::climb::{Advance, Word},
};
use rusqlite::{Connection, params};

use crate::{
    NoticeState, Store, StoreError,
    close::{Closed, Scene, write_decision},
    column::{from_json, get, instant_if, micros},
    notice::of_finding,
};

/// Findings of one transaction.
const PAGE: i64 = 200;

/// The least that a finding waits.
const SOON: SignedDuration = SignedDuration::from_secs(1);

/// Decides one finding by time: what is known of it, and the notices of its episode.
pub type ByTime = Box<dyn FnMut(&Finding, &[Word]) -> Advance + Send>;

impl Store {
    /// Advances every finding whose moment is at or before `now`. `by_time` makes the decider of each page.
    pub async fn advance(
        &self,
        now: Timestamp,
        mut by_time: impl FnMut() -> ByTime,
    ) -> Result<Closed, StoreError> {
        let mut all = Closed::default();
        loop {
            let mut decide = by_time();
            let (page, closed) =
                self.write(move |connection| advance_page(connection, now, &mut decide)).await?;
            all.absorb(closed);
            if page == 0 {
                return Ok(all);
            }
        }
    }

    /// When time alone may change something next.
    pub async fn next_advance(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|connection| {
            let query = "SELECT min(next_at) FROM findings WHERE next_at IS NOT NULL";
            instant_if(connection.query_row(query, [], |row| row.get(0))?)
        })
        .await
    }

    /// Lets every open finding be decided again by time: ladders, routes or people may have changed.
    pub async fn reconsider(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.write(move |connection| {
            let query = "UPDATE findings SET next_at = ?1 WHERE open = 1 AND next_at IS NOT ?1";
            Ok(connection.execute(query, [micros(now)])? as u64)
        })
        .await
    }
}

fn advance_page(
    connection: &Connection,
    now: Timestamp,
    decide: &mut ByTime,
) -> Result<(usize, Closed), StoreError> {
    let page = due_page(connection, now)?;
    let mut closed = Closed::default();
    for finding in &page {
        let words = words(connection, finding)?;
        match decide(finding, &words) {
            Advance::Nothing => set_next(connection, finding.fingerprint, None)?,
            Advance::Wait(until) => {
                // A moment that is not ahead would keep this transaction busy for ever.
                let ahead = until.max(now.checked_add(SOON).unwrap_or(Timestamp::MAX));
                set_next(connection, finding.fingerprint, Some(ahead))?;
            }
            Advance::Decide(decision) => {
                let scene = Scene { connection, check: &finding.check, run: finding.changed_by, at: now };
                write_decision(&scene, &decision, &mut closed)?;
                // There may be more to come: the same finding is in the next page.
                if decision.finding.is_open() {
                    set_next(connection, finding.fingerprint, Some(now))?;
                }
            }
        }
    }
    Ok((page.len(), closed))
}

fn due_page(connection: &Connection, now: Timestamp) -> Result<Vec<Finding>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT body FROM findings WHERE next_at IS NOT NULL AND next_at <= ?1 ORDER BY next_at, fingerprint LIMIT ?2",
    )?;
    let mut rows = statement.query(params![micros(now), PAGE])?;
    let mut page = Vec::new();
    while let Some(row) = rows.next()? {
        page.push(from_json(&get::<String>(row, "body")?)?);
    }
    Ok(page)
}

fn set_next(connection: &Connection, finding: Fingerprint, at: Option<Timestamp>) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE findings SET next_at = ?2 WHERE fingerprint = ?1")?
        .execute(params![finding.as_bytes(), at.map(micros)])?;
    Ok(())
}

/// The notices of the finding's present episode, as climbing needs them.
pub(crate) fn words(connection: &Connection, finding: &Finding) -> Result<Vec<Word>, StoreError> {
    let rows = of_finding(connection, finding.fingerprint)?.into_iter();
    let of_episode = rows.filter(|row| row.notice.episode == finding.episode);
    Ok(of_episode
        .map(|row| Word {
            kind: row.notice.kind,
            decided_at: row.decided_at,
            due: row.due,
            left_at: row.settled_at.filter(|_| row.state == NoticeState::Composed),
            waits: row.state == NoticeState::Due,
        })
        .collect())
}
