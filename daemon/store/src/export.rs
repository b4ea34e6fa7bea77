//! All findings, page by page in the order of their fingerprints: however many there are and whatever is written
//! meanwhile, each comes once, as it stands when its page is read. No page holds on to the database.

use kaizend_core::domain::{CheckId, Finding, PersonId};
use rusqlite::params;

use crate::{
    Filter, Standing, Store, StoreError,
    column::{from_json, get},
};

/// Rows of a page that names no number.
const PAGE: u32 = 500;

impl Store {
    /// The findings that come after `filter.after`; fewer than `filter.limit` (0 = 500) are the last ones.
    pub async fn findings_by_fingerprint(&self, filter: Filter) -> Result<Vec<Finding>, StoreError> {
        self.read(move |connection| {
            let open = match filter.standing {
                Standing::Open => Some(true),
                Standing::Resolved => Some(false),
                Standing::All => None,
            };
            let mut statement = connection.prepare_cached(
                "SELECT body FROM findings WHERE fingerprint > ?1 AND (?2 IS NULL OR open = ?2)
                   AND (?3 IS NULL OR check_id = ?3) AND (?4 IS NULL OR owner = ?4) AND (?5 IS NULL OR stage = ?5)
                 ORDER BY fingerprint LIMIT ?6",
            )?;
            let after: &[u8] = filter.after.as_ref().map_or(&[], |after| after.as_bytes());
            let mut rows = statement.query(params![
                after,
                open,
                filter.check.as_ref().map(CheckId::as_str),
                filter.owner.as_ref().map(PersonId::as_str),
                filter.stage,
                if filter.limit == 0 { PAGE } else { filter.limit }
            ])?;
            let mut page = Vec::new();
            while let Some(row) = rows.next()? {
                page.push(from_json(&get::<String>(row, "body")?)?);
            }
            Ok(page)
        })
        .await
    }
}
