//! Lets SQLite give rows in order where an index already holds them so.
//!
//! SQLite's order is ours only for columns whose affinity keeps other types out, in UTF-8. And without an index
//! SQLite would sort in temporary files of unknown size and place. In both cases kaizend sorts, within bounds.

use kaizend_core::rows::{Fault, Kind};
use rusqlite::Connection;

use super::{
    connect::Database,
    decltype,
    failure::Failure,
    prepare::{Checked, quoted},
};
use crate::projection::Projection;

/// The words with which SQLite's plan admits to sorting everything.
const SORTS: &str = "USE TEMP B-TREE FOR ORDER BY";

/// The `order by` to add to `select`, if SQLite then gives the rows in the order asked for without sorting them.
pub(super) fn by_index(
    database: &Database,
    checked: &Checked<'_>,
    projection: &Projection,
    by: &[usize],
    select: &str,
    failure: &Failure<'_>,
) -> Result<Option<String>, Fault> {
    let utf8_if_text = |kind| database.utf8 || kind != Kind::Text;
    let safe = by.iter().all(|&at| {
        let target = &projection.targets[at];
        let plain = target.mask.is_none() && utf8_if_text(target.kind);
        plain && decltype::orders_as(checked.decltype(&target.name), target.kind)
    });
    if !safe {
        return Ok(None);
    }
    let term = |&at: &usize| format!("{} collate binary nulls last", quoted(&projection.targets[at].name));
    let terms: Vec<String> = by.iter().map(term).collect();
    let clause = format!(" order by {}", terms.join(", "));
    let steps = plan(&database.connection, &format!("{select}{clause}"));
    let steps = steps.map_err(|error| failure.reading(projection.dataset.as_str(), &error))?;
    Ok((!steps.iter().any(|step| step == SORTS)).then_some(clause))
}

fn plan(connection: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare(&format!("explain query plan {sql}"))?;
    let mut rows = statement.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next()? {
        steps.push(row.get(3)?);
    }
    Ok(steps)
}
