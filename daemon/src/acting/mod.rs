//! A person's word about a finding, from whatever door it comes: the command line, a page, a reply by mail. Here it
//! meets the plan and the store; what it means is the core's decision.

mod from_mail;

use std::sync::Arc;

use anyhow::Context;
use jiff::Timestamp;
use kaizend_core::{
    domain::{CheckId, Finding, Fingerprint, PersonId, RunId},
    policy::{
        act::{self, Act, Refused, Terms},
        calendar::Calendar,
        climb::{self, Outlook},
        route::Router,
    },
};

use crate::{look, office::Standing, rooms::Rooms};

pub(crate) use from_mail::{FromMail, How, say_from_mail};

/// Why a word was not taken. Nothing is changed.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    #[error(
        "its check {0} is no longer configured: `kaizend findings resolve --check {0}` closes what it left"
    )]
    Orphaned(CheckId),
    #[error("nobody in the list of people has the id `{0}`")]
    UnknownPerson(PersonId),
    #[error("there is no such finding")]
    NoSuchFinding,
    #[error("not taken: {0}")]
    Refused(#[from] Refused),
    #[error(transparent)]
    CouldNot(#[from] anyhow::Error),
}

/// What comes next for a finding if nobody does anything; `None` when its check is gone.
pub async fn outlook(rooms: &Rooms, finding: &Finding, now: Timestamp) -> anyhow::Result<Option<Outlook>> {
    let Some(check) = rooms.plan.checks.get(&finding.check) else { return Ok(None) };
    let directory = look::directory(rooms, now).await.context("the list of people cannot be read")?;
    let standing = Standing::of(rooms, Arc::new(directory)).await?;
    let words = rooms.store.words(finding).await?;
    Ok(Some(climb::outlook(finding, &words, &standing.router(rooms, check, finding.changed_by, now))))
}

/// Says a word of `by` about a finding. `word` makes it from the speaker's calendar, in which lengths of time count.
pub async fn say(
    rooms: &Rooms,
    finding: &Finding,
    by: PersonId,
    word: impl FnOnce(&Calendar) -> Act,
    now: Timestamp,
) -> Result<Finding, NotTaken> {
    let Some(check) = rooms.plan.checks.get(&finding.check) else {
        return Err(NotTaken::Orphaned(finding.check.clone()));
    };
    let directory = look::directory(rooms, now).await.context("the list of people cannot be read")?;
    let standing = Standing::of(rooms, Arc::new(directory)).await?;
    if standing.office.person(&by).is_none() {
        return Err(NotTaken::UnknownPerson(by));
    }
    let word = word(&standing.office.calendar_of(&by));
    let router = standing.router(rooms, check, RunId(0), now);
    let put_off = rooms.store.put_off(finding).await.map_err(anyhow::Error::from)?;
    let (owing, trusted) = (Arc::clone(&check.owing), rooms.plan.reminders.done_is_trusted);
    let decide = move |finding: &Finding| {
        let terms = Terms { done_is_trusted: trusted, owing: &owing, put_off };
        act::act(finding, &word, &by, terms, &Router { run: finding.changed_by, ..router })
    };
    let fingerprint: Fingerprint = finding.fingerprint;
    match rooms.store.act(fingerprint, now, decide).await.map_err(anyhow::Error::from)? {
        Some(decided) => Ok(decided?),
        None => Err(NotTaken::NoSuchFinding),
    }
}
