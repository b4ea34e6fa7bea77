//! Working time told a second way: from the wall clock alone, without the calendar that is under test.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime, Time, Weekday, date},
    tz::{Offset, TimeZone},
};
use kaizend_core::domain::Person;

/// Days off on which nobody would expect them: the Monday after the clocks went forward, and a Thursday.
pub(crate) const HOLIDAYS: [Date; 2] = [date(2026, 3, 30), date(2026, 11, 26)];

/// Where the company is.
pub(crate) const SOFIA: &str = "Europe/Sofia";

/// Which window of which working day was the last to open, in the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Opened {
    day: Date,
    window: u8,
}

/// The wall clock of a person, or of the company.
pub(crate) fn wall(person: Option<&Person>, at: Timestamp) -> DateTime {
    zone(person).to_datetime(at)
}

/// When a person's present day began.
pub(crate) fn midnight(person: Option<&Person>, at: Timestamp) -> Timestamp {
    let date = wall(person, at).date();
    zone(person).to_timestamp(date.to_datetime(Time::midnight())).expect("it is no year of legend")
}

/// How far the company's clock is from UTC.
pub(crate) fn offset(at: Timestamp) -> Offset {
    zone(None).to_offset(at)
}

fn zone(person: Option<&Person>) -> TimeZone {
    let name = person.and_then(|person| person.timezone.as_deref()).unwrap_or(SOFIA);
    TimeZone::get(name).expect("the model's zones exist")
}

/// Monday to Friday from 09:00 to 18:00, save holidays.
pub(crate) fn in_working_time(person: Option<&Person>, at: Timestamp) -> bool {
    let wall = wall(person, at);
    is_working_day(wall.date()) && (9..18).contains(&wall.hour())
}

/// The windows are 09:00 and 14:00.
pub(crate) fn opened(person: Option<&Person>, at: Timestamp) -> Opened {
    let wall = wall(person, at);
    let mut day = wall.date();
    if is_working_day(day) && wall.hour() >= 9 {
        return Opened { day, window: if wall.hour() >= 14 { 2 } else { 1 } };
    }
    loop {
        day = day.saturating_sub(1.day());
        if is_working_day(day) {
            return Opened { day, window: 2 };
        }
    }
}

fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !HOLIDAYS.contains(&day)
}
