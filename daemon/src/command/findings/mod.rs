//! `kaizend findings …`: what was found, and what became of it.

mod act;
mod export;
mod list;
mod resolve;
pub(super) mod show;

use clap::{Args, Subcommand};

use super::{Ended, scene::Scene};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kaizend findings list --check late-orders\n  kaizend findings show 3f2a9c01b7e4\n  kaizend findings ack 3f2a9c01 --by 5 --until \"2 working days\"\n  kaizend findings dismiss 3f2a9c01 --by 5 --reason \"agreed with the client by phone\""
)]
pub(super) struct Findings {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Findings, page by page; JSON is one object a line
    List(list::List),
    /// All findings as a table: CSV, or JSON one object a line
    Export(export::Export),
    /// One finding: its history with reasons, the promise's versions, who was told
    Show(show::Show),
    /// Somebody works on it, until a moment
    Ack(act::Ack),
    /// Remind again later
    Snooze(act::Snooze),
    /// It is done; the data decides later whether it is
    Done(act::Done),
    /// It is no problem, and why
    Dismiss(act::Dismiss),
    /// Close it by hand, or all that a removed check left
    Resolve(resolve::Resolve),
    /// Somebody else answers for it, from now on
    Assign(act::Assign),
    /// It was done differently, and why
    Differently(act::Differently),
    /// Why a miss happened
    Cause(act::Cause),
    /// An apology that was owed was made
    Apologised(act::Apologised),
}

impl Findings {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        match self.verb {
            Verb::List(verb) => verb.run(scene),
            Verb::Export(verb) => verb.run(scene),
            Verb::Show(verb) => verb.run(scene),
            Verb::Ack(verb) => act::say(scene, &verb),
            Verb::Snooze(verb) => act::say(scene, &verb),
            Verb::Done(verb) => act::say(scene, &verb),
            Verb::Dismiss(verb) => act::say(scene, &verb),
            Verb::Resolve(verb) => verb.run(scene),
            Verb::Assign(verb) => act::say(scene, &verb),
            Verb::Differently(verb) => act::say(scene, &verb),
            Verb::Cause(verb) => act::say(scene, &verb),
            Verb::Apologised(verb) => act::say(scene, &verb),
        }
    }
}
