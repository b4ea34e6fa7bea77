//! Many rows of one table in one statement.
//!
//! SQLite copies each page that a statement with triggers touches, so that it can undo that statement alone; and
//! the audit has triggers on nearly every table. Rows that are written together share those copies.

use rusqlite::{Connection, params_from_iter, types::Value};

use crate::StoreError;

/// Rows of one statement.
pub(crate) const TOGETHER: usize = 256;

/// Rows that wait to be written. They are not there for reading statements before [`Many::write`].
pub(crate) struct Many<const COLUMNS: usize> {
    /// `INSERT INTO … (…)`
    head: &'static str,
    /// What follows the rows: `ON CONFLICT …`, or nothing.
    tail: &'static str,
    rows: Vec<[Value; COLUMNS]>,
}

impl<const COLUMNS: usize> Many<COLUMNS> {
    pub(crate) fn new(head: &'static str, tail: &'static str) -> Self {
        Self { head, tail, rows: Vec::new() }
    }

    pub(crate) fn push(&mut self, row: [Value; COLUMNS]) {
        self.rows.push(row);
    }

    pub(crate) fn is_full(&self) -> bool {
        self.rows.len() >= TOGETHER
    }

    /// Writes what waits, in its order, and gives the rowid of each row: they are consecutive in a table whose
    /// rowids only grow, because nobody else writes in this transaction.
    pub(crate) fn write(&mut self, connection: &Connection) -> Result<Vec<i64>, StoreError> {
        let mut ids = Vec::new();
        for rows in self.rows.chunks(TOGETHER) {
            let row = format!("({})", vec!["?"; COLUMNS].join(", "));
            let statement =
                format!("{} VALUES {} {}", self.head, vec![row; rows.len()].join(", "), self.tail);
            let values = params_from_iter(rows.iter().flatten());
            // The usual numbers of rows; others would drive everything else out of the cache.
            match rows.len() {
                1 | TOGETHER => connection.prepare_cached(&statement)?.execute(values)?,
                _ => connection.prepare(&statement)?.execute(values)?,
            };
            let last = connection.last_insert_rowid();
            ids.extend(last - rows.len() as i64 + 1..=last);
        }
        self.rows.clear();
        Ok(ids)
    }
}

/// A text, or null.
pub(crate) fn text_if(text: Option<&str>) -> Value {
    text.map_or(Value::Null, |text| Value::Text(text.to_owned()))
}
