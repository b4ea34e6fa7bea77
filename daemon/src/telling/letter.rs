//! A planned letter becomes a letter in words: names, promise versions and runbooks are looked up here.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kaizend_core::{
    domain::{CheckId, Finding, NoticeKind, Person, PersonId, PromiseVersion},
    policy::{
        route::People,
        tell::{DueItem, LetterKind, LetterPlan},
    },
};
use kaizend_text::{AsOf, Brand, Item, Letter, Names, Recipient, Rendered, Trouble};

use crate::{look::Directory, rooms::Rooms};

/// Renders a letter for one reader.
pub(super) async fn render(
    rooms: &Rooms,
    directory: &Directory,
    reader: Option<&Person>,
    plan: &LetterPlan,
    now: Timestamp,
    stale: &[CheckId],
) -> anyhow::Result<Rendered> {
    let brand = rooms.brand();
    let letter = letter(rooms, directory, reader, plan, now, stale, &brand).await?;
    let rendered = letter.render(&rooms.words, &rooms.stationery)?;
    for missing in &rendered.missing {
        tracing::warn!(%missing, "a message is missing in a catalogue; its id was sent in its place");
    }
    for fault in &rendered.faults {
        tracing::warn!(%fault, "a template of the company failed; the built-in one was used");
    }
    Ok(rendered)
}

async fn letter<'a>(
    rooms: &'a Rooms,
    directory: &Directory,
    reader: Option<&Person>,
    plan: &'a LetterPlan,
    now: Timestamp,
    stale: &[CheckId],
    brand: &'a Brand,
) -> anyhow::Result<Letter<'a>> {
    let mut items = Vec::new();
    for due in &plan.items {
        if let Some(finding) = &due.finding {
            items.push(item(rooms, directory, due, finding).await?);
        }
    }
    let looks = looks(rooms, plan).await?;
    let is_stale = plan.items.iter().any(|due| stale.contains(&due.notice.check));
    let looked_at = looks.into_iter().min().unwrap_or(now);
    Ok(Letter {
        kind: kind(&plan.kind),
        to: Recipient { name: reader.map(|reader| reader.name.clone()), voice: rooms.voice(reader) },
        brand,
        items,
        troubles: troubles(rooms, plan),
        more: u32::try_from(plan.more.len()).unwrap_or(u32::MAX),
        looked_at,
        as_of: is_stale.then_some(AsOf { at: looked_at }),
    })
}

fn kind(kind: &LetterKind) -> NoticeKind {
    match kind {
        LetterKind::Baseline { .. } => NoticeKind::Baseline,
        LetterKind::Operator => NoticeKind::Operator,
        _ => NoticeKind::Reminder,
    }
}

async fn item<'a>(
    rooms: &'a Rooms,
    directory: &Directory,
    due: &'a DueItem,
    finding: &'a Finding,
) -> anyhow::Result<Item<'a>> {
    let check = rooms.plan.checks.get(&finding.check);
    Ok(Item {
        finding,
        plugin: check.map_or("kaizend", |check| rooms.scope(check)),
        check: check.map_or(finding.check.as_str(), |check| check.title.as_str()),
        names: names(directory, &finding.seen.about),
        versions: versions(rooms, finding).await?,
        addressed: due.notice.addressed.clone(),
        because: due.notice.because,
        runbook: check.and_then(|check| check.runbook.as_deref()),
        links: Vec::new(),
    })
}

/// Names in the place of ids, as far as the company's data has them.
pub(crate) fn names(directory: &Directory, about: &BTreeMap<String, String>) -> Names {
    let mut names = Names::default();
    for (role, id) in about {
        let name = match role.as_str() {
            "client" => directory.client(id).map(str::to_owned),
            _ => directory.person(&PersonId::new(id.clone())).map(|person| person.name.clone()),
        };
        if let Some(name) = name {
            names = names.with(role, name);
        }
    }
    names
}

/// How the promise moved; nothing where it never did.
async fn versions(rooms: &Rooms, finding: &Finding) -> anyhow::Result<Vec<PromiseVersion>> {
    let Some(row) = &finding.seen.row else { return Ok(Vec::new()) };
    let story = rooms.store.promise_versions(&row.dataset, &row.key).await?;
    Ok(story.map(|story| story.versions).filter(|versions| versions.len() > 1).unwrap_or_default())
}

/// When each check of the letter last looked completely.
async fn looks(rooms: &Rooms, plan: &LetterPlan) -> anyhow::Result<Vec<Timestamp>> {
    let mut checks: Vec<&CheckId> = plan.items.iter().map(|due| &due.notice.check).collect();
    checks.dedup();
    let mut looks = Vec::new();
    for check in checks {
        looks.extend(rooms.store.check_memory(check).await?.last_complete.map(|look| look.at));
    }
    Ok(looks)
}

fn troubles<'a>(rooms: &'a Rooms, plan: &'a LetterPlan) -> Vec<Trouble<'a>> {
    let troubled = plan.items.iter().filter(|due| due.finding.is_none());
    troubled
        .map(|due| {
            let check = rooms.plan.checks.get(&due.notice.check);
            Trouble {
                check: check.map_or(due.notice.check.as_str(), |check| check.title.as_str()),
                because: due.notice.because,
                sentence: due.notice.detail.as_deref().unwrap_or_default(),
                since: Some(due.notice.due),
                runbook: check.and_then(|check| check.runbook.as_deref()),
            }
        })
        .collect()
}
