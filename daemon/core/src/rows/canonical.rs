//! One value, and its canonical text: what identity is made of, and what lists and messages show.

use std::borrow::Cow;

use jiff::{Timestamp, ToSpan, civil};

/// A value of one row. Shapes and units as in [`super::Values`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    Text(&'a str),
    Integer(i64),
    Real(f64),
    Boolean(bool),
    Date(i32),
    Instant(i64),
    Money { minor_units: i64, currency: &'a str },
}

impl<'a> Value<'a> {
    /// The canonical text: integers in decimal, uuids in lower case, other texts as they are, dates as
    /// `2026-11-23`, instants as RFC 3339 in UTC.
    pub fn canonical(&self) -> Cow<'a, str> {
        match *self {
            Self::Text(text) if is_upper_uuid(text) => Cow::Owned(text.to_ascii_lowercase()),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Integer(value) => Cow::Owned(value.to_string()),
            Self::Real(value) => Cow::Owned(value.to_string()),
            Self::Boolean(value) => Cow::Borrowed(if value { "true" } else { "false" }),
            Self::Date(days) => Cow::Owned(date_of(days).to_string()),
            Self::Instant(micros) => Cow::Owned(
                Timestamp::from_microsecond(micros).map_or_else(|_| micros.to_string(), |at| at.to_string()),
            ),
            Self::Money { minor_units, currency } => Cow::Owned(format!("{minor_units} {currency}")),
        }
    }
}

/// The calendar day `days` after 1970-01-01; the nearest representable day outside of years -9999 to 9999.
fn date_of(days: i32) -> civil::Date {
    civil::date(1970, 1, 1).saturating_add(days.days())
}

fn is_upper_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().any(|byte| byte.is_ascii_uppercase())
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_has_one_text() {
        for (value, text) in [
            (Value::Integer(10248), "10248"),
            (Value::Text("10248"), "10248"),
            (Value::Text("00123"), "00123"),
            (Value::Text("6F9619FF-8B86-D011-B42D-00C04FC964FF"), "6f9619ff-8b86-d011-b42d-00c04fc964ff"),
            (Value::Text("ALFKI"), "ALFKI"),
            (Value::Date(0), "1970-01-01"),
            (Value::Date(-1), "1969-12-31"),
            (Value::Instant(1_000_000), "1970-01-01T00:00:01Z"),
            (Value::Boolean(true), "true"),
        ] {
            assert_eq!(value.canonical(), text);
        }
    }
}
