//! People of the company, and its clients, as the company's own data names them.

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
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Client {
    pub id: String,
    pub name: String,
}
