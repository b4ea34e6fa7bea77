//! Findings in the end of a run: the known and the staged stream through the decision, and each answer written
//! with its history row and its notices. Both streams are read in pages, so memory does not grow with them and
//! no reading statement is open while its table is written. What waits to be written lies before those pages.

use kaizend_core::{
    domain::{Decision, Finding, Fingerprint, NoticeId, PersonId, State, Telling, WithheldBecause},
    policy::decide::{MergeError, Seen, Verdict, merge},
};
use rusqlite::{Connection, params, types::Value};

use super::{Closed, Decide, Scene, state_word};
use crate::{
    StoreError,
    column::{fingerprint, from_json, get, json, micros, word},
    many::{Many, text_if},
    notice,
};

/// Rows of one page.
const PAGE: usize = 500;

/// Decides every finding that is open or was seen.
pub(super) fn decide(scene: &Scene<'_>, decide: &mut Decide, closed: &mut Closed) -> Result<(), StoreError> {
    let known = Paged::new(|after| known_page(scene, after), |finding: &Finding| finding.fingerprint);
    let seen = Paged::new(|after| seen_page(scene, after), |seen: &Seen| seen.fingerprint);
    let mut desk = Desk::new(scene);
    for pair in merge(known, seen) {
        let pair = pair.map_err(|why| match why {
            MergeError::Read(why) => why,
            other => StoreError::Disorder(other.to_string()),
        })?;
        closed.seen += u64::from(pair.seen.is_some());
        let Some(decision) = decide(pair.known, pair.seen) else { continue };
        if decision.finding.fingerprint != pair.fingerprint {
            return Err(StoreError::WrongFinding {
                asked: pair.fingerprint.to_string(),
                decided: decision.finding.fingerprint.to_string(),
            });
        }
        desk.write(&decision, closed)?;
    }
    desk.finish(closed)
}

/// Writes one decision: the finding, its history, and who is told.
pub(crate) fn write(scene: &Scene<'_>, decision: &Decision, closed: &mut Closed) -> Result<(), StoreError> {
    let mut desk = Desk::new(scene);
    desk.write(decision, closed)?;
    desk.finish(closed)
}

/// Decisions that are written together.
struct Desk<'a> {
    scene: &'a Scene<'a>,
    findings: Many<11>,
    notices: Many<6>,
    history: Many<13>,
}

impl<'a> Desk<'a> {
    fn new(scene: &'a Scene<'a>) -> Self {
        Self {
            scene,
            findings: Many::new(INSERT_DECIDED, UPDATE_DECIDED),
            notices: Many::new(notice::INSERT, ""),
            history: Many::new(
                "INSERT INTO history (fingerprint, at, run, episode, event, why, stage, severity, state,
                 notices, withheld, said_by, note)",
                "",
            ),
        }
    }

    fn write(&mut self, decision: &Decision, closed: &mut Closed) -> Result<(), StoreError> {
        self.findings.push(decided_row(decision)?);
        let (notices, withheld) = match &decision.telling {
            Telling::Tell(notices) => (notices.as_slice(), None),
            Telling::Withhold(because) => {
                closed.add_withheld(*because);
                (&[][..], Some(because))
            }
        };
        for notice in notices {
            self.notices.push(notice::row(notice, self.scene.at)?);
        }
        closed.add_decided(decision.event, &decision.why);
        self.history.push(self.history_row(decision, notices.len(), withheld)?);
        if self.findings.is_full() { self.finish(closed) } else { Ok(()) }
    }

    fn history_row(
        &self,
        decision: &Decision,
        notices: usize,
        withheld: Option<&WithheldBecause>,
    ) -> Result<[Value; 13], StoreError> {
        let (finding, seen) = (&decision.finding, &decision.finding.seen);
        Ok([
            finding.fingerprint.as_bytes().to_vec().into(),
            micros(self.scene.at).into(),
            self.scene.run.0.into(),
            finding.episode.into(),
            word(&decision.event)?.into(),
            json(&decision.why)?.into(),
            seen.stage.clone().into(),
            word(&seen.severity)?.into(),
            json(&finding.state)?.into(),
            (notices as i64).into(),
            withheld.map(word).transpose()?.into(),
            text_if(decision.by.as_ref().map(PersonId::as_str)),
            decision.note.clone().into(),
        ])
    }

    /// Findings first: the others belong to them.
    fn finish(&mut self, closed: &mut Closed) -> Result<(), StoreError> {
        self.findings.write(self.scene.connection)?;
        let ids = self.notices.write(self.scene.connection)?;
        closed.notices.extend(ids.into_iter().map(NoticeId));
        self.history.write(self.scene.connection)?;
        Ok(())
    }
}

const INSERT: &str =
    "INSERT INTO findings (fingerprint, check_id, open, state, stage, owner, urgency, opened_at,
  resolved_at, body)";
const UPDATE: &str = "ON CONFLICT DO UPDATE SET check_id = excluded.check_id, open = excluded.open,
  state = excluded.state, stage = excluded.stage, owner = excluded.owner, urgency = excluded.urgency,
  opened_at = excluded.opened_at, resolved_at = excluded.resolved_at, body = excluded.body";

