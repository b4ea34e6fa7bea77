//! Three weeks to come: what happens in the company day by day, so that checks have something to see.
//!
//! The events follow from the settings alone. How many of them are in the books is kept in the database itself
//! (`user_version`), in the same transaction, so that a demo that was stopped goes on where it was.

mod plot;

use std::path::Path;

use jiff::{Timestamp, tz::TimeZone};
use rusqlite::Connection;

use crate::{Settings, books::DemoError, company::Company, day, event::Event};

/// How long the story goes on after `until`, in days.
const DAYS: i64 = 21;

#[derive(Debug)]
pub struct Timeline {
    events: Vec<Event>,
    sofia: TimeZone,
    ends: Timestamp,
}

impl Timeline {
    /// The settings must be those that the database was generated with.
    pub fn new(settings: &Settings) -> Result<Self, DemoError> {
        let (company, _) = Company::build(settings)?;
        let sofia = TimeZone::get("Europe/Sofia").map_err(|source| DemoError::Zone { source })?;
        let events = plot::events(&company, settings, &sofia);
        let ends = day::at(day::plus(settings.until, DAYS), -9 * 60, &sofia);
        Ok(Self { events, sofia, ends })
    }

    /// All events, in the order in which they happen.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Midnight in Sofia after the last day.
    pub fn ends(&self) -> Timestamp {
        self.ends
    }

    /// Writes what happened up to and including `to` and is not in the books yet; answers with it.
    ///
    /// All of it in one transaction, beside other connections; asking twice writes nothing twice.
    pub fn advance(&self, path: &Path, to: Timestamp) -> Result<&[Event], DemoError> {
        self.write(path, to).map_err(|source| DemoError::Database { path: path.to_owned(), source })
    }

    fn write(&self, path: &Path, to: Timestamp) -> rusqlite::Result<&[Event]> {
        let mut books = Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        books.busy_timeout(std::time::Duration::from_secs(10))?;
        let transaction = books.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let written: usize = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let due = self.events.partition_point(|event| event.at <= to);
        let news = self.events.get(written..due).unwrap_or_default();
        for event in news {
            event.write(&transaction, &self.sofia)?;
        }
        if !news.is_empty() {
            transaction.pragma_update(None, "user_version", due)?;
        }
        transaction.commit()?;
        Ok(news)
    }
}
