//! `kaizend findings list`.

use clap::{Args, ValueEnum};
use kaizend_core::domain::{CheckId, Finding, PersonId};
use kaizend_store::{Filter, Found, Standing};
use kaizend_text::{Names, Voice, Words};
use serde_json::json;

use super::super::{Ended, Exit, Format, Stop, print, scene::Scene, scene::block_on};
use crate::{config::Plan, words};

#[derive(Debug, Args)]
pub(in super::super) struct List {
    /// Only this check's
    #[arg(long)]
    check: Option<String>,
    /// Which
    #[arg(long, value_enum, default_value_t = Which::Open)]
    state: Which,
    /// Only this owner's, by the id of the company's data
    #[arg(long, value_name = "ID")]
    owner: Option<String>,
    /// Only this stage
    #[arg(long)]
    stage: Option<String>,
    /// The fingerprint after which the list goes on: the last one of the page before
    #[arg(long, value_name = "FINGERPRINT")]
    after: Option<String>,
    #[arg(long, default_value_t = 100)]
    limit: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Which {
    /// Not resolved
    Open,
    Resolved,
    All,
}

impl List {
    pub(in super::super) fn run(self, scene: &Scene) -> Ended {
        let (plan, store) = scene.store()?;
        let limit = self.limit;
        let findings = block_on(async {
            let after = match &self.after {
                None => None,
                Some(prefix) => match store.finding_by_prefix(prefix).await? {
                    Found::One(finding) => Some(finding.fingerprint),
                    _ => return Err(Stop::Usage(format!("--after {prefix}: no single finding begins so"))),
                },
            };
            let filter = Filter {
                check: self.check.map(CheckId::new),
                standing: self.state.standing(),
                owner: self.owner.map(PersonId::new),
                stage: self.stage,
                after,
                limit,
            };
            Ok(store.findings(filter).await?)
        })??;
        match scene.format {
            Format::Json => findings.iter().try_for_each(|finding| print::json(&as_json(finding)))?,
            Format::Text => as_text(&plan, &findings, limit),
        }
        Ok(Exit::Done)
    }
}

impl Which {
    pub(super) fn standing(self) -> Standing {
        match self {
            Self::Open => Standing::Open,
            Self::Resolved => Standing::Resolved,
            Self::All => Standing::All,
        }
    }
}

/// A finding as every command prints it.
pub(super) fn as_json(finding: &Finding) -> serde_json::Value {
    let seen = &finding.seen;
    json!({
        "fingerprint": finding.fingerprint, "check": finding.check, "topic": seen.topic, "key": seen.key,
        "stage": seen.stage, "state": finding.state, "episode": finding.episode, "opened-at": finding.opened_at,
        "about": seen.about, "severity": seen.severity, "worth": seen.worth, "evidence": seen.evidence,
        "happened": seen.happened, "links": seen.links, "labels": seen.labels, "baseline": finding.baseline,
        "told": finding.told, "owner": finding.owner(), "assigned": finding.assigned, "climb": finding.climb,
        "owed": finding.owed, "forgotten": finding.forgotten,
    })
}

/// A finding in one line of text.
pub(super) fn as_line(plan: &Plan, finding: &Finding) -> String {
    line(plan, &words::of(plan).0, finding)
}

fn line(plan: &Plan, words: &Words, finding: &Finding) -> String {
    let voice = Voice::new(plan.company.language.clone(), plan.company.zone.clone());
    let plugin = words::scope(plan, &finding.check);
    let said = words.finding_line(plugin, finding, &Names::default(), &voice);
    format!("{}  {}  {said}", finding.fingerprint.short(), finding.check)
}

fn as_text(plan: &Plan, findings: &[Finding], limit: u32) {
    let (words, _) = words::of(plan);
    findings.iter().for_each(|finding| print::line(&line(plan, &words, finding)));
    if findings.len() == limit as usize
        && let Some(last) = findings.last()
    {
        print::remark(&format!("there may be more: go on with --after {}", last.fingerprint.short()));
    }
}
