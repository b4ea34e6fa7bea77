//! Who hears of a finding, and when: by a person's word, by a route, by the data; the substitute of who is away;
//! else the check's fallback, else the operators. Nobody is ever lost.

use std::sync::Arc;

use jiff::Timestamp;

use super::{
    ladder::Ladder,
    office::Office,
    routes::{Case, Clients, Raise, Route, Routed, To, routed},
};
use crate::domain::{
    AddressedBecause, Addressee, CheckId, Finding, Notice, NoticeKind, Person, PersonId, RunId, Rung,
    Sighting, TellBecause,
};

/// What one check's notices are made with, at one moment.
#[derive(Clone)]
pub struct Router {
    pub office: Office,
    pub routes: Arc<Vec<Route>>,
    pub clients: Arc<dyn Clients + Send + Sync>,
    /// The check's own ladder.
    pub ladder: Option<Arc<Ladder>>,
    /// Who stands in where nobody answers for a finding.
    pub fallback: Option<PersonId>,
    pub run: RunId,
    pub now: Timestamp,
}

/// Who hears, and why this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    pub to: Addressee,
    pub because: AddressedBecause,
}

impl Router {
    /// What the operator's routes say of a finding.
    pub fn routed(&self, finding: &Finding) -> Routed<'_> {
        let owner = finding.owner().and_then(|owner| self.office.people.person(&PersonId::new(owner)));
        let clients: &dyn Clients = self.clients.as_ref();
        routed(&self.routes, Case { check: &finding.check, seen: &finding.seen, owner, clients })
    }

    /// How the routes raise the severity of something seen, whoever answers for it.
    pub fn severity(&self, check: &CheckId, seen: &Sighting, owner: Option<&str>) -> Option<Raise> {
        let owner = owner.and_then(|owner| self.office.people.person(&PersonId::new(owner)));
        let clients: &dyn Clients = self.clients.as_ref();
        routed(&self.routes, Case { check, seen, owner, clients }).severity.map(|(raise, _)| raise)
    }

    /// The ladder of a finding: a route's, else its check's.
    pub fn ladder(&self, finding: &Finding) -> Option<&Arc<Ladder>> {
        self.routed(finding).ladder.map(|(ladder, _)| ladder).or(self.ladder.as_ref())
    }

    /// The one who is told first.
    pub fn first(&self, finding: &Finding) -> Heard {
        match self.responsible(finding) {
            Ok((person, because)) => self.there(&person, because),
            Err(because) => self.stand_in(because),
        }
    }

    /// Who answers for the finding, whether there or away.
    pub fn responsible(&self, finding: &Finding) -> Result<(PersonId, AddressedBecause), AddressedBecause> {
        if let Some(assigned) = &finding.assigned {
            let because = AddressedBecause::Assigned { by: assigned.by.clone() };
            return self.usable(assigned.to.as_str()).map(|id| (id, because));
        }
        if let Some((to, route)) = self.routed(finding).to {
            let because = AddressedBecause::Route { route: route.to_owned() };
            if let Some(id) = self.by_route(to, finding) {
                return Ok((id, because));
            }
        }
        let owner =
            finding.seen.owner().filter(|owner| !owner.is_empty()).ok_or(AddressedBecause::NoOwner)?;
        self.usable(owner).map(|id| (id, AddressedBecause::Owner))
    }

    /// A person, or who reads in his place; the operators when nobody is there.
    pub fn reading(&self, person: &PersonId, because: AddressedBecause) -> Heard {
        match self.office.reader(Some(person.clone()), self.now) {
            Ok(reader) => Heard { to: reader.to, because },
            Err(_) => Heard { to: Addressee::Operators, because: AddressedBecause::LastResort },
        }
    }

    fn by_route(&self, to: &To, finding: &Finding) -> Option<PersonId> {
        let owner = finding.owner().map(PersonId::new);
        let id = match to {
            To::Person(id) => Some(id.clone()),
            To::Rung(rung) => self.office.on_rung(*rung, owner.as_ref(), self.fallback.as_ref()),
        };
        id.filter(|id| self.usable(id.as_str()).is_ok())
    }

    fn usable(&self, owner: &str) -> Result<PersonId, AddressedBecause> {
        let id = PersonId::new(owner);
        match self.office.person(&id) {
            Some(person) if person.has_address() => Ok(id),
            Some(_) => Err(AddressedBecause::NoAddress { owner: owner.to_owned() }),
            None => Err(AddressedBecause::UnknownOwner { owner: owner.to_owned() }),
        }
    }

    /// The person, or who reads in his place; when all are away, who stands above him.
    fn there(&self, person: &PersonId, because: AddressedBecause) -> Heard {
        match self.office.reader(Some(person.clone()), self.now) {
            Ok(reader) => {
                let substitute =
                    reader.present.and_then(|present| Some((present.instead_of?, present.until)));
                let because = match substitute {
                    Some((of, until)) => AddressedBecause::Substitute { of, until },
                    None => because,
                };
                Heard { to: reader.to, because }
            }
            Err(_) => {
                let because = AddressedBecause::OwnerAway { owner: person.clone() };
                let above = self.office.on_rung(Rung::Manager, Some(person), self.fallback.as_ref());
                match self.office.reader(above, self.now) {
                    Ok(reader) if reader.to != Addressee::Operators => Heard { to: reader.to, because },
                    _ => self.stand_in(because),
                }
            }
        }
    }

    fn stand_in(&self, because: AddressedBecause) -> Heard {
        let fallback =
            self.fallback.clone().filter(|id| self.office.person(id).is_some_and(Person::has_address));
        let last = Heard { to: Addressee::Operators, because: AddressedBecause::LastResort };
        let Some(fallback) = fallback else { return last };
        match self.office.reader(Some(fallback), self.now) {
            Ok(reader) => Heard { to: reader.to, because },
            Err(_) => last,
        }
    }

    /// One notice for each addressee, at least one. A baseline list also goes to the fallback, who sees what was
    /// wrong at the start, and in whose hands.
    pub fn notices(&self, finding: &Finding, because: TellBecause, kind: NoticeKind) -> Vec<Notice> {
        let first = self.first(finding);
        let mut notices = vec![self.notice(finding, because, kind, first.clone())];
        if kind == NoticeKind::Baseline && self.fallback.is_some() {
            let copy = self.stand_in(AddressedBecause::Fallback);
            if copy.to != first.to && copy.to != Addressee::Operators {
                notices.push(self.notice(finding, because, kind, copy));
            }
        }
        notices
    }

    /// One notice. Urgent ones go at once; the others wait for the addressee's next window, and so does the reminder
    /// of an apology, whose deadline is no alarm.
    pub fn notice(&self, finding: &Finding, because: TellBecause, kind: NoticeKind, heard: Heard) -> Notice {
        let waits = kind == NoticeKind::Baseline || because == TellBecause::ApologyLate;
        let urgent = !waits && finding.seen.severity >= self.office.urgent;
        let due = if urgent { self.now } else { self.office.opening(&heard.to, self.now) };
        Notice {
            check: finding.check.clone(),
            finding: Some(finding.fingerprint),
            episode: finding.episode,
            kind,
            to: heard.to,
            addressed: heard.because,
            because,
            run: self.run,
            due,
            urgent,
            step: None,
            detail: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Absence, Assigned, Severity, Sighting};
    use crate::policy::samples::{at, open, person, promise, router, staff};

    fn of(owner: Option<&str>) -> Finding {
        let about = owner.map(|owner| ("owner".to_owned(), owner.to_owned())).into_iter().collect();
        open(Sighting { about, ..promise("overdue") })
    }

    fn with_fallback(fallback: Option<&str>) -> Router {
        Router { fallback: fallback.map(PersonId::from), ..router() }
    }

    #[test]
    fn somebody_always_hears() {
        use AddressedBecause::*;
        let unknown = |owner: &str| UnknownOwner { owner: owner.to_owned() };
        let no_address = |owner: &str| NoAddress { owner: owner.to_owned() };
        let last = (Addressee::Operators, LastResort);
        for (name, owner, fallback, expected) in [
            ("the owner", Some("5"), Some("9"), (person("5"), Owner)),
            ("no owner", None, Some("9"), (person("9"), NoOwner)),
            ("an empty owner", Some(""), Some("9"), (person("9"), NoOwner)),
            ("an owner who left", Some("4"), Some("9"), (person("9"), unknown("4"))),
            ("an owner without address", Some("mute"), Some("9"), (person("9"), no_address("mute"))),
            ("an owner with half an address", Some("half"), Some("9"), (person("9"), no_address("half"))),
            ("no fallback", Some("4"), None, last.clone()),
            ("a fallback who left", Some("4"), Some("3"), last.clone()),
            ("a fallback without address", None, Some("mute"), last),
        ] {
            let heard = with_fallback(fallback).first(&of(owner));
            assert_eq!((heard.to, heard.because), expected, "{name}");
        }
    }

    #[test]
    fn who_is_away_is_stood_in_for() {
        use AddressedBecause::*;
        let day = |text: &str| text.parse().unwrap();
        let away = |substitute: Option<&str>| Absence {
            first: day("2026-11-20"),
            last: day("2026-11-30"),
            substitute: substitute.map(PersonId::from),
        };
        let stood_in = |of: &str| Substitute { of: PersonId::from(of), until: Some(day("2026-11-30")) };
        let owner_away = || OwnerAway { owner: PersonId::from("5") };
        for (name, absences, expected) in [
            ("a substitute", vec![("5", Some("6"))], (person("6"), stood_in("5"))),
            (
                "a substitute's substitute",
                vec![("5", Some("6")), ("6", Some("7"))],
                (person("7"), stood_in("5")),
            ),
            ("nobody: the manager", vec![("5", None)], (person("2"), owner_away())),
            ("two for each other", vec![("5", Some("6")), ("6", Some("5"))], (person("2"), owner_away())),
            ("the manager's substitute", vec![("5", None), ("2", Some("7"))], (person("7"), owner_away())),
            ("nobody above: the fallback", vec![("5", None), ("2", None)], (person("9"), owner_away())),
        ] {
            let mut staff = staff();
            for (id, substitute) in absences {
                staff.get_mut(&PersonId::from(id)).unwrap().absences = vec![away(substitute)];
            }
            let mut router = with_fallback(Some("9"));
            router.office.people = Arc::new(staff);
            let heard = router.first(&of(Some("5")));
            assert_eq!((heard.to, heard.because), expected, "{name}");
        }
    }

    #[test]
    fn a_persons_word_is_above_a_route_and_a_route_above_the_data() {
        let route = |to: To| Route {
            name: "vip".to_owned(),
            matching: Default::default(),
            to: Some(to),
            ladder: None,
            severity: None,
        };
        let by_route = AddressedBecause::Route { route: "vip".to_owned() };
        for (name, to, expected) in [
            ("a person", To::Person(PersonId::from("7")), (person("7"), by_route.clone())),
            ("the manager", To::Rung(Rung::Manager), (person("2"), by_route.clone())),
            ("somebody unknown", To::Person(PersonId::from("4")), (person("5"), AddressedBecause::Owner)),
        ] {
            let router = Router { routes: Arc::new(vec![route(to)]), ..router() };
            let heard = router.first(&of(Some("5")));
            assert_eq!((heard.to, heard.because), expected, "{name}");
        }
        let assigned = Assigned { to: "6".into(), by: "2".into(), at: at("2026-11-23T08:00:00Z") };
        let router = Router { routes: Arc::new(vec![route(To::Person(PersonId::from("7")))]), ..router() };
        let heard = router.first(&Finding { assigned: Some(assigned), ..of(Some("5")) });
        assert_eq!(heard.to, person("6"));
        assert_eq!(heard.because, AddressedBecause::Assigned { by: "2".into() });
    }

    #[test]
    fn a_baseline_list_also_goes_to_the_fallback() {
        for (name, owner, fallback, kind, expected) in [
            ("a reminder", "5", Some("9"), NoticeKind::Reminder, vec!["5"]),
            ("a baseline", "5", Some("9"), NoticeKind::Baseline, vec!["5", "9"]),
            ("a baseline of the fallback's own", "9", Some("9"), NoticeKind::Baseline, vec!["9"]),
            ("a baseline of nobody's", "4", Some("9"), NoticeKind::Baseline, vec!["9"]),
            ("a baseline without fallback", "5", None, NoticeKind::Baseline, vec!["5"]),
            ("a baseline, fallback without address", "5", Some("mute"), NoticeKind::Baseline, vec!["5"]),
        ] {
            let router = with_fallback(fallback);
            let notices = router.notices(&of(Some(owner)), TellBecause::New, kind);
            let to: Vec<_> = notices.iter().map(|notice| notice.to.clone()).collect();
            assert_eq!(to, expected.into_iter().map(person).collect::<Vec<_>>(), "{name}");
        }
    }

    #[test]
    fn an_apologys_deadline_is_no_alarm() {
        let mut router = router();
        router.office.windows = crate::policy::window::Windows::parse(&["14:00"]).unwrap();
        let finding = open(Sighting { severity: Severity::Urgent, ..promise("overdue") });
        let heard = router.first(&finding);
        let notice = router.notice(&finding, TellBecause::ApologyLate, NoticeKind::Reminder, heard);
        assert_eq!((notice.urgent, notice.due), (false, at("2026-11-24T14:00:00Z")));
    }

    #[test]
    fn only_what_is_urgent_does_not_wait_for_a_window() {
        let mut router = router();
        router.office.windows = crate::policy::window::Windows::parse(&["14:00"]).unwrap();
        for (severity, kind, due) in [
            (Severity::High, NoticeKind::Reminder, "2026-11-24T14:00:00Z"),
            (Severity::High, NoticeKind::Escalation, "2026-11-24T14:00:00Z"),
            (Severity::Urgent, NoticeKind::Reminder, "2026-11-24T08:00:00Z"),
            (Severity::Urgent, NoticeKind::Baseline, "2026-11-24T14:00:00Z"),
        ] {
            let finding = open(Sighting { severity, ..promise("overdue") });
            let notices = router.notices(&finding, TellBecause::New, kind);
            assert_eq!(notices[0].due, at(due), "{severity:?} {kind:?}");
            assert_eq!(notices[0].urgent, due.contains("T08"), "{severity:?} {kind:?}");
        }
    }
}
