//! Reminder windows: the moments of a working day at which mails go out, such as 09:00 and 14:00.
//!
//! Mails come together at a few moments, because each single interruption costs more than the wait.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    calendar::{Calendar, Shift, clock, minute_of},
    zone::instant_of,
};

/// How far ahead the next opening is looked for: a calendar without any working day in a year has none.
const SEARCHED_DAYS: usize = 400;

/// One opening, as minutes since midnight on the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    minute: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a time of day: write \"09:00\"")]
pub struct WindowError {
    text: String,
}

/// The openings of each working day, in order. None at all means: send at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Windows {
    openings: Vec<Window>,
}

impl Windows {
    pub fn new(openings: impl IntoIterator<Item = Window>) -> Self {
        let mut openings: Vec<Window> = openings.into_iter().collect();
        openings.sort();
        openings.dedup();
        Self { openings }
    }

    /// Without any, mails go at once.
    pub fn is_empty(&self) -> bool {
        self.openings.is_empty()
    }

    /// Reads the configuration's list: `["09:00", "14:00"]`.
    pub fn parse(texts: &[impl AsRef<str>]) -> Result<Self, WindowError> {
        let openings = texts.iter().map(|text| text.as_ref().parse()).collect::<Result<Vec<Window>, _>>()?;
        Ok(Self::new(openings))
    }

    /// The first opening at or after `now` in the calendar's zone; `now` itself when there are no windows.
    ///
    /// Only working days have openings, and none after the day's last shift has closed: on a half day the
    /// afternoon's mails wait for the next working day. A calendar that is closed for more than a year
    /// (somebody's slip) does not hold mails for ever: then the answer is `now`.
    pub fn next_opening(&self, now: Timestamp, calendar: &Calendar) -> Timestamp {
        let mut date = calendar.date_of(now);
        for _ in 0..SEARCHED_DAYS {
            let closes = calendar.shifts_on(date).iter().copied().map(Shift::closes).max().unwrap_or(0);
            let opening = self
                .openings
                .iter()
                .filter(|window| window.minute < closes)
                .map(|window| instant_of(minute_of(date, window.minute), calendar.zone()).0)
                .find(|&opening| opening >= now);
            if let Some(opening) = opening {
                return opening;
            }
            let Ok(next) = date.tomorrow() else { break };
            date = next;
        }
        now
    }

    /// Whether a mail that missed its opening may still go: on a working day, from its first opening to the end of
    /// work. A daemon that was down over a window, or a silence that ends at night, must not mail into the night.
    pub fn is_open(&self, now: Timestamp, calendar: &Calendar) -> bool {
        if self.next_opening(now, calendar) == now {
            return true;
        }
        let date = calendar.date_of(now);
        let closes = calendar.shifts_on(date).iter().copied().map(Shift::closes).max().unwrap_or(0);
        let at = |minute| instant_of(minute_of(date, minute), calendar.zone()).0;
        let first = self.openings.first().filter(|window| window.minute < closes);
        first.is_some_and(|first| at(first.minute) <= now && now < at(closes))
    }
}

impl FromStr for Window {
    type Err = WindowError;

    fn from_str(text: &str) -> Result<Self, WindowError> {
        let minute = clock(text).filter(|&minute| minute < 24 * 60);
        minute.map(|minute| Self { minute }).ok_or_else(|| WindowError { text: text.to_owned() })
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minute / 60, self.minute % 60)
    }
}

impl Serialize for Window {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Window {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::{
        domain::Absence,
        policy::calendar::{Holidays, Week},
    };

    fn sofia() -> Calendar {
        let holidays = Holidays::parse(["2026-12-24 09:00-13:00", "2026-12-25", "2026-12-28"]).unwrap();
        Calendar::new(TimeZone::get("Europe/Sofia").unwrap(), Week::office(), holidays)
    }

