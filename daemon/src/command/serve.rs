//! `kaizend serve`: the daemon.

use clap::Args;

use super::{Ended, Exit, scene::Scene, scene::block_on};
use crate::{
    service,
    trace::{self, LogForm},
};

#[derive(Debug, Args)]
#[command(after_help = "Example: kaizend --config /etc/kaizend/kaizend.toml serve\n\nSIGHUP loads the \
configuration again; SIGTERM and Ctrl-C stop cleanly. RUST_LOG chooses log levels (default: info).")]
pub(super) struct Serve {
    /// The form of the log
    #[arg(long, value_enum, default_value_t = LogForm::Auto)]
    log: LogForm,
}

impl Serve {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        trace::install(self.log);
        let (path, loaded) = (scene.config()?, scene.load()?);
        block_on(service::serve(path, loaded))??;
        Ok(Exit::Done)
    }
}
