//! Why a text of the data about people is no address, and why one is no day: facts, which the command line says in
//! English here and mails in their reader's language.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a text is no address that mail can be sent to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddressFault {
    /// No `@`, or nothing on one side of it.
    Parts,
    Name,
    Domain,
    /// In the words of an earlier version, which stores still hold.
    #[serde(untagged)]
    Said(String),
}

/// Why a text is no day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayFault {
    /// It is not written as dates are.
    Written,
    Format {
        format: String,
    },
    /// A number that counts from 1970, and too far from it.
    TooFar,
    /// In the words of an earlier version, which stores still hold.
    #[serde(untagged)]
    Said(String),
}

impl fmt::Display for AddressFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Parts => "an address has one `@` between a name and a domain",
            Self::Name => "the part before the `@` has a character that mail servers do not take",
            Self::Domain => "the domain is not one: it has characters that no domain has, or is too long",
            Self::Said(words) => words,
        })
    }
}

/// The end of a sentence: "`soon`, which is no date".
impl fmt::Display for DayFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Written => {
                f.write_str("is no date: dates are written 2026-11-23, or as the column's `format` says")
            }
            Self::Format { format } => write!(f, "is no date in the format `{format}`"),
            Self::TooFar => f.write_str("lies too far from 1970"),
            Self::Said(words) => f.write_str(words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_arrive_as_facts_and_an_earlier_versions_words_as_words() {
        let format = "%d.%m.%Y".to_owned();
        for fault in [DayFault::Written, DayFault::Format { format }, DayFault::TooFar] {
            let kept = serde_json::to_string(&fault).unwrap();
            assert_eq!(serde_json::from_str::<DayFault>(&kept).unwrap(), fault, "{kept}");
        }
        for fault in [AddressFault::Parts, AddressFault::Name, AddressFault::Domain] {
            let kept = serde_json::to_string(&fault).unwrap();
            assert_eq!(serde_json::from_str::<AddressFault>(&kept).unwrap(), fault, "{kept}");
        }
        let old = |text: &str| format!("\"{text}\"");
        let day = serde_json::from_str::<DayFault>(&old("is no date")).unwrap();
        assert_eq!(
            (&day, day.to_string().as_str()),
            (&DayFault::Said("is no date".to_owned()), "is no date")
        );
        let address = serde_json::from_str::<AddressFault>(&old("it has no `@`")).unwrap();
        assert_eq!(address, AddressFault::Said("it has no `@`".to_owned()));
    }
}
