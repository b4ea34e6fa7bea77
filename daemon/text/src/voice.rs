//! In whose language and time a text is said: the recipient's, else the company's.

use jiff::tz::TimeZone;
use kaizend_core::domain::Language;

/// A language and a time zone. Dates need no zone; instants are told in this one.
#[derive(Clone, Debug, PartialEq)]
pub struct Voice {
    pub language: Language,
    pub zone: TimeZone,
}

impl Voice {
    pub fn new(language: impl Into<Language>, zone: TimeZone) -> Self {
        Self { language: language.into(), zone }
    }

    /// English in UTC: what a test or a log line uses.
    pub fn plain() -> Self {
        Self::new("en", TimeZone::UTC)
    }
}
