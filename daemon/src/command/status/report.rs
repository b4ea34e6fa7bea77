//! What `status` has to say, as text and as JSON.

use std::collections::BTreeSet;

use jiff::Timestamp;
use kaizend_core::{
    domain::{CheckId, CheckMemory},
    policy::{people::ToldProblems, precision::Precision},
};
use kaizend_store::{AuditHead, Beats, Counts, Orphaned, Pause, RunRow, ServerLock, Store, Way};
use serde_json::{Value, json};

use super::{super::print, precision};
use crate::{config::Plan, wall};

pub(super) struct Report {
    server: Option<u32>,
    checks: Vec<Line>,
    counts: Counts,
    paused: Option<Pause>,
    /// How many addresses get no mail, because it came back.
    given_up: usize,
    /// Nobody can say what is orphaned without a plan.
    orphans: Vec<Orphaned>,
    /// What the operators were told of the data about people.
    people: Option<ToldProblems>,
    audit: Option<AuditHead>,
    /// Of the ways that the configuration has.
    beats: Vec<Beats>,
    /// When a server moved last.
    moved: Option<Timestamp>,
}

struct Line {
    check: CheckId,
    memory: CheckMemory,
    last: Option<RunRow>,
    runs: u64,
    open: u64,
    precision: Precision,
    next: Option<Timestamp>,
}

impl Report {
    /// Of the checks of the plan; without one, of all that the store has heard of.
    pub(super) async fn of(plan: Option<&Plan>, store: &Store) -> anyhow::Result<Self> {
        let counts = store.counts().await?;
        let now = wall::now();
        let ids: BTreeSet<CheckId> = match plan {
            Some(plan) => plan.checks.keys().cloned().collect(),
            None => counts.runs_ended.keys().chain(counts.open_findings.keys()).cloned().collect(),
        };
        let mut precision = store.precision(precision::since(now)).await?;
        let mut checks = Vec::new();
        for check in &ids {
            let planned = plan.and_then(|plan| plan.checks.get(check));
            checks.push(Line {
                check: check.clone(),
                memory: store.check_memory(check).await?,
                last: store.last_ended_run(check).await?,
                runs: counts.runs_ended.get(check).copied().unwrap_or(0),
                open: counts.open_findings.get(check).copied().unwrap_or(0),
                precision: precision.remove(check).unwrap_or_default(),
                next: planned
                    .and_then(|planned| planned.schedule.next(now, &planned.zone))
                    .map(|next| next.at),
            });
        }
        let beats = store.beats().await?;
        Ok(Self {
            server: ServerLock::holder(store.path()),
            checks,
            paused: counts.outbox_paused.clone().filter(|pause| pause.is_in_force(now)),
            given_up: store.given_up().await?.len(),
            people: store.people_memory().await?.told,
            audit: store.audit_head().await?,
            moved: beats.iter().find(|beats| beats.way == Way::Store).and_then(|beats| beats.succeeded_at),
            beats: configured(plan, beats),
            orphans: match plan {
                Some(plan) => store.orphans(plan.checks.keys().cloned().collect()).await?,
                None => Vec::new(),
            },
            counts,
        })
    }

    pub(super) fn is_troubled(&self) -> bool {
        let failed = self.counts.outbox.get("failed").copied().unwrap_or(0);
        self.paused.is_some()
            || failed > 0
            || self.beats.iter().any(|beats| beats.failing_since.is_some())
            || self.checks.iter().any(|line| line.memory.cannot_look.is_some())
    }

    pub(super) fn as_json(&self, configuration: &str) -> Value {
        json!({
            "configuration": configuration, "server": self.server, "moved-at": self.moved,
            "checks": self.checks.iter().map(Line::as_json).collect::<Vec<_>>(),
            "notices-due": self.counts.notices_due,
            "outbox": self.counts.outbox, "oldest-unsent": self.counts.oldest_unsent,
            "sending-stopped": self.paused.as_ref().map(|pause| json!({
                "by": pause.by, "reason": pause.reason, "since": pause.since, "until": pause.until,
            })),
            "addresses-given-up": self.given_up,
            "orphans": self.orphans,
            "heartbeat": self.beats, "audit": self.audit,
            "people": self.people.as_ref().map(|told| json!({ "problems": told.problems, "since": told.at })),
        })
    }

