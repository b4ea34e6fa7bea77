//! A planned letter becomes a letter in words: names, promise versions and runbooks are looked up here.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kaizend_core::{
    domain::{
        AddressedBecause, Addressee, Cause, CheckId, Event, Finding, HowTaken, NoticeKind, Person, PersonId,
        PromiseVersion, Rung, TellBecause,
    },
    policy::{
        climb::forecast,
        people::{People, manager_of},
        tell::{DueItem, LetterKind, LetterPlan},
    },
};
use kaizend_store::{HistoryRow, Levels};
use kaizend_text::{AsOf, Brand, Climbs, InCompany, Item, Letter, Names, Recipient, Rendered, Sum, Trouble};

use super::{Scene, doors::Doors, said::Untold};
use crate::{look::Directory, rooms::Rooms};

/// Renders a letter for one reader.
pub(super) async fn render(
    scene: &Scene<'_>,
    reader: Option<&Person>,
    plan: &LetterPlan,
    untold: &Untold,
    doors: Option<&Doors<'_>>,
) -> anyhow::Result<Rendered> {
    let rooms = scene.rooms;
    let brand = rooms.brand();
    let mut letter = letter(scene, reader, plan, &brand).await?;
    letter.said = untold.said(scene);
    if let Some(doors) = doors {
        doors.open(&mut letter);
    }
    let rendered = letter.render(&rooms.words, &rooms.stationery)?;
    warn_of_words(&rendered);
    Ok(rendered)
}

/// What the company's own words and templates lack. Logged once, where a mail is written.
pub(crate) fn warn_of_words(rendered: &Rendered) {
    for missing in &rendered.missing {
        tracing::warn!(%missing, "a message is missing in a catalogue; its id was sent in its place");
    }
    for fault in &rendered.faults {
        tracing::warn!(%fault, "a template of the company failed; the built-in one was used");
    }
}

async fn letter<'a>(
    scene: &'a Scene<'_>,
    reader: Option<&Person>,
    plan: &'a LetterPlan,
    brand: &'a Brand,
) -> anyhow::Result<Letter<'a>> {
    let rooms = scene.rooms;
    let mut items = Vec::new();
    for due in &plan.items {
        if let Some(finding) = &due.finding {
            items.push(item(scene, reader, due, finding).await?);
        }
    }
    let levels = if is_directors(plan) { rooms.store.levels().await? } else { Vec::new() };
    let looks = looks(rooms, plan).await?;
    let is_stale = plan.items.iter().any(|due| scene.stale.contains(&due.notice.check));
    let looked_at = looks.into_iter().min().unwrap_or(scene.now);
    Ok(Letter {
        kind: kind(&plan.kind),
        to: Recipient { name: reader.map(|reader| reader.name.clone()), voice: rooms.voice(reader) },
        brand,
        items,
        troubles: troubles(rooms, plan),
        sums: sums(rooms, &levels),
        said: Vec::new(),
        list: None,
        takes_replies: rooms.plan.inbox.is_some(),
        more: u32::try_from(plan.more.len()).unwrap_or(u32::MAX),
        more_facts: u32::try_from(plan.more_facts).unwrap_or(u32::MAX),
        looked_at,
        as_of: is_stale.then_some(AsOf { at: looked_at }),
    })
}

/// Whether something of the letter climbed to its reader as to the director.
fn is_directors(plan: &LetterPlan) -> bool {
    let above =
        |due: &DueItem| matches!(due.notice.addressed, AddressedBecause::Above { rung: Rung::Director, .. });
    plan.items.iter().any(above)
}

/// How every check of the plan stands; each is named as people call it.
fn sums<'a>(rooms: &'a Rooms, levels: &[Levels]) -> Vec<Sum<'a>> {
    let of = |levels: &Levels| {
        let check = rooms.plan.checks.get(&levels.check)?;
        Some(Sum { check: &check.title, open: levels.open, one: levels.one, two: levels.two })
    };
    levels.iter().filter_map(of).collect()
}

fn kind(kind: &LetterKind) -> NoticeKind {
    match kind {
        LetterKind::Baseline { .. } => NoticeKind::Baseline,
        LetterKind::Operator => NoticeKind::Operator,
        _ => NoticeKind::Reminder,
    }
}

/// Enough of an item to name it in a list.
pub(crate) fn bare_item<'a>(scene: &'a Scene<'_>, finding: &'a Finding) -> Item<'a> {
    let rooms = scene.rooms;
    let check = rooms.plan.checks.get(&finding.check);
    Item {
        finding,
        plugin: check.map_or("kaizend", |check| rooms.scope(check)),
        check: check.map_or(finding.check.as_str(), |check| check.title.as_str()),
        names: names(&scene.directory, &finding.seen.about),
        versions: Vec::new(),
        addressed: AddressedBecause::Owner,
        because: TellBecause::Repeat,
        runbook: None,
        links: Vec::new(),
        actions: None,
        company: InCompany::default(),
    }
}

