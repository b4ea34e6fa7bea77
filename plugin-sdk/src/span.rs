//! Lengths of time with their units, as the operator writes them: `"2 working days"`, `"36h"`.

use crate::{Error, Result};

/// A length of time. Working days are days of the company's calendar, not 24 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Span {
    /// Working days of the company's calendar.
    WorkingDays(u32),
    /// Working time, in minutes.
    WorkingMinutes(u32),
    /// Calendar days.
    Days(u32),
    /// Elapsed time, in seconds.
    Seconds(u64),
}

impl Span {
    /// Reads a span, such as `36h`, `15min`, `30 days`, `2 working days`.
    pub fn parse(text: &str) -> Result<Self> {
        Self::read(text.trim()).ok_or_else(|| {
            format!(
                "`{text}` is not a length of time: write a whole number and a unit, such as \"36h\", \"15min\", \"30 days\", \"2 working days\""
            )
            .into()
        })
    }

    fn read(text: &str) -> Option<Self> {
        let digits = text.find(|c: char| !c.is_ascii_digit())?;
        let count: u32 = text[..digits].parse().ok()?;
        let seconds = |unit: u64| Some(Self::Seconds(u64::from(count) * unit));
        match text[digits..].trim_start() {
            "working day" | "working days" => Some(Self::WorkingDays(count)),
            "working hour" | "working hours" => Some(Self::WorkingMinutes(count.checked_mul(60)?)),
            "working minute" | "working minutes" => Some(Self::WorkingMinutes(count)),
            "s" | "second" | "seconds" => seconds(1),
            "min" | "minute" | "minutes" => seconds(60),
            "h" | "hour" | "hours" => seconds(3600),
            "d" | "day" | "days" => Some(Self::Days(count)),
            "week" | "weeks" => Some(Self::Days(count.checked_mul(7)?)),
            "year" | "years" => Some(Self::Days(count.checked_mul(365)?)),
            _ => None,
        }
    }

    /// Whole days, for data that knows days only: hours are rounded up; working time is refused, because it depends on
    /// where it starts.
    pub fn whole_days(self) -> Result<i32> {
        let days = match self {
            Self::Days(days) => u64::from(days),
            Self::Seconds(seconds) => seconds.div_ceil(86_400),
            Self::WorkingDays(_) | Self::WorkingMinutes(_) => {
                return Err("a length in working time cannot be counted in days: write \"30 days\"".into());
            }
        };
        i32::try_from(days).map_err(|_| Error::from("a length of time is longer than five million years"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_daemon_and_a_plugin_read_the_same_spans() {
        for text in [
            "2 working days",
            "1 working day",
            "90 working minutes",
            "4 working hours",
            "36h",
            "15min",
            "90 days",
            "2 weeks",
            "2 years",
            " 10s ",
            "0d",
        ] {
            let daemon: kaizend_core::domain::Span = text.parse().unwrap();
            let plugin = Span::parse(text).unwrap();
            assert_eq!(format!("{plugin:?}"), format!("{daemon:?}"), "{text}");
            // What the daemon sends is its own text of the span.
            assert_eq!(Span::parse(&daemon.to_string()), Ok(plugin));
        }
        for text in ["", "3", "days", "1.5h", "-1 day", "3 fortnights", "99999999999 days"] {
            assert!(Span::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn days_are_counted_whole() {
        for (text, days) in
            [("30 days", Some(30)), ("36h", Some(2)), ("24h", Some(1)), ("2 working days", None)]
        {
            assert_eq!(Span::parse(text).unwrap().whole_days().ok(), days, "{text}");
        }
    }
}
