//! A word is taken back: decided and written in one transaction with its new standing.

use jiff::Timestamp;
use kaizend_core::{
    domain::{Decision, Finding, NoticeId, PersonId, TellBecause, WithheldBecause},
    policy::undo::Taken,
};
use rusqlite::{Connection, OptionalExtension, params};

use super::{ActId, ActRow, ActStanding, COLUMNS, act};
use crate::{
    Store, StoreError,
    close::{Closed, Scene, write_decision},
    column::{micros, word},
    finding,
    notice::{self, NoticeState},
};

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum TakenBack<E> {
    /// There is no such word of that person, or it does not count (any more).
    Gone,
    Stays(E),
    Back(Box<Finding>),
}

impl Store {
    /// A word that is kept, by its number.
    pub async fn act_from_mail(&self, id: ActId) -> Result<Option<ActRow>, StoreError> {
        self.read(move |connection| one(connection, id)).await
    }

    /// Lets `decide` take a recorded word of a person back. What it had caused and has not left is withheld.
    pub async fn take_back<E: Send + 'static>(
        &self,
        id: ActId,
        by: PersonId,
        standing: ActStanding,
        now: Timestamp,
        decide: impl FnOnce(&Finding, &Taken) -> Result<Decision, E> + Send + 'static,
    ) -> Result<TakenBack<E>, StoreError> {
        self.write(move |connection| {
            let recorded = |row: &ActRow| row.standing == ActStanding::Recorded && row.person == by;
            let Some(row) = one(connection, id)?.filter(recorded) else { return Ok(TakenBack::Gone) };
            let known = finding::one(connection, &row.fingerprint)?;
            let (Some(known), Some(change)) = (known, row.change) else { return Ok(TakenBack::Gone) };
            let caused = caused(connection, &change.after, row.at)?;
            let others_heard = caused.iter().any(|(_, state)| *state == NoticeState::Composed);
            let (before, after) = (change.before, change.after);
            let taken = Taken { verb: row.verb, by: row.person, at: row.at, before, after, others_heard };
            let decision = match decide(&known, &taken) {
                Ok(decision) => decision,
                Err(stays) => return Ok(TakenBack::Stays(stays)),
            };
            let scene = Scene { connection, check: &known.check, run: known.changed_by, at: now };
            write_decision(&scene, &decision, &mut Closed::default())?;
            for (notice, _) in caused.into_iter().filter(|(_, state)| *state == NoticeState::Due) {
                notice::withhold(connection, notice, WithheldBecause::TakenBack, now)?;
            }
            // Also what the last mail has told of it is told anew, as it stands now.
            connection.execute(
                "UPDATE acts SET standing = ?2, told_in = NULL WHERE id = ?1",
                params![id.0, word(&standing)?],
            )?;
            Ok(TakenBack::Back(Box::new(decision.finding)))
        })
        .await
    }

    /// Words that others contradicted within the same moment: recorded, from one mail.
    pub async fn recorded_from(&self, notice: NoticeId, since: Timestamp) -> Result<Vec<ActRow>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM acts WHERE notice = ?1 AND at >= ?2 AND standing = 'recorded' ORDER BY id"
            ))?;
            let mut rows = statement.query(params![notice.0, micros(since)])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(act(row)?);
            }
            Ok(found)
        })
        .await
    }
}

fn one(connection: &Connection, id: ActId) -> Result<Option<ActRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM acts WHERE id = ?1"))?;
    let mut rows = statement.query([id.0])?;
    rows.next()?.map(act).transpose()
}

/// The notices by which somebody else is told that it is theirs, of this word.
fn caused(
    connection: &Connection,
    after: &Finding,
    at: Timestamp,
) -> Result<Vec<(NoticeId, NoticeState)>, StoreError> {
    let rows = notice::of_finding(connection, after.fingerprint)?.into_iter();
    let of_it = rows.filter(|row| row.decided_at == at && row.notice.because == TellBecause::HandedOver);
    Ok(of_it.map(|row| (row.id, row.state)).collect())
}

/// How often a finding was put off in its present episode, without what was taken back.
pub(crate) fn put_off(connection: &Connection, finding: &Finding) -> Result<usize, StoreError> {
    let times: Option<i64> = connection
        .prepare_cached(
            "SELECT count(*) FILTER (WHERE event = 'snoozed')
                  - count(*) FILTER (WHERE event = 'taken-back' AND note = 'snooze')
             FROM history WHERE fingerprint = ?1 AND episode = ?2",
        )?
        .query_row(params![finding.fingerprint.as_bytes(), finding.episode], |row| row.get(0))
        .optional()?;
    Ok(times.and_then(|times| usize::try_from(times).ok()).unwrap_or(0))
}

impl Store {
    /// How often a finding was put off in its present episode.
    pub async fn put_off(&self, finding: &Finding) -> Result<usize, StoreError> {
        let finding = finding.clone();
        self.read(move |connection| put_off(connection, &finding)).await
    }
}
