//! Opens a database so that no query can do anything but read it.
//!
//! Four walls, each enough alone: the file is opened read-only, `query_only` is on, the defensive switches are
//! set, and an authorizer lets only reading through: no `attach`, no pragma, no loading of extensions.

use std::{os::unix::ffi::OsStrExt, path::Path, sync::Arc, time::Duration};

use kaizend_core::rows::Fault;
use rusqlite::{
    Connection, OpenFlags,
    config::DbConfig,
    hooks::{AuthAction, AuthContext, Authorization},
    limits::Limit,
};

use super::{
    Settings, copy,
    failure::Failure,
    header::{Header, wal_in_use},
    stream::Brake,
};
use crate::spool::Spool;

/// Bytes of the largest value that is read: 64 MiB.
const LARGEST_VALUE: i32 = 64 << 20;
/// Kibibytes of page cache, as a negative number as SQLite wants it: 8 MiB.
const CACHE: i32 = -8192;
/// Virtual machine instructions between two looks at the brake.
const BRAKE_EVERY: i32 = 20_000;

/// An open database, and the brake that stops its statements.
pub(super) struct Database {
    pub(super) connection: Connection,
    pub(super) brake: Arc<Brake>,
    /// The texts are stored as UTF-8, so that SQLite's binary order is the order of UTF-8 bytes.
    pub(super) utf8: bool,
}

/// Opens the database for one snapshot: a copy of it, or itself with a read transaction begun.
pub(super) fn snapshot(settings: &Settings, spool: &Spool, failure: &Failure<'_>) -> Result<Database, Fault> {
    let header = Header::read(&settings.path, failure.source)?;
    if settings.immutable {
        return begin(open(settings, true, failure)?, failure);
    }
    if !header.wal {
        return begin(copy::in_steps(&open(settings, false, failure)?, settings, spool, failure)?, failure);
    }
    if !wal_in_use(&settings.path)
        && let Some(copy) = copy::of_quiet_file(settings, spool, failure)?
    {
        return begin(copy, failure);
    }
    begin(open(settings, false, failure)?, failure)
}

/// Opens the database for a quick look at its schema and a few rows, without a copy.
pub(super) fn glance(settings: &Settings, failure: &Failure<'_>) -> Result<Database, Fault> {
    let header = Header::read(&settings.path, failure.source)?;
    // Opening an unused WAL database would leave files of ours beside it.
    let immutable = settings.immutable || (header.wal && !wal_in_use(&settings.path));
    begin(open(settings, immutable, failure)?, failure)
}

/// Opens a file read-only. `immutable`: without locks, because nobody writes it.
pub(super) fn open(settings: &Settings, immutable: bool, failure: &Failure<'_>) -> Result<Connection, Fault> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(uri(&settings.path, immutable), flags);
    let connection = connection.map_err(|error| failure.opening(&error))?;
    protect(&connection, settings.busy_timeout).map_err(|error| failure.opening(&error))?;
    Ok(connection)
}

fn protect(connection: &Connection, busy_timeout: Duration) -> rusqlite::Result<()> {
    connection.busy_timeout(busy_timeout)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // Without this, a misspelt "column" in double quotes would silently be a text.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LARGEST_VALUE)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.pragma_update(None, "cache_size", CACHE)?;
    connection.pragma_update(None, "query_only", true)
}

/// Begins the snapshot, and shuts the door behind it.
fn begin(connection: Connection, failure: &Failure<'_>) -> Result<Database, Fault> {
    let brake = Arc::new(Brake::default());
    let handle = Arc::clone(&brake);
    let encoding = connection.pragma_query_value(None, "encoding", |row| row.get::<_, String>(0));
    let utf8 = encoding.map_err(|error| failure.opening(&error))? == "UTF-8";
    let begun = connection
        .execute_batch("begin")
        // The snapshot is taken with the first read, not with `begin`.
        .and_then(|()| connection.query_row("select count(*) from sqlite_schema", [], |_| Ok(())))
        .and_then(|()| connection.authorizer(Some(only_reading)))
        .and_then(|()| connection.progress_handler(BRAKE_EVERY, Some(move || handle.is_pulled())));
    begun.map_err(|error| failure.opening(&error))?;
    Ok(Database { connection, brake, utf8 })
}

fn only_reading(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Function { function_name } if function_name.eq_ignore_ascii_case("load_extension") => {
            Authorization::Deny
        }
        AuthAction::Select
        | AuthAction::Read { .. }
        | AuthAction::Recursive
        | AuthAction::Function { .. } => Authorization::Allow,
        // Full-text tables ask this of themselves; it changes nothing.
        AuthAction::Pragma { pragma_name: "data_version", pragma_value: None } => Authorization::Allow,
        _ => Authorization::Deny,
    }
}

/// The file as a URI, since only that can say `immutable`.
fn uri(path: &Path, immutable: bool) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'~' => uri.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(*byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri.push_str(if immutable { "?mode=ro&immutable=1" } else { "?mode=ro" });
    uri
}

/// The fault of a database that is larger than a copy may be.
pub(super) fn no_room(spool: &Spool, path: &Path) -> Fault {
    let advice = "let the application use WAL mode, or give kaizend a copy with `immutable = true`";
    spool.too_large(&format!("a copy of {}", path.display()), advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_survives_being_a_uri() {
        assert_eq!(uri(Path::new("/data/my shop?.db"), false), "file:/data/my%20shop%3F.db?mode=ro");
        assert_eq!(uri(Path::new("магазин#1%.db"), true).matches('%').count(), 16);
    }
}
