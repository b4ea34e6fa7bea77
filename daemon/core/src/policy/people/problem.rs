//! What can be wrong with the data about people, and what is done about it meanwhile: in one sentence, and what
//! mends it in another. These sentences are the command line's; mails say it in their reader's language.
//!
//! Two problems are the same as long as the same person has the same thing wrong; where it stands may change.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{AddressFault, DayFault, Place};
use crate::domain::PersonId;

/// How many characters of a text of the data are shown.
pub(super) const SHOWN: usize = 60;

/// One thing to mend in the company's data, or in a setting that refers to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Problem {
    pub place: Place,
    /// Whom it is about; a row without an id is about nobody.
    pub person: Option<PersonId>,
    pub wrong: Wrong,
    /// Where the other half stands: the first of two rows with one id.
    pub also: Option<Place>,
}

/// What is wrong. Each of these has words in the catalogues of the text room.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "wrong")]
pub enum Wrong {
    NoId,
    /// Two rows with one id, and their managers when they differ.
    Twice {
        managers: Option<[Option<PersonId>; 2]>,
    },
    UnknownManager {
        manager: PersonId,
    },
    OwnManager,
    /// People who lead each other; the first comes again at the end.
    Cycle {
        managers: Vec<PersonId>,
    },
    NoAddress,
    NotAnAddress {
        address: String,
        why: AddressFault,
    },
    /// Mail to the address was refused for good.
    CameBack {
        address: String,
        why: String,
    },
    UnknownZone {
        zone: String,
    },
    UnknownCalendar {
        calendar: String,
    },
    UnknownLanguage {
        language: String,
    },
    /// An absence of nobody.
    AbsentNobody,
    /// An absence of somebody who is not in the list of people.
    AbsentStranger,
    NoDay {
        column: String,
        text: String,
        why: DayFault,
    },
    /// An absence that says neither when it begins nor when it ends.
    Dateless,
    Backwards {
        first: Date,
        last: Date,
    },
    UnknownSubstitute {
        substitute: PersonId,
    },
    OwnSubstitute,
    /// The configuration names somebody who is not in the list of people.
    Missing,
    /// The configuration names somebody who cannot be written to.
    Unreachable,
}

impl Problem {
    /// Whether something is contradictory, not only missing: people without an address may well be meant.
    pub fn is_error(&self) -> bool {
        !matches!(self.wrong, Wrong::NoAddress | Wrong::UnknownLanguage { .. })
    }

    /// What is wrong and what follows from it, without the place.
    pub fn sentence(&self) -> String {
        let what = self.wrong.to_string();
        let also = self.also.as_ref().map_or(String::new(), |also| format!(" (first on {also})"));
        match &self.person {
            Some(person) => format!("person {} {what}{also}", quoted(person.as_str())),
            None => format!("{what}{also}"),
        }
    }

