//! One value of a fixture, and its canonical text: what expectations are compared by.

use std::cmp::Ordering;
use std::fmt;

use toml::value::{Datetime, Offset};

use crate::manifest::Ask;
use crate::{Date, Instant, Money};

/// A value of one row, or a fact of a finding.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Cell {
    /// A key or a text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Yes or no.
    Boolean(bool),
    /// A calendar day.
    Date(Date),
    /// A point in time.
    Instant(Instant),
    /// Minor units and currency: `1250 EUR`.
    Money(i64, String),
}

impl Cell {
    /// A value as a fixture writes it, read as the kind that a column asks for.
    pub fn read(value: &toml::Value, ask: Ask) -> Result<Self, String> {
        let cell = match (ask, value) {
            (_, toml::Value::String(text)) => Self::parse(text, ask),
            (Ask::Key | Ask::Text, value) => Self::plain(value).map(|cell| Self::Text(cell.to_string())),
            (Ask::Real, &toml::Value::Integer(number)) => Some(Self::Real(number as f64)),
            (Ask::When, value) => {
                Self::plain(value).filter(|cell| matches!(cell, Self::Date(_) | Self::Instant(_)))
            }
            (ask, value) => Self::plain(value).filter(|cell| cell.kind() == ask.name()),
        };
        cell.ok_or_else(|| format!("{value} is not of the kind `{}`", ask.name()))
    }

    /// A text read as the kind that a column asks for, as a CSV file needs it.
    pub fn parse(text: &str, ask: Ask) -> Option<Self> {
        match ask {
            // One thing has one key, however a source writes it.
            Ask::Key if is_uuid(text) => Some(Self::Text(text.to_ascii_lowercase())),
            Ask::Key | Ask::Text => Some(Self::Text(text.to_owned())),
            Ask::Integer => text.parse().ok().map(Self::Integer),
            Ask::Real => text.parse().ok().map(Self::Real),
            Ask::Boolean => text.parse().ok().map(Self::Boolean),
            Ask::Date => Date::parse(text).map(Self::Date),
            Ask::Instant => text.parse().ok().as_ref().and_then(instant).map(Self::Instant),
            Ask::When => Self::parse(text, Ask::Date).or_else(|| Self::parse(text, Ask::Instant)),
            Ask::Money => {
                let (minor_units, currency) = text.split_once(' ')?;
                Some(Self::Money(minor_units.parse().ok()?, currency.to_owned()))
            }
        }
    }

    /// A value by its own type.
    pub fn plain(value: &toml::Value) -> Option<Self> {
        match value {
            toml::Value::String(text) => Some(Self::Text(text.clone())),
            toml::Value::Integer(number) => Some(Self::Integer(*number)),
            toml::Value::Float(number) => Some(Self::Real(*number)),
            toml::Value::Boolean(yes) => Some(Self::Boolean(*yes)),
            toml::Value::Datetime(Datetime { date: Some(date), time: None, .. }) => {
                Some(Self::Date(Date::new(date.year.into(), date.month.into(), date.day.into())))
            }
            toml::Value::Datetime(datetime) => instant(datetime).map(Self::Instant),
            _ => None,
        }
    }

    /// The kind, in the contract's words.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Integer(_) => "integer",
            Self::Real(_) => "real",
            Self::Boolean(_) => "boolean",
            Self::Date(_) => "date",
            Self::Instant(_) => "instant",
            Self::Money(..) => "money",
        }
    }

    /// The order that the daemon gives: texts by bytes, everything else by value.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Text(left), Self::Text(right)) => left.cmp(right),
            (Self::Integer(left), Self::Integer(right)) => left.cmp(right),
            (Self::Real(left), Self::Real(right)) => left.total_cmp(right),
            (Self::Boolean(left), Self::Boolean(right)) => left.cmp(right),
            (Self::Date(left), Self::Date(right)) => left.cmp(right),
            (Self::Instant(left), Self::Instant(right)) => left.cmp(right),
            (Self::Money(left, of_left), Self::Money(right, of_right)) => {
                of_left.cmp(of_right).then(left.cmp(right))
            }
            // A column has one kind; two kinds never meet.
            (left, right) => left.kind().cmp(right.kind()),
        }
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// An instant of a fixture: with an offset, or in UTC, which is the company's zone in fixtures.
pub(super) fn instant(datetime: &Datetime) -> Option<Instant> {
    let (date, time) = (datetime.date?, datetime.time?);
    let offset = match datetime.offset {
        Some(Offset::Custom { minutes }) => i64::from(minutes) * 60,
        _ => 0,
    };
    let days = i64::from(Date::new(date.year.into(), date.month.into(), date.day.into()).days());
    let seconds =
        i64::from(time.hour) * 3600 + i64::from(time.minute) * 60 + i64::from(time.second.unwrap_or(0));
    let micros =
        (days * 86_400 + seconds - offset) * 1_000_000 + i64::from(time.nanosecond.unwrap_or(0)) / 1_000;
    Some(Instant::from_micros(micros))
}

/// The canonical text, as the daemon writes it.
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Integer(number) => number.fmt(f),
            Self::Real(number) => number.fmt(f),
            Self::Boolean(yes) => yes.fmt(f),
            Self::Date(date) => date.fmt(f),
            Self::Instant(instant) => instant.fmt(f),
            Self::Money(minor_units, currency) => Money { minor_units: *minor_units, currency }.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_the_text_that_the_daemon_gives_it() {
        const UPPER: &str = "6F9619FF-8B86-D011-B42D-00C04FC964FF";
        let text = |value: toml::Value, ask| Cell::read(&value, ask).unwrap().to_string();
        for (value, ask, expected) in [
            (UPPER.into(), Ask::Key, "6f9619ff-8b86-d011-b42d-00c04fc964ff"),
            (UPPER.into(), Ask::Text, UPPER),
            ("00123".into(), Ask::Key, "00123"),
            ("ALFKI".into(), Ask::Key, "ALFKI"),
            (toml::Value::Integer(10248), Ask::Key, "10248"),
        ] {
            assert_eq!(text(value, ask), expected);
        }
    }
}
