//! Days of the story: the company works Monday to Friday, nine to six, in Sofia.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use kaizend_core::policy::{calendar::Calendar, zone};

pub(crate) fn is_working(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// So many calendar days later, or earlier when negative.
pub(crate) fn plus(date: Date, days: i64) -> Date {
    date.saturating_add(days.days())
}

/// The same day when it is worked, else the next that is.
pub(crate) fn working(date: Date) -> Date {
    plus_working(date, 0)
}

/// The same day when it is worked, else the one before that is.
pub(crate) fn last_working(date: Date) -> Date {
    if is_working(date) { date } else { plus_working(date, -1) }
}

/// The n-th working day after `date`, or before it when negative.
pub(crate) fn plus_working(date: Date, days: i64) -> Date {
    // Working days do not depend on the zone.
    Calendar::office(TimeZone::UTC).add_working_days(date, i32::try_from(days).unwrap_or(0))
}

/// `minute` minutes after nine in Sofia.
pub(crate) fn at(date: Date, minute: i64, sofia: &TimeZone) -> Timestamp {
    let civil = date.at(9, 0, 0, 0).saturating_add(minute.minutes());
    zone::instant_of(civil, sofia).0
}
