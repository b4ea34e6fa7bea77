//! Elapsed times and sizes with their units: `"10s"`, `"5min"`, `"64MiB"`.

use std::{fmt, str::FromStr, time::Duration};

use kaizend_core::domain::Span;

use super::value::Value;

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size(pub(super) u64);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SizeError {
    text: String,
}

/// A time of the clock, from one second to a day: working days and calendar days have no fixed length.
pub(super) fn elapsed(value: &Value<'_>) -> Option<Duration> {
    match value.parsed()? {
        Span::Seconds(seconds) if (1..=86_400).contains(&seconds) => {
            return Some(Duration::from_secs(seconds));
        }
        Span::Seconds(_) => value.error(format!("`{}` must be from 1s to 24h", value.name()), None),
        span => value.error(
            format!("`{}` is a time of the clock; this is {span}", value.name()),
            Some("write it in seconds, minutes or hours, such as \"10s\" or \"5min\"".to_owned()),
        ),
    }
    None
}

impl FromStr for Size {
    type Err = SizeError;

    fn from_str(text: &str) -> Result<Self, SizeError> {
        let error = || SizeError { text: text.to_owned() };
        let trimmed = text.trim();
        let digits = trimmed.find(|c: char| !c.is_ascii_digit()).ok_or_else(error)?;
        let count: u64 = trimmed[..digits].parse().map_err(|_| error())?;
        let unit: u64 = match trimmed[digits..].trim() {
            "KiB" => 1 << 10,
            "MiB" => 1 << 20,
            "GiB" => 1 << 30,
            _ => return Err(error()),
        };
        count.checked_mul(unit).map(Self).ok_or_else(error)
    }
}

impl fmt::Display for SizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a size: write a whole number and KiB, MiB or GiB, such as \"64MiB\"",
            self.text
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_binary_units() {
        for (text, bytes) in [
            ("64MiB", Some(64 << 20)),
            ("1 GiB", Some(1 << 30)),
            ("512KiB", Some(512 << 10)),
            ("64MB", None),
            ("64", None),
            ("99999999999999999999MiB", None),
            ("99999999999GiB", None),
        ] {
            assert_eq!(text.parse().ok(), bytes.map(Size), "{text}");
        }
    }
}
