//! `[store]`: where the daemon remembers, and for how long.

use std::path::PathBuf;

use kaizend_core::domain::Span;

use super::{reader::Reader, table::Section, value::Value};

pub(super) const STORE: Section = Section { name: "store", keys: &["kind", "path", "keep"] };
pub(super) const KEEP: Section =
    Section { name: "store.keep", keys: &["sent-mail", "resolved-findings", "runs"] };

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    /// The SQLite file. A relative path is below `$STATE_DIRECTORY` when systemd gives one, else beside the
    /// configuration file.
    pub path: PathBuf,
    pub keep: Keep,
}

/// How long finished things are kept, counted in calendar days. What is open, and the ledger, is never deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// The text of mails that were sent. 90 days.
    pub sent_mail: Span,
    /// Findings that are resolved, with their history. 2 years.
    pub resolved_findings: Span,
    /// Runs and occurrences. 400 days, so that a year can be compared with the one before.
    pub runs: Span,
}

impl Default for Keep {
    fn default() -> Self {
        Self { sent_mail: Span::Days(90), resolved_findings: Span::Days(730), runs: Span::Days(400) }
    }
}

impl Store {
    pub(super) fn read(value: &Value<'_>) -> Option<Self> {
        let table = value.table(&STORE)?;
        table.get("kind").and_then(|value| value.one_of(&[("sqlite", ())]));
        let keep = table.table("keep", &KEEP).map_or_else(Keep::default, |table| {
            let usual = Keep::default();
            let days = |key| table.get(key).and_then(|value| days(&value));
            Keep {
                sent_mail: days("sent-mail").unwrap_or(usual.sent_mail),
                resolved_findings: days("resolved-findings").unwrap_or(usual.resolved_findings),
                runs: days("runs").unwrap_or(usual.runs),
            }
        });
        let path = table.text("path").unwrap_or_else(|| FILE.to_owned());
        Some(Self { path: table.state_folder().join(path), keep })
    }

    /// Its file alone, whatever else is wrong; `None` when what stands there is no path.
    pub(super) fn place(value: &Value<'_>) -> Option<PathBuf> {
        let table = value.table(&STORE)?;
        let path = match table.get("path") {
            Some(path) => path.text()?,
            None => FILE,
        };
        Some(table.state_folder().join(path))
    }

    /// The store of a configuration that does not mention one.
    pub(super) fn usual(reader: &Reader<'_>) -> Self {
        Self { path: reader.state_folder(0).join(FILE), keep: Keep::default() }
    }
}

const FILE: &str = "kaizend.db";

fn days(value: &Value<'_>) -> Option<Span> {
    match value.parsed()? {
        Span::Days(0) => value.error(format!("`{}` must be at least one day", value.name()), None),
        span @ Span::Days(_) => return Some(span),
        span => value.error(
            format!("`{}` is counted in calendar days; this is {span}", value.name()),
            Some("write \"90 days\" or \"2 years\"".to_owned()),
        ),
    }
    None
}
