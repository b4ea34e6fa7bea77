//! The chain: the row that each transaction adds before its commit, and how its digest is made.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params, types::ValueRef};
use serde::Serialize;

use super::{
    digest::{AuditDigest, Fields},
    watch::present,
};
use crate::{
    Store, StoreError,
    column::{get, instant, micros},
};

/// The end of the chain: whoever keeps it elsewhere can tell later whether the store was changed before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AuditHead {
    pub seq: i64,
    /// When the transaction was committed, by the clock of the machine that did it.
    pub at: Timestamp,
    pub digest: AuditDigest,
}

/// A row of the chain as it stands in the file.
pub(super) struct Link {
    pub(super) seq: i64,
    pub(super) at: i64,
    pub(super) changes: i64,
    pub(super) last_change: i64,
    pub(super) changes_digest: Vec<u8>,
    pub(super) previous: Vec<u8>,
    pub(super) digest: Vec<u8>,
}

/// Where the changes of a transaction begin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    before: i64,
}

impl Store {
    /// The newest row of the chain; `None` while nothing was ever written.
    pub async fn audit_head(&self) -> Result<Option<AuditHead>, StoreError> {
        self.read(|connection| {
            let Some(link) = head(connection)? else { return Ok(None) };
            let digest = AuditDigest::from_slice(&link.digest).unwrap_or(AuditDigest::NONE);
            Ok(Some(AuditHead { seq: link.seq, at: instant(link.at)?, digest }))
        })
        .await
    }
}

/// Notes where the changes of the transaction that has just begun will begin.
pub(crate) fn begin(connection: &Connection) -> Result<Mark, StoreError> {
    let before = connection
        .prepare_cached("SELECT coalesce(max(id), 0) FROM audit_changes")?
        .query_row([], |row| row.get(0))?;
    Ok(Mark { before })
}

/// Adds the row of the transaction that is about to be committed. One that changed nothing adds none.
pub(crate) fn close(connection: &Connection, mark: Mark, now: Timestamp) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, changed, operation, key, content FROM audit_changes WHERE id > ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([mark.before])?;
    let (mut fields, mut changes, mut last_change) = (Fields::default(), 0, mark.before);
    while let Some(row) = rows.next()? {
        last_change = row.get(0)?;
        changes += 1;
        add_change(&mut fields, row)?;
    }
    if changes == 0 {
        return Ok(());
    }
    let before = head(connection)?;
    if before.as_ref().map_or(0, |link| link.last_change) != mark.before {
        tracing::error!(
            "the audit has changes that belong to no transaction: `kaizend audit verify` says more"
        );
    }
    let link = Link {
        seq: 1 + before.as_ref().map_or(0, |link| link.seq),
        at: micros(now),
        changes,
        last_change,
        changes_digest: fields.finish().as_bytes().to_vec(),
        previous: before.map_or(AuditDigest::NONE.as_bytes().to_vec(), |link| link.digest),
        digest: Vec::new(),
    };
    link.add(connection)
}

/// Writes down what tables hold of which the chain knows nothing yet: when the audit begins, and when a later
/// schema watches one table more.
pub(crate) fn adopt(connection: &Connection) -> Result<(), StoreError> {
    for table in present(connection)? {
        let name = table.name;
        let known =
            connection.prepare("SELECT 1 FROM audit_changes WHERE changed = ?1 LIMIT 1")?.exists([name])?;
        if !known {
            let (key, content) = (table.key_digest(""), table.content_digest(""));
            connection.execute_batch(&format!(
                "INSERT INTO audit_changes (changed, operation, key, content)
                 SELECT '{name}', 'adopted', {key}, {content} FROM main.{name}"
            ))?;
        }
    }
    Ok(())
}

/// One change into the digest of its transaction's changes: table, operation, key and content.
pub(super) fn add_change(fields: &mut Fields, row: &Row<'_>) -> Result<(), StoreError> {
    for column in ["changed", "operation", "key", "content"] {
        fields.value(row.get_ref(column)?);
    }
    Ok(())
}

fn head(connection: &Connection) -> Result<Option<Link>, StoreError> {
    let link = connection
        .prepare_cached("SELECT * FROM audit ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok(Link::read(row)))
        .optional()?;
    link.transpose()
}

impl Link {
    pub(super) fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            seq: get(row, "seq")?,
            at: get(row, "at")?,
            changes: get(row, "changes")?,
            last_change: get(row, "last_change")?,
            changes_digest: get(row, "changes_digest")?,
            previous: get(row, "previous")?,
            digest: get(row, "digest")?,
        })
    }

    /// What the row's own digest must be: over everything else in it, in this order.
    pub(super) fn own_digest(&self) -> AuditDigest {
        let mut fields = Fields::default();
        fields.value(ValueRef::Text(b"kaizend audit 1"));
        for number in [self.seq, self.at, self.changes, self.last_change] {
            fields.value(ValueRef::Integer(number));
        }
        fields.value(ValueRef::Blob(&self.changes_digest));
        fields.value(ValueRef::Blob(&self.previous));
        fields.finish()
    }

    fn add(&self, connection: &Connection) -> Result<(), StoreError> {
        connection
            .prepare_cached(
                "INSERT INTO audit (seq, at, changes, last_change, changes_digest, previous, digest)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                self.seq,
                self.at,
                self.changes,
                self.last_change,
                self.changes_digest,
                self.previous,
                self.own_digest().as_bytes()
            ])?;
        Ok(())
    }
}
