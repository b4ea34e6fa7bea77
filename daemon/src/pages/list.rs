//! A person's own list of open items.

use kaizend_core::domain::Finding;
use kaizend_store::{Filter, Standing};
use kaizend_text::{Listed, Shows};
use kaizend_web::Answer;

use super::Desk;
use crate::telling;

/// Items that one page shows; the rest is counted.
const SHOWN: usize = 200;

pub(super) async fn show(desk: &Desk<'_>) -> anyhow::Result<Answer> {
    let (findings, more) = open(desk).await?;
    let listed = findings
        .iter()
        .map(|finding| Listed { item: telling::bare_item(&desk.scene, finding), link: desk.item(finding) });
    let listed = listed.collect();
    desk.answer(Shows::List { listed, more })
}

/// The worst first, and how many more there are.
async fn open(desk: &Desk<'_>) -> anyhow::Result<(Vec<Finding>, usize)> {
    let (mut findings, mut more, mut after) = (Vec::new(), 0, None);
    loop {
        let filter = Filter {
            owner: Some(desk.reader.id.clone()),
            standing: Standing::Open,
            after,
            limit: 200,
            ..Filter::default()
        };
        let page = desk.rooms.store.findings(filter).await?;
        let Some(last) = page.last() else { return Ok((findings, more)) };
        after = Some(last.fingerprint);
        let room = SHOWN.saturating_sub(findings.len());
        more += page.len().saturating_sub(room);
        findings.extend(page.into_iter().take(room));
    }
}
