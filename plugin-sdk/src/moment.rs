//! Days, instants, and the moment that may be either: what promises are made in.
//!
//! A check has no clock and no zone: `now` comes from the run, and the company day of an instant from the host.

use std::fmt;
use std::ops::{Add, Sub};

use crate::host::calendar;

/// A calendar day without a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    days: i32,
}

/// A point in time, to the microsecond.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant {
    micros: i64,
}

/// A moment as the company keeps it: a day, or a point in time together with the company day it lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    day: Date,
    instant: Option<Instant>,
}

impl Date {
    /// The day so many days after 1970-01-01.
    pub const fn from_days(days: i32) -> Self {
        Self { days }
    }

    /// Days since 1970-01-01.
    pub const fn days(self) -> i32 {
        self.days
    }

    /// A day of the proleptic Gregorian calendar. Months count from 1; a day beyond its month runs into the next.
    pub const fn new(year: i32, month: i32, day: i32) -> Self {
        // Days since 0000-03-01 of years that begin in March, after Howard Hinnant's `days_from_civil`.
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self { days: era * 146_097 + day_of_era - 719_468 }
    }

    /// Year, month (1–12) and day of the month (1–31).
    pub const fn parts(self) -> (i32, i32, i32) {
        let days = self.days + 719_468;
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = days.div_euclid(146_097) * 400 + year_of_era;
        (if month <= 2 { year + 1 } else { year }, month, day)
    }

    /// A date as ISO 8601 writes it: `1998-05-31`. `None` for anything else, and for days that do not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-').map(|part| part.parse::<u16>().ok().map(i32::from));
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let date = (text.len() == 10).then(|| Self::new(year, month, day))?;
        (date.parts() == (year, month, day)).then_some(date)
    }
}

impl Instant {
    /// From microseconds since 1970-01-01T00:00:00Z.
    pub const fn from_micros(micros: i64) -> Self {
        Self { micros }
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    pub const fn micros(self) -> i64 {
        self.micros
    }

    /// So many elapsed seconds later; earlier for a negative number. Stays at the ends of the range.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self { micros: self.micros.saturating_add(seconds.saturating_mul(1_000_000)) }
    }

    /// Elapsed seconds from `earlier` to here, rounded down.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.micros.saturating_sub(earlier.micros).div_euclid(1_000_000)
    }
}

impl When {
    pub(crate) const fn new(day: Date, instant: Option<Instant>) -> Self {
        Self { day, instant }
    }

    /// An instant, with its company day from the host.
    pub fn at(instant: Instant) -> Self {
        let days = calendar::dates_of(&[instant.micros]);
        Self { day: Date::from_days(days.first().copied().unwrap_or_default()), instant: Some(instant) }
    }

    /// The company day it is, or lies in.
    pub const fn day(self) -> Date {
        self.day
    }

    /// The point in time, where the company keeps one.
    pub const fn instant(self) -> Option<Instant> {
        self.instant
    }

    /// Whether something promised for this moment was kept in time by being done at `done`: a day is kept on that day
    /// or before; an instant strictly, unless only the day of `done` is known.
    pub fn kept_by(self, done: Self) -> bool {
        match (self.instant, done.instant) {
            (Some(promised), Some(done)) => done <= promised,
            _ => done.day <= self.day,
        }
    }

    /// Whether this moment is over at `now`: a day is over when the next one starts.
    pub fn is_over(self, now: Self) -> bool {
        !self.kept_by(now)
    }

    /// The first instant that belongs to it: its own, or the start of its day.
    pub fn start(self) -> Instant {
        let start_of_day = || calendar::starts_of(&[self.day.days]).first().copied().unwrap_or_default();
        self.instant.unwrap_or_else(|| Instant::from_micros(start_of_day()))
    }
}

impl From<Date> for When {
    fn from(day: Date) -> Self {
        Self { day, instant: None }
    }
}

impl Add<i32> for Date {
    type Output = Self;

    fn add(self, days: i32) -> Self {
        Self { days: self.days.saturating_add(days) }
    }
}

impl Sub<i32> for Date {
    type Output = Self;

    fn sub(self, days: i32) -> Self {
        Self { days: self.days.saturating_sub(days) }
    }
}

/// Days from the right date to the left one.
impl Sub for Date {
    type Output = i32;

    fn sub(self, earlier: Self) -> i32 {
        self.days.saturating_sub(earlier.days)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// RFC 3339 in UTC, with as many digits of the second as are needed.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = Date::from_days(i32::try_from(self.micros.div_euclid(86_400_000_000)).unwrap_or(i32::MAX));
        let of_day = self.micros.rem_euclid(86_400_000_000);
        let (seconds, micros) = (of_day / 1_000_000, of_day % 1_000_000);
        write!(f, "{date}T{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)?;
        if micros != 0 {
            f.write_str(format!(".{micros:06}").trim_end_matches('0'))?;
        }
        f.write_str("Z")
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.instant {
            Some(instant) => instant.fmt(f),
            None => self.day.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(day: Date, hour: i64) -> When {
        let micros = (i64::from(day.days()) * 24 + hour) * 3_600_000_000;
        When::new(day, Some(Instant::from_micros(micros)))
    }

    #[test]
    fn days_and_dates_are_the_same_thing() {
        for (text, days) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("1998-05-31", 10_377),
            ("0001-01-01", -719_162),
        ] {
            assert_eq!(Date::parse(text), Some(Date::from_days(days)), "{text}");
            assert_eq!(Date::from_days(days).to_string(), text);
        }
        for text in ["31/02/2024", "2024-02-30", "0000-00-00", "2024-2-3", "", "2024-02-03T00:00:00Z"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_day_of_eight_centuries_has_its_own_date() {
        let mut before = Date::new(1600, 1, 1);
        assert_eq!(before.parts(), (1600, 1, 1));
        for days in before.days() + 1..Date::new(2400, 1, 1).days() {
            let date = Date::from_days(days);
            let (year, month, day) = date.parts();
            assert_eq!(Date::new(year, month, day), date);
            assert!(date.parts() > before.parts() && date - before == 1);
            before = date;
        }
    }

    #[test]
    fn instants_are_written_in_utc() {
        for (micros, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
            (896_605_200_500_000, "1998-05-31T09:00:00.5Z"),
        ] {
            assert_eq!(Instant::from_micros(micros).to_string(), text);
        }
    }

    #[test]
    fn a_day_is_kept_until_its_end_and_an_instant_strictly() {
        let day = Date::new(2026, 11, 23);
        for (name, promised, done, kept) in [
            ("on the day", When::from(day), When::from(day), true),
            ("late in the evening of the day", When::from(day), instant(day, 23), true),
            ("the next day", When::from(day), instant(day + 1, 0), false),
            ("at the very instant", instant(day, 12), instant(day, 12), true),
            ("an hour later", instant(day, 12), instant(day, 13), false),
            ("an instant, done on a day only", instant(day, 12), When::from(day), true),
            ("an instant, done a day later", instant(day, 12), When::from(day + 1), false),
        ] {
            assert_eq!(promised.kept_by(done), kept, "{name}");
        }
    }
}
