//! What `status` has to say, as text and as JSON.

use std::collections::BTreeSet;

use jiff::Timestamp;
use kaizend_core::{
    domain::{CheckId, CheckMemory},
    policy::{people::ToldProblems, precision::Precision},
};
use kaizend_store::{Counts, Orphaned, Pause, RunRow, ServerLock, Store};
use serde_json::{Value, json};

use super::{super::print, precision};
use crate::config::Plan;

pub(super) struct Report {
    server: Option<u32>,
    checks: Vec<Line>,
    counts: Counts,
    paused: Option<Pause>,
    /// Nobody can say what is orphaned without a plan.
    orphans: Vec<Orphaned>,
    /// What the operators were told of the data about people.
    people: Option<ToldProblems>,
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
        let now = Timestamp::now();
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
        Ok(Self {
            server: ServerLock::holder(store.path()),
            checks,
            paused: counts.outbox_paused.clone(),
            people: store.people_memory().await?.told,
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
            || self.checks.iter().any(|line| line.memory.cannot_look.is_some())
    }

    pub(super) fn as_json(&self, configuration: &str) -> Value {
        json!({
            "configuration": configuration, "server": self.server,
            "checks": self.checks.iter().map(Line::as_json).collect::<Vec<_>>(),
            "notices-due": self.counts.notices_due,
            "outbox": self.counts.outbox, "oldest-unsent": self.counts.oldest_unsent,
            "sending-stopped": self.paused.as_ref().map(|pause| json!({
                "by": pause.by, "reason": pause.reason, "since": pause.since,
            })),
            "orphans": self.orphans,
            "people": self.people.as_ref().map(|told| json!({ "problems": told.problems, "since": told.at })),
        })
    }

    pub(super) fn as_text(&self) {
        match self.server {
            Some(pid) => print::line(&format!("served by process {pid}")),
            None => print::line(&"no server is running"),
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
            print::line(&format!(
                "sending is stopped since {:.0} by {}: {}",
                pause.since, pause.by, pause.reason
            ));
        }
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
