//! `[spool]`: where copies of databases and rows that are being sorted lie while a run reads, and how large they may
//! become.

use std::path::{Path, PathBuf};

use kaizend_source::Spool as Settings;

use super::{
    duration::Size,
    reader::Reader,
    table::{Section, Table},
    value::Value,
};

pub(super) const SPOOL: Section = Section { name: "spool", keys: &["folder", "at-most"] };

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spool {
    pub settings: Settings,
    /// Nobody named the folder: it is made when it is not there. One that was named must be there, or a disk that is
    /// not mounted would go unnoticed.
    pub is_usual: bool,
}

impl Spool {
    pub(super) fn read(value: &Value<'_>) -> Option<Self> {
        let table = value.table(&SPOOL)?;
        let mut spool = Self::usual(value.reader);
        if let Some(value) = table.get("folder") {
            let folder = value.path()?;
            if !folder.is_dir() {
                value.error(format!("there is no folder `{}`", Path::display(&folder)), None);
            }
            (spool.settings.dir, spool.is_usual) = (Some(folder), false);
        }
        if let Some(bytes) = at_most(&table) {
            spool.settings.at_most = bytes;
        }
        Some(spool)
    }

    /// Below what systemd gives for caches, else for state; else the system's folder for temporary files.
    pub(super) fn usual(reader: &Reader<'_>) -> Self {
        let folder = reader.around.cache_folder().or_else(|| reader.around.state_folder());
        let dir: Option<PathBuf> = folder.map(|folder| folder.join("spool"));
        Self { settings: Settings { dir, ..Settings::default() }, is_usual: true }
    }
}

fn at_most(table: &Table<'_>) -> Option<u64> {
    let value = table.get("at-most")?;
    let Size(bytes) = value.parsed()?;
    if bytes < 1 << 20 {
        value.error("`at-most` must be at least 1MiB", None);
        return None;
    }
    Some(bytes)
}
