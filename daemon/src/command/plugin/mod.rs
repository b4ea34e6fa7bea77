//! `kaizend plugin …`: what an author of a check needs, and what an operator wants to know of one.

mod build;
mod inspect;
mod list;
mod new;
mod test;

use clap::{Args, Subcommand};

use super::{Ended, Scene};

#[derive(Debug, Args)]
pub(super) struct Plugin {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Write a small working plugin to start from
    New(new::New),
    /// Build plugins into components; the same source gives the same bytes
    Build(build::Build),
    /// Run a plugin's fixtures in the real sandbox
    Test(test::Test),
    /// Say in plain words what a plugin reads and finds
    Inspect(inspect::Inspect),
    /// The plugins of the configuration
    List(list::List),
}

impl Plugin {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        match self.verb {
            Verb::New(verb) => verb.run(),
            Verb::Build(verb) => verb.run(scene),
            Verb::Test(verb) => verb.run(scene),
            Verb::Inspect(verb) => verb.run(scene),
            Verb::List(verb) => verb.run(scene),
        }
    }
}
