//! The present rows against the last change that the chain knows of each. Two streams, both sorted by table and
//! key digest: what is in one only was put in or deleted by somebody else, what differs was edited.

use rusqlite::{Connection, Rows, types::ValueRef};

use super::Steps;
use crate::{
    StoreError,
    audit::{
        AuditDigest, AuditFault,
        fault::Since,
        watch::{self, Watched},
    },
    column::{get, instant},
};

/// The outer error is that it could not be read; the inner one is what is wrong.
type Compared<T> = Result<Result<T, AuditFault>, StoreError>;

/// How many present rows there are, when each is as it should be.
pub(super) fn compare(connection: &Connection, steps: &mut Steps) -> Compared<u64> {
    let mut statement = connection
        .prepare("SELECT changed, key, id, content FROM audit_changes ORDER BY changed, key, id DESC")?;
    let mut known = Known { rows: statement.query([])?, next: None };
    known.advance(steps)?;
    let mut compared = 0;
    for table in watch::present(connection)? {
        known.skip_to(table.name, steps)?;
        match one_table(connection, &table, &mut known, steps)? {
            Ok(rows) => compared += rows,
            Err(fault) => return Ok(Err(fault)),
        }
    }
    Ok(Ok(compared))
}

fn one_table(
    connection: &Connection,
    table: &Watched,
    known: &mut Known<'_>,
    steps: &mut Steps,
) -> Compared<u64> {
    let (key, content) = (table.key_digest(""), table.content_digest(""));
    let mut statement =
        connection.prepare(&format!("SELECT {key}, {content} FROM main.{} ORDER BY 1", table.name))?;
    let mut rows = statement.query([])?;
    let mut compared = 0;
    while let Some(row) = rows.next()? {
        let (key, content) = (digest(row.get_ref(0)?)?, digest(row.get_ref(1)?)?);
        while let Some(last) = known.before(table.name, &key) {
            if last.content.is_some() {
                return Ok(Err(deleted(connection, table, last)?));
            }
            known.advance(steps)?;
        }
        match known.at(table.name, &key) {
            Some(last) if last.content == Some(content) => {}
            Some(last) if last.content.is_some() => return Ok(Err(edited(connection, table, last)?)),
            _ => return Ok(Err(inserted(connection, table, &key)?)),
        }
        known.advance(steps)?;
        compared += 1;
        steps.step();
    }
    while let Some(last) = known.in_table(table.name) {
        if last.content.is_some() {
            return Ok(Err(deleted(connection, table, last)?));
        }
        known.advance(steps)?;
    }
    Ok(Ok(compared))
}

/// The last change of one row.
struct Last {
    table: String,
    key: AuditDigest,
    id: i64,
    /// `None`: the row is gone.
    content: Option<AuditDigest>,
}

/// The stream of last changes, with a view of the next one.
struct Known<'s> {
    rows: Rows<'s>,
    next: Option<Last>,
}

impl Known<'_> {
    /// Goes on to the next row's last change; earlier changes of the same row come after it and are passed over.
    fn advance(&mut self, steps: &mut Steps) -> Result<(), StoreError> {
        let seen = self.next.take();
        while let Some(row) = self.rows.next()? {
            steps.step();
            let content = match row.get_ref("content")? {
                ValueRef::Null => None,
                bytes => Some(digest(bytes)?),
            };
            let last = Last {
                table: get(row, "changed")?,
                key: digest(row.get_ref("key")?)?,
                id: get(row, "id")?,
                content,
            };
            let superseded =
                seen.as_ref().is_some_and(|seen| seen.table == last.table && seen.key == last.key);
            if !superseded {
                self.next = Some(last);
                return Ok(());
            }
        }
        Ok(())
    }

    /// Passes over tables that are no longer audited.
    fn skip_to(&mut self, table: &str, steps: &mut Steps) -> Result<(), StoreError> {
        while self.next.as_ref().is_some_and(|last| last.table.as_str() < table) {
            self.advance(steps)?;
        }
        Ok(())
    }

    fn in_table(&self, table: &str) -> Option<&Last> {
        self.next.as_ref().filter(|last| last.table == table)
    }

    fn before(&self, table: &str, key: &AuditDigest) -> Option<&Last> {
        self.in_table(table).filter(|last| last.key < *key)
    }

    fn at(&self, table: &str, key: &AuditDigest) -> Option<&Last> {
        self.in_table(table).filter(|last| last.key == *key)
    }
}

fn digest(value: ValueRef<'_>) -> Result<AuditDigest, StoreError> {
    let bytes = value.as_blob().ok().and_then(AuditDigest::from_slice);
    bytes.ok_or_else(|| StoreError::Unreadable {
        what: "a digest of the audit".to_owned(),
        why: "it has not 32 bytes".to_owned(),
    })
}

fn deleted(connection: &Connection, table: &Watched, last: &Last) -> Result<AuditFault, StoreError> {
    let since = since(connection, last.id)?;
    Ok(AuditFault::RowDeleted { table: table.name.to_owned(), key: last.key, since })
}

fn edited(connection: &Connection, table: &Watched, last: &Last) -> Result<AuditFault, StoreError> {
    let since = since(connection, last.id)?;
    let row = named(connection, table, &last.key)?;
    Ok(AuditFault::RowEdited { table: table.name.to_owned(), row, since })
}

fn inserted(connection: &Connection, table: &Watched, key: &AuditDigest) -> Result<AuditFault, StoreError> {
    let row = named(connection, table, key)?;
    Ok(AuditFault::RowInserted { table: table.name.to_owned(), row })
}

/// The row of the chain that vouches for a change.
fn since(connection: &Connection, change: i64) -> Result<Since, StoreError> {
    let (seq, at) = connection.query_row(
        "SELECT seq, at FROM audit WHERE last_change >= ?1 ORDER BY seq LIMIT 1",
        [change],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(Since { seq, at: instant(at)? })
}

/// A present row as people find it again: `id=4711`.
fn named(connection: &Connection, table: &Watched, key: &AuditDigest) -> Result<String, StoreError> {
    let columns = table.key_columns();
    let quoted: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
    let query =
        format!("SELECT {} FROM main.{} WHERE {} = ?1", quoted.join(", "), table.name, table.key_digest(""));
    let mut statement = connection.prepare(&query)?;
    let mut rows = statement.query([key.as_bytes()])?;
    let Some(row) = rows.next()? else { return Ok(String::new()) };
    let mut parts = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        parts.push(format!("{column}={}", shown(row.get_ref(at)?)));
    }
    Ok(parts.join(" "))
}

fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "null".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => hex::encode(bytes),
    }
}
