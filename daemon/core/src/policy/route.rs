//! Who hears of a finding: its owner, else the check's fallback, else the operators. Nobody is ever lost.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::{
    AddressedBecause, Addressee, Finding, Notice, NoticeKind, Person, PersonId, RunId, TellBecause,
};

/// The company's people by id.
pub trait People {
    fn person(&self, id: &PersonId) -> Option<&Person>;
}

impl People for BTreeMap<PersonId, Person> {
    fn person(&self, id: &PersonId) -> Option<&Person> {
        self.get(id)
    }
}

/// The one addressee of a finding, and why it is this one.
pub fn route(
    finding: &Finding,
    people: &impl People,
    fallback: Option<&PersonId>,
) -> (Addressee, AddressedBecause) {
    let because = match owner(finding, people) {
        Ok(owner) => return (Addressee::Person(owner), AddressedBecause::Owner),
        Err(because) => because,
    };
    match fallback.filter(|id| people.person(id).is_some_and(Person::has_address)) {
        Some(id) => (Addressee::Person(id.clone()), because),
        None => (Addressee::Operators, AddressedBecause::LastResort),
    }
}

fn owner(finding: &Finding, people: &impl People) -> Result<PersonId, AddressedBecause> {
    let owner = finding.seen.owner().filter(|owner| !owner.is_empty()).ok_or(AddressedBecause::NoOwner)?;
    let id = PersonId::new(owner);
    match people.person(&id) {
        Some(person) if person.has_address() => Ok(id),
        Some(_) => Err(AddressedBecause::NoAddress { owner: owner.to_owned() }),
        None => Err(AddressedBecause::UnknownOwner { owner: owner.to_owned() }),
    }
}

/// Turns the wish to tell into notices: what `reconcile` takes as its `route`.
#[derive(Clone, Debug)]
pub struct Router<'a, P, D> {
    pub people: &'a P,
    /// The check's fallback.
    pub fallback: Option<&'a PersonId>,
    pub run: RunId,
    /// When a notice to this addressee may go: the next window of the person (`None`: the operators).
    pub due: D,
}

impl<P: People, D: Fn(Option<&Person>) -> Timestamp> Router<'_, P, D> {
    /// One notice for each addressee, at least one. A baseline list also goes to the fallback, who sees what
    /// was wrong at the start, and in whose hands.
    pub fn notices(&self, finding: &Finding, because: TellBecause, kind: NoticeKind) -> Vec<Notice> {
        let (to, addressed) = route(finding, self.people, self.fallback);
        let copy = self
            .fallback
            .filter(|_| kind == NoticeKind::Baseline)
            .filter(|id| self.people.person(id).is_some_and(Person::has_address))
            .map(|id| Addressee::Person(id.clone()))
            .filter(|copy| *copy != to);
        let mut notices = vec![self.notice(finding, because, kind, to, addressed)];
        notices.extend(copy.map(|to| self.notice(finding, because, kind, to, AddressedBecause::Fallback)));
        notices
    }

    fn notice(
        &self,
        finding: &Finding,
        because: TellBecause,
        kind: NoticeKind,
        to: Addressee,
        addressed: AddressedBecause,
    ) -> Notice {
        let person = match &to {
            Addressee::Person(id) => self.people.person(id),
            Addressee::Operators => None,
        };
        Notice {
            check: finding.check.clone(),
            finding: Some(finding.fingerprint),
            episode: finding.episode,
            kind,
            due: (self.due)(person),
            to,
            addressed,
            because,
            run: self.run,
            detail: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Sighting;
    use crate::policy::samples::{at, open, person, promise};

    fn people() -> BTreeMap<PersonId, Person> {
        [("5", Some("steven@northwind.example")), ("6", None), ("7", Some("nobody")), ("9", Some("anne@x"))]
            .into_iter()
            .map(|(id, email)| {
                let id = PersonId::from(id);
                let email = email.map(str::to_owned);
                (id.clone(), Person { email, ..Person::new(id, "Somebody") })
            })
            .collect()
    }

    fn of(owner: Option<&str>) -> Finding {
        let about = owner.map(|owner| ("owner".to_owned(), owner.to_owned())).into_iter().collect();
        open(Sighting { about, ..promise("overdue") })
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
            ("an owner without address", Some("6"), Some("9"), (person("9"), no_address("6"))),
            ("an owner with half an address", Some("7"), Some("9"), (person("9"), no_address("7"))),
            ("no fallback", Some("4"), None, last.clone()),
            ("a fallback who left", Some("4"), Some("3"), last.clone()),
            ("a fallback without address", None, Some("6"), last),
        ] {
            let fallback = fallback.map(PersonId::from);
            assert_eq!(route(&of(owner), &people(), fallback.as_ref()), expected, "{name}");
        }
    }

    #[test]
    fn a_baseline_list_also_goes_to_the_fallback() {
        let people = people();
        for (name, owner, fallback, kind, expected) in [
            ("a reminder", "5", Some("9"), NoticeKind::Reminder, vec!["5"]),
            ("a baseline", "5", Some("9"), NoticeKind::Baseline, vec!["5", "9"]),
            ("a baseline of the fallback's own", "9", Some("9"), NoticeKind::Baseline, vec!["9"]),
            ("a baseline of nobody's", "4", Some("9"), NoticeKind::Baseline, vec!["9"]),
            ("a baseline without fallback", "5", None, NoticeKind::Baseline, vec!["5"]),
            ("a baseline, fallback without address", "5", Some("6"), NoticeKind::Baseline, vec!["5"]),
        ] {
            let fallback = fallback.map(PersonId::from);
            let due = |person: Option<&Person>| {
                at(if person.is_some() { "2026-11-23T09:00:00Z" } else { "2026-11-23T08:00:00Z" })
            };
            let router = Router { people: &people, fallback: fallback.as_ref(), run: RunId(7), due };
            let notices = router.notices(&of(Some(owner)), TellBecause::New, kind);
            let to: Vec<_> = notices.iter().map(|notice| notice.to.clone()).collect();
            assert_eq!(to, expected.into_iter().map(person).collect::<Vec<_>>(), "{name}");
            assert!(notices.iter().all(|notice| notice.due == at("2026-11-23T09:00:00Z")), "{name}");
        }
    }
}
