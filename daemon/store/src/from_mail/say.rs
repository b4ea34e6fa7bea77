//! A word from a mail: judged, decided and written in one transaction, so that a page speaks once.

use jiff::Timestamp;
use kaizend_core::{
    domain::{Decision, Delivery, Finding, Fingerprint, NoticeId, PersonId, Verb},
    policy::press::{Doubt, Earlier, HandedOver},
};
use rusqlite::{Connection, OptionalExtension, params};

use super::{ActId, ActStanding, Change};
use crate::{
    Store, StoreError,
    close::{Closed, Scene, write_decision},
    column::{from_json, from_word, instant, json, micros, word},
    finding,
};

/// Presses farther back than this say nothing about this one.
const BACK: i64 = 60 * 60 * 1_000_000;

/// A word that was pressed.
#[derive(Clone, Debug, PartialEq)]
pub struct NewAct {
    pub notice: NoticeId,
    pub fingerprint: Fingerprint,
    pub person: PersonId,
    pub verb: Verb,
    pub at: Timestamp,
    /// Pressed once more, on the page that asks.
    pub confirmed: bool,
    /// Digest of the page's nonce.
    pub page: [u8; 32],
}

/// What is known of the mail, and of earlier presses from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    pub handed_over: HandedOver,
    pub earlier: Vec<Earlier>,
    /// When the same word was first left unconfirmed within the last hour.
    pub asked_at: Option<Timestamp>,
}

/// What a word comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Judged {
    /// It changes nothing yet.
    Unconfirmed(Doubt),
    Decided(Box<Decision>),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard<E> {
    /// There is no such finding any more.
    Gone,
    /// The page has spoken already.
    Replayed,
    Refused(E),
    Unconfirmed(Doubt),
    Recorded {
        act: ActId,
        finding: Box<Finding>,
    },
}

impl Store {
    /// Lets `decide` judge a word and decide it, and writes what comes of it. When it refuses, nothing is written.
    pub async fn say_from_mail<E: Send + 'static>(
        &self,
        new: NewAct,
        decide: impl FnOnce(&Finding, &Past) -> Result<Judged, E> + Send + 'static,
    ) -> Result<Heard<E>, StoreError> {
        self.write(move |connection| {
            if has_spoken(connection, &new.page)? {
                return Ok(Heard::Replayed);
            }
            let Some(known) = finding::one(connection, &new.fingerprint)? else { return Ok(Heard::Gone) };
            let past = past(connection, &new)?;
            match decide(&known, &past) {
                Err(refused) => Ok(Heard::Refused(refused)),
                Ok(Judged::Unconfirmed(doubt)) => {
                    keep(connection, &new, ActStanding::Unconfirmed, None)?;
                    Ok(Heard::Unconfirmed(doubt))
                }
                Ok(Judged::Decided(decision)) => {
                    let scene = Scene { connection, check: &known.check, run: known.changed_by, at: new.at };
                    write_decision(&scene, &decision, &mut Closed::default())?;
                    let Decision { finding, note, .. } = *decision;
                    let change = Change { before: known, after: finding.clone(), note };
                    let act = keep(connection, &new, ActStanding::Recorded, Some(&change))?;
                    Ok(Heard::Recorded { act, finding: Box::new(finding) })
                }
            }
        })
        .await
    }
}

fn has_spoken(connection: &Connection, page: &[u8; 32]) -> Result<bool, StoreError> {
    let found = connection
        .prepare_cached("SELECT 1 FROM acts WHERE page = ?1")?
        .query_row([page], |_| Ok(()))
        .optional()?;
    Ok(found.is_some())
}

fn past(connection: &Connection, new: &NewAct) -> Result<Past, StoreError> {
    let mut past =
        Past { handed_over: handed_over(connection, new.notice)?, earlier: Vec::new(), asked_at: None };
    let mut statement = connection.prepare_cached(
        "SELECT at, verb, fingerprint = ?3 AND standing = 'unconfirmed', confirmed AND standing = 'recorded' FROM acts
         WHERE notice = ?1 AND at >= ?2 ORDER BY id",
    )?;
    let since = micros(new.at) - BACK;
    let mut rows = statement.query(params![new.notice.0, since, new.fingerprint.as_bytes()])?;
    while let Some(row) = rows.next()? {
        let (at, verb, confirmed) = (instant(row.get(0)?)?, from_word(row.get(1)?)?, row.get(3)?);
        let earlier = Earlier { verb, at, confirmed };
        if row.get::<_, bool>(2)? && earlier.verb == new.verb {
            past.asked_at.get_or_insert(earlier.at);
        }
        past.earlier.push(earlier);
    }
    Ok(past)
}

fn handed_over(connection: &Connection, notice: NoticeId) -> Result<HandedOver, StoreError> {
    let delivery: Option<String> = connection
        .prepare_cached(
            "SELECT o.delivery FROM notices AS n JOIN outbox AS o ON o.id = n.mail WHERE n.id = ?1",
        )?
        .query_row([notice.0], |row| row.get(0))
        .optional()?;
    let Some(delivery) = delivery else { return Ok(HandedOver::LongAgo) };
    Ok(match from_json(&delivery)? {
        Delivery::Sent { at, .. } | Delivery::DataStarted { at } => HandedOver::At(at),
        Delivery::Uncertain { since, .. } => HandedOver::At(since),
        _ => HandedOver::NotYet,
    })
}

fn keep(
    connection: &Connection,
    new: &NewAct,
    standing: ActStanding,
    change: Option<&Change>,
) -> Result<ActId, StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO acts (at, notice, fingerprint, person, verb, standing, page, body, confirmed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            micros(new.at),
            new.notice.0,
            new.fingerprint.as_bytes(),
            new.person.as_str(),
            new.verb.word(),
            word(&standing)?,
            new.page,
            change.map(json).transpose()?,
            new.confirmed,
        ])?;
    Ok(ActId(connection.last_insert_rowid()))
}