    /// What mends it.
    pub fn hint(&self) -> &'static str {
        match self.wrong {
            Wrong::NoId => "give each person the id that the other data uses",
            Wrong::Twice { .. } => "keep one row for each person",
            Wrong::UnknownManager { .. } => "correct the id, or add the manager to the list",
            Wrong::OwnManager => "leave the manager of whoever is above everybody empty",
            Wrong::Cycle { .. } => "correct one of the managers; whoever is above everybody has none",
            Wrong::NoAddress => "add the address, or leave it if this person is never to be written to",
            Wrong::NotAnAddress { .. } => "write it as name@company.example",
            Wrong::CameBack { .. } => {
                "correct the address; if it works again, say so with `kaizend outbox bounced --lift`"
            }
            Wrong::UnknownZone { .. } => "write the name of a place, such as Europe/Sofia",
            Wrong::UnknownCalendar { .. } => "correct the name, or define the calendar in the configuration",
            Wrong::UnknownLanguage { .. } => {
                "write one of en, ru, bg, et, or add a catalogue of the company's own for that language"
            }
            Wrong::AbsentNobody => "say whose absence it is",
            Wrong::AbsentStranger => "correct the id, or add the person to the list",
            Wrong::NoDay { .. } => "correct the day, or declare the column's `format`",
            Wrong::Dateless => "say when the absence begins, when it ends, or both",
            Wrong::Backwards { .. } => "exchange the two days, or correct one of them",
            Wrong::UnknownSubstitute { .. } => "correct the id, or add the substitute to the list",
            Wrong::OwnSubstitute => "name somebody else, or nobody",
            Wrong::Missing => "correct the id, or add the person to the list",
            Wrong::Unreachable => "add the person's address, or name somebody else",
        }
    }

    /// What makes it the same problem when rows move.
    pub(super) fn identity(&self) -> String {
        let setting = match &self.place {
            Place::Setting { key } => Some(key),
            Place::File { .. } | Place::Dataset { .. } => None,
        };
        serde_json::to_string(&(&self.person, &self.wrong, setting))
            .expect("texts and days always become JSON")
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoId => f.write_str("a person without an id is left out"),
            Self::Twice { managers: None } => f.write_str("stands here again, and only the first row counts"),
            Self::Twice { managers: Some([first, again]) } => write!(
                f,
                "stands here again with {} for manager, and only the first row, with {}, counts",
                named(again.as_ref()),
                named(first.as_ref())
            ),
            Self::UnknownManager { manager } => {
                write!(
                    f,
                    "has the manager {}, who is not in the list: nobody is above",
                    quoted(manager.as_str())
                )
            }
            Self::OwnManager => f.write_str("is their own manager: nobody is above"),
            Self::Cycle { managers } => {
                let chain: Vec<String> = managers.iter().map(|id| quoted(id.as_str())).collect();
                write!(f, "is above themselves: {}", chain.join(" → "))
            }
            Self::NoAddress => f.write_str("has no email: the fallback of each check is told instead"),
            Self::NotAnAddress { address, why } => write!(
                f,
                "has the email {}, which is none ({why}): the fallback of each check is told instead",
                quoted(address)
            ),
            Self::CameBack { address, why } => write!(
                f,
                "cannot be reached at {}, from where mail came back ({why}): the fallback of each check is told instead",
                quoted(address)
            ),
            Self::UnknownZone { zone } => {
                write!(f, "has the time zone {}, which does not exist: the calendar's is used", quoted(zone))
            }
            Self::UnknownCalendar { calendar } => {
                write!(
                    f,
                    "has the calendar {}, which is not configured: the company's is used",
                    quoted(calendar)
                )
            }
            Self::UnknownLanguage { language } => {
                write!(f, "has the language {}, which has no words: the company's is used", quoted(language))
            }
            Self::AbsentNobody => f.write_str("an absence without a person is not counted"),
            Self::AbsentStranger => f.write_str("is absent, but is not in the list of people"),
            Self::NoDay { column, text, why } => {
                write!(
                    f,
                    "has an absence that is not counted: `{column}` holds {}, which {why}",
                    quoted(text)
                )
            }
            Self::Dateless => f.write_str("has an absence without days, which is not counted"),
            Self::Backwards { first, last } => {
                write!(
                    f,
                    "has an absence that ends on {last}, before it begins on {first}: it is not counted"
                )
            }
            Self::UnknownSubstitute { substitute } => {
                let substitute = quoted(substitute.as_str());
                write!(f, "has the substitute {substitute}, who is not in the list: nobody stands in")
            }
            Self::OwnSubstitute => f.write_str("is their own substitute: nobody stands in"),
            Self::Missing => f.write_str("is not in the list of people, and cannot be told anything"),
            Self::Unreachable => f.write_str("has no address, and cannot be told anything"),
        }
    }
}

fn named(manager: Option<&PersonId>) -> String {
    manager.map_or_else(|| "nobody".to_owned(), |manager| quoted(manager.as_str()))
}

/// A piece of the company's data, which may hold anything: short, one line, in back quotes.
fn quoted(text: &str) -> String {
    format!("`{}`", short(text, SHOWN))
}

/// One line of at most so many characters; `…` says that there were more.
pub(super) fn short(text: &str, longest: usize) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let short: String = text.chars().take(longest).map(plain).collect();
    let dots = if text.chars().nth(longest).is_some() { "…" } else { "" };
    format!("{short}{dots}")
}
