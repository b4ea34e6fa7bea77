//! Telling: due notices become letters, letters become mails in the outbox, all or nothing for each addressee.
//!
//! What is told to whom is the core's decision; the words are the text room's. Here they meet.

mod breaker;
mod doors;
mod letter;
mod life_sign;
mod post;
mod said;

use std::sync::Arc;

use futures_util::future::join_all;
use jiff::Timestamp;
use kaizend_core::{
    domain::{Addressee, CheckId, Finding, Person, Silence},
    policy::{
        mute,
        people::People,
        tell::{self, Allowance, Caps, DueItem, LetterPlans},
    },
};
use kaizend_store::Telling;
use kaizend_web::Keyring;
use tokio::sync::mpsc;

pub(crate) use letter::{bare_item, item, names, warn_of_words};
pub(crate) use life_sign::sign_of_life;
use said::Untold;
pub(crate) use said::said;

use crate::{
    look::{self, Directory},
    office::Standing,
    pages,
    rooms::Rooms,
};

/// Notices that are read together; a letter keeps the few that it shows, and the ids of the rest.
const PAGE: u32 = 500;

/// Addressees whose mails are committed together: one wait for the disk in place of so many.
const TOGETHER: usize = 16;

/// What a telling did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub mails: usize,
    pub notices: usize,
    pub withheld: usize,
}

/// Composes every notice that is due at `now`. `stale` are checks that could not be looked at again: their
/// letters say as of when they are.
///
/// All letters are planned before the first is written, so that the breaker judges the mailing as a whole.
pub async fn tell(rooms: &Rooms, now: Timestamp, stale: &[CheckId]) -> anyhow::Result<Told> {
    let mut addressees = rooms.store.addressees_with_due_notices(now).await?;
    if addressees.is_empty() {
        return Ok(Told::default());
    }
    let directory = match look::directory(rooms, now).await {
        Ok(directory) => Arc::new(directory),
        Err(fault) => {
            // Operators must hear even of this; everybody else's notices stay due.
            tracing::warn!(%fault, "people could not be read; only operators are told");
            addressees.retain(|addressee| *addressee == Addressee::Operators);
            Arc::default()
        }
    };
    let standing = Standing::of(rooms, Arc::clone(&directory)).await?;
    let keys = pages::first_key(rooms, now).await?;
    let scene = Scene { rooms, directory, standing, now, stale, keys: Some(keys) };
    let silences = rooms.store.silences(Some(now)).await?;
    let silences: Arc<[Silence]> = silences.into_iter().map(|(_, silence)| silence).collect();
    let mut mailing = Vec::new();
    for addressee in addressees {
        let plans = plans(&scene, &addressee, &silences).await?;
        mailing.push((addressee, plans));
    }
    let tripped = breaker::judge(&scene, &mailing).await?;
    let held = tripped.map(|why| why.to_string());
    let mut told = Told::default();
    let mut mailing = mailing.into_iter().peekable();
    while mailing.peek().is_some() {
        let mut tellings = Vec::new();
        for (addressee, plans) in mailing.by_ref().take(TOGETHER) {
            let (telling, one) = compose(&scene, &addressee, plans, held.as_deref()).await?;
            told.add(one);
            tellings.push(telling);
        }
        // Each is refused or kept alone; the store commits in one go what waits together.
        let kept = join_all(tellings.into_iter().map(|telling| rooms.store.compose(telling, now))).await;
        kept.into_iter().collect::<Result<Vec<_>, _>>()?;
    }
    if let Some(why) = tripped {
        rooms.store.add_notice(breaker::word(why, &told, now), now).await?;
        told.add(Box::pin(tell(rooms, now, stale)).await?);
    }
    Ok(told)
}

/// What one telling works with; a page that shows the same works with it, too.
pub(crate) struct Scene<'a> {
    pub(crate) rooms: &'a Rooms,
    pub(crate) directory: Arc<Directory>,
    pub(crate) standing: Standing,
    pub(crate) now: Timestamp,
    pub(crate) stale: &'a [CheckId],
    /// By which links to pages are signed, where letters have any.
    pub(crate) keys: Option<Keyring>,
}

impl Scene<'_> {
    /// `None`: the operators, or somebody who is gone.
    fn reader(&self, addressee: &Addressee) -> Option<&Person> {
        match addressee {
            Addressee::Person(id) => self.directory.person(id),
            Addressee::Operators => None,
        }
    }
}

/// The mails for one addressee, in words.
async fn compose(
    scene: &Scene<'_>,
    addressee: &Addressee,
    plans: LetterPlans,
    held: Option<&str>,
) -> anyhow::Result<(Telling, Told)> {
    let mut mails = Vec::new();
    let mut untold = match plans.letters.is_empty() {
        true => Untold::default(),
        false => Untold::of(scene, scene.reader(addressee)).await?,
    };
    for plan in &plans.letters {
        let held = held.filter(|_| breaker::counts(&plan.kind));
        mails.extend(post::mails(scene, addressee, plan, held, &mut untold).await?);
    }
    let told = Told {
        mails: mails.len(),
        notices: plans.letters.iter().map(|plan| plan.notices().count()).sum(),
        withheld: plans.withheld.len(),
    };
    Ok((Telling { mails, withheld: plans.withheld, waiting: plans.waiting }, told))
}

impl Told {
    fn add(&mut self, more: Self) {
        self.mails += more.mails;
        self.notices += more.notices;
        self.withheld += more.withheld;
    }
}

/// Lets the core sort all due notices of one addressee, page by page, so that any number of them fits.
async fn plans(
    scene: &Scene<'_>,
    addressee: &Addressee,
    silences: &Arc<[Silence]>,
) -> anyhow::Result<LetterPlans> {
    let (rooms, now) = (scene.rooms, scene.now);
    let allowance = allowance(scene, addressee).await?;
    let silences = Arc::clone(silences);
    let (pages, mut read) = mpsc::channel::<Vec<DueItem>>(2);
    let sorting = tokio::task::spawn_blocking(move || {
        let items = std::iter::from_fn(|| read.blocking_recv()).flatten().map(|mut item| {
            let silenced = |finding: &Finding| mute::silenced_until(finding, silences.iter(), now);
            item.silenced_until = item.finding.as_ref().and_then(silenced);
            item
        });
        tell::tell(items, now, allowance)
    });
    let mut after = None;
    loop {
        let page = rooms.store.due_notices(addressee, now, after, PAGE).await?;
        after = page.last().map(|item| item.id);
        // The receiver goes only when sorting panicked, which joining it reports.
        if after.is_none() || pages.send(page).await.is_err() {
            break;
        }
    }
    drop(pages);
    Ok(sorting.await?)
}

/// What the addressee may still get today.
async fn allowance(scene: &Scene<'_>, addressee: &Addressee) -> anyhow::Result<Allowance> {
    let Addressee::Person(id) = addressee else { return Ok(Allowance::unlimited(scene.now)) };
    let reminders = &scene.rooms.plan.reminders;
    let calendar = scene.standing.office.calendar_of(id);
    let since = tell::today(&calendar, scene.now);
    let got = scene.rooms.store.composed_since(addressee, since).await?;
    let urgent = &reminders.urgent;
    // One letter a day is never silence: what is over it goes with the next day's.
    let one_a_day = scene.rooms.store.one_a_day(id).await?;
    let letters = if one_a_day { Some(1) } else { reminders.daily_cap };
    let caps = Caps { letters, urgent: urgent.per_day, urgent_from: urgent.severity };
    Ok(Allowance::left(caps, got.letters, got.urgent, &reminders.windows, &calendar, scene.now))
}
