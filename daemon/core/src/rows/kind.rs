//! The types a column can have, and the types a plugin can ask for.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What the values of a column are, once a source has read them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    Text,
    Integer,
    Real,
    Boolean,
    /// A calendar day without a time: days since 1970-01-01.
    Date,
    /// A point in time: microseconds since 1970-01-01T00:00:00Z.
    Instant,
    /// Minor units of a currency.
    Money,
}

/// What a plugin accepts in a column. Two asks leave a choice to the company's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Ask {
    Text,
    Integer,
    Real,
    Boolean,
    Date,
    Instant,
    Money,
    /// An identity: text or integer in the source, canonical text in the plugin.
    Key,
    /// A moment: a date or an instant, whichever the company keeps.
    When,
}

impl Kind {
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Integer, Self::Real, Self::Boolean, Self::Date, Self::Instant, Self::Money];

    /// The word used in configuration, in the contract and in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Instant => "instant",
            Self::Money => "money",
        }
    }
}

impl Ask {
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Instant => "instant",
            Self::Money => "money",
            Self::Key => "key",
            Self::When => "when",
        }
    }

    /// The kind to deliver when the company's column is declared or found to be `found` (`None`: not known,
    /// as in a CSV file without declared columns). `None` when the two cannot meet.
    pub fn resolve(self, found: Option<Kind>) -> Option<Kind> {
        match (self, found) {
            (Self::Text | Self::Key, Some(Kind::Text | Kind::Integer) | None) => Some(Kind::Text),
            (Self::Text, Some(_)) => Some(Kind::Text),
            (Self::Key, Some(_)) => None,
            (Self::When, Some(Kind::Instant)) => Some(Kind::Instant),
            (Self::When, Some(Kind::Date | Kind::Text) | None) => Some(Kind::Date),
            (Self::When, Some(_)) => None,
            (Self::Integer, Some(Kind::Integer | Kind::Text) | None) => Some(Kind::Integer),
            (Self::Real, Some(Kind::Integer | Kind::Real | Kind::Text) | None) => Some(Kind::Real),
            (Self::Boolean, Some(Kind::Boolean | Kind::Integer | Kind::Text) | None) => Some(Kind::Boolean),
            (Self::Date, Some(Kind::Date | Kind::Text) | None) => Some(Kind::Date),
            (Self::Instant, Some(Kind::Instant | Kind::Text) | None) => Some(Kind::Instant),
            (Self::Money, Some(Kind::Money)) => Some(Kind::Money),
            _ => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
