//! What `kaizend run` prints: the outcome, what was found, and what would be told.

use std::{collections::BTreeMap, path::Path};

use anyhow::Context;
use jiff::Timestamp;
use kaizend_core::domain::{
    CheckId, Completeness, Fingerprint, MailId, Measure, MeasureKey, Outcome, Said, Sighting,
};
use kaizend_store::{MailFilter, MailKind, MailLine};
use kaizend_text::Voice;
use serde::Serialize;
use serde_json::{Value, json};

use super::super::print;
use crate::{config::Check, look::Looked, rooms::Rooms, telling::names};

/// Findings that the text shows; JSON shows all.
const SHOWN: usize = 20;

/// What a run said, as far as the report tells it.
#[derive(Debug, Default)]
pub(super) struct Heard {
    findings: BTreeMap<(String, Vec<String>), Sighting>,
    measures: BTreeMap<MeasureKey, Measure>,
}

impl Heard {
    pub(super) fn hear(&mut self, said: &Said) {
        match said {
            Said::Sighting(sighting) => {
                let identity = (sighting.topic.clone(), sighting.key.clone());
                self.findings.entry(identity).or_insert_with(|| sighting.as_ref().clone());
            }
            Said::Measure(key, measure) => {
                let sum = self.measures.entry(key.clone()).or_default();
                sum.good += measure.good;
                sum.total += measure.total;
            }
            _ => {}
        }
    }
}

/// One check's run.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) check: CheckId,
    now: Timestamp,
    pub(super) outcome: Outcome,
    pub(super) findings: Vec<Found>,
    measures: BTreeMap<MeasureKey, Measure>,
    looked_at: BTreeMap<String, u64>,
    remarks: Vec<String>,
    log: Vec<String>,
    pub(super) would: Vec<Would>,
}

/// A finding, and the sentence about it.
#[derive(Debug)]
pub(super) struct Found {
    fingerprint: Fingerprint,
    seen: Sighting,
    sentence: String,
}

/// A mail that would go.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Would {
    to: String,
    subject: String,
    kind: MailKind,
}

impl Report {
    pub(super) fn of(rooms: &Rooms, check: &Check, now: Timestamp, looked: Looked, heard: Heard) -> Self {
        let voice = Voice::new(rooms.plan.company.language.clone(), rooms.plan.company.zone.clone());
        let counts = looked.outcome.looked();
        let found = |seen: Sighting| Found {
            fingerprint: seen.fingerprint(&check.id),
            sentence: rooms
                .words
                .finding_sentence(rooms.scope(check), &seen, &names(&looked.directory, &seen.about), &voice)
                .text,
            seen,
        };
        let mut log: Vec<String> = looked.log.iter().map(|line| line.text.clone()).collect();
        if looked.log_dropped > 0 {
            log.push(format!("… and {} lines more than the log's bound", looked.log_dropped));
        }
        Self {
            check: check.id.clone(),
            now,
            outcome: looked.outcome,
            // What a run said that could not look does not count, and is not shown as if it did.
            findings: heard.findings.into_values().filter(|_| counts).map(found).collect(),
            measures: if counts { heard.measures } else { BTreeMap::new() },
            looked_at: looked.rows,
            remarks: looked.remarks,
            log,
            would: Vec::new(),
        }
    }

    pub(super) fn as_json(&self) -> Value {
        json!({
            "check": self.check,
            "now": self.now,
            "outcome": self.outcome,
            "findings": self.findings.iter().map(Found::as_json).collect::<Vec<_>>(),
            "would": self.would,
            "measures": self.measures.iter().map(|(key, measure)| json!({
                "measure": key.measure, "group": key.group, "day": day(key.day),
                "good": measure.good, "total": measure.total,
            })).collect::<Vec<_>>(),
            "looked-at": self.looked_at,
            "remarks": self.remarks,
            "log": self.log,
        })
    }

