//! tmp
use super::{Ended, Exit, scene::Scene};
use clap::Args;
#[derive(Debug, Args)]
pub(super) struct Demo {
    #[arg(long)]
    dir: std::path::PathBuf,
}
impl Demo {
    pub(super) fn run(self, _: &Scene) -> Ended {
        let _ = self.dir;
        Ok(Exit::Done)
    }
}
