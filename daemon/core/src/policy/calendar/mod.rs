//! Working time of a company, a team or a person: zone, weekly shifts, holidays and other special days.
//!
//! Working time is arithmetic on this calendar, never hours divided by 24. Days are the calendar's own days: a
//! Monday in Sofia is not the UTC Monday. All answers stay inside the years that jiff can express.
//!
//! Special days win over the week, and the absences of a person over both: a bridge day is closed, the Saturday
//! that makes up for it has hours, and who is away has none on either.

mod holidays;
mod ical;
mod ical_event;
mod ical_lines;
mod ical_rule;
mod shift;
mod week;

use std::sync::Arc;

use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, DateTime},
    tz::TimeZone,
};

pub use holidays::{HolidayError, Holidays};
pub use ical::{Ical, IcalError, NotTaken};
pub use shift::{Shift, ShiftError};
pub(super) use shift::{clock, minute_of};
pub use week::{Week, WeekError};

use super::zone;
use crate::domain::{Absence, Span};

/// How far ahead or back a search goes, so that an absurd number costs a moment and not a minute.
const FARTHEST_DAYS: i32 = 300 * 366;

/// Whose working time, where. Cheap to clone: a person's calendar is the company's with little of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    zone: TimeZone,
    week: Arc<Week>,
    holidays: Arc<Holidays>,
    /// First and last days of absences.
    away: Arc<[(Date, Date)]>,
}

impl Calendar {
    pub fn new(zone: TimeZone, week: Week, holidays: Holidays) -> Self {
        Self { zone, week: Arc::new(week), holidays: Arc::new(holidays), away: Arc::default() }
    }

    /// Monday to Friday, 09:00 to 18:00, no holidays: what a company gets that configures nothing.
    pub fn office(zone: TimeZone) -> Self {
        Self::new(zone, Week::office(), Holidays::default())
    }

    /// The same week and holidays on another wall clock: a colleague elsewhere.
    #[must_use]
    pub fn in_zone(&self, zone: TimeZone) -> Self {
        Self { zone, ..self.clone() }
    }

    /// The same calendar for somebody who is away on these days: they have no working time then.
    #[must_use]
    pub fn with_absences(&self, absences: &[Absence]) -> Self {
        let away = absences.iter().map(|absence| (absence.first, absence.last)).collect();
        Self { away, ..self.clone() }
    }

    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The calendar's date at `instant`.
    pub fn date_of(&self, instant: Timestamp) -> Date {
        self.zone.to_datetime(instant).date()
    }

    /// The first instant of `date`, also where the clock change skips midnight.
    pub fn start_of(&self, date: Date) -> Timestamp {
        zone::start_of(date, &self.zone)
    }

    /// The shifts of `date`, in order; none on a day off.
    pub fn shifts_on(&self, date: Date) -> &[Shift] {
        if self.away.iter().any(|(first, last)| (*first..=*last).contains(&date)) {
            return &[];
        }
        self.holidays.shifts_on(date).unwrap_or_else(|| self.week.shifts_on(date.weekday()))
    }

    /// A day with any working time; a half day is a working day.
    pub fn is_working_day(&self, date: Date) -> bool {
        !self.shifts_on(date).is_empty()
    }

    /// The `days`-th working day after `date`, or before it when negative. `date` itself is never counted:
    /// from a Sunday, one working day ahead is the Monday.
    ///
    /// Zero days is `date` when it is a working day, else the next one. What lies farther away than three
    /// hundred years is the end of time, `Date::MAX` or `Date::MIN`.
    pub fn add_working_days(&self, date: Date, days: i32) -> Date {
        if days == 0 && self.is_working_day(date) {
            return date;
        }
        let (end, step) = if days >= 0 { (Date::MAX, 1) } else { (Date::MIN, -1) };
        let (mut day, mut left) = (date, days.unsigned_abs().max(1));
        for _ in 0..FARTHEST_DAYS {
            let Ok(next) = day.checked_add(step.days()) else { return end };
            day = next;
            left -= u32::from(self.is_working_day(day));
            if left == 0 {
                return day;
            }
        }
        end
    }

    /// How many working days lie after `from`, up to and including `to`; negative when `to` is earlier.
    /// So `add_working_days(from, n)` is `n` working days away, in both directions.
    pub fn working_days_between(&self, from: Date, to: Date) -> i64 {
        if to < from {
            return -self.count_working_days(to, from);
        }
        match (from.tomorrow(), to.tomorrow()) {
            (Ok(first), Ok(end)) => self.count_working_days(first, end),
            _ => 0,
        }
    }

