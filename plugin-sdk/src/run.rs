//! A run as its check sees it: the only clock, the calendar, what is bound, and everything to be said besides findings.

use crate::finding::owned;
use crate::host::{calendar, report, rows, run};
use crate::manifest::Topic;
use crate::slot::Row;
use crate::{Date, Instant, Reading, Result, Span, When};

/// One run of a check.
#[derive(Debug)]
pub struct Run {
    now: Instant,
    today: Date,
}

/// A bound ahead of now, from [`Run::horizon`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Horizon {
    /// To the end of this day.
    Day(Date),
    /// To this instant, and the company day it lies in.
    Instant(Instant, Date),
}

impl Run {
    pub(crate) fn begin() -> Self {
        Self { now: Instant::from_micros(run::now()), today: Date::from_days(run::today()) }
    }

    /// The scheduled instant: the only clock there is.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// The company day of `now`.
    pub fn today(&self) -> Date {
        self.today
    }

    /// `now` with its company day, to compare moments with.
    pub fn moment(&self) -> When {
        When::new(self.today, Some(self.now))
    }

    /// Reads a slot, in the order that its `slot!` declares.
    pub fn read<R: Row>(&self) -> Result<Reading<R>> {
        Reading::open()
    }

    /// Whether the operator bound a dataset to an optional slot.
    pub fn is_bound<R: Row>(&self) -> bool {
        rows::is_bound(R::SLOT.name)
    }

    /// Whether this look reads only what is new: then absence means nothing, and what is fine should be said.
    pub fn is_partial<R: Row>(&self) -> bool {
        rows::is_partial(R::SLOT.name)
    }

    /// The datasets bound to a slot, by name.
    pub fn members<R: Row>(&self) -> Vec<String> {
        rows::members(R::SLOT.name)
    }

    /// So many working days of the company's calendar after a day; before it for a negative number.
    pub fn add_working_days(&self, start: Date, days: i32) -> Date {
        Date::from_days(calendar::add_working_days(start.days(), days))
    }

    /// Working seconds between two instants, by the company's calendar.
    pub fn working_seconds(&self, start: Instant, end: Instant) -> i64 {
        self.working_seconds_of("", start, end)
    }

    /// Working seconds between two instants, by the calendar of a person.
    pub fn working_seconds_of(&self, person: &str, start: Instant, end: Instant) -> i64 {
        let seconds = calendar::working_seconds(&[start.micros()], &[end.micros()], person);
        seconds.first().copied().unwrap_or_default()
    }

    /// How far a span reaches from now. Compare many moments with it: it asks the calendar once.
    pub fn horizon(&self, span: Span) -> Horizon {
        match span {
            Span::Days(days) => Horizon::Day(self.today + clamp(days)),
            Span::WorkingDays(days) => Horizon::Day(self.add_working_days(self.today, clamp(days))),
            Span::Seconds(seconds) => {
                self.reach(self.now.plus_seconds(i64::try_from(seconds).unwrap_or(i64::MAX)))
            }
            Span::WorkingMinutes(minutes) => self.reach(self.after_working_seconds(i64::from(minutes) * 60)),
        }
    }

    fn reach(&self, instant: Instant) -> Horizon {
        Horizon::Instant(instant, When::at(instant).day())
    }

    /// The last second before which no more than `seconds` of working time pass. Found by halving, because the
    /// contract only measures working time; the search ends at a year for each working day, or two at least.
    fn after_working_seconds(&self, seconds: i64) -> Instant {
        const YEAR: i64 = 366 * 86_400;
        let (mut within, mut beyond) = (0, YEAR * (2 + seconds / 86_400));
        while beyond - within > 1 {
            let middle = within + (beyond - within) / 2;
            if self.working_seconds(self.now, self.now.plus_seconds(middle)) <= seconds {
                within = middle;
            } else {
                beyond = middle;
            }
        }
        self.now.plus_seconds(within)
    }

    /// Says that the thing with this key was looked at, and is fine: what a partial look needs in place of absence.
    pub fn fine(&self, topic: &Topic, key: &[&str]) -> Result {
        report::fine(topic.name, &owned(key)).map_err(Into::into)
    }

    /// Says a fact about a client or person that every check may use: `run.attribute("client", "ALFKI", "rank", "A")`.
    pub fn attribute(&self, role: &str, id: &str, name: &str, value: &str) -> Result {
        report::attribute(role, id, name, value).map_err(Into::into)
    }

    /// What an earlier run of this check kept under this name.
    pub fn state(&self, key: &str) -> Option<Vec<u8>> {
        run::state_get(key)
    }

    /// Keeps something for later runs, or removes it. It counts only when the check ends well, and not in a dry run.
    pub fn set_state(&self, key: &str, value: Option<&[u8]>) -> Result {
        run::state_set(key, value).map_err(Into::into)
    }
}

impl Horizon {
    /// Whether a moment lies before the bound or on it. A day lies on it once the day's end does.
    pub fn reaches(self, when: When) -> bool {
        match (self, when.instant()) {
            (Self::Day(day), _) => when.day() <= day,
            (Self::Instant(bound, _), Some(instant)) => instant <= bound,
            (Self::Instant(_, day), None) => when.day() < day,
        }
    }
}

fn clamp(days: u32) -> i32 {
    i32::try_from(days).unwrap_or(i32::MAX)
}
