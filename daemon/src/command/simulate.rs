//! `kaizend simulate`: a stretch of time in virtual time, with the data as it was known at each moment, through the
//! real rounds and a store that is thrown away. It shows every mail and each step of a ladder; an expectations file
//! makes it a test.

mod expect;
mod play;
mod report;

use std::{path::PathBuf, sync::Arc};

use clap::Args;
use jiff::Timestamp;
use kaizend_mail::Settings as Transport;
use kaizend_store::Store;

use super::{
    Ended, Exit, Format, Stop, moment, next, print,
    run::needs_as_of,
    scene,
    scene::{Scene, block_on},
};
use crate::{
    config::{Check, Plan},
    rooms::{self, Rooms},
};
use expect::Expectations;
use report::Report;

#[derive(Debug, Args)]
#[command(after_help = "\
Example: kaizend --config config/northwind/kaizend.toml simulate late-orders --from 1998-02-01 --to 1998-03-01

Nothing is sent and no store is touched. A dataset must be able to say how it looked earlier (`as-of`). Otherwise
--recorded takes what the looks of the store saw at the time, and reads no data; --as-is reads each table as it is today.
The head of the table says which it was.")]
pub(super) struct Simulate {
    /// Checks by name [default: all]
    checks: Vec<String>,
    /// From when, in the company's zone: 1998-02-01 or 1998-02-01T08:00
    #[arg(long, value_name = "MOMENT")]
    from: String,
    /// Until when
    #[arg(long, value_name = "MOMENT")]
    to: String,
    /// Read every table as it is today
    #[arg(long)]
    as_is: bool,
    /// Take what the store's looks saw at the time: their stages and severities, the rest as last seen. After the last
    /// look, what it saw stays
    #[arg(long, conflicts_with = "as_is")]
    recorded: bool,
    /// Write the mails into this folder as .eml files
    #[arg(long, value_name = "DIR")]
    mails: Option<PathBuf>,
    /// What must come of it: a TOML file; exit code 1 when something else does
    #[arg(long, value_name = "FILE")]
    expect: Option<PathBuf>,
}

impl Simulate {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        let mut plan = scene.load()?.plan;
        let (from, to) = self.span(&plan)?;
        self.choose(&mut plan)?;
        let expectations = self.expect.as_deref().map(Expectations::read).transpose().map_err(Stop::Usage)?;
        let outbox = tempfile::tempdir()?;
        let folder = self.mails.clone().unwrap_or_else(|| outbox.path().to_owned());
        plan.mail.transport = Transport::Directory(folder);
        let report = block_on(self.play(plan, from, to))??;
        let unmet = expectations.map(|expected| expected.unmet(&report)).unwrap_or_default();
        match scene.format {
            Format::Json => print::json(&report.as_json(&unmet))?,
            Format::Text => report.as_text(&unmet),
        }
        Ok(if unmet.is_empty() { Exit::Done } else { Exit::Attention })
    }

    fn span(&self, plan: &Plan) -> Result<(Timestamp, Timestamp), Stop> {
        let zone = &plan.company.zone;
        let read = |text: &str| moment::parse(text, zone).map_err(Stop::Usage);
        let (from, to) = (read(&self.from)?, read(&self.to)?);
        if to <= from {
            return Err(Stop::Usage(format!("--to {} is not after --from {}", self.to, self.from)));
        }
        Ok((from, to))
    }

    /// Leaves only the named checks, whose datasets must know the past.
    fn choose(&self, plan: &mut Plan) -> Result<(), Stop> {
        if !self.checks.is_empty() {
            for name in &self.checks {
                next::find(&plan.checks, name)?;
            }
            plan.checks.retain(|id, _| self.checks.iter().any(|name| name == id.as_str()));
        }
        let checks: Vec<Check> = plan.checks.values().cloned().collect();
        if self.as_is || self.recorded { Ok(()) } else { needs_as_of(plan, &checks) }
    }

    /// The store whose looks are played again; it must remember each check that far back.
    async fn past(&self, plan: &Plan, from: Timestamp) -> Result<Store, Stop> {
        if !plan.store.path.exists() {
            let path = plan.store.path.display();
            return Err(Stop::Usage(format!(
                "--recorded: there is no store yet at {path}, so no look is recorded"
            )));
        }
        let store = scene::open(&plan.store.path)?;
        for check in plan.checks.keys() {
            let why = match store.runs_since(check).await.map_err(anyhow::Error::from)? {
                Some(since) if since <= from => continue,
                Some(since) => {
                    let since = since.to_zoned_datetime(plan.company.zone.clone()).strftime("%Y-%m-%d %H:%M");
                    format!(
                        "the store has looks of `{check}` only since {since}: begin later, or name other checks"
                    )
                }
                None => format!("the store has no look of `{check}`: name other checks"),
            };
            return Err(Stop::Usage(format!("--recorded: {why}")));
        }
        Ok(store)
    }

    async fn play(&self, plan: Plan, from: Timestamp, to: Timestamp) -> Result<Report, Stop> {
        let recorded = if self.recorded { Some(self.past(&plan, from).await?) } else { None };
        let store = Store::temporary().map_err(anyhow::Error::from)?;
        let mut rooms = Rooms::connect(Arc::new(plan), Arc::new(rooms::host()?), store)?;
        rooms.as_known = !self.as_is && !self.recorded;
        rooms.recorded = recorded;
        let played = play::play(&rooms, from, to).await?;
        Ok(Report::of(&rooms, from, to, played).await?)
    }
}