/// The same with the moment at which time alone may change it.
const INSERT_DECIDED: &str =
    "INSERT INTO findings (fingerprint, check_id, open, state, stage, owner, urgency, opened_at,
  resolved_at, body, next_at)";
const UPDATE_DECIDED: &str = "ON CONFLICT DO UPDATE SET check_id = excluded.check_id, open = excluded.open,
  state = excluded.state, stage = excluded.stage, owner = excluded.owner, urgency = excluded.urgency,
  opened_at = excluded.opened_at, resolved_at = excluded.resolved_at, body = excluded.body,
  next_at = excluded.next_at";

/// Writes a finding as it is now, without a decision.
pub(crate) fn write_finding(connection: &Connection, finding: &Finding) -> Result<(), StoreError> {
    let mut one = Many::new(INSERT, UPDATE);
    one.push(finding_row(finding)?);
    one.write(connection)?;
    Ok(())
}

/// A finding's row, and when time alone may change it next.
fn decided_row(decision: &Decision) -> Result<[Value; 11], StoreError> {
    let mut row = finding_row(&decision.finding)?.into_iter();
    let mut decided = std::array::from_fn(|_| row.next().unwrap_or(Value::Null));
    decided[10] = decision.next.map(micros).into();
    Ok(decided)
}

fn finding_row(finding: &Finding) -> Result<[Value; 10], StoreError> {
    let resolved_at = match &finding.state {
        State::Resolved { at, .. } => Some(micros(*at)),
        _ => None,
    };
    Ok([
        finding.fingerprint.as_bytes().to_vec().into(),
        finding.check.as_str().to_owned().into(),
        finding.is_open().into(),
        state_word(finding)?.into(),
        finding.seen.stage.clone().into(),
        text_if(finding.owner()),
        (5 - i64::from(finding.seen.severity.level())).into(),
        micros(finding.opened_at).into(),
        resolved_at.into(),
        json(finding)?.into(),
    ])
}

/// The check's findings that are open, or resolved but seen by this run.
fn known_page(scene: &Scene<'_>, after: Option<Fingerprint>) -> Result<Vec<Finding>, StoreError> {
    let mut statement = scene.connection.prepare_cached(
        "SELECT body FROM findings AS f
         WHERE check_id = ?1 AND fingerprint > ?2 AND (open = 1 OR EXISTS (
           SELECT 1 FROM temp.staged_findings AS s WHERE s.run = ?3 AND s.fingerprint = f.fingerprint))
         ORDER BY fingerprint LIMIT ?4",
    )?;
    let mut rows =
        statement.query(params![scene.check.as_str(), from(after.as_ref()), scene.run.0, PAGE as i64])?;
    let mut page = Vec::new();
    while let Some(row) = rows.next()? {
        page.push(from_json(&get::<String>(row, "body")?)?);
    }
    Ok(page)
}

/// What this run saw.
fn seen_page(scene: &Scene<'_>, after: Option<Fingerprint>) -> Result<Vec<Seen>, StoreError> {
    let mut statement = scene.connection.prepare_cached(
        "SELECT fingerprint, sighting FROM temp.staged_findings
         WHERE run = ?1 AND fingerprint > ?2 ORDER BY fingerprint LIMIT ?3",
    )?;
    let mut rows = statement.query(params![scene.run.0, from(after.as_ref()), PAGE as i64])?;
    let mut page = Vec::new();
    while let Some(row) = rows.next()? {
        let verdict = match get::<Option<String>>(row, "sighting")? {
            Some(sighting) => Verdict::Wrong(Box::new(from_json(&sighting)?)),
            None => Verdict::Fine,
        };
        page.push(Seen { fingerprint: fingerprint(get(row, "fingerprint")?)?, verdict });
    }
    Ok(page)
}

/// Every fingerprint is greater than no bytes at all.
fn from(after: Option<&Fingerprint>) -> &[u8] {
    after.map_or(&[], |after| after.as_bytes())
}

/// A stream read page by page, each from where the last one ended.
struct Paged<T, P> {
    next_page: P,
    fingerprint: fn(&T) -> Fingerprint,
    page: std::vec::IntoIter<T>,
    after: Option<Fingerprint>,
    over: bool,
}

impl<T, P: FnMut(Option<Fingerprint>) -> Result<Vec<T>, StoreError>> Paged<T, P> {
    fn new(next_page: P, fingerprint: fn(&T) -> Fingerprint) -> Self {
        Self { next_page, fingerprint, page: Vec::new().into_iter(), after: None, over: false }
    }
}

impl<T, P: FnMut(Option<Fingerprint>) -> Result<Vec<T>, StoreError>> Iterator for Paged<T, P> {
    type Item = Result<T, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(item) = self.page.next() {
            return Some(Ok(item));
        }
        if self.over {
            return None;
        }
        match (self.next_page)(self.after) {
            Ok(page) => {
                self.over = page.len() < PAGE;
                self.after = page.last().map(self.fingerprint).or(self.after);
                self.page = page.into_iter();
                self.page.next().map(Ok)
            }
            Err(why) => {
                self.over = true;
                Some(Err(why))
            }
        }
    }
}