    #[test]
    fn mails_wait_for_the_next_opening() {
        let windows = Windows::parse(&["14:00", "09:00"]).unwrap();
        for (now, opening, why) in [
            ("2026-11-23T05:00Z", "2026-11-23T07:00Z", "before the first: 09:00 in Sofia"),
            ("2026-11-23T07:00Z", "2026-11-23T07:00Z", "an opening is open at its very moment"),
            ("2026-11-23T07:00:01Z", "2026-11-23T12:00Z", "the second of the day"),
            ("2026-11-23T12:30Z", "2026-11-24T07:00Z", "the next day's first"),
            ("2026-11-27T13:00Z", "2026-11-30T07:00Z", "over the weekend"),
            ("2026-12-24T08:00Z", "2026-12-29T07:00Z", "half day, holiday, weekend, holiday"),
            ("2026-03-27T13:00Z", "2026-03-30T06:00Z", "clocks went forward on Sunday"),
            ("2026-10-23T13:00Z", "2026-10-26T07:00Z", "clocks went back on Sunday"),
        ] {
            let now: Timestamp = now.parse().unwrap();
            assert_eq!(windows.next_opening(now, &sofia()), opening.parse().unwrap(), "{why}");
        }
    }

    #[test]
    fn who_is_away_hears_when_they_are_back() {
        let away = |first: &str, last: &str| Absence {
            first: first.parse().unwrap(),
            last: last.parse().unwrap(),
            substitute: None,
        };
        let calendar =
            sofia().with_absences(&[away("2026-11-23", "2026-11-27"), away("2026-12-21", "2026-12-23")]);
        let windows = Windows::parse(&["09:00", "14:00"]).unwrap();
        for (now, opening, why) in [
            ("2026-11-20T12:00Z", "2026-11-20T12:00Z", "the afternoon before"),
            ("2026-11-20T12:30Z", "2026-11-30T07:00Z", "a week, and its weekends"),
            ("2026-11-25T08:00Z", "2026-11-30T07:00Z", "in the middle of it"),
            ("2026-12-21T08:00Z", "2026-12-24T07:00Z", "back for half a day"),
            ("2026-12-23T08:00Z", "2026-12-24T07:00Z", "on the last day"),
        ] {
            let now: Timestamp = now.parse().unwrap();
            assert_eq!(windows.next_opening(now, &calendar), opening.parse().unwrap(), "{why}");
        }
    }

    #[test]
    fn what_missed_its_opening_goes_in_working_time_only() {
        let windows = Windows::parse(&["09:00", "14:00"]).unwrap();
        for (now, open, why) in [
            ("2026-11-23T06:59:59Z", false, "before the first opening"),
            ("2026-11-23T07:00Z", true, "at it"),
            ("2026-11-23T10:30Z", true, "between two"),
            ("2026-11-23T15:59:59Z", true, "after the last, at work"),
            ("2026-11-23T16:00Z", false, "after work"),
            ("2026-11-28T10:00Z", false, "on a Saturday"),
            ("2026-12-24T10:59Z", true, "on a half day"),
            ("2026-12-24T11:00Z", false, "after it"),
            ("2026-12-25T10:00Z", false, "on a holiday"),
        ] {
            assert_eq!(windows.is_open(now.parse().unwrap(), &sofia()), open, "{why}");
        }
        let early = Windows::parse(&["08:30"]).unwrap();
        assert!(early.is_open("2026-11-23T06:30:20Z".parse().unwrap(), &sofia()), "before work begins");
    }

    #[test]
    fn without_windows_mails_go_at_once() {
        let now = "2026-11-28T23:11Z".parse().unwrap();
        assert!(Windows::default().is_open(now, &sofia()));
        assert_eq!(Windows::default().next_opening(now, &sofia()), now);
    }

    #[test]
    fn a_calendar_that_never_opens_holds_no_mail_for_ever() {
        let mut holidays = Holidays::default();
        for year in ["2026-01-01..2026-12-31", "2027-01-01..2027-12-31", "2028-01-01..2028-12-31"] {
            holidays.add(year).unwrap();
        }
        let closed = Calendar::new(TimeZone::UTC, Week::office(), holidays);
        let now = "2026-11-23T10:00Z".parse().unwrap();
        assert_eq!(Windows::parse(&["09:00"]).unwrap().next_opening(now, &closed), now);
        assert!(Windows::parse(&["09:00"]).unwrap().is_open(now, &closed));
    }

    #[test]
    fn a_window_is_a_time_of_day() {
        for text in ["9", "24:00", "noon", "09:00-10:00", ""] {
            assert!(Windows::parse(&[text]).unwrap_err().to_string().contains("write \"09:00\""), "{text}");
        }
    }
}
