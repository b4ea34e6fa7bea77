//! How each connection to the store's file is set up. A pragma that is forgotten on one connection is a
//! promise that this connection does not keep, so all of them are here.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags};

use crate::{StoreError, audit};

/// How long a write waits for another process that writes (`kaizend run` beside `serve`).
const BUSY: Duration = Duration::from_secs(30);

/// How far a commit must have come before it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durability {
    /// On the disk: survives kill -9 and power loss.
    Full,
    /// Anywhere: for stores that are thrown away.
    None,
}

/// The connection of the writer, with the tables that runs are staged in.
pub(crate) fn writer(path: &Path, durability: Durability) -> Result<Connection, StoreError> {
    let connection = plain(path)?;
    let synchronous = match durability {
        Durability::Full => "FULL",
        Durability::None => "OFF",
    };
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", synchronous)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // The audit must see the row that a `REPLACE` takes away.
    connection.pragma_update(None, "recursive_triggers", true)?;
    // After a big commit the WAL shrinks back to this many bytes.
    connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
    // 16 MiB, whatever the size of a page: decisions of a large run spill to the WAL beyond it.
    connection.pragma_update(None, "cache_size", -16_384)?;
    Ok(connection)
}

/// The tables of staged runs, in the connection's own temporary database, on disk.
pub(crate) fn add_staging(connection: &Connection) -> Result<(), StoreError> {
    connection.pragma_update(None, "temp_store", "FILE")?;
    Ok(connection.execute_batch(include_str!("../sql/staging.sql"))?)
}

/// Empty tables in a new file, where the old one can no longer be written: a staging that found no room would fail
/// every later commit, since each transaction holds it too. What runs had said is lost; they find that out.
pub(crate) fn renew_staging(connection: &Connection) -> Result<(), StoreError> {
    // Another place for temporary tables drops those that there are (SQLite, `PRAGMA temp_store`).
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    add_staging(connection)
}

/// A connection that cannot write.
pub(crate) fn reader(path: &Path) -> Result<Connection, StoreError> {
    let connection = plain(path)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// A connection to an existing file, without settings that change it.
pub(crate) fn plain(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(64);
    audit::digest::register(&connection)?;
    Ok(connection)
}
