//! Holiday files: the all-day events of an iCalendar text (RFC 5545), as days.
//!
//! A holiday file names whole days. An event with a time of day, and a recurrence that is not read, are never
//! dropped silently: they come back in `not_taken`, for the operator to see.

use std::collections::BTreeSet;

use jiff::civil::Date;

/// What a holiday file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ical {
    /// Every day that the file closes; yearly events up to the year 2100.
    pub days: BTreeSet<Date>,
    pub not_taken: Vec<NotTaken>,
}

/// An event that is in the file, but not in `days`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotTaken {
    /// Of its `BEGIN:VEVENT`, counted from one.
    pub line: usize,
    pub summary: String,
    pub why: String,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IcalError {
    #[error("this is not an iCalendar file: it does not begin with BEGIN:VCALENDAR")]
    NotACalendar,
}
