//! Who is there to read: substitutes of those who are away, and who stands above whom.

use std::collections::BTreeMap;

use jiff::civil::Date;

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

/// Who reads what is meant for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    pub person: PersonId,
    /// Set when it is a substitute: for whom.
    pub instead_of: Option<PersonId>,
    /// The last day of the absence.
    pub until: Option<Date>,
}

/// Who reads for `id` on that day: the person, or while away the substitute, or the substitute's own; nobody
/// when all of them are away.
pub fn present(people: &dyn People, id: &PersonId, on: &dyn Fn(&Person) -> Date) -> Option<Present> {
    let mut passed = vec![id.clone()];
    let mut until = None;
    loop {
        let last = passed.last()?;
        let person = people.person(last)?;
        let day = on(person);
        let Some(absence) = person.absences.iter().find(|away| away.first <= day && day <= away.last) else {
            let instead_of = (last != id).then(|| id.clone());
            return Some(Present { person: last.clone(), instead_of, until });
        };
        until = until.or(Some(absence.last));
        let substitute = absence.substitute.clone()?;
        if passed.contains(&substitute) {
            return None;
        }
        passed.push(substitute);
    }
}

/// Who stands above a person; nobody above oneself.
pub fn manager_of(people: &dyn People, id: &PersonId) -> Option<PersonId> {
    people.person(id)?.manager.clone().filter(|manager| manager != id)
}
