//! The `kaizend` binary: reads the command line and gives the exit code.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    ExitCode::from(kaizend::command::Cli::parse().run())
}
