//! `kaizend backup` and `kaizend restore`: the store as one file.

use std::path::PathBuf;

use clap::Args;

use super::{Ended, Exit, Stop, print, scene::Scene, scene::block_on};

#[derive(Debug, Args)]
#[command(after_help = "Example: kaizend backup /var/backups/kaizend-$(date +%F).db")]
pub(super) struct Backup {
    /// Where the copy goes; it must not be there yet
    file: PathBuf,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example: systemctl stop kaizend && kaizend restore /var/backups/kaizend-2026-11-23.db"
)]
pub(super) struct Restore {
    /// A file that `kaizend backup` made
    file: PathBuf,
}

impl Backup {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        let (_, store) = scene.store()?;
        block_on(store.backup(&self.file))??;
        print::line(&format!("{} holds the whole store", self.file.display()));
        Ok(Exit::Done)
    }
}

impl Restore {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        let plan = scene.load()?.plan;
        if !self.file.is_file() {
            return Err(Stop::Usage(format!("there is no file {}", self.file.display())));
        }
        kaizend_store::restore(&self.file, &plan.store.path)?;
        print::line(&format!("{} is in the place of {}", self.file.display(), plan.store.path.display()));
        Ok(Exit::Done)
    }
}
