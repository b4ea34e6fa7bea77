//! What the operators are told of the data about people, as facts: whoever reads it may speak any language, and
//! the words are the text room's.

use serde::{Deserialize, Serialize};

use super::{
    AddressFault, DayFault, Problem, Wrong,
    problem::{SHOWN, short},
};
use crate::domain::PersonId;

/// How many problems one mail names; the rest are counted.
const NAMED: usize = 30;

/// How many characters travel of the words of a reason.
const REASON: usize = 200;

/// The whole set of problems, as far as one mail holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PeopleTrouble {
    /// In the order of their places, each text of the data as short as it is shown.
    pub problems: Vec<Problem>,
    /// How many more there are.
    pub more: usize,
}

impl PeopleTrouble {
    pub fn of(problems: &[Problem]) -> Self {
        let shown = problems.iter().take(NAMED).map(Problem::shortened).collect();
        Self { problems: shown, more: problems.len().saturating_sub(NAMED) }
    }

    pub fn count(&self) -> usize {
        self.problems.len().saturating_add(self.more)
    }

    /// The detail of the notice that carries it.
    pub fn detail(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads the detail of such a notice. Versions before this one wrote sentences, which are none.
    pub fn from_detail(detail: &str) -> Option<Self> {
        serde_json::from_str(detail).ok()
    }
}

impl Problem {
    /// The same with every text of the data as short as it is shown: a cell may hold anything.
    fn shortened(&self) -> Self {
        let person = self.person.as_ref().map(short_id);
        Self { place: self.place.clone(), person, wrong: self.wrong.shortened(), also: self.also.clone() }
    }
}

impl Wrong {
    fn shortened(&self) -> Self {
        match self.clone() {
            Self::Twice { managers } => {
                let managers = managers.map(|both| both.map(|id| id.as_ref().map(short_id)));
                Self::Twice { managers }
            }
            Self::UnknownManager { manager } => Self::UnknownManager { manager: short_id(&manager) },
            Self::Cycle { managers } => Self::Cycle { managers: managers.iter().map(short_id).collect() },
            Self::NotAnAddress { address, why } => {
                Self::NotAnAddress { address: short(&address, SHOWN), why: why.shortened() }
            }
            Self::CameBack { address, why } => {
                Self::CameBack { address: short(&address, SHOWN), why: short(&why, REASON) }
            }
            Self::UnknownZone { zone } => Self::UnknownZone { zone: short(&zone, SHOWN) },
            Self::UnknownCalendar { calendar } => Self::UnknownCalendar { calendar: short(&calendar, SHOWN) },
            Self::UnknownLanguage { language } => Self::UnknownLanguage { language: short(&language, SHOWN) },
            Self::NoDay { column, text, why } => {
                Self::NoDay { column: short(&column, SHOWN), text: short(&text, SHOWN), why: why.shortened() }
            }
            Self::UnknownSubstitute { substitute } => {
                Self::UnknownSubstitute { substitute: short_id(&substitute) }
            }
            textless => textless,
        }
    }
}

impl AddressFault {
    fn shortened(self) -> Self {
        match self {
            Self::Said(words) => Self::Said(short(&words, REASON)),
            fact => fact,
        }
    }
}

impl DayFault {
    fn shortened(self) -> Self {
        match self {
            Self::Format { format } => Self::Format { format: short(&format, SHOWN) },
            Self::Said(words) => Self::Said(short(&words, REASON)),
            fact => fact,
        }
    }
}

fn short_id(id: &PersonId) -> PersonId {
    PersonId::new(short(id.as_str(), SHOWN))
}
