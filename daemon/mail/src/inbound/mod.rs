//! A mail that comes in: an answer of a person, a bounce (RFC 3464), or the voice of a machine (RFC 3834). Here it is
//! only read; what an answer says is `core::policy::reply`'s business, and whose it is the top room's.

mod automatic;
mod bounce;
mod quoted;

#[cfg(test)]
mod tests;

use mail_parser::{HeaderValue, Message, MessageParser};

pub use bounce::{Action, Bounce};

use crate::{MailAddress, MessageId};

/// A mail that is larger is not read: an answer has a few lines.
pub const LARGEST: usize = 5 << 20;

/// A mail that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbound {
    /// Its own id, where it has one.
    pub message_id: Option<MessageId>,
    /// Who says that he wrote it: nobody has proved it.
    pub from: Option<MailAddress>,
    /// The mails that it answers, the nearest first.
    pub answers: Vec<MessageId>,
    pub subject: String,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// What a person wrote above, or below, the mail that is answered; without its signature.
    Answer { text: String },
    /// Nobody wrote it: an absence note, a receipt, a mailing list.
    Automatic,
    /// What became of mails: one for each recipient.
    Bounces(Vec<Bounce>),
}

/// Why bytes are no mail that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoMail {
    #[error("it has more than {} MiB, and an answer has a few lines", LARGEST >> 20)]
    TooLarge,
    #[error("it is no mail: it has no headers that can be read")]
    NoHeaders,
}

/// Reads a mail.
///
/// # Errors
/// [`NoMail`] when it is too large, or no mail.
pub fn read(bytes: &[u8]) -> Result<Inbound, NoMail> {
    if bytes.len() > LARGEST {
        return Err(NoMail::TooLarge);
    }
    let mail = MessageParser::default().parse(bytes).filter(|mail| !mail.headers().is_empty());
    let mail = mail.ok_or(NoMail::NoHeaders)?;
    Ok(Inbound {
        message_id: mail.message_id().map(MessageId::known),
        from: mail.from().and_then(|from| from.first()?.address()?.parse().ok()),
        answers: answers(&mail),
        subject: mail.subject().unwrap_or_default().to_owned(),
        what: what(&mail),
    })
}

fn what(mail: &Message<'_>) -> What {
    if let Some(bounces) = bounce::bounces(mail) {
        return What::Bounces(bounces);
    }
    if automatic::is_automatic(mail) {
        return What::Automatic;
    }
    let text = mail.body_text(0).unwrap_or_default();
    What::Answer { text: quoted::own_words(&text) }
}

/// `In-Reply-To`, then `References` backwards.
fn answers(mail: &Message<'_>) -> Vec<MessageId> {
    let ids = |value: &HeaderValue<'_>| -> Vec<MessageId> {
        let ids = value.as_text_list().unwrap_or_default().iter();
        ids.map(|id| MessageId::known(id)).collect()
    };
    let mut found = ids(mail.in_reply_to());
    for id in ids(mail.references()).into_iter().rev() {
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found
}
