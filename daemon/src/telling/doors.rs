//! The links of a letter to pages where its reader can say something: signed for this mail, each finding of it, and this
//! reader. Letters that go to anybody else in the reader's place have none.

use jiff::Timestamp;
use kaizend_core::{
    domain::{NoticeId, Person, PersonId, Verbs},
    policy::tell::{LetterKind, LetterPlan},
};
use kaizend_mail::MailAddress;
use kaizend_text::{Actions, Letter};
use kaizend_web::{Keyring, LIFE, Scope, Settings, What};

use super::Scene;

/// What signs the links of one letter.
pub(super) struct Doors<'a> {
    web: &'a Settings,
    keys: &'a Keyring,
    notice: NoticeId,
    reader: PersonId,
    expires: Timestamp,
}

impl<'a> Doors<'a> {
    /// `None` where pages are not served, or the letter goes to nobody by name.
    pub(super) fn of(scene: &'a Scene<'_>, reader: Option<&Person>, plan: &LetterPlan) -> Option<Self> {
        let reader = reader.filter(|reader| is_reached(reader))?;
        if plan.kind == LetterKind::Operator {
            return None;
        }
        Some(Self {
            web: scene.rooms.plan.web.as_ref()?,
            keys: scene.keys.as_ref().filter(|keys| !keys.is_empty())?,
            notice: plan.items.first()?.id,
            reader: reader.id.clone(),
            expires: scene.now.checked_add(LIFE).ok()?,
        })
    }

    pub(super) fn open(&self, letter: &mut Letter<'_>) {
        for item in &mut letter.items {
            let what = What::finding(&item.finding.fingerprint, item.finding.episode, Verbs::all());
            item.actions = self.link(what).map(|page| Actions { page });
        }
        letter.list = self.link(What::List);
    }

    /// Where mail programs ask for fewer letters (RFC 8058).
    pub(super) fn fewer(&self) -> Option<String> {
        self.link(What::OneADay)
    }

    fn link(&self, what: What) -> Option<String> {
        let scope = Scope::new(what, self.notice, &self.reader, self.expires);
        self.keys.token(&scope).map(|token| self.web.link(&token))
    }
}

/// Whether the mail goes to the reader, and not to the operators in their place.
fn is_reached(reader: &Person) -> bool {
    reader.email.as_deref().is_some_and(|email| email.trim().parse::<MailAddress>().is_ok())
}
