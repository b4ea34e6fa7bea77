//! What the reader of a letter said from earlier mails: named in the next one, so that nobody wonders whether it arrived,
//! and a word that nobody said is seen.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kaizend_core::{
    domain::{Finding, Fingerprint, Person, PersonId, State, Verb},
    policy::{people::People, tell::LetterKind},
};
use kaizend_store::{ActId, ActRow, ActStanding};
use kaizend_text::{Said, SaidStanding};

use super::{Scene, names};
use crate::{look::Directory, rooms::Rooms, words};

/// The words that a letter names, with the findings that they were about.
#[derive(Debug, Default)]
pub(super) struct Untold {
    acts: Vec<ActRow>,
    findings: BTreeMap<Fingerprint, Finding>,
}

impl Untold {
    /// What the next letter to a reader is to name.
    pub(super) async fn of(scene: &Scene<'_>, reader: Option<&Person>) -> anyhow::Result<Self> {
        let Some(reader) = reader else { return Ok(Self::default()) };
        let acts = scene.rooms.store.untold_acts(&reader.id).await?;
        let mut findings = BTreeMap::new();
        for act in &acts {
            if let Some(finding) = scene.rooms.store.finding(act.fingerprint).await? {
                findings.insert(act.fingerprint, finding);
            }
        }
        Ok(Self { acts, findings })
    }

    /// All of it for the first letter that can name it: lists and word to operators name nothing, and what one letter
    /// names the next one does not.
    pub(super) fn take_for(&mut self, kind: &LetterKind) -> Self {
        match kind {
            LetterKind::Reminder | LetterKind::Digest | LetterKind::Urgent => std::mem::take(self),
            _ => Self::default(),
        }
    }

    pub(super) fn ids(&self) -> Vec<ActId> {
        self.acts.iter().map(|act| act.id).collect()
    }

    /// Each word; of what was not confirmed only what nobody confirmed later, and of each finding once.
    pub(super) fn said<'a>(&'a self, scene: &'a Scene<'_>) -> Vec<Said<'a>> {
        let mut unconfirmed: Vec<Fingerprint> = Vec::new();
        let mut said_of = Vec::new();
        for act in &self.acts {
            let Some(finding) = self.findings.get(&act.fingerprint) else { continue };
            if act.standing == ActStanding::Unconfirmed {
                if self.is_confirmed(act) || unconfirmed.contains(&act.fingerprint) {
                    continue;
                }
                unconfirmed.push(act.fingerprint);
            }
            said_of.push(said(scene.rooms, &scene.directory, act, finding));
        }
        said_of
    }

    fn is_confirmed(&self, unconfirmed: &ActRow) -> bool {
        self.acts.iter().any(|act| {
            act.id > unconfirmed.id
                && act.fingerprint == unconfirmed.fingerprint
                && act.verb == unconfirmed.verb
                && act.standing != ActStanding::Unconfirmed
        })
    }
}

/// One word, for people.
pub(crate) fn said<'a>(
    rooms: &'a Rooms,
    directory: &Directory,
    act: &ActRow,
    finding: &'a Finding,
) -> Said<'a> {
    let change = act.change.as_ref();
    let note = change.and_then(|change| change.note.clone());
    let note = match act.verb {
        Verb::Assign => note.map(|id| named(directory, id)),
        _ => note,
    };
    Said {
        verb: act.verb,
        standing: match act.standing {
            ActStanding::Recorded => SaidStanding::Recorded,
            ActStanding::Unconfirmed => SaidStanding::Unconfirmed,
            ActStanding::TakenBack => SaidStanding::TakenBack,
        },
        finding,
        plugin: words::scope(&rooms.plan, &finding.check),
        names: names(directory, &finding.seen.about),
        note,
        until: change.and_then(|change| put_off_until(&change.after)),
    }
}

fn named(directory: &Directory, id: String) -> String {
    directory.person(&PersonId::new(id.clone())).map_or(id, |person| person.name.clone())
}

fn put_off_until(finding: &Finding) -> Option<Timestamp> {
    match finding.state {
        State::Snoozed { until, .. } => Some(until),
        _ => None,
    }
}
