//! The list of people, made of the rows of the company's data: what is right of each row counts, and what is
//! wrong is a problem with its place. Nobody is left out for a slip in one column.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{civil::Date, tz::TimeZone};

use super::{AbsenceRow, AddressFault, Day, Place, Problem, Row, StandIn, Wrong, circle::circles};
use crate::{
    domain::{Absence, Language, Person, PersonId},
    policy::people::People,
};

/// Everybody by id, and what is wrong with what is said of them.
#[derive(Clone, Debug, Default)]
pub struct Staff {
    people: BTreeMap<PersonId, Person>,
    problems: Vec<Problem>,
}

/// What only others can tell of a text.
#[derive(Clone, Copy)]
pub struct Knows<'a> {
    /// Whether a calendar of that name is configured.
    pub calendar: &'a dyn Fn(&str) -> bool,
    /// Whether there are words in that language.
    pub language: &'a dyn Fn(&str) -> bool,
    /// Why a text is no address that mail can be sent to.
    pub address: &'a dyn Fn(&str) -> Result<(), AddressFault>,
    /// What the refusal said of an address to which nothing is sent any more.
    pub came_back: &'a dyn Fn(&str) -> Option<String>,
}

impl Staff {
    /// Judges all rows. `stand_ins` are those whom the configuration relies on.
    pub fn of(
        rows: impl IntoIterator<Item = Row>,
        absences: impl IntoIterator<Item = AbsenceRow>,
        stand_ins: &[StandIn],
        knows: &Knows<'_>,
    ) -> Self {
        let mut desk =
            Desk { knows, staff: Self::default(), places: BTreeMap::new(), substitutes: Vec::new() };
        for row in rows {
            desk.person(row);
        }
        for row in absences {
            desk.absence(row);
        }
        desk.settle();
        desk.circles();
        for stand_in in stand_ins {
            desk.stand_in(stand_in);
        }
        let mut staff = desk.staff;
        staff.problems.sort();
        staff
    }

    /// In the order of their places.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    pub fn iter(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }
}

impl People for Staff {
    fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.get(id)
    }
}

struct Desk<'a> {
    knows: &'a Knows<'a>,
    staff: Staff,
    places: BTreeMap<PersonId, Place>,
    /// Who named whom as a substitute, and where.
    substitutes: Vec<(PersonId, PersonId, Place)>,
}