    pub(super) fn as_text(&self) {
        print::line(&format!("{} as of {:.0}: {}", self.check, self.now, ended(&self.outcome)));
        for (slot, rows) in &self.looked_at {
            print::line(&format!("  read {rows} rows of {slot}"));
        }
        for (stage, count) in self.stages() {
            print::line(&format!("  {count:>6}  {stage}"));
        }
        for found in self.findings.iter().take(SHOWN) {
            print::line(&format!("  {}  {}", found.fingerprint.short(), found.sentence));
        }
        if self.findings.len() > SHOWN {
            print::line(&format!("  … and {} more: --format json shows all", self.findings.len() - SHOWN));
        }
        self.remarks.iter().for_each(|remark| print::line(&format!("  note: {remark}")));
        self.log.iter().for_each(|line| print::line(&format!("  log: {line}")));
        for would in &self.would {
            print::line(&format!("  would mail {}: {}", would.to, would.subject));
        }
    }

    fn stages(&self) -> BTreeMap<String, usize> {
        let mut stages = BTreeMap::new();
        for found in &self.findings {
            let stage = if found.seen.stage.is_empty() { &found.seen.topic } else { &found.seen.stage };
            *stages.entry(stage.clone()).or_default() += 1;
        }
        stages
    }
}

impl Found {
    fn as_json(&self) -> Value {
        let seen = &self.seen;
        json!({
            "topic": seen.topic, "key": seen.key, "stage": seen.stage, "fingerprint": self.fingerprint,
            "about": seen.about, "severity": seen.severity, "worth": seen.worth, "evidence": seen.evidence,
            "happened": seen.happened, "links": seen.links, "text": self.sentence,
        })
    }
}

fn ended(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Completed { look: Completeness::Doubtful { slot, doubt } } => {
            format!("could not look: {}", doubt.sentence(slot))
        }
        Outcome::Completed { .. } => "looked".to_owned(),
        Outcome::Failed { message, .. } | Outcome::TimedOut { message } => {
            format!("could not look: {message}")
        }
        Outcome::Skipped { .. } => "skipped".to_owned(),
    }
}

/// A day of a measure as a date.
fn day(days: i32) -> String {
    kaizend_core::rows::Value::Date(days).canonical().into_owned()
}

/// The mails that a dry run composed, oldest first.
pub(super) async fn would(rooms: &Rooms, before: Option<MailId>) -> anyhow::Result<Vec<Would>> {
    let mails = mails(rooms, before).await?;
    Ok(mails.into_iter().map(|mail| Would { to: mail.to, subject: mail.subject, kind: mail.kind }).collect())
}

/// Writes them as files, oldest first.
pub(super) async fn write_mails(rooms: &Rooms, before: Option<MailId>, folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for (number, line) in mails(rooms, before).await?.into_iter().enumerate() {
        let Some(row) = rooms.store.mail(line.id).await? else { continue };
        let path = folder.join(format!("{:04}.eml", number + 1));
        std::fs::write(&path, &row.mail.bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// The newest mail that lies in the outbox before a dry run: a copy of the store brings those that went long ago.
pub(super) async fn newest_mail(rooms: &Rooms) -> anyhow::Result<Option<MailId>> {
    let newest = rooms.store.mails(MailFilter { limit: 1, ..MailFilter::default() }).await?;
    Ok(newest.first().map(|line| line.id))
}

/// The mails that came after `before`, oldest first.
async fn mails(rooms: &Rooms, before: Option<MailId>) -> anyhow::Result<Vec<MailLine>> {
    let mut mails: Vec<MailLine> = Vec::new();
    loop {
        let after = mails.last().map(|last| last.id);
        let page = rooms.store.mails(MailFilter { after, limit: 1000, ..MailFilter::default() }).await?;
        let newer: Vec<MailLine> = page.into_iter().take_while(|line| Some(line.id) > before).collect();
        if newer.is_empty() {
            mails.reverse();
            return Ok(mails);
        }
        mails.extend(newer);
    }
}
