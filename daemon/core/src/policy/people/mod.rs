//! Who is who, who stands above whom, and who reads for somebody who is away.
//!
//! The company's data may be wrong: two people who lead each other, substitutes who are away as well. What is
//! asked here always comes to an end, and what is wrong is said by [`Staff::problems`].

mod circle;
mod place;
mod problem;
mod reason;
mod row;
mod staff;
#[cfg(test)]
mod tests;
mod trouble;
mod word;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

pub use place::Place;
pub use problem::{Problem, Wrong};
pub use reason::{AddressFault, DayFault};
pub use row::{AbsenceRow, Day, Row, StandIn};
pub use staff::{Knows, Staff};
pub use trouble::PeopleTrouble;
pub use word::{PEOPLE, PeopleMemory, ToldProblems, word};

use crate::domain::{Person, PersonId};

/// The company's people by id.
pub trait People {
    fn person(&self, id: &PersonId) -> Option<&Person>;
}

impl People for BTreeMap<PersonId, Person> {
    fn person(&self, id: &PersonId) -> Option<&Person> {
        self.get(id)
    }
}

/// Who is there for somebody on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    pub person: PersonId,
    /// Who is away, when that is somebody else.
    pub instead_of: Option<PersonId>,
    /// The last day of that absence; `None` when it is not known, or nobody is away.
    pub until: Option<Date>,
}

/// Who reads for `id`: the person, or, while they are away, their substitute, or that one's substitute.
///
/// `on` is the day that it is for each of them. `None`: nobody has that id, or nobody is there.
pub fn present(
    people: &(impl People + ?Sized),
    id: &PersonId,
    on: &dyn Fn(&Person) -> Date,
) -> Option<Present> {
    let mut asked = BTreeSet::new();
    let mut person = people.person(id)?;
    let mut until = None;
    while let Some(absence) = person.absence_on(on(person)) {
        if asked.is_empty() {
            until = absence.until();
        }
        // Substitutes who stand in for each other and are both away are nobody.
        if !asked.insert(&person.id) {
            return None;
        }
        person = people.person(&absence.substitute?)?;
    }
    let instead_of = (!asked.is_empty()).then(|| id.clone());
    Some(Present { person: person.id.clone(), instead_of, until })
}

/// Who leads `id`: somebody else, of whom the data knows.
pub fn manager_of(people: &(impl People + ?Sized), id: &PersonId) -> Option<PersonId> {
    let manager = people.person(id)?.manager.as_ref().filter(|manager| *manager != id)?;
    people.person(manager).map(|manager| manager.id.clone())
}

/// Everybody above `id`, the nearest first, each once. Where managers lead each other, it ends before the first
/// who was met already.
pub fn chain_above(people: &(impl People + ?Sized), id: &PersonId) -> Vec<PersonId> {
    let mut met = BTreeSet::from([id.clone()]);
    let mut chain = Vec::new();
    let mut below = id.clone();
    while let Some(manager) = manager_of(people, &below).filter(|manager| met.insert(manager.clone())) {
        chain.push(manager.clone());
        below = manager;
    }
    chain
}
