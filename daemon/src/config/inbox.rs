//! `[inbox]`: where answers to mails arrive. Without it mails do not invite any, and none is read.

use std::path::{Path, PathBuf};

use super::{
    table::{Section, Table},
    value::Value,
};

pub(super) const INBOX: Section = Section { name: "inbox", keys: &["maildir"] };

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inbox {
    /// A Maildir whose `new` is read; without one a mail server hands each mail to `kaizend mail receive`.
    pub maildir: Option<PathBuf>,
}

impl Inbox {
    pub(super) fn read(value: &Value<'_>) -> Option<Self> {
        let table = value.table(&INBOX)?;
        Some(Self { maildir: maildir(&table) })
    }
}

fn maildir(table: &Table<'_>) -> Option<PathBuf> {
    let value = table.get("maildir")?;
    let folder = value.path()?;
    if ["new", "cur"].iter().all(|part| folder.join(part).is_dir()) {
        return Some(folder);
    }
    let hint = "a mail server makes it with the first mail, with the folders `new`, `cur` and `tmp`";
    value.error(
        format!("`{}` is no Maildir: it has no `new` and `cur`", Path::display(&folder)),
        Some(hint.to_owned()),
    );
    None
}
