//! `kaizend completions`: a completion script for a shell, on standard output.

use std::io;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, Ended, Exit};

#[derive(Debug, Args)]
#[command(after_help = "Example: kaizend completions bash > /etc/bash_completion.d/kaizend")]
pub(super) struct Completions {
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Ended {
        clap_complete::generate(self.shell, &mut Cli::command(), "kaizend", &mut io::stdout());
        Ok(Exit::Done)
    }
}
