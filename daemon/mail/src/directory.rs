//! Mails as files: `<n>-<message id>.eml`, numbered in the order they came.
//!
//! A file appears whole or not at all: it is written under another name, synced, and renamed. The same mail
//! handed over twice replaces its own file, as a receiver collapses a repeated Message-ID.

use std::{
    collections::HashMap,
    fmt::Display,
    io,
    path::{Path, PathBuf},
};

use kaizend_core::domain::Mail;
use tokio::{fs, io::AsyncWriteExt};

use crate::{Attempt, DeferredBecause};

#[derive(Clone, Debug)]
pub(crate) struct Directory {
    path: PathBuf,
}

/// The folder's numbers, read once.
#[derive(Debug)]
pub(crate) struct DirectorySession {
    path: PathBuf,
    known: Option<Known>,
}

#[derive(Debug, Default)]
struct Known {
    last: u64,
    by_name: HashMap<String, u64>,
}

impl Directory {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    pub(crate) fn session(&self) -> DirectorySession {
        DirectorySession { path: self.path.clone(), known: None }
    }
}

impl DirectorySession {
    pub(crate) async fn deliver<Recorded, E>(
        &mut self,
        mail: &Mail,
        on_data_started: impl FnOnce() -> Recorded,
    ) -> Attempt
    where
        Recorded: Future<Output = Result<(), E>>,
        E: Display,
    {
        let name = safe_name(&mail.message_id);
        let prepared = async {
            let number = self.number(&name).await?;
            let waiting = self.path.join(format!(".{name}.partial"));
            write(&waiting, &mail.bytes).await?;
            Ok::<_, io::Error>((waiting, self.path.join(format!("{number:06}-{name}.eml"))))
        };
        let (waiting, place) = match prepared.await {
            Ok(paths) => paths,
            Err(error) => return self.cannot(&error),
        };
        if let Err(error) = on_data_started().await {
            return Attempt::deferred(DeferredBecause::NotRecorded, error.to_string());
        }
        let placed = async {
            fs::rename(&waiting, &place).await?;
            fs::File::open(&self.path).await?.sync_all().await
        };
        match placed.await {
            Ok(()) => Attempt::Sent { reply: format!("written to {}", place.display()) },
            Err(error) => Attempt::Uncertain { reason: format!("{}: {error}", place.display()) },
        }
    }

    /// The number of a mail: its old one if it was here before, else the next.
    async fn number(&mut self, name: &str) -> io::Result<u64> {
        let known = match &mut self.known {
            Some(known) => known,
            none => none.insert(Known::read(&self.path).await?),
        };
        let next = known.last + 1;
        let number = *known.by_name.entry(name.to_owned()).or_insert(next);
        known.last = known.last.max(number);
        Ok(number)
    }

    fn cannot(&self, error: &io::Error) -> Attempt {
        let reason = format!("cannot write mails to {}: {error}", self.path.display());
        Attempt::deferred(DeferredBecause::System, reason)
    }
}

impl Known {
    async fn read(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path).await?;
        let mut known = Self::default();
        let mut entries = fs::read_dir(path).await?;
        while let Some(entry) = entries.next_entry().await? {
            let file = entry.file_name();
            let parts = file.to_str().and_then(|name| name.strip_suffix(".eml")?.split_once('-'));
            let Some((number, name)) = parts else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            known.last = known.last.max(number);
            known.by_name.insert(name.to_owned(), number);
        }
        Ok(known)
    }
}

async fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(path).await?;
    file.write_all(bytes).await?;
    file.sync_all().await
}

/// A Message-ID as part of a file's name: no separator of folders, no leading dot, at most 150 characters.
fn safe_name(id: &str) -> String {
    let kept = id.chars().map(|c| if c.is_ascii_alphanumeric() || "-._@+=".contains(c) { c } else { '_' });
    kept.take(150).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(id: &str, body: &str) -> Mail {
        Mail {
            message_id: id.into(),
            envelope_from: "k@northwind.example".into(),
            envelope_to: "anna@northwind.example".into(),
            subject: "Late".into(),
            bytes: body.as_bytes().to_vec(),
        }
    }

    async fn hand_over(session: &mut DirectorySession, mail: &Mail) -> Attempt {
        session.deliver(mail, || async { Ok::<(), io::Error>(()) }).await
    }

    fn files(path: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[tokio::test]
    async fn mails_are_numbered_and_a_repeat_replaces_itself() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outbox");
        let mut session = Directory::new(path.clone()).session();
        for (id, body) in [("k.a@x", "one"), ("k.b/../c@x", "two")] {
            assert_eq!(hand_over(&mut session, &mail(id, body)).await.word(), "sent");
        }
        // Another process later: the numbers go on, and the repeat keeps its place.
        let mut session = Directory::new(path.clone()).session();
        hand_over(&mut session, &mail("k.d@x", "three")).await;
        hand_over(&mut session, &mail("k.a@x", "one again")).await;
        assert_eq!(files(&path), ["000001-k.a@x.eml", "000002-k.b_.._c@x.eml", "000003-k.d@x.eml"]);
        assert_eq!(std::fs::read_to_string(path.join("000001-k.a@x.eml")).unwrap(), "one again");
    }

    #[tokio::test]
    async fn without_the_record_nothing_appears() {
        let folder = tempfile::tempdir().unwrap();
        let mut session = Directory::new(folder.path().to_owned()).session();
        let attempt = session.deliver(&mail("k.a@x", "one"), || async { Err("the store is full") }).await;
        assert_eq!(attempt, Attempt::deferred(DeferredBecause::NotRecorded, "the store is full"));
        assert!(!files(folder.path()).iter().any(|name| name.ends_with(".eml")));
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_is_a_matter_for_later() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let mut session = Directory::new(file.join("outbox")).session();
        let attempt = hand_over(&mut session, &mail("k.a@x", "one")).await;
        assert!(matches!(attempt, Attempt::Deferred { because: DeferredBecause::System, .. }), "{attempt:?}");
    }
}
