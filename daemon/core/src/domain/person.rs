//! People of the company, and its clients, as the company's own data names them.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{Language, PersonId};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub email: Option<String>,
    pub manager: Option<PersonId>,
    pub team: Option<String>,
    pub language: Option<Language>,
    /// An IANA zone name.
    pub timezone: Option<String>,
    pub role: Option<String>,
    pub branch: Option<String>,
    pub calendar: Option<String>,
    pub absences: Vec<Absence>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Absence {
    pub first: jiff::civil::Date,
    pub last: jiff::civil::Date,
    pub substitute: Option<PersonId>,
}

impl Person {
    pub fn new(id: PersonId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            email: None,
            manager: None,
            team: None,
            language: None,
            timezone: None,
            role: None,
            branch: None,
            calendar: None,
            absences: Vec::new(),
        }
    }

    /// The person's own zone; `None` when there is none, or no zone has that name.
    pub fn zone(&self) -> Option<TimeZone> {
        self.timezone.as_deref().and_then(|name| TimeZone::get(name).ok())
    }

    /// Whether a mail can be tried at all; whether the address works is for the mail server to say.
    pub fn has_address(&self) -> bool {
        let address = self.email.as_deref().unwrap_or_default().trim();
        address.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Client {
    pub id: String,
    pub name: String,
}
