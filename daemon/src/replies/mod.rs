//! Mails that come in: whose words a reply bears, and about which findings. What does not come from a person who works
//! here, as an answer to a mail of ours, changes nothing.
//!
//! Who wrote a mail is what its `From` says; so this is as trustworthy as the mail server that lets mails in (README,
//! "Answers by mail"). Each word is recorded, told in its author's next digest, and can be taken back.

mod answer;
mod report;
mod word;

use std::{fmt, sync::Arc};

use jiff::Timestamp;
use kaizend_core::domain::{Addressee, Person};
use kaizend_mail::inbound::{self, Inbound, NoMail, What};
use kaizend_store::{Answered, MailKind};
use kaizend_text::NotTakenBecause;
use sha2::{Digest, Sha256};

use crate::{office::Standing, people, people::Directory, rooms::Rooms, telling::Scene};

/// What came of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// So many words of it count; `answered` when others do not, and its author was told why.
    Said {
        by: String,
        words: u32,
        answered: bool,
    },
    /// A report that so many of our mails could not be delivered.
    CameBack {
        mails: u32,
    },
    PassedOver(PassedOver),
}

/// Why a mail changes nothing, and nobody answers it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PassedOver {
    #[error(transparent)]
    NoMail(#[from] NoMail),
    #[error("a machine wrote it")]
    Automatic,
    #[error("it is a report that blames no address of ours")]
    Report,
    #[error("it answers no mail of this store")]
    NoAnswer,
    #[error("its sender is nobody in the list of people")]
    Stranger,
    #[error("it answers an answer, and is not understood: two machines may be talking")]
    Again,
}

/// One reply of one person.
struct Reply<'a> {
    scene: Scene<'a>,
    writer: Person,
    answered: Answered,
    /// Of the mail: the same mail twice says nothing twice.
    digest: [u8; 32],
}

/// Reads a mail, and does what it says.
///
/// # Errors
/// Only when the store or the list of people cannot be read or written: then it should be handed in again.
pub async fn take(rooms: &Rooms, bytes: &[u8], now: Timestamp) -> anyhow::Result<Taken> {
    let passed = |why| Ok(Taken::PassedOver(why));
    let mail = match inbound::read(bytes) {
        Ok(mail) => mail,
        Err(why) => return passed(PassedOver::NoMail(why)),
    };
    let text = match &mail.what {
        What::Answer { text } => text,
        What::Automatic => return passed(PassedOver::Automatic),
        What::Bounces(bounces) => {
            return Ok(match report::count(rooms, bounces, now).await? {
                0 => Taken::PassedOver(PassedOver::Report),
                mails => Taken::CameBack { mails },
            });
        }
    };
    let Some((answered, is_again)) = answered(rooms, &mail).await? else {
        return passed(PassedOver::NoAnswer);
    };
    let given_up = rooms.store.given_up().await?;
    let directory = people::read(&rooms.plan, &rooms.words, &rooms.binds(now, None), &given_up).await?;
    let Some(writer) = writer(&directory, &mail, &answered.addressee) else {
        return passed(PassedOver::Stranger);
    };
    let directory = Arc::new(directory);
    let standing = Standing::of(rooms, Arc::clone(&directory)).await?;
    let scene = Scene { rooms, directory, standing, now, stale: &[], keys: None };
    let reply = Reply { scene, writer, answered, digest: digest(&mail, bytes) };
    let (words, why) = reply.take(text).await?;
    if is_again && matches!(why[..], [NotTakenBecause::NotUnderstood(_)]) {
        return passed(PassedOver::Again);
    }
    let answered = !why.is_empty();
    if answered {
        reply.answer(&mail, words, why).await?;
    }
    Ok(Taken::Said { by: reply.writer.id.to_string(), words, answered })
}

/// The nearest mail of ours about findings that it answers; and whether it answers an answer of ours.
async fn answered(rooms: &Rooms, mail: &Inbound) -> anyhow::Result<Option<(Answered, bool)>> {
    let (mut found, mut is_again): (Option<Answered>, bool) = (None, false);
    for id in &mail.answers {
        let Some(known) = rooms.store.answered(id.as_str()).await? else { continue };
        is_again |= known.kind == MailKind::NotTaken;
        if found.as_ref().is_none_or(|found| found.about.is_empty()) {
            found = Some(known);
        }
    }
    Ok(found.map(|found| (found, is_again)))
}

/// Whoever has the sender's address; where several share it, the one whom the answered mail was to.
fn writer(directory: &Directory, mail: &Inbound, addressee: &Addressee) -> Option<Person> {
    let from = mail.from.as_ref()?;
    let writers = || directory.people().filter(|person| word::is_address(person, from));
    let is_addressee = |person: &&Person| *addressee == Addressee::Person(person.id.clone());
    writers().find(is_addressee).or_else(|| writers().next()).cloned()
}

fn digest(mail: &Inbound, bytes: &[u8]) -> [u8; 32] {
    let of = mail.message_id.as_ref().map_or(bytes, |id| id.as_str().as_bytes());
    Sha256::new().chain_update(b"reply\0").chain_update(of).finalize().into()
}

impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PassedOver(why) => write!(f, "passed over: {why}"),
            Self::CameBack { mails } => {
                write!(f, "{mails} mails came back: `kaizend outbox bounced` names the address")
            }
            Self::Said { by, words, answered } => {
                let also = if *answered { "; what could not be taken was answered" } else { "" };
                write!(f, "{words} words of {by} taken{also}")
            }
        }
    }
}
