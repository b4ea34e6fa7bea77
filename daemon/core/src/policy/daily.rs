//! What is done once a day at a time of the wall clock: when it was due last, and whether that is done.
//!
//! The daemon logs the head of its audit and writes its sign of life by this rule. Whatever was missed while it
//! was down is done once, late, and never twice.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, tz::TimeZone};

use super::{
    calendar::{clock, minute_of},
    zone::instant_of,
};

/// A time on the wall: `07:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    minute: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a time of day: write \"07:00\"")]
pub struct TimeOfDayError {
    text: String,
}

impl TimeOfDay {
    pub const MIDNIGHT: Self = Self { minute: 0 };
}

/// Whether it is to be done now; `last` is when it was done. What was never done is due at once, and so is what
/// was done in the future: the clock was wrong then, and must not silence the daemon until it is right.
pub fn due(last: Option<Timestamp>, now: Timestamp, at: TimeOfDay, zone: &TimeZone) -> bool {
    last.is_none_or(|last| last < latest(now, at, zone) || last > now)
}

/// The latest moment, at or before `now`, at which the clock showed that time.
fn latest(now: Timestamp, at: TimeOfDay, zone: &TimeZone) -> Timestamp {
    let today = now.to_zoned_datetime(zone.clone()).date();
    let on = |date| instant_of(minute_of(date, at.minute), zone).0;
    let moment = on(today);
    if moment <= now { moment } else { today.yesterday().map_or(Timestamp::MIN, on) }
}

impl FromStr for TimeOfDay {
    type Err = TimeOfDayError;

    fn from_str(text: &str) -> Result<Self, TimeOfDayError> {
        let minute = clock(text).filter(|&minute| minute < 24 * 60);
        minute.map(|minute| Self { minute }).ok_or_else(|| TimeOfDayError { text: text.to_owned() })
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minute / 60, self.minute % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::samples::at;

    #[test]
    fn it_is_done_once_after_each_time_of_the_clock() {
        let sofia = TimeZone::get("Europe/Sofia").unwrap();
        let seven: TimeOfDay = "07:00".parse().unwrap();
        // 07:00 in Sofia is 05:00Z in winter and 04:00Z in summer.
        for (name, last, now, expected) in [
            ("never done", None, "2026-11-24T03:00:00Z", true),
            ("done this morning", Some("2026-11-24T05:00:01Z"), "2026-11-24T23:00:00Z", false),
            ("a minute before", Some("2026-11-23T05:00:00Z"), "2026-11-24T04:59:00Z", false),
            ("on the minute", Some("2026-11-23T05:00:00Z"), "2026-11-24T05:00:00Z", true),
            ("missed for days", Some("2026-11-20T05:00:00Z"), "2026-11-24T04:00:00Z", true),
            ("done late yesterday", Some("2026-11-23T21:00:00Z"), "2026-11-24T05:10:00Z", true),
            ("the clock changed over night", Some("2026-03-28T05:00:00Z"), "2026-03-29T04:00:00Z", true),
            (
                "done while the clock was a year ahead",
                Some("2027-11-24T05:00:00Z"),
                "2026-11-24T10:00:00Z",
                true,
            ),
        ] {
            assert_eq!(due(last.map(at), at(now), seven, &sofia), expected, "{name}");
        }
    }

    #[test]
    fn a_time_that_the_clock_skips_is_the_moment_after_the_gap() {
        let sofia = TimeZone::get("Europe/Sofia").unwrap();
        let skipped: TimeOfDay = "03:30".parse().unwrap();
        let last = Some(at("2026-03-28T01:30:00Z"));
        assert!(!due(last, at("2026-03-29T00:59:59Z"), skipped, &sofia));
        assert!(due(last, at("2026-03-29T01:00:00Z"), skipped, &sofia));
    }

    #[test]
    fn times_of_day_are_read_and_shown() {
        assert_eq!("7:05".parse::<TimeOfDay>().unwrap().to_string(), "07:05");
        for wrong in ["24:00", "7", "07:60", "", "seven"] {
            assert!(wrong.parse::<TimeOfDay>().is_err(), "{wrong}");
        }
    }
}
