//! People of the company, and its clients, as the company's own data names them.

use jiff::{civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{Language, PersonId};

/// A member of staff. Everything but the id and the name may be unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub email: Option<String>,
    pub manager: Option<PersonId>,
    pub team: Option<String>,
    /// What they do, in the company's own words: "service advisor".
    pub role: Option<String>,
    /// Where they do it: a shop, a site.
    pub branch: Option<String>,
    pub language: Option<Language>,
    /// An IANA zone name.
    pub timezone: Option<String>,
    /// The name of a configured calendar.
    pub calendar: Option<String>,
    /// In the order of their first days.
    #[serde(default)]
    pub absences: Vec<Absence>,
}

/// Days on which a person is not there, both ends included, as the person's own calendar counts days.
///
/// An absence without a beginning starts at [`Date::MIN`], one until further notice ends at [`Date::MAX`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Absence {
    pub first: Date,
    pub last: Date,
    /// Who reads and does things meanwhile.
    pub substitute: Option<PersonId>,
}

impl Person {
    /// Somebody of whom only this is known.
    pub fn new(id: impl Into<PersonId>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            email: None,
            manager: None,
            team: None,
            role: None,
            branch: None,
            language: None,
            timezone: None,
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

    /// The absence that `day` lies in. Entries without a day between them are one: it ends with the last of
    /// them. The substitute is the first that an entry of that very day names.
    pub fn absence_on(&self, day: Date) -> Option<Absence> {
        let begun: Vec<&Absence> = self.absences.iter().filter(|absence| absence.covers(day)).collect();
        let first = begun.iter().map(|absence| absence.first).min()?;
        let mut last = begun.iter().map(|absence| absence.last).max()?;
        while let Some(further) = last.tomorrow().ok().and_then(|next| self.last_day_from(next)) {
            last = further;
        }
        let substitute = begun.iter().find_map(|absence| absence.substitute.clone());
        Some(Absence { first, last, substitute })
    }

    fn last_day_from(&self, day: Date) -> Option<Date> {
        let covering = self.absences.iter().filter(|absence| absence.covers(day));
        covering.map(|absence| absence.last).max()
    }
}

impl Absence {
    pub fn covers(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// The last day, when it is known.
    pub fn until(&self) -> Option<Date> {
        (self.last < Date::MAX).then_some(self.last)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Client {
    pub id: String,
    pub name: String,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn away(first: Date, last: Date, substitute: Option<&str>) -> Absence {
        Absence { first, last, substitute: substitute.map(PersonId::from) }
    }

    #[test]
    fn entries_that_touch_are_one_absence() {
        let august = |day| date(2026, 8, day);
        let absences = vec![
            away(august(3), august(7), None),
            away(august(5), august(9), Some("8")),
            away(august(10), august(14), Some("9")),
            away(august(16), Date::MAX, None),
        ];
        let person = Person { absences, ..Person::new("5", "Steven Buchanan") };
        for (day, last, substitute, why) in [
            (2, None, None, "the day before"),
            (3, Some(14), None, "the first entry names nobody; the others follow without a gap"),
            (5, Some(14), Some("8"), "of two entries of a day, the one that names somebody"),
            (14, Some(14), Some("9"), "the last day is a day of absence"),
            (15, None, None, "one day at work"),
        ] {
            let absence = person.absence_on(august(day));
            let found = absence.as_ref().map(|absence| absence.last);
            assert_eq!(found, last.map(august), "{day}: {why}");
            let found = absence.and_then(|absence| absence.substitute);
            assert_eq!(found, substitute.map(PersonId::from), "{day}: {why}");
        }
        let open = person.absence_on(date(2031, 1, 1)).unwrap();
        assert_eq!((open.first, open.until()), (august(16), None));
    }
}
