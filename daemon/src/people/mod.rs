//! The company's people and clients, read from the datasets that name them, at each look and each telling.
//!
//! What is wrong with them is the core's to find; it stops nobody. `kaizend validate --online` lists it, and the
//! operators hear of it when it changes.

mod online;
mod row;
mod table;
mod watch;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use kaizend_core::{
    domain::{Language, Person, PersonId},
    policy::people::{AddressFault, Knows, People, Problem, Staff, StandIn},
    rows::Fault,
};
use kaizend_mail::{AddressError, MailAddress};
use kaizend_source::Binds;
use kaizend_text::Words;

pub use online::online;
pub(crate) use watch::watch;

use crate::config::Plan;
use table::Tables;

/// Addresses to which nothing is sent any more, in lower case, with what the last refusal said.
pub type GivenUp = BTreeMap<String, String>;

/// Who is who. Looked up by the ids that the company's own data uses.
#[derive(Debug, Default)]
pub struct Directory {
    staff: Staff,
    clients: BTreeMap<String, String>,
}

impl Directory {
    /// A client's name; `None` when the clients' dataset has no such id, or there is none.
    pub fn client(&self, id: &str) -> Option<&str> {
        self.clients.get(id).map(String::as_str)
    }

    /// Everybody who works here.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.staff.iter()
    }

    /// What is wrong with what the data says of people, in the order of its places.
    pub fn problems(&self) -> &[Problem] {
        self.staff.problems()
    }
}

impl People for Directory {
    fn person(&self, id: &PersonId) -> Option<&Person> {
        self.staff.person(id)
    }
}

/// Reads people and clients of one instant.
///
/// # Errors
/// A dataset that names them cannot be read, or lacks the column without which it names nobody.
pub async fn read(plan: &Plan, words: &Words, binds: &Binds, given_up: &GivenUp) -> Result<Directory, Fault> {
    let mut tables = Tables::new(plan, binds);
    let staff = staff(plan, words, &mut tables, given_up).await?;
    let Some(clients) = &plan.clients else { return Ok(Directory { staff, clients: BTreeMap::new() }) };
    let clients = tables.read(&clients.dataset, &row::CLIENT, row::client).await?;
    Ok(Directory { staff, clients: clients.into_iter().flatten().collect() })
}

async fn staff(
    plan: &Plan,
    words: &Words,
    tables: &mut Tables<'_>,
    given_up: &GivenUp,
) -> Result<Staff, Fault> {
    let Some(people) = &plan.people else { return Ok(Staff::default()) };
    let rows = tables.read(&people.dataset, &row::PERSON, row::person).await?;
    let absences = match &people.absences {
        Some(dataset) => tables.read(dataset, &row::ABSENCE, row::absence).await?,
        None => Vec::new(),
    };
    let knows = Knows {
        calendar: &|name| plan.calendars.named.contains_key(name),
        language: &|tag| words.speak(&Language::from(tag)),
        address: &|text| text.parse::<MailAddress>().map(drop).map_err(|why| address_fault(&why)),
        came_back: &|text| {
            let address = text.parse::<MailAddress>().ok()?;
            given_up.get(&address.as_str().to_lowercase()).cloned()
        },
    };
    Ok(Staff::of(rows, absences, &stand_ins(plan), &knows))
}

fn address_fault(error: &AddressError) -> AddressFault {
    match error {
        AddressError::Empty | AddressError::NoDomain => AddressFault::Parts,
        AddressError::Name => AddressFault::Name,
        AddressError::Domain { .. } => AddressFault::Domain,
    }
}

/// Whom the configuration relies on.
fn stand_ins(plan: &Plan) -> Vec<StandIn> {
    let director = plan.company.director.clone();
    let director = director.map(|person| StandIn { key: "company.director".to_owned(), person });
    let fallbacks = plan.checks.values().filter_map(|check| {
        Some(StandIn { key: format!("checks.{}.fallback", check.id), person: check.fallback.clone()? })
    });
    director.into_iter().chain(fallbacks).collect()
}
