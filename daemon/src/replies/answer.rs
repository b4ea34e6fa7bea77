//! The answer to a reply of which something could not be taken, as a mail in the outbox.

use kaizend_core::domain::Addressee;
use kaizend_mail::{Correspondent, Envelope, Kind, MailAddress, MessageId, compose, inbound::Inbound};
use kaizend_store::{Audience, MailKind, NewMail, Telling};
use kaizend_text::{NotTaken, NotTakenBecause, Recipient};

use super::Reply;
use crate::telling::warn_of_words;

impl Reply<'_> {
    /// Queues it; the same mail is answered once.
    pub(super) async fn answer(
        &self,
        mail: &Inbound,
        taken: u32,
        why: Vec<NotTakenBecause>,
    ) -> anyhow::Result<()> {
        let (rooms, now) = (self.scene.rooms, self.scene.now);
        // Whoever wrote has this address.
        let Some(to) = mail.from.clone() else { return Ok(()) };
        let letter = NotTaken {
            to: Recipient { name: Some(self.writer.name.clone()), voice: rooms.voice(Some(&self.writer)) },
            brand: &rooms.brand(),
            subject: &mail.subject,
            why,
            taken,
            at: now,
        };
        let rendered = letter.render(&rooms.words, &rooms.stationery)?;
        warn_of_words(&rendered);
        let envelope = Envelope {
            kind: Kind::NotTaken,
            from: rooms.plan.mail.from.clone(),
            message_id: self.message_id(&to),
            to: Correspondent::new(Some(&self.writer.name), to),
            reply_to: rooms.plan.mail.reply_to.clone(),
            earlier: mail.message_id.clone().into_iter().collect(),
            date: now,
            bounces: rooms.plan.mail.bounces.clone(),
            unsubscribe: None,
        };
        let mail = NewMail {
            mail: compose(&envelope, &rendered)?,
            kind: MailKind::NotTaken,
            addressee: Addressee::Person(self.writer.id.clone()),
            audience: Audience::Staff,
            notices: Vec::new(),
            said: Vec::new(),
            held: None,
        };
        rooms.store.compose(Telling { mails: vec![mail], ..Telling::default() }, now).await?;
        Ok(())
    }

    fn message_id(&self, to: &MailAddress) -> MessageId {
        let domain = self.scene.rooms.plan.mail.from.address.domain();
        MessageId::new(Kind::NotTaken, &hex::encode(&self.digest[..8]), to, 0, domain)
    }
}
