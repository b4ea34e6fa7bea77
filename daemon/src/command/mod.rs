//! The command line: one file a command. A command reads its arguments, calls the rooms, and prints; it decides
//! nothing itself.

mod audit;
mod backup;
mod completions;
mod demo;
mod explain;
mod findings;
mod forget;
mod mail;
mod moment;
mod next;
mod outbox;
mod plugin;
mod print;
mod run;
mod scene;
mod serve;
mod silence;
mod simulate;
mod status;
mod validate;
mod web;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use self::scene::Scene;
use crate::config;

/// A daemon that keeps a company's word.
///
/// It looks at the company's own data on a schedule, through small sandboxed checks, and tells the right person
/// the right thing at the right time by mail, until it is done.
#[derive(Debug, Parser)]
#[command(name = "kaizend", version, max_term_width = 100, after_help = AFTER_HELP)]
pub struct Cli {
    /// The configuration [default: ./kaizend.toml, then /etc/kaizend/kaizend.toml]
    #[arg(long, global = true, env = "KAIZEND_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// How data is printed
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Exit codes: 0 done; 1 findings or warnings, where asked for; 2 usage or configuration; 3 could not do it.

Example: kaizend --config config/northwind/kaizend.toml run late-orders --at 1998-05-31T09:00";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the checks on their schedules and send what is due, until stopped
    Serve(serve::Serve),
    /// Read the whole configuration and report every problem at once
    Validate(validate::Validate),
    /// Run checks now, or show what they would do
    Run(run::Run),
    /// Play a stretch of time with the data as it was known, and show every mail
    Simulate(simulate::Simulate),
    /// When each check runs next, in local time and UTC
    Next(next::Next),
    /// What was found, and what became of it
    Findings(findings::Findings),
    /// The whole chain behind one finding: its row, rule, route, each mail sent or withheld, what comes next
    Explain(explain::Explain),
    /// What nobody is to hear of until a moment
    Silence(silence::Silences),
    /// The mails: waiting, sent, failed, held
    Outbox(outbox::Outbox),
    /// Every kind of mail with sample findings: to look at, and to check
    Mail(mail::Mail),
    /// Write, build, test and inspect plugins
    Plugin(plugin::Plugin),
    /// Whether checks look, mails leave and the store is well
    Status(status::Status),
    /// Whether the store is as kaizend wrote it
    Audit(audit::Audit),
    /// Blank what is kept about a client or a person
    Forget(forget::Forget),
    /// The links in mails: a new key that signs them
    Web(web::Web),
    /// Copy the store to a file, while the daemon runs
    Backup(backup::Backup),
    /// Put a backup in the store's place
    Restore(backup::Restore),
    /// Three weeks of a made-up car service in virtual time
    Demo(demo::Demo),
    /// Completions for a shell
    Completions(completions::Completions),
}

/// How a command ended when nothing failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Done,
    /// There are findings or warnings, and the user asked to be told by the exit code.
    Attention,
    /// What could be shown was shown, though the configuration cannot be used.
    Unusable,
}

/// Why a command ended early; decides the exit code.
#[derive(Debug)]
pub enum Stop {
    /// Wrong arguments, or names that are not in the configuration.
    Usage(String),
    /// The configuration cannot be used; the report is complete.
    Configuration(config::Problems),
    /// The work could not be done.
    CouldNot(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::CouldNot(error.into())
    }
}

type Ended = Result<Exit, Stop>;

impl Cli {
    /// Runs the command and gives the process's exit code.
    pub fn run(self) -> u8 {
        let scene = Scene { config: self.config, format: self.format };
        let ended = match self.command {
            Command::Serve(command) => command.run(&scene),
            Command::Validate(command) => command.run(&scene),
            Command::Run(command) => command.run(&scene),
            Command::Simulate(command) => command.run(&scene),
            Command::Next(command) => command.run(&scene),
            Command::Findings(command) => command.run(&scene),
            Command::Explain(command) => command.run(&scene),
            Command::Silence(command) => command.run(&scene),
            Command::Outbox(command) => command.run(&scene),
            Command::Mail(command) => command.run(&scene),
            Command::Plugin(command) => command.run(&scene),
            Command::Status(command) => command.run(&scene),
            Command::Audit(command) => command.run(&scene),
            Command::Forget(command) => command.run(&scene),
            Command::Web(command) => command.run(&scene),
            Command::Backup(command) => command.run(&scene),
            Command::Restore(command) => command.run(&scene),
            Command::Demo(command) => command.run(&scene),
            Command::Completions(command) => command.run(),
        };
        print::ending(ended, scene.format)
    }
}
