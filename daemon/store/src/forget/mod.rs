//! Forgetting a client or a person: every text about them is blanked, in one transaction; identities, dates,
//! numbers and the audit's digests stay, so nothing that was counted is counted otherwise.
//!
//! What is personal in a value is the core's to say ([`kaizend_core::policy::forget`]); here are the rows. A mail
//! that still waits is given up first, and what else it had to tell is told anew. Copies of the file, backups
//! among them, are out of reach.

mod findings;
mod mails;
mod notices;
mod rest;
pub(crate) mod tables;

use std::collections::BTreeSet;

use jiff::Timestamp;
use kaizend_core::{domain::Fingerprint, policy::forget::Subject};
use rusqlite::Connection;
use serde::Serialize;

use crate::{
    Store, StoreError,
    audit::watch::{Purpose, under},
    column::json,
    connection,
};

/// How many rows hold something about the subject, by what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Forgotten {
    pub findings: u64,
    pub history: u64,
    pub notices: u64,
    pub mails: u64,
    pub attempts: u64,
    pub promises: u64,
    pub promise_versions: u64,
    /// Facts of checks about the subject; these are deleted.
    pub attributes: u64,
    pub runs: u64,
    pub silences: u64,
    /// What was said from mails by them, or of findings about them; these are deleted.
    pub acts: u64,
    /// What they chose for themselves; these are deleted.
    pub settings: u64,
    /// Of the mails, those that had not left and never will.
    pub mails_cancelled: u64,
    /// Notices about others that were in such a mail, and are told anew.
    pub notices_told_anew: u64,
}

impl Forgotten {
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl Store {
    /// What is kept about the subject, and would be forgotten.
    pub async fn kept_about(&self, subject: &Subject) -> Result<Forgotten, StoreError> {
        let subject = subject.clone();
        self.read(move |connection| {
            let pen = Pen { connection, subject: &subject, quoted: json(subject.id())?, write: None };
            pen.go_through()
        })
        .await
    }

    /// Blanks everything that is kept about the subject, all or nothing, and says how much that was. Then the file is
    /// written anew without its free pages, where earlier versions of the rows still stood; the WAL holds old pages
    /// until the store is closed or folds it in.
    pub async fn forget(&self, subject: &Subject, now: Timestamp) -> Result<Forgotten, StoreError> {
        let subject = subject.clone();
        let forgotten = self
            .write(move |connection| {
                let pen =
                    Pen { connection, subject: &subject, quoted: json(subject.id())?, write: Some(now) };
                under(connection, Purpose::Forget, || pen.go_through())
            })
            .await?;
        let path = self.path().to_owned();
        let sweeping = tokio::task::spawn_blocking(move || {
            Ok::<_, StoreError>(connection::plain(&path)?.execute_batch("VACUUM")?)
        });
        sweeping.await.map_err(|_| StoreError::Stopped)??;
        Ok(forgotten)
    }
}

/// Goes through the tables; with `write` it blanks what it finds, without it only counts.
struct Pen<'a> {
    connection: &'a Connection,
    subject: &'a Subject,
    /// The subject's id as it stands in JSON: rows without it need not be read.
    quoted: String,
    write: Option<Timestamp>,
}

/// What is about the subject, as far as it has been found.
#[derive(Default)]
struct About {
    findings: BTreeSet<Fingerprint>,
    notices: BTreeSet<i64>,
    mails: BTreeSet<i64>,
}

impl Pen<'_> {
    fn go_through(&self) -> Result<Forgotten, StoreError> {
        let mut about = About::default();
        let mut forgotten = Forgotten::default();
        // Before findings lose what they are about: notices, history and promises are found by them.
        self.find(&mut about)?;
        self.promises(&about, &mut forgotten)?;
        self.history(&about, &mut forgotten)?;
        self.notices(&mut about, &mut forgotten)?;
        self.acts(&about, &mut forgotten)?;
        self.settings(&mut forgotten)?;
        self.mails(&about, &mut forgotten)?;
        self.findings(&mut forgotten)?;
        self.attributes(&mut forgotten)?;
        self.runs(&mut forgotten)?;
        self.silences(&mut forgotten)?;
        Ok(forgotten)
    }

    /// Keys of rows, all of them: a table is not changed while it is read.
    fn keys<K: rusqlite::types::FromSql>(
        &self,
        query: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<Vec<K>, StoreError> {
        let mut statement = self.connection.prepare_cached(query)?;
        let keys = statement.query_map(parameters, |row| row.get(0))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }
}