impl Desk<'_> {
    fn wrong(&mut self, place: &Place, person: &PersonId, wrong: Wrong) {
        let person = Some(person.clone());
        self.staff.problems.push(Problem { place: place.clone(), person, wrong, also: None });
    }

    fn about_nobody(&mut self, place: Place, wrong: Wrong) {
        self.staff.problems.push(Problem { place, person: None, wrong, also: None });
    }

    fn person(&mut self, row: Row) {
        let place = row.place.clone();
        let Some(id) = row.id.clone().map(PersonId::new) else {
            return self.about_nobody(place, Wrong::NoId);
        };
        if let Some(first) = self.staff.people.get(&id) {
            let managers = [first.manager.clone(), row.manager.map(PersonId::new)];
            let wrong = Wrong::Twice { managers: (managers[0] != managers[1]).then_some(managers) };
            let also = self.places.get(&id).cloned();
            return self.staff.problems.push(Problem { place, person: Some(id), wrong, also });
        }
        let person = Person {
            email: self.address(&place, &id, row.email),
            manager: row.manager.map(PersonId::new),
            team: row.team,
            role: row.role,
            branch: row.branch,
            language: self.language(&place, &id, row.language),
            timezone: self.zone(&place, &id, row.timezone),
            calendar: self.calendar(&place, &id, row.calendar),
            ..Person::new(id.clone(), row.name.unwrap_or_else(|| id.as_str().to_owned()))
        };
        self.places.insert(id.clone(), place.clone());
        self.staff.people.insert(id.clone(), person);
        if row.absent_from.is_some() || row.absent_until.is_some() {
            self.absent(place, &id, [row.absent_from, row.absent_until], row.substitute);
        }
    }

    fn address(&mut self, place: &Place, id: &PersonId, email: Option<String>) -> Option<String> {
        let Some(address) = email else {
            self.wrong(place, id, Wrong::NoAddress);
            return None;
        };
        if let Some(why) = (self.knows.came_back)(&address) {
            self.wrong(place, id, Wrong::CameBack { address, why });
            return None;
        }
        match (self.knows.address)(&address) {
            Ok(()) => Some(address),
            Err(why) => {
                self.wrong(place, id, Wrong::NotAnAddress { address, why });
                None
            }
        }
    }

    fn language(&mut self, place: &Place, id: &PersonId, language: Option<String>) -> Option<Language> {
        let language = language?;
        if (self.knows.language)(&language) {
            return Some(Language::new(language));
        }
        self.wrong(place, id, Wrong::UnknownLanguage { language });
        None
    }

    fn zone(&mut self, place: &Place, id: &PersonId, zone: Option<String>) -> Option<String> {
        let zone = zone?;
        if TimeZone::get(&zone).is_ok() {
            return Some(zone);
        }
        self.wrong(place, id, Wrong::UnknownZone { zone });
        None
    }

    fn calendar(&mut self, place: &Place, id: &PersonId, calendar: Option<String>) -> Option<String> {
        let calendar = calendar?;
        if (self.knows.calendar)(&calendar) {
            return Some(calendar);
        }
        self.wrong(place, id, Wrong::UnknownCalendar { calendar });
        None
    }

    fn absence(&mut self, row: AbsenceRow) {
        let AbsenceRow { place, person, from, until, substitute } = row;
        let Some(id) = person.map(PersonId::new) else {
            return self.about_nobody(place, Wrong::AbsentNobody);
        };
        if self.staff.people.contains_key(&id) {
            self.absent(place, &id, [from, until], substitute);
        } else {
            self.wrong(&place, &id, Wrong::AbsentStranger);
        }
    }

    fn absent(&mut self, place: Place, id: &PersonId, days: [Option<Day>; 2], substitute: Option<String>) {
        let (first, last) = match span(days) {
            Ok(span) => span,
            Err(wrong) => return self.wrong(&place, id, wrong),
        };
        let substitute = substitute.map(PersonId::new);
        if let Some(substitute) = &substitute {
            self.substitutes.push((id.clone(), substitute.clone(), place));
        }
        if let Some(person) = self.staff.people.get_mut(id) {
            person.absences.push(Absence { first, last, substitute });
        }
    }

    /// What could only be judged once everybody was known.
    fn settle(&mut self) {
        for (id, substitute, place) in std::mem::take(&mut self.substitutes) {
            if substitute == id {
                self.wrong(&place, &id, Wrong::OwnSubstitute);
            } else if !self.staff.people.contains_key(&substitute) {
                self.wrong(&place, &id, Wrong::UnknownSubstitute { substitute });
            }
        }
        let known: BTreeSet<PersonId> = self.staff.people.keys().cloned().collect();
        let mut managers = Vec::new();
        for person in self.staff.people.values_mut() {
            let stands_in = |id: &PersonId| *id != person.id && known.contains(id);
            for absence in &mut person.absences {
                absence.substitute = absence.substitute.take().filter(stands_in);
            }
            person.absences.sort_by_key(|absence| (absence.first, absence.last));
            let Some(manager) = person.manager.clone() else { continue };
            if manager == person.id || !known.contains(&manager) {
                person.manager = None;
                managers.push((person.id.clone(), manager));
            }
        }
        for (id, manager) in managers {
            let wrong = if manager == id { Wrong::OwnManager } else { Wrong::UnknownManager { manager } };
            self.wrong_of(&id, wrong);
        }
    }

    fn circles(&mut self) {
        for managers in circles(&self.staff.people) {
            let first = managers[0].clone();
            self.wrong_of(&first, Wrong::Cycle { managers });
        }
    }

    fn stand_in(&mut self, stand_in: &StandIn) {
        let wrong = match self.staff.people.get(&stand_in.person) {
            None => Wrong::Missing,
            Some(person) if person.email.is_none() => Wrong::Unreachable,
            Some(_) => return,
        };
        self.wrong(&Place::Setting { key: stand_in.key.clone() }, &stand_in.person, wrong);
    }

    /// A problem of somebody's own row.
    fn wrong_of(&mut self, id: &PersonId, wrong: Wrong) {
        if let Some(place) = self.places.get(id).cloned() {
            self.wrong(&place, id, wrong);
        }
    }
}

/// Both ends; one that is not said is open.
fn span([from, until]: [Option<Day>; 2]) -> Result<(Date, Date), Wrong> {
    if from.is_none() && until.is_none() {
        return Err(Wrong::Dateless);
    }
    let first = from.map_or(Ok(Date::MIN), day)?;
    let last = until.map_or(Ok(Date::MAX), day)?;
    if last < first { Err(Wrong::Backwards { first, last }) } else { Ok((first, last)) }
}

fn day(day: Day) -> Result<Date, Wrong> {
    match day {
        Day::Is(date) => Ok(date),
        Day::Not { column, text, why } => Err(Wrong::NoDay { column, text, why }),
    }
}
