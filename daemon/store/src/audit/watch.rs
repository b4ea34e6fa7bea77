//! How nothing is written past the audit: triggers of the writer's own connection put each change of an audited
//! table into `audit_changes`, in the transaction that makes it.
//!
//! Triggers, because SQLite undoes what they wrote with the statement, the savepoint or the transaction that is
//! undone, and fires them for cascades, for `REPLACE` (with `recursive_triggers`) and for tables without a rowid.
//! The update hook is silent about the last two, and the pre-update hook needs libclang to be built. Temporary
//! triggers, made from the tables as they are when the store is opened, because then no column is forgotten, and
//! nobody else's `sqlite3` needs our functions to read or repair the file. Their price, and how it is kept low,
//! stands in [`crate::many`].

use rusqlite::{Connection, params};

use super::tables::AUDITED;
use crate::StoreError;

/// Why rows change, where it is not the daemon's daily work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// `keep` is over: deletes count as `expired`.
    Retention,
    /// A client or a person is forgotten: updates and deletes count as `blanked`.
    Forget,
}

/// Does work whose changes have a purpose of their own. When the work fails, its savepoint takes the purpose with
/// it, because that is a row of a temporary table.
pub(crate) fn under<T>(
    connection: &Connection,
    purpose: Purpose,
    work: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.execute("INSERT INTO temp.audit_purpose (word) VALUES (?1)", [purpose.word()])?;
    let done = work()?;
    connection.execute("DELETE FROM temp.audit_purpose", [])?;
    Ok(done)
}

/// Makes the connection watch every audited table that there is. Said again, it watches them as they are now.
pub(crate) fn watch(connection: &Connection) -> Result<(), StoreError> {
    stop_watching(connection)?;
    connection.execute_batch("CREATE TEMP TABLE IF NOT EXISTS audit_purpose (word TEXT NOT NULL) STRICT")?;
    for table in present(connection)? {
        connection.execute_batch(&table.triggers())?;
    }
    Ok(())
}

pub(super) fn stop_watching(connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection.prepare(
        "SELECT 'DROP TRIGGER temp.' || name FROM temp.sqlite_schema
         WHERE type = 'trigger' AND name LIKE 'audit\\_%' ESCAPE '\\'",
    )?;
    let drops = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    drops.iter().try_for_each(|drop| Ok(connection.execute_batch(drop)?))
}

/// The audited tables that the file has, in the order of their names.
pub(super) fn present(connection: &Connection) -> Result<Vec<Watched>, StoreError> {
    let mut tables = Vec::new();
    for name in AUDITED {
        let table = Watched::read(connection, name)?;
        tables.extend((!table.columns.is_empty()).then_some(table));
    }
    tables.sort_by_key(|table| table.name);
    Ok(tables)
}

/// An audited table with its columns.
pub(super) struct Watched {
    pub(super) name: &'static str,
    /// All of them, by name: a table that is rebuilt with another order of columns keeps its digests.
    columns: Vec<String>,
    /// Those of the primary key, in its order.
    key: Vec<String>,
}

impl Watched {
    fn read(connection: &Connection, name: &'static str) -> Result<Self, StoreError> {
        let named = |query: &str| {
            let mut statement = connection.prepare(query)?;
            let found = statement.query_map(params![name], |row| row.get(0))?;
            found.collect::<Result<Vec<String>, rusqlite::Error>>()
        };
        Ok(Self {
            name,
            columns: named("SELECT name FROM pragma_table_info(?1, 'main') ORDER BY name")?,
            key: named("SELECT name FROM pragma_table_info(?1, 'main') WHERE pk > 0 ORDER BY pk")?,
        })
    }

    /// The digest of a row's key; `row` is `NEW.`, `OLD.` or nothing.
    pub(super) fn key_digest(&self, row: &str) -> String {
        self.digest(row, &self.key)
    }

    /// The digest of all that a row holds.
    pub(super) fn content_digest(&self, row: &str) -> String {
        self.digest(row, &self.columns)
    }

    /// The key as people read it.
    pub(super) fn key_columns(&self) -> &[String] {
        &self.key
    }

    fn digest(&self, row: &str, columns: &[String]) -> String {
        let pairs: Vec<String> =
            columns.iter().map(|column| format!(", '{column}', {row}\"{column}\"")).collect();
        format!("audit_digest('{}'{})", self.name, pairs.concat())
    }

    fn same(columns: &[String]) -> String {
        let same: Vec<String> =
            columns.iter().map(|column| format!("OLD.\"{column}\" IS NEW.\"{column}\"")).collect();
        same.join(" AND ")
    }

    /// An update that changes nothing is no change; one that changes the key is the end of one row as well.
    fn triggers(&self) -> String {
        let (name, key, columns) = (self.name, &self.key, &self.columns);
        let (new_key, new_content) = (self.key_digest("NEW."), self.content_digest("NEW."));
        let (same_key, same_row, old_key) = (Self::same(key), Self::same(columns), self.key_digest("OLD."));
        format!(
            "CREATE TEMP TRIGGER audit_{name}_insert AFTER INSERT ON main.{name} BEGIN
               INSERT INTO audit_changes (changed, operation, key, content)
               VALUES ('{name}', 'inserted', {new_key}, {new_content});
             END;
             CREATE TEMP TRIGGER audit_{name}_update AFTER UPDATE ON main.{name} WHEN NOT ({same_row}) BEGIN
               INSERT INTO audit_changes (changed, operation, key, content)
               SELECT '{name}', 'deleted', {old_key}, NULL WHERE NOT ({same_key});
               INSERT INTO audit_changes (changed, operation, key, content)
               VALUES ('{name}', CASE (SELECT word FROM audit_purpose) WHEN 'forget' THEN 'blanked' ELSE 'updated' END,
                 {new_key}, {new_content});
             END;
             CREATE TEMP TRIGGER audit_{name}_delete AFTER DELETE ON main.{name} BEGIN
               INSERT INTO audit_changes (changed, operation, key, content)
               VALUES ('{name}', CASE (SELECT word FROM audit_purpose)
                 WHEN 'retention' THEN 'expired' WHEN 'forget' THEN 'blanked' ELSE 'deleted' END, {old_key}, NULL);
             END;"
        )
    }
}

impl Purpose {
    fn word(self) -> &'static str {
        match self {
            Self::Retention => "retention",
            Self::Forget => "forget",
        }
    }
}
