//! `kaizend findings …`: what was found, and what became of it.

mod list;
mod show;

use clap::{Args, Subcommand};

use super::{Ended, scene::Scene};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kaizend findings list --check late-orders\n  kaizend findings show 3f2a9c01b7e4"
)]
pub(super) struct Findings {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Findings, page by page; JSON is one object a line
    List(list::List),
    /// One finding: its history with reasons, the promise's versions, who was told
    Show(show::Show),
}

impl Findings {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        match self.verb {
            Verb::List(verb) => verb.run(scene),
            Verb::Show(verb) => verb.run(scene),
        }
    }
}
