//! Findings as people read them: lists page by page, one by the digits that they type, and its history.

use jiff::Timestamp;
use kaizend_core::domain::{
    CheckId, Event, Finding, Fingerprint, PersonId, RunId, Severity, State, Why, WithheldBecause,
};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use crate::{
    Store, StoreError,
    column::{from_json, from_word, get, instant},
};

/// Digits of a fingerprint that are enough to ask for it.
const SHORTEST_PREFIX: usize = 4;
/// Findings named when a prefix fits several.
const MOST_NAMED: usize = 10;

/// Which findings a list shows: open ones before resolved ones, the worst first, then the oldest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub check: Option<CheckId>,
    pub standing: Standing,
    pub owner: Option<PersonId>,
    pub stage: Option<String>,
    /// The last one of the page before.
    pub after: Option<Fingerprint>,
    /// Rows of the page; 0 = 100.
    pub limit: u32,
}

/// Whether a finding is still open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Not resolved: open, acknowledged, snoozed, done, dismissed.
    #[default]
    Open,
    Resolved,
    All,
}

/// How far a check's open findings have climbed: what a director sees first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Levels {
    pub check: CheckId,
    pub open: u64,
    /// At least one level above the owner was reached.
    pub one: u64,
    pub two: u64,
}

/// What the digits of a fingerprint name.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    One(Box<Finding>),
    None,
    /// Some of those that begin so; type more digits.
    Many(Vec<Fingerprint>),
    /// Not four or more hexadecimal digits.
    NotAFingerprint,
}

/// One thing that happened to a finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct HistoryRow {
    pub at: Timestamp,
    pub run: RunId,
    pub episode: u32,
    pub event: Event,
    pub why: Why,
    pub stage: String,
    pub severity: Severity,
    pub state: State,
    /// How many notices were written with it.
    pub notices: u32,
    /// Why nobody was told, where nobody was.
    pub withheld: Option<WithheldBecause>,
    /// Who said it, where a person did.
    pub by: Option<PersonId>,
    /// In which words: a reason, a cause, a name.
    pub note: Option<String>,
}

impl Store {
    /// One page of findings.
    ///
    /// # Errors
    /// [`StoreError::CursorGone`] when `after` is not kept any more.
    pub async fn findings(&self, filter: Filter) -> Result<Vec<Finding>, StoreError> {
        self.read(move |connection| page(connection, &filter)).await
    }

    /// One finding by its whole fingerprint.
    pub async fn finding(&self, fingerprint: Fingerprint) -> Result<Option<Finding>, StoreError> {
        self.read(move |connection| one(connection, &fingerprint)).await
    }

