//! The test host: it plays the daemon natively, so that `cargo test` runs a check from fixture files in milliseconds,
//! and a benchmark can drive the same code over a generated stream.
//!
//! Fixtures (`fixtures/<case>.toml`, see [`Fixture`]) say nothing that only this host understands: `kaizend plugin test`
//! runs the same files in the real sandbox, and compares with the same [`Expect`].

mod batch;
mod cell;
mod expect;
mod fixture;
pub(crate) mod guest;
mod look;
mod messages;
mod office;
mod rules;
mod table;
mod told;

use std::path::Path;

pub use batch::{Batch, Column, Source, Values};
pub use cell::Cell;
pub use expect::{Expect, ExpectedAttribute, ExpectedFinding, ExpectedFine, ExpectedMeasure};
pub use fixture::{Dataset, Fixture};
pub use look::Look;
pub use messages::check_messages;
pub use office::Office;
pub use table::{Asked, Table};
pub use told::{Told, ToldFinding};

use crate::Plugin;

/// Runs a plugin natively. An error of the check is in [`Told::error`]; a panic is the caller's.
pub fn run(plugin: Plugin, look: Look) -> Told {
    guest::run(plugin, look)
}

/// Runs every fixture of a folder and checks the plugin's messages; panics with all that differs.
///
/// # Panics
/// When a fixture cannot be read, differs, or there is none; and when a message is missing.
#[track_caller]
pub fn check_all(plugin: Plugin, folder: &Path) {
    let mut complaints = check_messages(plugin.manifest);
    let mut cases = 0;
    match Fixture::files(folder) {
        Ok(files) => {
            for file in files {
                cases += 1;
                complaints.extend(check_one(plugin, &file));
            }
        }
        Err(error) => complaints.push(error),
    }
    assert!(cases > 0 || !complaints.is_empty(), "{} has no fixtures", folder.display());
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

fn check_one(plugin: Plugin, file: &Path) -> Vec<String> {
    let told =
        Fixture::read(file).and_then(|fixture| Ok((run(plugin, fixture.look(plugin.manifest)?), fixture)));
    let complaints = match told {
        Ok((told, fixture)) => fixture.expect.compare(&told),
        Err(error) => vec![error],
    };
    complaints.iter().map(|complaint| format!("{}: {complaint}", file.display())).collect()
}
