//! `kaizend run`: checks now, for real or only to see.

mod report;

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use jiff::{Timestamp, tz::TimeZone};
use kaizend_core::domain::Trigger;
use kaizend_store::{ServerLock, Store};

use self::report::Report;
use super::{Ended, Exit, Format, Stop, moment, next, print, scene::Scene, scene::block_on, scene::open};
use crate::{
    config::{Check, Plan},
    look::{Ask, look},
    rooms::Rooms,
    service, telling, wall,
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kaizend run late-orders --dry-run
  kaizend run late-orders --at 1998-05-31T09:00 --mails would-be-mails
  kaizend run late-orders --at 1998-02-02 --as-known --format json

Without --dry-run the findings are kept and mails are queued; a running server sends them, and without one this
command does.")]
pub(super) struct Run {
    #[arg(required = true, value_name = "CHECK")]
    checks: Vec<String>,
    /// Keep nothing, send nothing: only show
    #[arg(long)]
    dry_run: bool,
    /// Look as of this moment: 1998-05-31T09:00 in the company's zone, 1998-05-31 (its start), or with an offset
    /// (2026-03-01T09:00Z). Implies --dry-run
    #[arg(long, value_name = "T")]
    at: Option<String>,
    /// Hide what was not known at that moment, by the `as-of` of each dataset. Implies --dry-run
    #[arg(long)]
    as_known: bool,
    /// What a dry run begins with
    #[arg(long, value_enum, default_value_t = Beginning::Empty)]
    state: Beginning,
    /// Write the mails that would go as .eml files. Implies --dry-run
    #[arg(long, value_name = "DIR")]
    mails: Option<PathBuf>,
    /// End with 1 when something was found
    #[arg(long)]
    fail_on_findings: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Beginning {
    /// As if the check had never run
    Empty,
    /// A copy of the store
    Current,
}

impl Run {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        let plan = scene.load()?.plan;
        let checks: Vec<Check> = self
            .checks
            .iter()
            .map(|name| next::find(&plan.checks, name).cloned())
            .collect::<Result<_, _>>()?;
        let now = self.now(&plan.company.zone)?;
        if self.as_known {
            needs_as_of(&plan, &checks)?;
        }
        let reports = if self.is_dry() {
            block_on(self.dry(plan, &checks, now))??
        } else {
            block_on(for_real(plan, &checks, now))??
        };
        for report in &reports {
            match scene.format {
                Format::Json => print::json(&report.as_json())?,
                Format::Text => report.as_text(),
            }
        }
        if let Some(report) = reports.iter().find(|report| !report.outcome.looked()) {
            // The report above says why; the exit code says that it happened.
            return Err(Stop::CouldNot(anyhow::anyhow!("{} could not look", report.check)));
        }
        let found = reports.iter().any(|report| !report.findings.is_empty());
        Ok(if self.fail_on_findings && found { Exit::Attention } else { Exit::Done })
    }

    fn is_dry(&self) -> bool {
        self.dry_run || self.at.is_some() || self.as_known || self.mails.is_some()
    }

    fn now(&self, zone: &TimeZone) -> Result<Timestamp, Stop> {
        self.at.as_deref().map_or_else(|| Ok(wall::now()), |at| moment::parse(at, zone).map_err(Stop::Usage))
    }

    /// The same code on a store that is thrown away; no mail server is spoken to.
    async fn dry(&self, plan: Plan, checks: &[Check], now: Timestamp) -> anyhow::Result<Vec<Report>> {
        let store = match self.state {
            Beginning::Current if plan.store.path.exists() => Store::copy_of(&plan.store.path)?,
            Beginning::Current | Beginning::Empty => Store::temporary()?,
        };
        let rooms = Scene::rooms(plan, store)?;
        let before = report::newest_mail(&rooms).await?;
        let known_at = self.as_known.then_some(now);
        let hindsight = self.at.is_some() && !self.as_known;
        let mut reports = Vec::new();
        for check in checks {
            reports.push(one(&rooms, check, now, known_at, hindsight).await?);
        }
        tell_everything(&rooms, now).await?;
        let would = report::would(&rooms, before).await?;
        if let Some(folder) = &self.mails {
            report::write_mails(&rooms, before, folder).await?;
        }
        if let Some(last) = reports.last_mut() {
            last.would = would;
        }
        Ok(reports)
    }
}

/// Runs one check and keeps what it said beside.
async fn one(
    rooms: &Rooms,
    check: &Check,
    now: Timestamp,
    known_at: Option<Timestamp>,
    hindsight: bool,
) -> anyhow::Result<Report> {
    let mut heard = report::Heard::default();
    let ask = Ask { queued: None, trigger: Trigger::Hand, now, known_at, hindsight };
    let looked = look(rooms, check, ask, &mut |said| heard.hear(said)).await?;
    Ok(Report::of(rooms, check, now, looked, heard))
}

/// Tells at each moment at which something becomes due, so that a dry run shows the mails of every window.
async fn tell_everything(rooms: &Rooms, from: Timestamp) -> anyhow::Result<()> {
    let mut now = from;
    loop {
        telling::tell(rooms, now, &[]).await?;
        match rooms.store.next_due_notice().await? {
            Some(due) => now = due.max(now),
            None => return Ok(()),
        }
    }
}

async fn for_real(plan: Plan, checks: &[Check], now: Timestamp) -> anyhow::Result<Vec<Report>> {
    let path = plan.store.path.clone();
    let rooms = Scene::rooms(plan, open(&path)?)?;
    rooms.adopt_renamed().await?;
    let reports = look_at(&rooms, checks, now).await;
    // A run that the store could not keep is told to the operators, so the mails go in any case.
    let sent = send(&rooms, &path, now).await;
    rooms.store.close().await;
    let reports = reports?;
    sent?;
    Ok(reports)
}

async fn look_at(rooms: &Rooms, checks: &[Check], now: Timestamp) -> anyhow::Result<Vec<Report>> {
    let mut reports = Vec::new();
    for check in checks {
        reports.push(one(rooms, check, now, None, false).await?);
    }
    Ok(reports)
}

/// A server that runs sends by itself; without one, this process does.
async fn send(rooms: &Rooms, store: &Path, now: Timestamp) -> anyhow::Result<()> {
    telling::tell(rooms, now, &[]).await?;
    if let Ok(_lock) = ServerLock::acquire(store) {
        service::drain(rooms, &wall::now).await.context("the mails could not be sent")?;
    }
    Ok(())
}

/// Every dataset must be able to say what was known then.
pub(super) fn needs_as_of(plan: &Plan, checks: &[Check]) -> Result<(), Stop> {
    let bound = checks.iter().flat_map(|check| check.datasets.values().flatten());
    for name in bound {
        if plan.datasets.get(name).is_some_and(|dataset| !dataset.knows_the_past()) {
            return Err(Stop::Usage(format!(
                "[datasets.{name}] does not say how it looked earlier: write `as-of = {{ row = \"…\", mask = [\"…\"] \
                 }}` (which column says when a row came to be, and which values were written later), or `as-of = \
                 \"timeless\"` for reference data whose rows are the same at any time"
            )));
        }
    }
    Ok(())
}
