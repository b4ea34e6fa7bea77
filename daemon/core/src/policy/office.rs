//! The company as one activation sees it: who is who, when each works, and who stands above whom.

use std::sync::Arc;

use jiff::Timestamp;

use super::{
    calendar::Calendar,
    people::{People, Present, manager_of, present},
    window::Windows,
};
use crate::domain::{Addressee, Person, PersonId, Rung, Severity, SkippedBecause};

/// When each person works; `None` asks for the company's own hours.
pub trait Hours: Send + Sync {
    fn calendar_of(&self, person: Option<&Person>) -> Arc<Calendar>;
}

impl<F: Fn(Option<&Person>) -> Arc<Calendar> + Send + Sync> Hours for F {
    fn calendar_of(&self, person: Option<&Person>) -> Arc<Calendar> {
        self(person)
    }
}

/// Cheap to clone; nothing in it changes.
#[derive(Clone)]
pub struct Office {
    pub people: Arc<dyn People + Send + Sync>,
    pub hours: Arc<dyn Hours>,
    pub windows: Windows,
    /// Whom the company names as the one above all managers.
    pub director: Option<PersonId>,
    /// From this severity on a notice does not wait for a window.
    pub urgent: Severity,
}

impl Office {
    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.person(id)
    }

    /// When a mail may go to somebody, at the earliest at `from`; operators hear at once.
    pub fn opening(&self, to: &Addressee, from: Timestamp) -> Timestamp {
        match to {
            Addressee::Operators => from,
            Addressee::Person(id) => self.windows.next_opening(from, &self.calendar_of(id)),
        }
    }

    /// When a step of a ladder may come: in a window, and without windows in working time.
    pub fn moment(&self, to: &Addressee, from: Timestamp) -> Timestamp {
        match to {
            Addressee::Person(id) if self.windows.is_empty() => self.calendar_of(id).working_moment(from),
            _ => self.opening(to, from),
        }
    }

    pub fn calendar_of(&self, id: &PersonId) -> Arc<Calendar> {
        self.hours.calendar_of(self.person(id))
    }

    /// Who reads for a person at an instant.
    pub fn present(&self, id: &PersonId, at: Timestamp) -> Option<Present> {
        let on = |person: &Person| self.hours.calendar_of(Some(person)).date_of(at);
        present(self.people.as_ref(), id, &on)
    }

    /// The person whom a rung names; `None` where there is none with an address.
    pub fn named(
        &self,
        rung: Rung,
        owner: Option<&PersonId>,
        fallback: Option<&PersonId>,
    ) -> Option<PersonId> {
        let id = match rung {
            Rung::Owner => owner.cloned(),
            Rung::Manager => owner.and_then(|owner| self.manager_of(owner)),
            Rung::Director => self.director_of(owner),
            Rung::Fallback => fallback.cloned(),
            Rung::Operators => None,
        };
        id.filter(|id| self.person(id).is_some_and(Person::has_address))
    }

    /// The person of a rung, else the fallback: a step is never lost for want of a chart. `None` are the operators.
    pub fn on_rung(
        &self,
        rung: Rung,
        owner: Option<&PersonId>,
        fallback: Option<&PersonId>,
    ) -> Option<PersonId> {
        self.named(rung, owner, fallback).or_else(|| self.named(Rung::Fallback, owner, fallback))
    }

    /// Whom a step tells in the end: its person or the substitute; or why nobody.
    pub fn reader(&self, person: Option<PersonId>, at: Timestamp) -> Result<Reader, SkippedBecause> {
        let Some(person) = person else { return Ok(Reader { to: Addressee::Operators, present: None }) };
        let present = self.present(&person, at).ok_or(SkippedBecause::Away)?;
        if !self.person(&present.person).is_some_and(Person::has_address) {
            return Err(SkippedBecause::NobodyThere);
        }
        Ok(Reader { to: Addressee::Person(present.person.clone()), present: Some(present) })
    }

    pub fn manager_of(&self, id: &PersonId) -> Option<PersonId> {
        manager_of(self.people.as_ref(), id)
    }

    /// The manager's manager, else the one that the company names.
    fn director_of(&self, owner: Option<&PersonId>) -> Option<PersonId> {
        let above =
            owner.and_then(|owner| self.manager_of(owner)).and_then(|manager| self.manager_of(&manager));
        above.filter(|above| Some(above) != owner).or_else(|| self.director.clone())
    }
}

/// Who reads a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    pub to: Addressee,
    /// Set for persons.
    pub present: Option<Present>,
}
