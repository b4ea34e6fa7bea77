//! `every 15min`: elapsed time, whatever the clocks on the wall do.
//!
//! Occurrences are the multiples of the interval since 1970-01-01T00:00Z, so a restart, another server and a
//! dry run all agree on them without remembering anything.

use jiff::{Timestamp, tz::TimeZone};

use super::{Next, ScheduleError};
use crate::domain::Span;

/// A week: what is rarer is a day of the calendar, not an amount of time.
const LONGEST: i64 = 7 * 86_400;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    seconds: i64,
}

impl Interval {
    /// Reads what follows the word `every`. Bounds: one second to one week.
    pub(super) fn parse(text: &str, length: &str) -> Result<Self, ScheduleError> {
        let refused = |hint: &str| ScheduleError::Interval { text: text.to_owned(), hint: hint.to_owned() };
        let span: Span = length
            .trim()
            .parse()
            .map_err(|_| refused("write a length of time, such as \"every 15min\" or \"every 2h\""))?;
        let Span::Seconds(seconds) = span else {
            return Err(refused(
                "days are a matter of the calendar, not of elapsed time: write \"@daily\" or \"0 8 * * mon-fri\"",
            ));
        };
        match i64::try_from(seconds) {
            Ok(0) => Err(refused("it must be at least one second")),
            Ok(seconds) if seconds <= LONGEST => Ok(Self { seconds }),
            _ => Err(refused("it must be at most 168h: write a day of the month or of the week instead")),
        }
    }

    pub(super) fn next(self, after: Timestamp, zone: &TimeZone) -> Option<Next> {
        // Before 1970 `as_second` rounds towards zero: the fraction decides which second is the last full one.
        let second = after.as_second() - i64::from(after.subsec_nanosecond() < 0);
        let due = (second.div_euclid(self.seconds) + 1) * self.seconds;
        let at = Timestamp::from_second(due).ok()?;
        Some(Next { at, civil: zone.to_datetime(at), dst: None })
    }
}
