//! Times on the wall: which dates and times of day fit, and at which instants they fire in a zone.
//!
//! The search only ever moves forward and visits each date at most once, up to the last year that the `cron`
//! crate knows; so it ends for every schedule, and never answers with an instant that is not after the question.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

use super::Next;
use crate::policy::zone;

/// The last year that the `cron` crate's grammar allows.
pub(super) const LAST_YEAR: i16 = 2100;

/// The fields of a cron expression, as sets of bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Timetable {
    pub(super) seconds: u64,
    pub(super) minutes: u64,
    pub(super) hours: u64,
    pub(super) days: u64,
    pub(super) months: u64,
    /// Bit 0 is Sunday.
    pub(super) weekdays: u64,
    /// In order; empty means every year.
    pub(super) years: Vec<i16>,
    /// A day that fits the day of the month or the weekday is enough (POSIX, both restricted).
    pub(super) either_day: bool,
    /// The hour is a wildcard or a step: it fires in every real hour.
    pub(super) each_real_hour: bool,
}

impl Timetable {
    pub(super) fn next(&self, after: Timestamp, zone: &TimeZone) -> Option<Next> {
        if self.each_real_hour { self.next_reading(after, zone) } else { self.next_on_the_wall(after, zone) }
    }

    /// Whether any date up to the last year fits at all.
    pub(super) fn ever_fires(&self) -> bool {
        self.next_civil(jiff::civil::date(1970, 1, 1).to_datetime(Time::midnight())).is_some()
    }

    /// Fixed times: each time on the wall once. Several times inside one gap share its end and fire once.
    fn next_on_the_wall(&self, after: Timestamp, zone: &TimeZone) -> Option<Next> {
        // A time on the wall before that of `after` is never a later instant, so nothing is missed from here.
        let mut civil = self.next_civil(next_second(zone.to_datetime(after))?)?;
        loop {
            let (at, dst) = zone::instant_of(civil, zone);
            if at > after {
                return Some(Next { at, civil, dst });
            }
            // Only in the second pass of a fold, whose times all fired in the first.
            civil = self.next_civil(next_second(civil)?)?;
        }
    }

    /// Real hours: every instant at which the wall shows a fitting time. Between two clock changes the offset
    /// is constant, so the search goes from change to change.
    fn next_reading(&self, after: Timestamp, zone: &TimeZone) -> Option<Next> {
        let mut from = next_second(zone.to_datetime(after))?;
        let mut offset = zone.to_offset(after);
        let mut changes = zone.following(after).map(|change| change.timestamp());
        loop {
            let civil = self.next_civil(from)?;
            let at = offset.to_timestamp(civil).ok()?;
            let change = changes.find(|&change| zone.to_offset(change) != offset);
            match change {
                Some(change) if at >= change => {
                    offset = zone.to_offset(change);
                    from = offset.to_datetime(change);
                }
                _ => return Some(Next { at, civil, dst: None }),
            }
        }
    }

    /// The first fitting time on the wall at or after `from`.
    fn next_civil(&self, from: DateTime) -> Option<DateTime> {
        let mut date = from.date();
        let mut earliest = from.time();
        loop {
            date = match self.first_day(date)? {
                same if same == date => same,
                later => {
                    earliest = Time::midnight();
                    later
                }
            };
            if let Some(time) = self.next_time(earliest) {
                return Some(DateTime::from_parts(date, time));
            }
            date = date.tomorrow().ok()?;
            earliest = Time::midnight();
        }
    }

    /// The first fitting date at or after `from`.
    fn first_day(&self, from: Date) -> Option<Date> {
        let mut date = from;
        loop {
            if date.year() > LAST_YEAR {
                return None;
            }
            if !self.years.is_empty() && self.years.binary_search(&date.year()).is_err() {
                let year = self.years.iter().copied().find(|&year| year > date.year())?;
                date = Date::new(year, 1, 1).ok()?;
            } else if !has(self.months, date.month()) {
                date = date.last_of_month().tomorrow().ok()?;
            } else if self.fits_day(date) {
                return Some(date);
            } else {
                date = date.tomorrow().ok()?;
            }
        }
    }

    fn fits_day(&self, date: Date) -> bool {
        let day = has(self.days, date.day());
        let weekday = has(self.weekdays, date.weekday().to_sunday_zero_offset());
        if self.either_day { day || weekday } else { day && weekday }
    }

    fn next_time(&self, from: Time) -> Option<Time> {
        let (hour, minute, second) = (from.hour(), from.minute(), from.second());
        if has(self.hours, hour) {
            if has(self.minutes, minute)
                && let Some(second) = at_or_after(self.seconds, second)
            {
                return Time::new(hour, minute, second, 0).ok();
            }
            if let Some(minute) = at_or_after(self.minutes, minute + 1) {
                return Time::new(hour, minute, at_or_after(self.seconds, 0)?, 0).ok();
            }
        }
        let hour = at_or_after(self.hours, hour + 1)?;
        Time::new(hour, at_or_after(self.minutes, 0)?, at_or_after(self.seconds, 0)?, 0).ok()
    }
}

fn has(set: u64, value: i8) -> bool {
    set >> value & 1 == 1
}

/// The smallest member of `set` that is not below `value`, which is at most 60.
fn at_or_after(set: u64, value: i8) -> Option<i8> {
    let rest = set >> value << value;
    i8::try_from(rest.trailing_zeros()).ok().filter(|_| rest != 0)
}

/// The first full second after `civil`.
fn next_second(civil: DateTime) -> Option<DateTime> {
    let whole = civil.with().subsec_nanosecond(0).build().ok()?;
    whole.checked_add(SignedDuration::from_secs(1)).ok()
}
