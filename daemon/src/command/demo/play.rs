//! Virtual time: from wake to wake, as `serve` would come round, with the company's life going on between.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    path::PathBuf,
};

use anyhow::bail;
use indicatif::ProgressBar;
use jiff::{Timestamp, ToSpan, civil::Date};
use kaizend_core::{
    domain::CheckId,
    policy::{schedule::next_wake, zone},
};
use kaizend_demo::Timeline;
use kaizend_store::RunRequest;

use super::{
    super::print,
    tally::{Tally, tally},
};
use crate::{
    rooms::Rooms,
    service::{
        drain,
        round::{self, Spread},
    },
    telling::tell,
};

/// What each check found when it looked for the first time.
pub(super) type FirstLooks = BTreeMap<CheckId, Tally>;

pub(super) struct Play<'a> {
    rooms: &'a Rooms,
    books: PathBuf,
    timeline: Timeline,
    pub(super) first_day: Date,
    pub(super) days: u8,
    /// Midnight in the company's zone before the first day, and after the last.
    from: Timestamp,
    to: Timestamp,
}

impl<'a> Play<'a> {
    pub(super) fn new(
        rooms: &'a Rooms,
        books: PathBuf,
        timeline: Timeline,
        first_day: Date,
        days: u8,
    ) -> anyhow::Result<Self> {
        let zone = &rooms.plan.company.zone;
        let midnight = |date: Date| zone::instant_of(date.at(0, 0, 0, 0), zone).0;
        let after = first_day.checked_add(i64::from(days).days())?;
        let (from, to) = (midnight(first_day), midnight(after));
        Ok(Self { rooms, books, timeline, first_day, days, from, to })
    }

    /// Plays all days.
    pub(super) async fn run(&self) -> anyhow::Result<FirstLooks> {
        let bar = print::progress(u64::from(self.days), "virtual days");
        let mut first_looks = FirstLooks::new();
        let mut wake = Some(self.from);
        while let Some(now) = wake.filter(|&now| now < self.to) {
            self.show(&bar, now);
            wake = self.come_round(now, &mut first_looks).await?;
        }
        // What happened after the last wake belongs to the story, though nobody looks at it any more.
        self.timeline.advance(&self.books, self.to)?;
        bar.finish_and_clear();
        Ok(first_looks)
    }

    /// One round of each of the service's loops; gives the next moment at which one of them has something to do.
    async fn come_round(
        &self,
        now: Timestamp,
        first_looks: &mut FirstLooks,
    ) -> anyhow::Result<Option<Timestamp>> {
        let rooms = self.rooms;
        self.timeline.advance(&self.books, now)?;
        let entries = round::entries(rooms, Spread::None, now).await?;
        for request in round::plan(rooms, &entries, now).await? {
            self.look(&request, now, first_looks).await?;
        }
        let stale = round::recheck(rooms, now, &mut |_| {}).await?;
        tell(rooms, now, &stale).await?;
        drain(rooms, &|| now).await?;
        let wakes = [
            next_wake(&entries, &round::newest(rooms).await?, now),
            rooms.store.next_due_notice().await?,
            rooms.store.next_ready_mail().await?,
        ];
        Ok(wakes.into_iter().flatten().filter(|&wake| wake > now).min())
    }

    async fn look(
        &self,
        request: &RunRequest,
        now: Timestamp,
        first_looks: &mut FirstLooks,
    ) -> anyhow::Result<()> {
        let store = &self.rooms.store;
        let Some(looked) = round::run_request(self.rooms, request, now).await? else { return Ok(()) };
        if !looked.outcome.looked() {
            let why = store.check_memory(&looked.check).await?.cannot_look.map(|outage| outage.message);
            bail!("{} could not look: {}", looked.check, why.unwrap_or_default());
        }
        if let Entry::Vacant(first) = first_looks.entry(looked.check.clone()) {
            first.insert(tally(store, &looked.check).await?);
        }
        Ok(())
    }

    fn show(&self, bar: &ProgressBar, now: Timestamp) {
        let hours = now.duration_since(self.from).as_hours();
        bar.set_position(u64::try_from(hours / 24).unwrap_or(0));
    }

    /// The days that were played, as measures count them: since 1970-01-01, the last one excluded.
    pub(super) fn measure_days(&self) -> anyhow::Result<std::ops::Range<i32>> {
        let first = self.first_day.since(Date::constant(1970, 1, 1))?.get_days();
        Ok(first..first + i32::from(self.days))
    }

    /// The last moment of the story.
    pub(super) fn ended_at(&self) -> Timestamp {
        self.to
    }
}