    /// Working time from `from` to `to` in seconds, as it really elapsed; negative when `to` is earlier.
    pub fn working_seconds(&self, from: Timestamp, to: Timestamp) -> i64 {
        if to < from {
            return -self.working_seconds(to, from);
        }
        let last = self.date_of(to);
        let mut day = self.date_of(from);
        let mut seconds = 0;
        while day <= last {
            if let Some(end) = self.plain_week(day, from, to) {
                seconds += self.week.seconds();
                day = end;
                continue;
            }
            seconds += self
                .spans_on(day)
                .map(|(opens, closes)| (closes.min(to).as_second() - opens.max(from).as_second()).max(0))
                .sum::<i64>();
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        seconds
    }

    /// `instant` moved ahead by `span`.
    ///
    /// Working days and days keep the time of day (in a gap, the first instant after it); seconds are elapsed
    /// time. Working minutes give the first instant by which so much working time has passed: the end of a
    /// shift, not the start of the next one.
    pub fn add(&self, instant: Timestamp, span: Span) -> Timestamp {
        let civil = self.zone.to_datetime(instant);
        let on = |date: Date| zone::instant_of(DateTime::from_parts(date, civil.time()), &self.zone).0;
        match span {
            Span::WorkingDays(days) => {
                on(self.add_working_days(civil.date(), i32::try_from(days).unwrap_or(i32::MAX)))
            }
            Span::Days(days) => on(civil.date().saturating_add(i64::from(days).min(5_000_000).days())),
            Span::Seconds(seconds) => elapsed(instant, i64::try_from(seconds).unwrap_or(i64::MAX)),
            Span::WorkingMinutes(minutes) => self.after_working_seconds(instant, i64::from(minutes) * 60),
        }
    }

    /// The first instant at or after `instant` that lies in a shift; `instant` itself where none ever comes.
    pub fn working_moment(&self, instant: Timestamp) -> Timestamp {
        let mut day = self.date_of(instant);
        for _ in 0..FARTHEST_DAYS.min(400) {
            let inside = self.spans_on(day).find(|(_, closes)| instant < *closes);
            if let Some((opens, _)) = inside {
                return opens.max(instant);
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        instant
    }

    /// The end of the seven days that begin with `day`, if they lie between the two instants and hold neither a
    /// special day nor an absence nor a clock change: then they are an ordinary week, and years need not be
    /// walked day by day.
    fn plain_week(&self, day: Date, from: Timestamp, to: Timestamp) -> Option<Date> {
        let end = day.checked_add(7.days()).ok()?;
        let (starts, ends) = (self.start_of(day), self.start_of(end));
        let inside = starts >= from && ends <= to;
        let change = || self.zone.following(starts).next().map(|change| change.timestamp());
        let at_work = self.away.iter().all(|(first, last)| *last < day || *first >= end);
        let ordinary = inside && at_work && !self.holidays.any_in(day, end);
        (ordinary && change().is_none_or(|change| change >= ends)).then_some(end)
    }

    fn after_working_seconds(&self, from: Timestamp, seconds: i64) -> Timestamp {
        if seconds == 0 {
            return from;
        }
        let (mut day, mut left) = (self.date_of(from), seconds);
        for _ in 0..FARTHEST_DAYS {
            for (opens, closes) in self.spans_on(day) {
                let opens = opens.max(from);
                let open_for = (closes.as_second() - opens.as_second()).max(0);
                if left <= open_for {
                    return elapsed(opens, left);
                }
                left -= open_for;
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        Timestamp::MAX
    }

    /// The shifts of a day as instants. A shift that lies in a gap is shorter, one across a fold is longer.
    fn spans_on(&self, date: Date) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        self.shifts_on(date).iter().map(move |shift| {
            let at = |minute| zone::instant_of(minute_of(date, minute), &self.zone).0;
            (at(shift.opens()), at(shift.closes()))
        })
    }

    /// Working days in `first..end`.
    fn count_working_days(&self, first: Date, end: Date) -> i64 {
        let mut count = 0;
        let mut day = first;
        while day < end {
            count += i64::from(self.is_working_day(day));
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        count
    }
}

fn elapsed(instant: Timestamp, seconds: i64) -> Timestamp {
    instant.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
