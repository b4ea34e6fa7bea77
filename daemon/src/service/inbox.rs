//! The Maildir in which answers arrive: each mail of `new` is taken and then lies in `cur`, as if it had been read.

use std::{fs, io::Read, path::Path};

use anyhow::Context;
use kaizend_mail::inbound::LARGEST;

use super::Service;
use crate::{replies, rooms::Rooms};

/// So many mails are taken in a row, before the rest of the house has its turn.
const TOGETHER: usize = 50;

pub(super) async fn empty(service: &Service) {
    let rooms = service.rooms();
    let Some(maildir) = rooms.plan.inbox.as_ref().and_then(|inbox| inbox.maildir.clone()) else { return };
    match names(&maildir) {
        Ok(names) => {
            for name in names.into_iter().take(TOGETHER) {
                if let Err(error) = take(service, &rooms, &maildir, &name).await {
                    let error = format!("{error:#}");
                    tracing::error!(
                        mail = name,
                        error,
                        "a mail that came in could not be taken; it is tried again"
                    );
                    return;
                }
            }
        }
        Err(error) => {
            tracing::error!(%error, folder = %maildir.display(), "the inbox could not be read");
        }
    }
}

/// The oldest first: a Maildir's names begin with the time.
fn names(maildir: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(maildir.join("new"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

async fn take(service: &Service, rooms: &Rooms, maildir: &Path, name: &str) -> anyhow::Result<()> {
    let (new, read) = (maildir.join("new").join(name), maildir.join("cur").join(format!("{name}:2,S")));
    let mut bytes = Vec::new();
    // One byte more than is read tells that it is too large.
    let file = fs::File::open(&new).with_context(|| format!("cannot open {}", new.display()))?;
    file.take(LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    let taken = replies::take(rooms, &bytes, service.now()).await?;
    fs::rename(&new, &read).with_context(|| format!("cannot move a mail to {}", read.display()))?;
    tracing::info!(mail = name, %taken, "a mail came in");
    service.nudge();
    Ok(())
}