    pub(super) fn as_text(&self) {
        match self.server {
            Some(pid) => print::line(&format!("served by process {pid}")),
            None => match self.moved {
                Some(at) => print::line(&format!("no server is running; one moved last at {at:.0}")),
                None => print::line(&"no server is running"),
            },
        }
        let rows: Vec<[String; 6]> = self.checks.iter().map(Line::row).collect();
        print::table(["CHECK", "OPEN", "RUNS", "LAST RUN", "LAST COMPLETE LOOK", "NEXT"], &rows);
        for line in &self.checks {
            print::line(&precision::as_line(&line.check, &line.precision));
            if let Some(outage) = &line.memory.cannot_look {
                let (check, since) = (&line.check, outage.since);
                print::line(&format!("{check} {} since {since:.0}: {}", line.trouble(), outage.message));
            }
        }
        if let Some(people) = &self.people {
            print::line(&format!(
                "problems in the data about people since {:.0}: {}; `kaizend validate --online` names them",
                people.at, people.problems
            ));
        }
        for orphan in &self.orphans {
            print::line(&format!(
                "{} is no longer configured, with {} open findings",
                orphan.check, orphan.open
            ));
        }
        let mails: Vec<String> =
            self.counts.outbox.iter().map(|(state, count)| format!("{count} {state}")).collect();
        print::line(&format!(
            "mails: {}",
            if mails.is_empty() { "none".to_owned() } else { mails.join(", ") }
        ));
        if let Some(pause) = &self.paused {
            let until = pause.until.map_or_else(String::new, |until| format!(", until {until:.0}"));
            print::line(&format!(
                "sending is stopped since {:.0} by {}{until}: {}",
                pause.since, pause.by, pause.reason
            ));
        }
        if self.given_up > 0 {
            let count = self.given_up;
            print::line(&format!(
                "addresses from which mail came back, and gets none: {count}; `kaizend outbox bounced` names them"
            ));
        }
        self.beats.iter().for_each(|beats| print::line(&beat_line(beats)));
        if let Some(head) = &self.audit {
            print::line(&format!("audit: row {} of {:.0}, digest {}", head.seq, head.at, head.digest));
        }
    }
}

/// The ways that the configuration has; without one, all that were tried. One that was never tried has no row yet.
fn configured(plan: Option<&Plan>, beats: Vec<Beats>) -> Vec<Beats> {
    let heartbeat = plan.map(|plan| &plan.heartbeat);
    let is_configured = |beats: &Beats| match beats.way {
        Way::Url => heartbeat.is_none_or(|heartbeat| heartbeat.url.is_some()),
        Way::Mail => heartbeat.is_none_or(|heartbeat| heartbeat.mail.is_some()),
        Way::Store => false,
    };
    beats.into_iter().filter(is_configured).collect()
}

fn beat_line(beats: &Beats) -> String {
    let way = match beats.way {
        Way::Url => "url",
        Way::Mail => "mail",
        Way::Store => "store",
    };
    let last = beats.succeeded_at.map_or_else(|| "never".to_owned(), |at| format!("{at:.0}"));
    match (beats.failing_since, &beats.why) {
        (Some(since), Some(why)) => {
            format!("heartbeat by {way}: failing since {since:.0}, last success {last}: {why}")
        }
        _ => format!("heartbeat by {way}: last success {last}"),
    }
}

impl Line {
    /// How the last run ended, in a word: a doubtful look is no look.
    fn outcome(&self) -> Option<&'static str> {
        Some(self.last.as_ref()?.outcome.as_ref()?.word())
    }

    /// What is wrong while it cannot look.
    fn trouble(&self) -> &'static str {
        if self.outcome() == Some("doubtful") { "looked, and its look is doubtful," } else { "cannot look" }
    }

    fn as_json(&self) -> Value {
        json!({
            "check": self.check,
            "last-run": self.last.as_ref().map(|run| json!({
                "run": run.run, "ended-at": run.ended_at, "outcome": self.outcome(),
            })),
            "last-complete": self.memory.last_complete,
            "cannot-look": self.memory.cannot_look, "runs": self.runs, "open-findings": self.open,
            "precision": precision::as_json(&self.precision),
            "next": self.next,
        })
    }

    fn row(&self) -> [String; 6] {
        let time = |at: Option<Timestamp>| at.map_or_else(|| "never".to_owned(), |at| format!("{at:.0}"));
        [
            self.check.to_string(),
            self.open.to_string(),
            self.runs.to_string(),
            self.outcome().unwrap_or("none").to_owned(),
            time(self.memory.last_complete.as_ref().map(|look| look.at)),
            self.next.map_or_else(|| "not known".to_owned(), |at| format!("{at:.0}")),
        ]
    }
}