    /// The finding whose fingerprint begins with these digits.
    pub async fn finding_by_prefix(&self, prefix: &str) -> Result<Found, StoreError> {
        let prefix = prefix.trim().to_ascii_lowercase();
        let hexadecimal = prefix.bytes().all(|digit| digit.is_ascii_hexdigit());
        if !hexadecimal || !(SHORTEST_PREFIX..=64).contains(&prefix.len()) {
            return Ok(Found::NotAFingerprint);
        }
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT body FROM findings WHERE fingerprint BETWEEN unhex(?1) AND unhex(?2)
                 ORDER BY fingerprint LIMIT ?3",
            )?;
            let (first, last) = (format!("{prefix:0<64}"), format!("{prefix:f<64}"));
            let mut rows = statement.query(params![first, last, MOST_NAMED as i64])?;
            let mut found: Vec<Finding> = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(finding(row)?);
            }
            Ok(match found.len() {
                0 => Found::None,
                1 => found.pop().map_or(Found::None, |one| Found::One(Box::new(one))),
                _ => Found::Many(found.iter().map(|finding| finding.fingerprint).collect()),
            })
        })
        .await
    }

    /// How open findings stand on their ladders, by check; what was known since a baseline stands on none.
    pub async fn levels(&self) -> Result<Vec<Levels>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT check_id, count(*), sum(steps >= 1), sum(steps >= 2) FROM (
                   SELECT check_id, json_array_length(coalesce(body -> '$.climb.steps', '[]')) AS steps
                   FROM findings WHERE open = 1 AND body ->> '$.baseline' = 0)
                 GROUP BY check_id ORDER BY check_id",
            )?;
            let rows = statement.query_map([], |row| {
                let check = CheckId::new(row.get::<_, String>(0)?);
                Ok(Levels { check, open: row.get(1)?, one: row.get(2)?, two: row.get(3)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// What happened to a finding, oldest first.
    pub async fn history(&self, fingerprint: Fingerprint) -> Result<Vec<HistoryRow>, StoreError> {
        self.read(move |connection| {
            let mut statement =
                connection.prepare_cached("SELECT * FROM history WHERE fingerprint = ?1 ORDER BY id")?;
            let mut rows = statement.query([fingerprint.as_bytes()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(history_row(row)?);
            }
            Ok(found)
        })
        .await
    }
}

pub(crate) fn one(connection: &Connection, fingerprint: &Fingerprint) -> Result<Option<Finding>, StoreError> {
    let body: Option<String> = connection
        .prepare_cached("SELECT body FROM findings WHERE fingerprint = ?1")?
        .query_row([fingerprint.as_bytes()], |row| row.get(0))
        .optional()?;
    body.map(|body| from_json(&body)).transpose()
}

fn page(connection: &Connection, filter: &Filter) -> Result<Vec<Finding>, StoreError> {
    let mut found = Vec::new();
    let limit = if filter.limit == 0 { 100 } else { filter.limit as usize };
    let cursor = filter.after.map(|after| cursor(connection, &after)).transpose()?;
    for open in filter.standing.parts() {
        let cursor = match cursor {
            // The page before ended among the open ones, so all resolved ones follow.
            Some((true, ..)) if !open => None,
            Some((false, ..)) if open => continue,
            other => other,
        };
        part(connection, filter, open, cursor, limit, &mut found)?;
    }
    Ok(found)
}

/// Whether a finding is open, its urgency, when it opened, and its fingerprint: its place in a list.
type Place = (bool, i64, i64, [u8; 32]);

fn cursor(connection: &Connection, after: &Fingerprint) -> Result<Place, StoreError> {
    connection
        .prepare_cached("SELECT open, urgency, opened_at FROM findings WHERE fingerprint = ?1")?
        .query_row([after.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, *after.as_bytes())))
        .optional()?
        .ok_or_else(|| StoreError::CursorGone(after.to_string()))
}

fn part(
    connection: &Connection,
    filter: &Filter,
    open: bool,
    cursor: Option<Place>,
    limit: usize,
    found: &mut Vec<Finding>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT body FROM findings
         WHERE open = ?1 AND (urgency, opened_at, fingerprint) > (?2, ?3, ?4)
           AND (?5 IS NULL OR check_id = ?5) AND (?6 IS NULL OR owner = ?6) AND (?7 IS NULL OR stage = ?7)
         ORDER BY urgency, opened_at, fingerprint LIMIT ?8",
    )?;
    let (_, urgency, opened_at, fingerprint) = cursor.unwrap_or((open, 0, i64::MIN, [0; 32]));
    let mut rows = statement.query(params![
        open,
        urgency,
        opened_at,
        fingerprint,
        filter.check.as_ref().map(CheckId::as_str),
        filter.owner.as_ref().map(PersonId::as_str),
        filter.stage,
        (limit - found.len()) as i64
    ])?;
    while let Some(row) = rows.next()? {
        found.push(finding(row)?);
    }
    Ok(())
}

fn finding(row: &Row<'_>) -> Result<Finding, StoreError> {
    from_json(&get::<String>(row, "body")?)
}

fn history_row(row: &Row<'_>) -> Result<HistoryRow, StoreError> {
    Ok(HistoryRow {
        at: instant(get(row, "at")?)?,
        run: RunId(get(row, "run")?),
        episode: get(row, "episode")?,
        event: from_word(get(row, "event")?)?,
        why: from_json(&get::<String>(row, "why")?)?,
        stage: get(row, "stage")?,
        severity: from_word(get(row, "severity")?)?,
        state: from_json(&get::<String>(row, "state")?)?,
        notices: get(row, "notices")?,
        withheld: get::<Option<String>>(row, "withheld")?.map(from_word).transpose()?,
        by: get::<Option<String>>(row, "said_by")?.map(PersonId::new),
        note: get(row, "note")?,
    })
}

impl Standing {
    fn parts(self) -> Vec<bool> {
        match self {
            Self::Open => vec![true],
            Self::Resolved => vec![false],
            Self::All => vec![true, false],
        }
    }
}
