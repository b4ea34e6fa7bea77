//! What of the things we keep is personal to ONE client or ONE person, and how each is blanked.
//!
//! Blanked things keep their identity, their dates, numbers and states, so that nothing that was counted is
//! counted otherwise. A text becomes [`FORGOTTEN`]: the value stays readable, and says what happened to it.

use jiff::Timestamp;

use crate::domain::{
    AddressedBecause, Addressee, Cause, Delivery, Fact, Finding, HowResolved, HowTaken, Notice, Owed,
    PersonId, PromiseVersion, Silence, State,
};

/// What stands in the place of a text that was forgotten.
pub const FORGOTTEN: &str = "(forgotten)";

/// Who is to be forgotten, by the id of the company's own data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Client(String),
    /// A member of staff.
    Person(PersonId),
}

impl Subject {
    pub fn id(&self) -> &str {
        match self {
            Self::Client(id) => id,
            Self::Person(id) => id.as_str(),
        }
    }

    /// Whether an id in this role means the subject. Checks name clients as `client` and things as `item`; every
    /// other role is somebody of the staff.
    pub fn is(&self, role: &str, id: &str) -> bool {
        let of_this_kind = match self {
            Self::Client(_) => role == "client",
            Self::Person(_) => !matches!(role, "client" | "item"),
        };
        of_this_kind && id == self.id()
    }

    /// Whether the finding is about the subject.
    pub fn concerns(&self, finding: &Finding) -> bool {
        finding.seen.about.iter().any(|(role, id)| self.is(role, id))
    }

    pub fn is_addressee(&self, to: &Addressee) -> bool {
        matches!(to, Addressee::Person(person) if self.is_person(person))
    }

    fn is_person(&self, id: &PersonId) -> bool {
        matches!(self, Self::Person(person) if person == id)
    }

    /// Blanks a finding. One that is about the subject loses every text that it shows; another one only loses the
    /// subject's id where it names who acted or who was told.
    pub fn blank_finding(&self, finding: &mut Finding, now: Timestamp) {
        let concerned = self.concerns(finding);
        if concerned {
            self.blank_content(finding);
            finding.forgotten = Some(now);
        }
        self.blank_state(&mut finding.state, concerned);
        if let Some(spoken) = &mut finding.spoken {
            spoken.blank(|state| self.blank_state(state, concerned));
        }
        for to in finding.told.iter_mut().flat_map(|told| &mut told.to) {
            self.blank_addressee(to);
        }
        for taken in &mut finding.climb.steps {
            if let HowTaken::Told(to) = &mut taken.how {
                self.blank_addressee(to);
            }
        }
        if let Some(assigned) = &mut finding.assigned {
            self.blank_person(&mut assigned.to);
            self.blank_person(&mut assigned.by);
        }
        self.blank_owed(&mut finding.owed, concerned);
    }

    fn blank_owed(&self, owed: &mut Owed, concerned: bool) {
        owed.apologies.iter_mut().for_each(|apology| self.blank_person(&mut apology.by));
        match &mut owed.cause {
            Some(Cause::Asked { of, .. }) => of.iter_mut().for_each(|of| self.blank_person(of)),
            Some(Cause::Given { text, by, .. }) => {
                if concerned || self.is_person(by) {
                    forget(text);
                }
                self.blank_person(by);
            }
            None => {}
        }
    }

    pub fn blank_person(&self, id: &mut PersonId) {
        if self.is_person(id) {
            *id = PersonId::from(FORGOTTEN);
        }
    }

    fn blank_content(&self, finding: &mut Finding) {
        let seen = &mut finding.seen;
        for (role, id) in &mut seen.about {
            if self.is(role, id) {
                forget(id);
            }
        }
        self.blank_key(&mut seen.key);
        seen.links.iter_mut().for_each(|link| self.blank_key(&mut link.key));
        seen.row.iter_mut().for_each(|row| self.blank_key(&mut row.key));
        for fact in seen.evidence.values_mut() {
            if let Fact::Text(text) = fact {
                forget(text);
            }
        }
        // Which of the operator's columns hold a name, nobody here can know.
        seen.labels.values_mut().for_each(forget);
    }

    /// The parts of a key that are the subject's own id; an order's number stays.
    pub fn blank_key(&self, key: &mut [String]) {
        key.iter_mut().filter(|part| *part == self.id()).for_each(forget);
    }

