//! Copies a database before it is read, so that a slow check never locks the application out.
//!
//! A rollback-journal database is copied by SQLite's own backup in steps: between two steps the application can
//! write, and then the backup begins anew. After a few beginnings the last one goes through in one step.

use std::{fs, io, path::Path};

use kaizend_core::rows::{Fault, FaultClass};
use rusqlite::{
    Connection, OpenFlags,
    backup::{Backup, StepResult},
};
use tempfile::NamedTempFile;

use super::{
    Settings,
    connect::{no_room, open},
    failure::Failure,
    header::wal_in_use,
};
use crate::spool::Spool;

/// Pages per step: 16 MiB with SQLite's usual page.
const STEP: i32 = 4096;
/// How often the application may interrupt a copy before it is made in one step.
const BEGINNINGS: u32 = 3;

/// A copy of a rollback-journal database as one moment left it.
pub(super) fn in_steps(
    original: &Connection,
    settings: &Settings,
    spool: &Spool,
    failure: &Failure<'_>,
) -> Result<Connection, Fault> {
    let bytes = size(original).map_err(|error| failure.opening(&error))?;
    if bytes > spool.at_most {
        return Err(no_room(spool, &settings.path));
    }
    let file = spool.for_copy()?;
    let failed = |error: &rusqlite::Error| failure.copying(error, spool);
    let mut copy = writable(file.path()).map_err(|error| failed(&error))?;
    let copied = steps(original, &mut copy, STEP, || {}).map_err(|error| failed(&error))?;
    if copied == Copied::Locked {
        return Err(failure.locked());
    }
    copy.close().map_err(|(_, error)| failed(&error))?;
    reopen(file, settings, failure)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Copied {
    Done,
    /// The application held its lock longer than our patience.
    Locked,
}

/// Copies `step` pages at a time. Between two steps no lock is held; `between` is called there.
fn steps(
    original: &Connection,
    copy: &mut Connection,
    step: i32,
    mut between: impl FnMut(),
) -> rusqlite::Result<Copied> {
    let backup = Backup::new(original, copy)?;
    let mut beginnings = 0;
    let mut remaining = i32::MAX;
    loop {
        let pages = if beginnings < BEGINNINGS { step } else { -1 };
        match backup.step(pages)? {
            StepResult::Done => return Ok(Copied::Done),
            // The busy handler has waited already.
            StepResult::Busy | StepResult::Locked => return Ok(Copied::Locked),
            _ => {}
        }
        let left = backup.progress().remaining;
        // A copy that began anew has as much left as before, or more.
        beginnings += u32::from(left >= remaining);
        remaining = left;
        between();
    }
}

/// A copy of a WAL database that nobody has open; `None` when somebody opened it meanwhile, or it is too large.
pub(super) fn of_quiet_file(
    settings: &Settings,
    spool: &Spool,
    failure: &Failure<'_>,
) -> Result<Option<Connection>, Fault> {
    let state = || fs::metadata(&settings.path).and_then(|file| Ok((file.len(), file.modified()?)));
    let interrupted = |error: io::Error| {
        let text =
            format!("source {}: {} cannot be copied: {error}", failure.source, settings.path.display());
        Fault::new(FaultClass::Interrupted, text)
    };
    let before = state().map_err(interrupted)?;
    if before.0 > spool.at_most {
        return Ok(None);
    }
    let file = spool.for_copy()?;
    fs::copy(&settings.path, file.path()).map_err(|error| match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => spool.full(),
        _ => interrupted(error),
    })?;
    if wal_in_use(&settings.path) || state().map_err(interrupted)? != before {
        return Ok(None);
    }
    reopen(file, settings, failure).map(Some)
}

/// Opens the copy and takes its name away: it vanishes with its connection, even after kill -9.
fn reopen(file: NamedTempFile, settings: &Settings, failure: &Failure<'_>) -> Result<Connection, Fault> {
    let copied = Settings { path: file.path().to_owned(), ..settings.clone() };
    let connection = open(&copied, true, failure)?;
    // The file is opened only with the first read, so that must come before the name goes.
    let look = connection.query_row("select count(*) from sqlite_schema", [], |_| Ok(()));
    look.map_err(|error| failure.opening(&error))?;
    drop(file);
    Ok(connection)
}

fn writable(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let copy = Connection::open_with_flags(path, flags)?;
    // Nothing of the copy must survive a crash, so nothing is done for that.
    copy.pragma_update(None, "journal_mode", "off")?;
    copy.pragma_update(None, "synchronous", "off")?;
    Ok(copy)
}

fn size(connection: &Connection) -> rusqlite::Result<u64> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    Ok(u64::try_from(pragma("page_count")?.saturating_mul(pragma("page_size")?)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_application_that_writes_all_the_time_is_copied_as_one_moment() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        let application = Connection::open(&path).unwrap();
        application
            .execute_batch(
                "create table t (n integer, filler blob);
                 insert into t select 0, zeroblob(3000) from
                   (with recursive n(i) as (select 1 union all select i + 1 from n where i < 50) select i from n);",
            )
            .unwrap();
        let original = Connection::open(&path).unwrap();
        let mut copy = Connection::open_in_memory().unwrap();
        let mut writes = 0;
        let copied = steps(&original, &mut copy, 1, || {
            writes += 1;
            application.execute("update t set n = ?1", [writes]).unwrap();
        });
        assert_eq!(copied, Ok(Copied::Done));
        // Two steps for each beginning, and then the rest in one.
        assert_eq!(writes, 1 + BEGINNINGS);
        let moments = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
        let seen = copy.query_row("select min(n), max(n) from t", [], moments).unwrap();
        assert_eq!(seen, (writes.into(), writes.into()));
    }
}
