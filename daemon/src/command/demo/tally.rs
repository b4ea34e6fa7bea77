//! A check's findings, counted by what was found.

use std::collections::BTreeMap;

use kaizend_core::domain::{CheckId, Finding};
use kaizend_store::{Filter, Standing, Store};
use serde::Serialize;

/// Counts by stage, or by topic where a topic has no stages.
pub(super) type Tally = BTreeMap<String, Count>;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Count {
    pub(super) open: usize,
    /// Come to their end, or past facts that were written down.
    pub(super) resolved: usize,
}

impl Count {
    pub(super) fn all(self) -> usize {
        self.open + self.resolved
    }
}

/// Rows that are read together.
const PAGE: u32 = 500;

/// Counts everything that the store knows of a check.
pub(super) async fn tally(store: &Store, check: &CheckId) -> anyhow::Result<Tally> {
    let mut tally = Tally::new();
    each(store, check, |finding| {
        let count: &mut Count = tally.entry(name(finding).to_owned()).or_default();
        if finding.is_open() { count.open += 1 } else { count.resolved += 1 }
    })
    .await?;
    Ok(tally)
}

/// Hands over each finding of a check, page by page.
pub(super) async fn each(
    store: &Store,
    check: &CheckId,
    mut take: impl FnMut(&Finding),
) -> anyhow::Result<()> {
    let mut filter =
        Filter { check: Some(check.clone()), standing: Standing::All, limit: PAGE, ..Filter::default() };
    loop {
        let page = store.findings(filter.clone()).await?;
        page.iter().for_each(&mut take);
        match page.last() {
            Some(last) if page.len() == PAGE as usize => filter.after = Some(last.fingerprint),
            _ => return Ok(()),
        }
    }
}

fn name(finding: &Finding) -> &str {
    if finding.seen.stage.is_empty() { &finding.seen.topic } else { &finding.seen.stage }
}
