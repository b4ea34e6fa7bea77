//! The Maildir in which answers arrive: each mail of `new` is taken and then lies in `cur`, as if it had been read.

use std::{
    ffi::{OsStr, OsString},
    fs,
    io::Read,
    path::Path,
};

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use kaizend_mail::inbound::LARGEST;

use super::Service;
use crate::{replies, rooms::Rooms};

/// So many mails are taken in a row, before the rest of the house has its turn.
const TOGETHER: usize = 50;

/// After a trouble the inbox rests for so long: it is said once a minute, and not at each look.
const REST: SignedDuration = SignedDuration::from_secs(60);

/// When the inbox is looked at again.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    rests_until: Option<Timestamp>,
}

impl Inbox {
    /// Takes what has arrived. A mail that cannot be taken stays, and holds no other.
    pub(super) async fn empty(&mut self, service: &Service) {
        let (rooms, now) = (service.rooms(), service.now());
        let Some(maildir) = rooms.plan.inbox.as_ref().and_then(|inbox| inbox.maildir.as_deref()) else {
            return;
        };
        if self.rests_until.is_some_and(|until| now < until) {
            return;
        }
        let troubles = match names(maildir) {
            Ok(names) => take_all(service, &rooms, maildir, &names).await,
            Err(error) => {
                tracing::error!(%error, folder = %maildir.display(), "the inbox could not be read");
                1
            }
        };
        self.rests_until = if troubles > 0 { now.checked_add(REST).ok() } else { None };
    }
}

/// How many could not be taken.
async fn take_all(service: &Service, rooms: &Rooms, maildir: &Path, names: &[OsString]) -> usize {
    let (mut taken, mut troubles) = (0, 0);
    for name in names {
        match take(service, rooms, maildir, name).await {
            Ok(()) => taken += 1,
            Err(error) => {
                let (error, mail) = (format!("{error:#}"), name.display());
                tracing::error!(%mail, error, "a mail that came in could not be taken; it is tried again in a minute");
                troubles += 1;
            }
        }
        if taken >= TOGETHER || troubles >= TOGETHER {
            break;
        }
    }
    troubles
}

/// The oldest first: a Maildir's names begin with the time.
fn names(maildir: &Path) -> std::io::Result<Vec<OsString>> {
    let entries = fs::read_dir(maildir.join("new"))?;
    let names = entries.map(|entry| Ok(entry?.file_name())).collect::<std::io::Result<Vec<_>>>()?;
    let mut names: Vec<OsString> =
        names.into_iter().filter(|name| !name.as_encoded_bytes().starts_with(b".")).collect();
    names.sort();
    Ok(names)
}

async fn take(service: &Service, rooms: &Rooms, maildir: &Path, name: &OsStr) -> anyhow::Result<()> {
    let mut seen = name.to_owned();
    seen.push(":2,S");
    let (new, read) = (maildir.join("new").join(name), maildir.join("cur").join(seen));
    let mut bytes = Vec::new();
    // One byte more than is read tells that it is too large.
    let file = fs::File::open(&new).with_context(|| format!("cannot open {}", new.display()))?;
    file.take(LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    let taken = replies::take(rooms, &bytes, service.now()).await?;
    fs::rename(&new, &read).with_context(|| format!("cannot move a mail to {}", read.display()))?;
    tracing::info!(mail = %name.display(), %taken, "a mail came in");
    service.nudge();
    Ok(())
}
