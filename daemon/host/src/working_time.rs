//! The seam to the company's calendar: a plugin has no zones and no holidays, so the host answers for it.

use jiff::{Timestamp, civil::Date};

/// Company days and working time. `person` is an id of the company's staff; empty means the company itself,
/// and so does a person without a calendar of their own.
pub trait WorkingTime: Send + Sync {
    /// The company day that an instant lies in.
    fn date_of(&self, at: Timestamp) -> Date;
    /// The first instant of a company day.
    fn start_of(&self, day: Date) -> Timestamp;
    /// The working day that is `days` working days after (or before) `start`.
    fn add_working_days(&self, start: Date, days: i32) -> Date;
    /// Seconds of working time between two instants; negative when `to` is the earlier.
    fn working_seconds(&self, from: Timestamp, to: Timestamp, person: &str) -> i64;
}

/// One calendar for everybody.
impl WorkingTime for kaizend_core::policy::calendar::Calendar {
    fn date_of(&self, at: Timestamp) -> Date {
        self.date_of(at)
    }

    fn start_of(&self, day: Date) -> Timestamp {
        self.start_of(day)
    }

    fn add_working_days(&self, start: Date, days: i32) -> Date {
        self.add_working_days(start, days)
    }

    fn working_seconds(&self, from: Timestamp, to: Timestamp, _person: &str) -> i64 {
        self.working_seconds(from, to)
    }
}
