//! `kaizend status`: whether checks look, mails leave, and the store is well.

use clap::Args;
use jiff::Timestamp;
use kaizend_core::{
    domain::{CheckId, CheckMemory},
    policy::people::ToldProblems,
};
use kaizend_store::{Counts, Orphaned, Pause, ServerLock, Store};
use serde_json::{Value, json};

use super::{Ended, Exit, Format, print, scene::Scene, scene::block_on};
use crate::config::Plan;

#[derive(Debug, Args)]
#[command(after_help = "Example: kaizend status --fail-on-trouble")]
pub(super) struct Status {
    /// End with 1 when a check cannot look, mails failed, or sending is stopped
    #[arg(long)]
    fail_on_trouble: bool,
}

/// What there is to say.
struct Report {
    server: Option<u32>,
    checks: Vec<Line>,
    counts: Counts,
    paused: Option<Pause>,
    orphans: Vec<Orphaned>,
    /// What the operators were told of the data about people.
    people: Option<ToldProblems>,
}

struct Line {
    check: CheckId,
    memory: CheckMemory,
    runs: u64,
    open: u64,
    next: Option<Timestamp>,
}

impl Status {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        let (plan, store) = scene.store()?;
        let report = block_on(Report::of(&plan, &store))??;
        match scene.format {
            Format::Json => print::json(&report.as_json())?,
            Format::Text => report.as_text(),
        }
        Ok(if self.fail_on_trouble && report.is_troubled() { Exit::Attention } else { Exit::Done })
    }
}

impl Report {
    async fn of(plan: &Plan, store: &Store) -> anyhow::Result<Self> {
        let counts = store.counts().await?;
        let now = Timestamp::now();
        let mut checks = Vec::new();
        for check in plan.checks.values() {
            checks.push(Line {
                check: check.id.clone(),
                memory: store.check_memory(&check.id).await?,
                runs: counts.runs_ended.get(&check.id).copied().unwrap_or(0),
                open: counts.open_findings.get(&check.id).copied().unwrap_or(0),
                next: check.schedule.next(now, &check.zone).map(|next| next.at),
            });
        }
        Ok(Self {
            server: ServerLock::holder(&plan.store.path),
            checks,
            paused: counts.outbox_paused.clone(),
            counts,
            orphans: store.orphans(plan.checks.keys().cloned().collect()).await?,
            people: store.people_memory().await?.told,
        })
    }

    fn is_troubled(&self) -> bool {
        let failed = self.counts.outbox.get("failed").copied().unwrap_or(0);
        self.paused.is_some()
            || failed > 0
            || self.checks.iter().any(|line| line.memory.cannot_look.is_some())
    }

    fn as_json(&self) -> Value {
        let checks: Vec<Value> = self
            .checks
            .iter()
            .map(|line| {
                json!({
                    "check": line.check, "last-complete": line.memory.last_complete,
                    "cannot-look": line.memory.cannot_look, "runs": line.runs, "open-findings": line.open,
                    "next": line.next,
                })
            })
            .collect();
        json!({
            "server": self.server, "checks": checks, "notices-due": self.counts.notices_due,
            "outbox": self.counts.outbox, "oldest-unsent": self.counts.oldest_unsent,
            "sending-stopped": self.paused.as_ref().map(|pause| json!({
                "by": pause.by, "reason": pause.reason, "since": pause.since,
            })),
            "orphans": self.orphans,
            "people": self.people.as_ref().map(|told| json!({ "problems": told.problems, "since": told.at })),
        })
    }

    fn as_text(&self) {
        match self.server {
            Some(pid) => print::line(&format!("served by process {pid}")),
            None => print::line(&"no server is running"),
        }
        let rows: Vec<[String; 5]> = self.checks.iter().map(Line::row).collect();
        print::table(["CHECK", "OPEN", "RUNS", "LAST LOOK", "NEXT"], &rows);
        for line in &self.checks {
            if let Some(outage) = &line.memory.cannot_look {
                print::line(&format!(
                    "{} cannot look since {:.0}: {}",
                    line.check, outage.since, outage.message
                ));
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
    fn row(&self) -> [String; 5] {
        let time = |at: Option<Timestamp>| at.map_or_else(|| "never".to_owned(), |at| format!("{at:.0}"));
        [
            self.check.to_string(),
            self.open.to_string(),
            self.runs.to_string(),
            time(self.memory.last_complete.as_ref().map(|look| look.at)),
            time(self.next),
        ]
    }
}
