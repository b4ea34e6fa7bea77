//! The schema's number is in the file. An older file is copied, then brought up to date step by step, each
//! step in a transaction with its number; a newer file is refused, because this program cannot know it.
//!
//! While a step runs the audit watches, so what it changes in rows is in the chain. A column that a step adds must be
//! null in the rows that are there, or be given its value by an `UPDATE` of the same step; a column of an audited table
//! that holds anything is never dropped or renamed, because the chain vouches for it.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use rusqlite::{
    Batch, Connection, OptionalExtension, Transaction, TransactionBehavior,
    fallible_iterator::FallibleIterator,
};

use crate::{OpenError, StoreError, audit, place};

/// "kzd" and a format byte: tells a store from any other SQLite file.
const APPLICATION: i32 = 0x6b7a_6401;

/// The steps from an empty file to the present schema; step `n` makes schema `n + 1`. A released step never
/// changes.
pub(crate) const STEPS: &[&str] = &[
    include_str!("../sql/001-start.sql"),
    include_str!("../sql/002-ladders.sql"),
    include_str!("../sql/003-audit.sql"),
    include_str!("../sql/004-precision.sql"),
    include_str!("../sql/005-acting.sql"),
    include_str!("../sql/006-places.sql"),
    include_str!("../sql/007-delivery.sql"),
];

/// The schema from which on there is an audit.
const AUDITED_FROM: usize = 3;

/// Brings the file up to the schema of `steps`.
pub(crate) fn migrate(connection: &Connection, path: &Path, steps: &[&str]) -> Result<(), StoreError> {
    recognise(connection, path)?;
    let found = schema(connection)?;
    let known = steps.len();
    if found > known {
        return Err(OpenError::Newer { path: path.to_owned(), found, known }.into());
    }
    if found > 0 && found < known {
        copy_before(connection, path, found + 1)?;
    }
    for (at, step) in steps.iter().enumerate().skip(found) {
        apply(connection, step, at + 1)?;
    }
    Ok(())
}

/// The schema's number; 0 for an empty file.
pub(crate) fn schema(connection: &Connection) -> Result<usize, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0))? as usize)
}

/// Refuses a database that is not a store, before anything is written to it.
pub(crate) fn recognise(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let table: Option<String> =
        connection.query_row("SELECT name FROM sqlite_schema LIMIT 1", [], |row| row.get(0)).optional()?;
    match (application, table) {
        (APPLICATION, _) | (0, None) => Ok(()),
        _ => Err(OpenError::NotAStore { path: path.to_owned() }.into()),
    }
}

/// Where the copy before step `to` lies: beside the store.
fn copy_path(path: &Path, to: usize) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".before-{to}"));
    name.into()
}

fn copy_before(connection: &Connection, path: &Path, to: usize) -> Result<(), StoreError> {
    let copy = copy_path(path, to);
    let at = |why: std::io::Error| StoreError::File {
        what: "cannot write the copy before a migration at",
        path: copy.clone(),
        why: why.to_string(),
    };
    if copy.exists() {
        // An earlier attempt was cut short after its copy: that copy is as good, or is cut short itself.
        std::fs::remove_file(&copy).map_err(at)?;
    }
    // The empty file is made first, because SQLite would make one that others can read.
    place::prepare(&copy)?;
    connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    File::open(&copy).and_then(|file| file.sync_all()).map_err(at)?;
    tracing::info!(copy = %copy.display(), "the store is copied before its schema changes");
    Ok(())
}

/// One step and its number, in one transaction. Another process may have taken the step meanwhile.
#[expect(clippy::disallowed_methods, reason = "a row of the audit says when it was written")]
fn apply(connection: &Connection, step: &str, number: usize) -> Result<(), StoreError> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let found = schema(&transaction)?;
    if found < number {
        let mark = if found < AUDITED_FROM { None } else { Some(watched(&transaction)?) };
        execute(&transaction, step, mark.is_some())?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", number as u32)?;
        if number >= AUDITED_FROM {
            let mark = mark.map_or_else(|| audit::chain::begin(&transaction), Ok)?;
            audit::chain::adopt(&transaction)?;
            audit::chain::close(&transaction, mark, Timestamp::now())?;
        }
    }
    Ok(transaction.commit()?)
}

/// One statement after the other: after each the audit watches the tables as they are then, with their new columns.
fn execute(transaction: &Transaction<'_>, step: &str, is_watched: bool) -> Result<(), StoreError> {
    let mut statements = Batch::new(transaction, step);
    while let Some(mut statement) = statements.next()? {
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {}
        drop(rows);
        drop(statement);
        if is_watched {
            audit::watch::watch(transaction)?;
        }
    }
    Ok(())
}

fn watched(transaction: &Transaction<'_>) -> Result<audit::chain::Mark, StoreError> {
    audit::watch::watch(transaction)?;
    audit::chain::begin(transaction)
}
