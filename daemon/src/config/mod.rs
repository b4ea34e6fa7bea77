//! The configuration: TOML files become one immutable [`Plan`], or a report of everything that is wrong with
//! them, each problem with file, line, column and a hint.
//!
//! Every group of settings has its file here, and its table in `config/README.md`. The readers go on after a
//! mistake, so that one call to `validate` shows them all. This room opens no source and no socket; what can
//! only be known from the data is judged by [`online`].

mod binding;
mod calendars;
mod checks;
mod clients;
mod company;
mod datasets;
mod duration;
mod files;
mod heartbeat;
mod inbox;
mod known;
mod ladders;
mod limits;
mod mail;
mod messages;
mod online;
mod owing;
mod params;
mod people;
mod plan;
mod plugins;
mod problem;
mod reader;
mod reminders;
mod root;
mod routes;
mod secret;
mod similar;
mod smtp;
mod sources;
mod spool;
mod store;
mod surroundings;
mod syntax;
mod table;
mod value;
mod web;

use std::path::{Path, PathBuf};

pub use calendars::Calendars;
pub use checks::Check;
pub use clients::Clients;
pub use company::Company;
pub use datasets::Dataset;
pub use heartbeat::{BeatUrl, Heartbeat, MailBeat, UrlBeat, Watcher};
pub use inbox::Inbox;
pub use mail::Mail;
pub use messages::{Catalogue, Messages, Template, words, words_and};
pub use online::online;
pub use people::People;
pub use plan::Plan;
pub use plugins::Plugin;
pub use problem::{Problem, Problems, Severity};
pub use reader::Origin;
pub use reminders::{Reminders, Urgent};
pub use similar::nearest;
pub use sources::Source;
pub use spool::Spool;
pub use store::{Keep, Store};
pub use surroundings::{Inspect, Surroundings};

/// A configuration that can be used.
#[derive(Debug)]
pub struct Loaded {
    pub plan: Plan,
    /// What the operator should know, and what does not hinder.
    pub warnings: Problems,
    /// Where every key stands, for problems that show later.
    pub origin: Origin,
}

/// Reads the configuration at `path`, and all that it includes, in the surroundings of this process.
///
/// # Errors
/// Everything that is wrong with it, at once; warnings are among them.
pub fn load(path: &Path) -> Result<Loaded, Problems> {
    load_in(path, &Surroundings::of_process())
}

/// [`load`] in stated surroundings.
pub fn load_in(path: &Path, around: &Surroundings) -> Result<Loaded, Problems> {
    let reader = reader::Reader::open(path, around);
    let documents = reader.documents();
    let plan = Plan::read(&reader, &root::Root::gather(&reader, &documents));
    drop(documents);
    if let Some(plan) = &plan {
        messages::check(&reader, plan);
    }
    let failed = reader.failed();
    let (problems, origin) = reader.finish();
    match plan {
        Some(plan) if !failed => Ok(Loaded { plan, warnings: problems, origin }),
        _ => Err(problems),
    }
}

/// Where the store of a configuration lies, as far as that can be told when the rest of it cannot be used.
pub fn store_path(path: &Path) -> Option<PathBuf> {
    store_path_in(path, &Surroundings::of_process())
}

/// [`store_path`] in stated surroundings.
pub fn store_path_in(path: &Path, around: &Surroundings) -> Option<PathBuf> {
    let reader = reader::Reader::open(path, around);
    let documents = reader.documents();
    let root = root::Root::gather(&reader, &documents);
    match root.single("store") {
        Some(value) => Store::place(value),
        // What did not parse may have named it.
        None => reader.is_complete().then(|| Store::usual(&reader).path),
    }
}

#[cfg(test)]
mod tests;
