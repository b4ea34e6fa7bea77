//! `kaizend forget client|person ID`: blanks what is kept about somebody, after showing how much that is.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use kaizend_core::{domain::PersonId, policy::forget::Subject};
use kaizend_store::{Forgotten, Store};
use serde_json::json;

use crate::wall;

use super::{Ended, Exit, Format, print, scene::Scene, scene::block_on};

#[derive(Debug, Args)]
#[command(
    after_help = "Without --yes it only counts. Findings, dates, numbers and the audit's digests stay; every text about \
the client or person goes. Remove them from the company's own data first: a look that sees the same row again brings \
it back.\n\nExample: kaizend forget client ALFKI --yes"
)]
pub(super) struct Forget {
    #[command(subcommand)]
    who: Who,
}

#[derive(Debug, Subcommand)]
enum Who {
    /// A client, by the id of the company's data
    Client(Which),
    /// A member of staff, by the id of the company's data
    Person(Which),
}

#[derive(Debug, Args)]
struct Which {
    id: String,
    /// Do it. It cannot be undone
    #[arg(long)]
    yes: bool,
}

impl Forget {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        let (subject, yes) = match self.who {
            Who::Client(which) => (Subject::Client(which.id), which.yes),
            Who::Person(which) => (Subject::Person(PersonId::new(which.id)), which.yes),
        };
        let (_, store) = scene.store()?;
        let counted = block_on(count_or_forget(&store, &subject, yes))??;
        match scene.format {
            Format::Json => print::json(&json!({
                "kind": kind(&subject), "id": subject.id(), "done": yes, "rows": counted,
            }))?,
            Format::Text => as_text(&subject, &counted, yes, &copies_beside(store.path())),
        }
        Ok(Exit::Done)
    }
}

async fn count_or_forget(store: &Store, subject: &Subject, yes: bool) -> anyhow::Result<Forgotten> {
    if !yes {
        return Ok(store.kept_about(subject).await?);
    }
    let forgotten = store.forget(subject, wall::now()).await?;
    // Closing folds the WAL in, which held the pages as they were.
    store.close().await;
    Ok(forgotten)
}

fn kind(subject: &Subject) -> &'static str {
    match subject {
        Subject::Client(_) => "client",
        Subject::Person(_) => "person",
    }
}

fn as_text(subject: &Subject, counted: &Forgotten, done: bool, copies: &[PathBuf]) {
    let (kind, id) = (kind(subject), subject.id());
    if counted.is_nothing() {
        print::line(&format!("nothing is kept about {kind} {id}"));
        return;
    }
    let rows = counts(counted);
    print::table(["ROWS", if done { "BLANKED" } else { "WOULD BE BLANKED" }], &rows);
    if !done {
        print::remark(&format!(
            "nothing is changed yet: `kaizend forget {kind} {id} --yes` does it, for good"
        ));
        return;
    }
    print::remark(
        &"A look that sees the same row again brings it back from the company's own data: remove it there.",
    );
    print::remark(
        &"What plugins keep for themselves, logs, and mails that have left are out of reach; so are copies:",
    );
    match copies {
        [] => print::remark(&"  backups, wherever they are"),
        copies => copies.iter().for_each(|copy| print::remark(&format!("  {}", copy.display()))),
    }
}

fn counts(counted: &Forgotten) -> Vec<[String; 2]> {
    let Forgotten {
        findings,
        history,
        notices,
        mails,
        attempts,
        promises,
        promise_versions,
        attributes,
        runs,
        silences,
        acts,
        settings,
        mails_cancelled,
        notices_told_anew,
    } = *counted;
    let all = [
        (findings, "findings"),
        (history, "events of findings"),
        (notices, "notices"),
        (mails, "mails"),
        (mails_cancelled, "of these mails had not left, and never will"),
        (notices_told_anew, "notices about others in them, which are told anew"),
        (attempts, "attempts to deliver"),
        (promises, "promises"),
        (promise_versions, "versions of promises"),
        (attributes, "facts that checks said"),
        (runs, "runs with an example"),
        (silences, "silences"),
        (acts, "words said from mails"),
        (settings, "choices of their own"),
    ];
    all.into_iter()
        .filter(|(rows, _)| *rows > 0)
        .map(|(rows, what)| [rows.to_string(), what.to_owned()])
        .collect()
}

/// Copies that kaizend itself left beside the store: before a migration, before a restore.
fn copies_beside(store: &Path) -> Vec<PathBuf> {
    let (Some(folder), Some(name)) = (store.parent(), store.file_name().and_then(|name| name.to_str()))
    else {
        return Vec::new();
    };
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let is_copy = |path: &PathBuf| {
        let found = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        found.strip_prefix(name).is_some_and(|rest| rest.starts_with(".before-"))
    };
    let mut copies: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_copy).collect();
    copies.sort();
    copies
}
