//! `kaizend demo`: a made-up company, weeks of its life in virtual time, and what kaizend made of them.
//!
//! Everything but the clock is real: the same rounds as `serve`, a store, mails as files. Nothing opens a socket,
//! and the same seed tells the same story to the last byte of each mail.

mod folder;
mod page;
mod play;
mod report;
mod tally;

use std::{path::PathBuf, sync::Arc};

use clap::Args;
use jiff::civil::{Date, date};
use kaizend_demo::{Planted, Settings, Timeline};
use kaizend_store::{ServerLock, Store};

use self::{folder::Folder, play::Play, report::Report};
use super::{Ended, Exit, Format, print, scene::Scene, scene::block_on};
use crate::{config::Plan, rooms};

/// The company's today when the demo begins, always the same so that the story is: a Monday, three weeks without
/// a holiday before the clocks go back.
const BEGINS: Date = date(2026, 10, 5);

#[derive(Debug, Args)]
#[command(after_help = "\
Example: kaizend demo --dir sewell --days 7

The folder gets a database, a configuration, the mails as .eml files, and kaizend's own store. No mail leaves.")]
pub(super) struct Demo {
    /// A new folder, or that of an earlier demo, whose contents are replaced
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    /// Another seed makes another company
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many days of its life are played
    #[arg(long, default_value_t = 21, value_parser = clap::value_parser!(u8).range(1..=21))]
    days: u8,
}

impl Demo {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        let folder = Folder::make(self.dir.clone())?;
        let settings = Settings::new(self.seed, BEGINS);
        let planted = kaizend_demo::generate(&folder.books(), &settings)?;
        let plan = folder.plan()?;
        let report = block_on(self.play(&folder, plan, &settings, planted))??;
        match scene.format {
            Format::Json => print::json(&report)?,
            Format::Text => page::show(&report),
        }
        Ok(Exit::Done)
    }

    async fn play(
        &self,
        folder: &Folder,
        plan: Plan,
        settings: &Settings,
        planted: Planted,
    ) -> anyhow::Result<Report> {
        let path = plan.store.path.clone();
        let _lock = ServerLock::acquire(&path)?;
        let store = Store::open(&kaizend_store::Settings { path })?;
        let rooms = rooms::Rooms::connect(Arc::new(plan), Arc::new(rooms::host()?), store)?;
        let play = Play::new(&rooms, folder.books(), Timeline::new(settings)?, BEGINS, self.days)?;
        let first_looks = play.run().await?;
        let report = Report::of(&rooms, folder, &play, self.seed, planted, first_looks).await?;
        rooms.store.close().await;
        Ok(report)
    }
}