/// A finding as one reader is told of it.
pub(crate) async fn item<'a>(
    scene: &'a Scene<'_>,
    reader: Option<&Person>,
    due: &DueItem,
    finding: &'a Finding,
) -> anyhow::Result<Item<'a>> {
    let rooms = scene.rooms;
    let check = rooms.plan.checks.get(&finding.check);
    Ok(Item {
        versions: versions(rooms, finding).await?,
        addressed: due.notice.addressed.clone(),
        because: due.notice.because,
        runbook: check.and_then(|check| check.runbook.as_deref()),
        company: company(scene, reader, due, finding).await?,
        ..bare_item(scene, finding)
    })
}

/// Who else heard, when it climbs and to whom, and what the reader owes.
async fn company(
    scene: &Scene<'_>,
    reader: Option<&Person>,
    due: &DueItem,
    finding: &Finding,
) -> anyhow::Result<InCompany> {
    let rooms = scene.rooms;
    let name = |to: &Addressee| match to {
        Addressee::Person(id) => named(&scene.directory, id),
        Addressee::Operators => String::new(),
    };
    let mut others: Vec<&Addressee> = finding.told.iter().flat_map(|told| &told.to).collect();
    others.extend(finding.climb.steps.iter().filter_map(|taken| match &taken.how {
        HowTaken::Told(to) => Some(to),
        HowTaken::Skipped(_) => None,
    }));
    others.retain(|to| **to != due.notice.to && **to != Addressee::Operators);
    others.dedup();
    let leader = reader.and_then(|reader| manager_of(scene.directory.as_ref(), &reader.id));
    let leads = |to: &Addressee| matches!(to, Addressee::Person(id) if Some(id) == leader.as_ref());
    let climbs = match rooms.plan.checks.get(&finding.check) {
        Some(check) if due.notice.kind != NoticeKind::Baseline => {
            let router = scene.standing.router(rooms, check, finding.changed_by, scene.now);
            let words = rooms.store.words(finding).await?;
            forecast(finding, &words, Some(scene.now), &router)
        }
        _ => None,
    };
    let owes = finding.owed.open_apologies().find(|apology| reader.is_some_and(|one| one.id == apology.by));
    let asked = matches!(&finding.owed.cause, Some(Cause::Asked { of, .. })
        if of.is_none() || of.as_ref() == reader.map(|one| &one.id));
    Ok(InCompany {
        others: others.into_iter().map(name).collect(),
        climbs: climbs.map(|next| Climbs { to: name(&next.to), is_manager: leads(&next.to), at: next.at }),
        put_off: put_off(rooms, due, finding).await?,
        owes_until: owes.map(|apology| apology.due),
        asks_cause: asked,
        people: people_of(scene, &due.notice.addressed),
    })
}

/// How often it was put off, and the last reason: for whoever stands above, once there is a reason.
async fn put_off(rooms: &Rooms, due: &DueItem, finding: &Finding) -> anyhow::Result<Option<(u64, String)>> {
    if !matches!(due.notice.addressed, AddressedBecause::Above { .. }) {
        return Ok(None);
    }
    let history = rooms.store.history(finding.fingerprint).await?.into_iter().rev();
    let snoozed = |row: &HistoryRow| row.event == Event::Snoozed && row.episode == finding.episode;
    let Some(reason) = history.filter(snoozed).find_map(|row| row.note) else { return Ok(None) };
    Ok(Some((rooms.store.put_off(finding).await? as u64, reason)))
}

/// The names of the people whom a reason names by their ids.
fn people_of(scene: &Scene<'_>, because: &AddressedBecause) -> BTreeMap<String, String> {
    let ids: Vec<&PersonId> = match because {
        AddressedBecause::Assigned { by } => vec![by],
        AddressedBecause::Substitute { of, .. } => vec![of],
        AddressedBecause::OwnerAway { owner } | AddressedBecause::Above { owner, .. } => vec![owner],
        _ => Vec::new(),
    };
    ids.into_iter().map(|id| (id.to_string(), named(&scene.directory, id))).collect()
}

fn named(directory: &Directory, id: &PersonId) -> String {
    directory.person(id).map_or_else(|| id.to_string(), |person| person.name.clone())
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
                because: due.notice.because,
                check: check.map_or(due.notice.check.as_str(), |check| check.title.as_str()),
                detail: due.notice.detail.as_deref().unwrap_or_default(),
                since: Some(due.notice.due),
                runbook: check.and_then(|check| check.runbook.as_deref()),
            }
        })
        .collect()
}
