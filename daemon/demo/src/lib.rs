//! A car service and dealer (after Sewell) as a database: two years of its life, and three weeks to come.
//!
//! Everything follows from one seed, so that two machines tell the same story. The number of each kind of problem
//! is planted, not found: `Planted` says how many there are, and a check that finds another number is wrong.
//! The file is the company's own database. Nothing here knows of checks, findings or mails.

mod books;
mod company;
mod contacts;
mod day;
mod dice;
mod event;
mod orders;
mod people;
mod planted;
mod plants;
mod settings;
mod timeline;

use std::path::Path;

pub use books::DemoError;
pub use event::{Change, Event};
pub use planted::Planted;
pub use settings::Settings;
pub use timeline::Timeline;

/// Writes the company's database to `path` and says how many problems of each kind are in it.
///
/// The file must not exist. It is in WAL mode, as a busy application's database would be.
pub fn generate(path: &Path, settings: &Settings) -> Result<Planted, DemoError> {
    let (company, planted) = company::Company::build(settings)?;
    books::write(path, &company)?;
    Ok(planted)
}