    /// Blanks who acted, if it was the subject, and, where the whole finding is to be forgotten, what was written.
    pub fn blank_state(&self, state: &mut State, concerned: bool) {
        let (by, reason) = match state {
            State::Acknowledged { by, .. } | State::Snoozed { by, .. } | State::Done { by, .. } => {
                (Some(by), None)
            }
            State::Dismissed { by, reason, .. }
            | State::Resolved { how: HowResolved::ByHand { by, reason }, .. } => (Some(by), Some(reason)),
            State::Owing { then: HowResolved::ByHand { by, reason }, .. } => (Some(by), Some(reason)),
            State::Open { .. } | State::Owing { .. } | State::Resolved { .. } => (None, None),
        };
        let acted = by.as_ref().is_some_and(|by| self.is_person(by));
        if let Some(by) = by.filter(|_| acted) {
            *by = PersonId::from(FORGOTTEN);
        }
        if let Some(reason) = reason.filter(|_| acted || concerned) {
            forget(reason);
        }
    }

    /// Blanks who said something in a finding's history, and what: the words, where they are the subject's own or the
    /// whole finding is to be forgotten.
    pub fn blank_word(
        &self,
        by: Option<String>,
        note: Option<String>,
        concerned: bool,
    ) -> (Option<String>, Option<String>) {
        let said = by.as_ref().is_some_and(|by| self.is("owner", by));
        let named = note.as_ref().is_some_and(|note| self.is("owner", note));
        let forgotten = || FORGOTTEN.to_owned();
        (
            by.map(|by| if said { forgotten() } else { by }),
            note.map(|note| if said || named || concerned { forgotten() } else { note }),
        )
    }

    /// Blanks who asked for a silence and why, and whom it names as owner or client.
    pub fn blank_silence(&self, silence: &mut Silence) {
        if self.is_person(&silence.by) {
            self.blank_person(&mut silence.by);
            forget(&mut silence.reason);
        }
        for (field, pattern) in &mut silence.matching {
            if self.is(field, pattern) && matches!(field.as_str(), "owner" | "client") {
                forget(pattern);
            }
        }
    }

    /// Blanks whom a notice names and, where it is about what is to be forgotten, its sentence.
    pub fn blank_notice(&self, notice: &mut Notice, concerned: bool) {
        self.blank_addressee(&mut notice.to);
        match &mut notice.addressed {
            AddressedBecause::UnknownOwner { owner } | AddressedBecause::NoAddress { owner }
                if self.is("owner", owner) =>
            {
                forget(owner);
            }
            AddressedBecause::Assigned { by: id }
            | AddressedBecause::Substitute { of: id, .. }
            | AddressedBecause::OwnerAway { owner: id }
            | AddressedBecause::Above { owner: id, .. } => self.blank_person(id),
            _ => {}
        }
        if let Some(detail) = notice.detail.as_mut().filter(|_| concerned) {
            forget(detail);
        }
    }

    pub fn blank_addressee(&self, to: &mut Addressee) {
        if self.is_addressee(to) {
            *to = Addressee::Person(PersonId::from(FORGOTTEN));
        }
    }

    /// Blanks who moved a promise: everybody, where the promise is about what is to be forgotten.
    pub fn blank_version(&self, version: &mut PromiseVersion, concerned: bool) {
        let by = version.moved_by.as_mut();
        if let Some(by) = by.filter(|by| concerned || *by == self.id()) {
            forget(by);
        }
    }
}

/// Blanks what a mail server said of a mail: it may name the reader.
pub fn blank_delivery(delivery: &mut Delivery) {
    match delivery {
        Delivery::Sent { reply: text, .. }
        | Delivery::Deferred { reason: text, .. }
        | Delivery::Failed { reason: text, .. }
        | Delivery::Uncertain { reason: text, .. }
        | Delivery::Held { reason: text, .. }
        | Delivery::Cancelled { reason: text, .. } => forget(text),
        Delivery::Queued | Delivery::Claimed { .. } | Delivery::DataStarted { .. } => {}
    }
}

fn forget(text: &mut String) {
    FORGOTTEN.clone_into(text);
}

#[cfg(test)]
mod tests;
