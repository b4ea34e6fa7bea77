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
