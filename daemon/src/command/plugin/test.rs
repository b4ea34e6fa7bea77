//! tmp
use super::super::{Ended, Exit, scene::Scene};
use clap::Args;
#[derive(Debug, Args)]
pub(super) struct Test {
    dir: std::path::PathBuf,
}
impl Test {
    pub(super) fn run(self, _: &Scene) -> Ended {
        let _ = self.dir;
        Ok(Exit::Done)
    }
}
