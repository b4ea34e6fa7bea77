//! What the company's data says of its people, row by row, before it is known whether it is right.

use jiff::civil::Date;

use super::{DayFault, Place};
use crate::domain::PersonId;

/// A row of the people's dataset. Texts are trimmed, and none is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub place: Place,
    pub id: Option<String>,
    pub name: Option<String>,
    pub email: Option<String>,
    pub manager: Option<String>,
    pub team: Option<String>,
    pub role: Option<String>,
    pub branch: Option<String>,
    pub language: Option<String>,
    pub timezone: Option<String>,
    pub calendar: Option<String>,
    pub absent_from: Option<Day>,
    pub absent_until: Option<Day>,
    pub substitute: Option<String>,
}

/// A row of the dataset of absences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsenceRow {
    pub place: Place,
    pub person: Option<String>,
    pub from: Option<Day>,
    pub until: Option<Day>,
    pub substitute: Option<String>,
}

/// A cell that should hold a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Day {
    Is(Date),
    /// It holds something else.
    Not {
        column: String,
        text: String,
        why: DayFault,
    },
}

/// Somebody whom the configuration names: the fallback of a check, the director.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// The path of the key.
    pub key: String,
    pub person: PersonId,
}

impl Row {
    /// A row in which nothing is said yet.
    pub fn new(place: Place) -> Self {
        Self {
            place,
            id: None,
            name: None,
            email: None,
            manager: None,
            team: None,
            role: None,
            branch: None,
            language: None,
            timezone: None,
            calendar: None,
            absent_from: None,
            absent_until: None,
            substitute: None,
        }
    }
}
