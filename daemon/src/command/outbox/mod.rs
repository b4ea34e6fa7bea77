//! `kaizend outbox …`: the mails, and the hand on the switch.

mod act;
mod bounced;
mod list;
mod show;

use clap::{Args, Subcommand};

use super::{Ended, scene::Scene};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kaizend outbox list --state held\n  kaizend outbox hold --all --reason 'wrong import'\n  \
kaizend outbox release 41 42"
)]
pub(super) struct Outbox {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Mails, newest first; JSON is one object a line
    List(list::List),
    /// One mail as it is sent, and each attempt
    Show(show::Show),
    /// Keep mails back; with --all nothing is sent until `release --all`
    Hold(act::Act),
    /// Let held mails go
    Release(act::Act),
    /// Give mails up
    Cancel(act::Act),
    /// Addresses that refuse mail; where it is given up, whoever stands in hears instead
    Bounced(bounced::BouncedVerb),
    /// Try failed, deferred and uncertain mails again, now
    Retry(act::Act),
}

impl Outbox {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        match self.verb {
            Verb::List(verb) => verb.run(scene),
            Verb::Show(verb) => verb.run(scene),
            Verb::Hold(verb) => verb.run(scene, act::What::Hold),
            Verb::Release(verb) => verb.run(scene, act::What::Release),
            Verb::Cancel(verb) => verb.run(scene, act::What::Cancel),
            Verb::Bounced(verb) => verb.run(scene),
            Verb::Retry(verb) => verb.run(scene, act::What::Retry),
        }
    }
}
