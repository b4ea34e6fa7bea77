//! Telling: due notices become letters, letters become mails in the outbox, all or nothing for each addressee.
//!
//! What is told to whom is the core's decision; the words are the text room's. Here they meet.

mod letter;
mod post;

use futures_util::future::join_all;
use jiff::Timestamp;
use kaizend_core::{
    domain::{Addressee, CheckId},
    policy::tell::{self, DueItem, LetterPlans},
};
use kaizend_store::Telling;
use tokio::sync::mpsc;

pub(crate) use letter::names;

use crate::{
    look::{self, Directory},
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
pub async fn tell(rooms: &Rooms, now: Timestamp, stale: &[CheckId]) -> anyhow::Result<Told> {
    let mut told = Told::default();
    let mut addressees = rooms.store.addressees_with_due_notices(now).await?;
    if addressees.is_empty() {
        return Ok(told);
    }
    let directory = match look::directory(rooms, now).await {
        Ok(directory) => directory,
        Err(fault) => {
            // Operators must hear even of this; everybody else's notices stay due.
            tracing::warn!(%fault, "people could not be read; only operators are told");
            addressees.retain(|addressee| *addressee == Addressee::Operators);
            Directory::default()
        }
    };
    for some in addressees.chunks(TOGETHER) {
        let mut tellings = Vec::new();
        for addressee in some {
            let (telling, one) = compose(rooms, &directory, addressee, now, stale).await?;
            told.add(one);
            tellings.push(telling);
        }
        // Each is refused or kept alone; the store commits in one go what waits together.
        let kept = join_all(tellings.into_iter().map(|telling| rooms.store.compose(telling, now))).await;
        kept.into_iter().collect::<Result<Vec<_>, _>>()?;
    }
    Ok(told)
}

/// The mails for one addressee, in words.
async fn compose(
    rooms: &Rooms,
    directory: &Directory,
    addressee: &Addressee,
    now: Timestamp,
    stale: &[CheckId],
) -> anyhow::Result<(Telling, Told)> {
    let plans = plans(rooms, addressee, now).await?;
    let mut mails = Vec::new();
    for plan in &plans.letters {
        mails.extend(post::mails(rooms, directory, addressee, plan, now, stale).await?);
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
async fn plans(rooms: &Rooms, addressee: &Addressee, now: Timestamp) -> anyhow::Result<LetterPlans> {
    let (pages, mut read) = mpsc::channel::<Vec<DueItem>>(2);
    let sorting = tokio::task::spawn_blocking(move || {
        let items = std::iter::from_fn(|| read.blocking_recv()).flatten();
        tell::tell(items, now, None)
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
