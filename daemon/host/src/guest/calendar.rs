//! `interface calendar`: company days and working time, a column at a time.
//!
//! A plugin could ask for the working time of ten thousand years, so what one call may count is bounded.

use jiff::{Timestamp, civil::Date};
use wasmtime::Result;

use super::{bindings::kaizend::check::calendar::Host, rules::instant};
use crate::{
    days,
    run::{Sandbox, Stop},
};

/// Calendar days that one call may walk through.
const DAYS: u64 = 4_000_000;
/// Working days that one step may go: some forty years.
const STEP: u32 = 10_000;

impl Host for Sandbox {
    fn dates_of(&mut self, instants: Vec<i64>) -> Result<Vec<i32>> {
        let dates =
            instants.into_iter().map(|micros| Ok(days::from_date(self.calendar.date_of(instant(micros)?))));
        dates.collect()
    }

    fn starts_of(&mut self, dates: Vec<i32>) -> Result<Vec<i64>> {
        let starts = dates.into_iter().map(|day| Ok(self.calendar.start_of(date(day)?).as_microsecond()));
        starts.collect()
    }

    fn add_working_days(&mut self, start: i32, days: i32) -> Result<i32> {
        if days.unsigned_abs() > STEP {
            return Err(Stop::plugin(format!(
                "the plugin asks for {days} working days ahead: {STEP} are the most"
            ))
            .into());
        }
        Ok(days::from_date(self.calendar.add_working_days(date(start)?, days)))
    }

    fn working_seconds(&mut self, starts: Vec<i64>, ends: Vec<i64>, person: String) -> Result<Vec<i64>> {
        if starts.len() != ends.len() {
            return Err(Stop::plugin(format!(
                "the plugin asks for working time between {} starts and {} ends",
                starts.len(),
                ends.len()
            ))
            .into());
        }
        let mut left = DAYS;
        let pairs = starts.into_iter().zip(ends);
        let seconds = pairs.map(|(from, to)| {
            let (from, to) = (instant(from)?, instant(to)?);
            left = left.checked_sub(days_between(from, to)).ok_or_else(|| {
                Stop::plugin(format!(
                    "the plugin asks for the working time of more than {DAYS} days in one call"
                ))
            })?;
            Ok(self.calendar.working_seconds(from, to, &person))
        });
        seconds.collect()
    }
}

fn days_between(from: Timestamp, to: Timestamp) -> u64 {
    from.as_second().abs_diff(to.as_second()) / 86_400 + 1
}

fn date(day: i32) -> Result<Date, Stop> {
    days::to_date(day).ok_or_else(|| {
        Stop::plugin(format!("the plugin names a day {day} days from 1970, which no calendar has"))
    })
}
