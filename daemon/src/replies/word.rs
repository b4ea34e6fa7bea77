//! The words of a reply, each about the findings that it means.

use kaizend_core::{
    domain::{Fingerprint, NoticeId, Person, Verb as Said},
    policy::{
        act::Act,
        reply::{self, About, Command, Verb},
        tell,
    },
};
use kaizend_mail::MailAddress;
use kaizend_store::{Heard, NewAct};
use kaizend_text::NotTakenBecause;
use sha2::{Digest, Sha256};

use super::Reply;
use crate::{
    acting::{self, FromMail, How},
    telling,
};

/// A finding that a mail showed.
type Shown = (NoticeId, Fingerprint);

impl Reply<'_> {
    /// Does what the text says; gives how many words were taken, and why others were not.
    pub(super) async fn take(&self, text: &str) -> anyhow::Result<(u32, Vec<NotTakenBecause>)> {
        let commands = match reply::read(text) {
            Ok(commands) => commands,
            Err(why) => return Ok((0, vec![NotTakenBecause::NotUnderstood(why)])),
        };
        let shown = &self.answered.about[..self.answered.about.len().min(tell::ITEMS)];
        if shown.is_empty() {
            return Ok((0, vec![NotTakenBecause::NotAbout]));
        }
        let (mut taken, mut why) = (0, Vec::new());
        for (nth, command) in commands.iter().enumerate() {
            match chosen(command, shown) {
                Err(because) => why.push(because),
                Ok(chosen) => {
                    for one in chosen {
                        match self.say(one, command, nth).await? {
                            None => taken += 1,
                            Some(because) => why.push(because),
                        }
                    }
                }
            }
        }
        Ok((taken, why))
    }

    /// `None` when it was taken, now or before.
    async fn say(
        &self,
        (notice, fingerprint): Shown,
        command: &Command,
        nth: usize,
    ) -> anyhow::Result<Option<NotTakenBecause>> {
        let scene = &self.scene;
        let rooms = scene.rooms;
        let Some(finding) = rooms.store.finding(fingerprint).await? else {
            return Ok(Some(NotTakenBecause::Gone));
        };
        let Some(check) = rooms.plan.checks.get(&finding.check) else {
            return Ok(Some(NotTakenBecause::Gone));
        };
        let (verb, word) = match self.word(&command.verb) {
            Ok(word) => word,
            Err(because) => return Ok(Some(because)),
        };
        let page = Sha256::new().chain_update(self.digest).chain_update(fingerprint.as_bytes());
        let page = page.chain_update(nth.to_le_bytes()).finalize().into();
        let person = self.writer.id.clone();
        let new = NewAct { notice, fingerprint, person, verb, at: scene.now, confirmed: false, page };
        let said = FromMail { new, word, how: How::Written };
        Ok(match acting::say_from_mail(rooms, &scene.standing, check, &finding, said).await? {
            Heard::Recorded { .. } | Heard::Replayed => None,
            // Only what is pressed is doubted.
            Heard::Gone | Heard::Unconfirmed(_) => Some(NotTakenBecause::Gone),
            Heard::Refused(refused) => {
                let item = telling::bare_item(scene, &finding);
                let voice = rooms.voice(Some(&self.writer));
                let title = rooms.words.finding_title(item.plugin, &finding.seen, &item.names, &voice).text;
                Some(NotTakenBecause::Refused { title, refused })
            }
        })
    }

    fn word(&self, verb: &Verb) -> Result<(Said, Act), NotTakenBecause> {
        Ok(match verb {
            Verb::Done { cause } => (Said::Done, Act::Done { cause: cause.clone() }),
            Verb::NotAProblem { reason } => (Said::Dismiss, Act::Dismiss { reason: reason.clone() }),
            Verb::Snooze { until, reason } => {
                let calendar = self.scene.standing.office.calendar_of(&self.writer.id);
                let until = until.of(&calendar, self.scene.now).ok_or(NotTakenBecause::NoSuchMoment)?;
                (Said::Snooze, Act::Snooze { until, reason: reason.clone() })
            }
            Verb::To { address } => {
                let nobody = || NotTakenBecause::NobodyHas { address: address.clone() };
                let address: MailAddress = address.parse().map_err(|_| nobody())?;
                let to = self.scene.directory.people().find(|person| is_address(person, &address));
                (Said::Assign, Act::Assign { to: to.ok_or_else(nobody)?.id.clone() })
            }
        })
    }
}

/// Which of the findings that the mail showed a word is about.
fn chosen(command: &Command, shown: &[Shown]) -> Result<Vec<Shown>, NotTakenBecause> {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    match command.about {
        About::All => Ok(shown.to_vec()),
        About::TheOne if shown.len() == 1 => Ok(shown.to_vec()),
        About::TheOne => Err(NotTakenBecause::Which { shown: number(shown.len()) }),
        About::Number(said) => match shown.get(said as usize - 1) {
            Some(one) => Ok(vec![*one]),
            None => Err(NotTakenBecause::NoNumber { number: said, shown: number(shown.len()) }),
        },
    }
}

/// Whether mail to this address is the person's.
pub(super) fn is_address(person: &Person, address: &MailAddress) -> bool {
    let own = person.email.as_deref().and_then(|email| email.trim().parse::<MailAddress>().ok());
    own.is_some_and(|own| own.as_str().eq_ignore_ascii_case(address.as_str()))
}
