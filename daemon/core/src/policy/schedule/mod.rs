//! When a check is due: schedules, and which of their occurrences run.
//!
//! `Schedule` enumerates, `due` decides. The `cron` crate is used for its grammar alone, on the wall's time;
//! zones, gaps and folds are ours (see `zone`), because that crate loses and repeats days where clocks change.

mod day_of_week;
mod due;
mod error;
mod fields;
mod grammar;
mod interval;
mod overlap;
mod timetable;

use std::{fmt, str::FromStr};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use serde::{Deserialize, Serialize};

pub use due::{CatchUp, Entry, Fate, Jitter, OccurrenceDecision, due, next_wake};
pub use error::ScheduleError;
pub use overlap::{Admission, Overlap};

use self::{interval::Interval, timetable::Timetable};
use super::zone::DstDecision;

/// A schedule as configuration writes it.
///
/// - Five fields, `minute hour day month weekday`, with POSIX weekdays (0 and 7 are Sunday). When both day
///   fields are restricted, a day that fits **either** is taken, as POSIX and every cron do.
/// - Six or seven fields, `second minute hour day month weekday [year]`, with weekdays by name only, because
///   their numbers mean other days elsewhere. Both day fields must fit.
/// - `every 15min`, `every 2h`: elapsed time, counted from 1970-01-01T00:00Z, so no state is needed.
/// - `@hourly`, `@daily` (`@midnight`), `@weekly` (Sunday), `@monthly`, `@yearly` (`@annually`).
///
/// A schedule with a wildcard or a step in the hour field fires in every real hour, once: twice at 03:30 when
/// the clock repeats it, never at a time that is skipped. Any other fires once for each time on the wall:
/// the first of two, and at the first instant after a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    text: String,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Every(Interval),
    Wall(Box<Timetable>),
}

/// One moment at which a schedule fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    pub at: Timestamp,
    /// The time on the wall that the schedule asks for; inside a gap it differs from the wall at `at`.
    pub civil: DateTime,
    /// What the clock change made of it; none on ordinary days.
    pub dst: Option<DstDecision>,
}

impl Schedule {
    /// The first occurrence after `after`, or none when there is no more (years that are over; the end is 2100).
    pub fn next(&self, after: Timestamp, zone: &TimeZone) -> Option<Next> {
        match &self.kind {
            Kind::Every(interval) => interval.next(after, zone),
            Kind::Wall(timetable) => timetable.next(after, zone),
        }
    }

    /// The occurrences after `from` up to and including `to`, in order. Lazy, and each later than the one before.
    pub fn between<'a>(
        &'a self,
        from: Timestamp,
        to: Timestamp,
        zone: &'a TimeZone,
    ) -> impl Iterator<Item = Next> + 'a {
        let mut after = from;
        std::iter::from_fn(move || {
            let next = self.next(after, zone).filter(|next| next.at <= to)?;
            after = next.at;
            Some(next)
        })
    }
}

impl FromStr for Schedule {
    type Err = ScheduleError;

    fn from_str(text: &str) -> Result<Self, ScheduleError> {
        let text = text.trim();
        Ok(Self { text: text.to_owned(), kind: grammar::parse(text)? })
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Schedule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Schedule {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
