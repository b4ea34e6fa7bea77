//! Working time as plugins ask for it: a plugin names a person by the id in its data, and knows neither zones nor
//! absences.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use kaizend_core::{domain::PersonId, policy::people::People};
use kaizend_host::WorkingTime;

use crate::{config::Plan, people::Directory};

/// The company's calendar, and everybody's own.
pub(crate) struct Hours {
    pub(crate) plan: Arc<Plan>,
    pub(crate) directory: Arc<Directory>,
}

impl WorkingTime for Hours {
    fn date_of(&self, at: Timestamp) -> Date {
        self.plan.calendars.company.date_of(at)
    }

    fn start_of(&self, day: Date) -> Timestamp {
        self.plan.calendars.company.start_of(day)
    }

    fn add_working_days(&self, start: Date, days: i32) -> Date {
        self.plan.calendars.company.add_working_days(start, days)
    }

    /// Somebody whom the list of people does not have works when the company works.
    fn working_seconds(&self, from: Timestamp, to: Timestamp, person: &str) -> i64 {
        let calendars = &self.plan.calendars;
        let known = if person.is_empty() { None } else { self.directory.person(&PersonId::from(person)) };
        match known {
            Some(person) => calendars.of(person).working_seconds(from, to),
            None => calendars.company.working_seconds(from, to),
        }
    }
}
