//! `kaizend mail …`: every kind of mail with sample findings, in the company's own words, colours and templates; and
//! mails that come in.

mod lint;
mod preview;
mod receive;
mod sample;
mod specimens;

use clap::{Args, Subcommand};

use super::{Ended, scene::Scene};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  kaizend mail preview digest --language bg\n  \
kaizend mail preview --all --dir mails\n  kaizend mail lint\n  kaizend mail sample reminder")]
pub(super) struct Mail {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// A kind of mail as its reader gets it; nothing is sent
    Preview(preview::Preview),
    /// What is wrong with any kind of mail in any language: words, templates, size, markup, links
    Lint(lint::Lint),
    /// What the templates of a kind of mail see, as JSON
    Sample(sample::Sample),
    /// Take a mail from standard input: somebody's answer, or a bounce
    Receive(receive::Receive),
}

impl Mail {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        match self.verb {
            Verb::Preview(verb) => verb.run(scene),
            Verb::Lint(verb) => verb.run(scene),
            Verb::Sample(verb) => verb.run(scene),
            Verb::Receive(verb) => verb.run(scene),
        }
    }
}
