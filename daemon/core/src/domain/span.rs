//! Lengths of time with their units, as configuration and parameters write them: `"3 working days"`, `"36h"`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A length of time. Working days are days of the calendar in force, not 24 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Span {
    WorkingDays(u32),
    WorkingMinutes(u32),
    /// Calendar days: the same time of day, so many days later.
    Days(u32),
    /// Elapsed time.
    Seconds(u64),
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not a length of time: write a whole number and a unit, such as \"36h\", \"15min\", \"30 days\", \"2 working days\""
)]
pub struct SpanError {
    text: String,
}

impl FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, SpanError> {
        let error = || SpanError { text: text.to_owned() };
        let trimmed = text.trim();
        let digits = trimmed.find(|c: char| !c.is_ascii_digit()).ok_or_else(error)?;
        let count: u32 = trimmed[..digits].parse().map_err(|_| error())?;
        let times = |unit: u32| count.checked_mul(unit).ok_or_else(error);
        let seconds = |unit: u64| Self::Seconds(u64::from(count) * unit);
        Ok(match trimmed[digits..].trim() {
            "working day" | "working days" => Self::WorkingDays(count),
            "working hour" | "working hours" => Self::WorkingMinutes(times(60)?),
            "working minute" | "working minutes" => Self::WorkingMinutes(count),
            "s" | "second" | "seconds" => seconds(1),
            "min" | "minute" | "minutes" => seconds(60),
            "h" | "hour" | "hours" => seconds(3600),
            "d" | "day" | "days" => Self::Days(count),
            "week" | "weeks" => Self::Days(times(7)?),
            "year" | "years" => Self::Days(times(365)?),
            _ => return Err(error()),
        })
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count: u64| if count == 1 { "" } else { "s" };
        match *self {
            Self::WorkingDays(days) => write!(f, "{days} working day{}", plural(days.into())),
            Self::WorkingMinutes(minutes) if minutes % 60 == 0 && minutes > 0 => {
                write!(f, "{} working hour{}", minutes / 60, plural((minutes / 60).into()))
            }
            Self::WorkingMinutes(minutes) => write!(f, "{minutes} working minute{}", plural(minutes.into())),
            Self::Days(days) => write!(f, "{days} day{}", plural(days.into())),
            Self::Seconds(seconds) if seconds % 3600 == 0 && seconds > 0 => write!(f, "{}h", seconds / 3600),
            Self::Seconds(seconds) if seconds % 60 == 0 && seconds > 0 => write!(f, "{}min", seconds / 60),
            Self::Seconds(seconds) => write!(f, "{seconds}s"),
        }
    }
}

impl Serialize for Span {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_written_alike() {
        for (text, span, shown) in [
            ("2 working days", Span::WorkingDays(2), "2 working days"),
            ("1 working day", Span::WorkingDays(1), "1 working day"),
            ("90 working minutes", Span::WorkingMinutes(90), "90 working minutes"),
            ("4 working hours", Span::WorkingMinutes(240), "4 working hours"),
            ("36h", Span::Seconds(129_600), "36h"),
            ("15min", Span::Seconds(900), "15min"),
            ("90 days", Span::Days(90), "90 days"),
            ("2 years", Span::Days(730), "730 days"),
            (" 10s ", Span::Seconds(10), "10s"),
        ] {
            assert_eq!(text.parse(), Ok(span), "{text}");
            assert_eq!(span.to_string(), shown);
            assert_eq!(shown.parse(), Ok(span));
        }
    }

    #[test]
    fn what_has_no_unit_is_refused() {
        for text in ["", "3", "days", "1.5h", "-1 day", "3 fortnights", "99999999999 days"] {
            assert!(text.parse::<Span>().is_err(), "{text}");
        }
    }
}
