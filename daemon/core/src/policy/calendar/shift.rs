//! A span of working time within one day: `"09:00-13:00"`.
//!
//! A shift never crosses midnight, so that each minute belongs to exactly one date; a night shift is two.

use std::{fmt, str::FromStr};

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

const DAY: u16 = 24 * 60;

/// From `opens` up to, not including, `closes`; minutes since midnight on the wall, `closes` at most 24:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shift {
    opens: u16,
    closes: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShiftError {
    #[error("`{text}` is not a span of hours: write \"09:00-13:00\"")]
    Form { text: String },
    #[error(
        "`{text}` ends before it begins: a shift over midnight is two, such as \"22:00-24:00\" and \"00:00-06:00\" on the next day"
    )]
    Backwards { text: String },
    #[error("`{first}` and `{second}` overlap")]
    Overlap { first: Shift, second: Shift },
}

impl Shift {
    /// Minutes since midnight; `None` unless `opens < closes <= 1440`.
    pub fn new(opens: u16, closes: u16) -> Option<Self> {
        (opens < closes && closes <= DAY).then_some(Self { opens, closes })
    }

    pub fn opens(self) -> u16 {
        self.opens
    }

    pub fn closes(self) -> u16 {
        self.closes
    }

    /// Several shifts of one day, in order and without overlap.
    pub fn parse_all(texts: &[impl AsRef<str>]) -> Result<Vec<Self>, ShiftError> {
        Self::in_order(texts.iter().map(|text| text.as_ref().parse()).collect::<Result<Vec<Self>, _>>()?)
    }

    /// The same for shifts that were read already.
    pub(super) fn in_order(mut shifts: Vec<Self>) -> Result<Vec<Self>, ShiftError> {
        shifts.sort();
        for pair in shifts.windows(2) {
            if pair[1].opens < pair[0].closes {
                return Err(ShiftError::Overlap { first: pair[0], second: pair[1] });
            }
        }
        Ok(shifts)
    }
}

impl FromStr for Shift {
    type Err = ShiftError;

    fn from_str(text: &str) -> Result<Self, ShiftError> {
        let form = || ShiftError::Form { text: text.to_owned() };
        let (opens, closes) = text.split_once(['-', '–']).ok_or_else(form)?;
        let (opens, closes) = (clock(opens).ok_or_else(form)?, clock(closes).ok_or_else(form)?);
        Self::new(opens, closes).ok_or_else(|| ShiftError::Backwards { text: text.to_owned() })
    }
}

impl fmt::Display for Shift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = |minute: u16| (minute / 60, minute % 60);
        let ((from_hour, from_minute), (to_hour, to_minute)) = (clock(self.opens), clock(self.closes));
        write!(f, "{from_hour:02}:{from_minute:02}-{to_hour:02}:{to_minute:02}")
    }
}

impl Serialize for Shift {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Shift {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// `"9:30"` or `"09:30"` up to `"24:00"`, as minutes since midnight.
pub(in crate::policy) fn clock(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let digits = |text: &str, most: usize| {
        let fits = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if fits { text.parse::<u16>().ok() } else { None }
    };
    let minutes = if minutes.len() == 2 { digits(minutes, 2)? } else { return None };
    let total = digits(hours, 2)? * 60 + minutes;
    (minutes < 60 && total <= DAY).then_some(total)
}

/// The wall time of a minute of `date`; minute 1440 is the next midnight.
pub(in crate::policy) fn minute_of(date: Date, minute: u16) -> DateTime {
    if minute >= DAY {
        return date.tomorrow().map_or(DateTime::MAX, |next| next.to_datetime(Time::midnight()));
    }
    let hour = i8::try_from(minute / 60).expect("a minute of the day has an hour below 24");
    let minute = i8::try_from(minute % 60).expect("minutes are below 60");
    date.at(hour, minute, 0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_hours_are_read_and_written_alike() {
        for (text, opens, closes, shown) in [
            ("09:00-13:00", 540, 780, "09:00-13:00"),
            (" 9:05 - 13:30 ", 545, 810, "09:05-13:30"),
            ("14:00–18:00", 840, 1080, "14:00-18:00"),
            ("00:00-24:00", 0, 1440, "00:00-24:00"),
        ] {
            let shift: Shift = text.parse().unwrap();
            assert_eq!((shift.opens(), shift.closes()), (opens, closes), "{text}");
            assert_eq!(shift.to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_span_says_what_to_write() {
        for text in
            ["", "9-13", "09:00", "09:00-24:01", "09:60-10:00", "9:5-10:00", "ab:cd-ef:gh", "-09:00-10:00"]
        {
            let error = text.parse::<Shift>().unwrap_err();
            assert!(matches!(error, ShiftError::Form { .. }), "{text}: {error}");
        }
        let error = "22:00-06:00".parse::<Shift>().unwrap_err().to_string();
        assert!(error.contains("a shift over midnight is two"), "{error}");
        assert!("09:00-09:00".parse::<Shift>().is_err());
    }

    #[test]
    fn shifts_of_one_day_do_not_overlap() {
        let shifts = Shift::parse_all(&["14:00-18:00", "09:00-13:00"]).unwrap();
        assert_eq!(shifts.iter().map(Shift::to_string).collect::<Vec<_>>(), ["09:00-13:00", "14:00-18:00"]);
        assert!(Shift::parse_all(&["09:00-13:00", "13:00-18:00"]).is_ok());
        let error = Shift::parse_all(&["09:00-13:00", "12:59-18:00"]).unwrap_err().to_string();
        assert_eq!(error, "`09:00-13:00` and `12:59-18:00` overlap");
    }
}
