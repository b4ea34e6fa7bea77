//! The rounds that `serve`, `run`, `simulate` and the demo share: plan, look, climb, look again, tell, send.
//!
//! Timers only decide when a round begins. Each one recomputes from the store what is to be done, so that a
//! restart, a timer and "run now" are one path; `now` comes from the caller and is read once a round.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use jiff::Timestamp;
use kaizend_core::{
    domain::{CheckId, RunId, Trigger},
    policy::{
        climb::{self, Advance},
        route::Router,
        schedule::{self, Entry, Jitter},
    },
};
use kaizend_store::{ByTime, RunRequest};

use crate::{
    config::Check,
    look::{self, Ask, Looked, look},
    office::Standing,
    rooms::Rooms,
    telling,
};

use super::drain;

/// Whether checks that are due at the same time start a little apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// So many seconds at most as there are checks, and a twentieth of what lies between two occurrences.
    Usual,
    /// Not at all: in virtual time there is no crowd.
    None,
}

/// The schedule entries of the plan. A check that was never planned before starts from now, not from the
/// beginning of time; the store remembers when that was.
pub async fn entries(rooms: &Rooms, spread: Spread, now: Timestamp) -> anyhow::Result<Vec<Entry>> {
    let since = rooms.store.planned_since(rooms.plan.checks.keys().cloned().collect(), now).await?;
    let entry = |check: &Check| Entry {
        check: check.id.clone(),
        schedule: check.schedule.clone(),
        zone: check.zone.clone(),
        catch_up: check.catch_up,
        overlap: check.overlap,
        jitter: match spread {
            Spread::Usual => jitter(check, rooms.plan.checks.len(), now),
            Spread::None => Jitter::OFF,
        },
        since: since.get(&check.id).copied().unwrap_or(now),
    };
    Ok(rooms.plan.checks.values().map(entry).collect())
}

fn jitter(check: &Check, checks: usize, now: Timestamp) -> Jitter {
    let mut next = check.schedule.between(now, Timestamp::MAX, &check.zone);
    let gap = match (next.next(), next.next()) {
        (Some(one), Some(two)) => two.at.duration_since(one.at).as_secs(),
        _ => 0,
    };
    let crowd = checks.saturating_sub(1).min(30);
    Jitter::up_to(u32::try_from(gap / 20).unwrap_or(u32::MAX).min(crowd as u32))
}

/// The newest known occurrence of each check.
pub async fn newest(rooms: &Rooms) -> anyhow::Result<BTreeMap<CheckId, Timestamp>> {
    let mut newest = BTreeMap::new();
    for check in rooms.plan.checks.keys() {
        if let Some(due) = rooms.store.last_occurrence(check).await? {
            newest.insert(check.clone(), due);
        }
    }
    Ok(newest)
}

/// Records every occurrence that is due, and gives the runs that they ask for.
pub async fn plan(rooms: &Rooms, entries: &[Entry], now: Timestamp) -> anyhow::Result<Vec<RunRequest>> {
    let newest = newest(rooms).await?;
    let decisions = schedule::due(entries, &newest, now);
    for decision in &decisions {
        if let Some(since) = decision.unlisted_since {
            tracing::warn!(check = %decision.check, %since, "more occurrences were missed than are listed one by one");
        }
    }
    if decisions.is_empty() {
        return Ok(Vec::new());
    }
    Ok(rooms.store.record_occurrences(decisions).await?)
}

/// Runs what a schedule asked for. A check that is no longer in the plan is passed over.
pub async fn run_request(
    rooms: &Rooms,
    request: &RunRequest,
    now: Timestamp,
) -> anyhow::Result<Option<Looked>> {
    let Some(check) = rooms.plan.checks.get(&request.check) else { return Ok(None) };
    let known_at = rooms.as_known.then_some(now);
    let ask = Ask { queued: Some(request.run), trigger: request.trigger, now, known_at, hindsight: false };
    look(rooms, check, ask, &mut |_| {}).await.map(Some)
}

/// Advances every finding whose moment has come: reminders, steps of ladders, the ends of silences.
///
/// Without a list of the people nobody knows who stands above whom: then nothing is decided, and the next round
/// tries again.
pub async fn climb(rooms: &Rooms, now: Timestamp) -> anyhow::Result<()> {
    if rooms.store.next_advance().await?.is_none_or(|at| at > now) {
        return Ok(());
    }
    let directory = match look::directory(rooms, now).await {
        Ok(directory) => Arc::new(directory),
        Err(fault) => {
            tracing::warn!(%fault, "people could not be read; nothing climbs until they can");
            return Ok(());
        }
    };
    let standing = Standing::of(rooms, directory).await?;
    let routers: Arc<BTreeMap<CheckId, Router>> = Arc::new(
        rooms
            .plan
            .checks
            .iter()
            .map(|(id, check)| (id.clone(), standing.router(rooms, check, RunId(0), now)))
            .collect(),
    );
    let by_time = || -> ByTime {
        let routers = Arc::clone(&routers);
        Box::new(move |finding, words| match routers.get(&finding.check) {
            Some(router) => {
                climb::advance(finding, words, &Router { run: finding.changed_by, ..router.clone() })
            }
            // Orphaned: kept, silent, shown.
            None => Advance::Nothing,
        })
    };
    let advanced = rooms.store.advance(now, by_time).await?;
    if !advanced.decided.is_empty() {
        tracing::info!(decided = ?advanced.decided, "time alone changed findings");
    }
    Ok(())
}

/// Looks again at each check that has notices waiting to go and whose last complete look is old. Gives the
/// checks that could not be looked at: their letters say as of when they are.
///
/// `begins` hears of each look before it begins, and what bounds it.
pub async fn recheck(
    rooms: &Rooms,
    now: Timestamp,
    begins: &mut (dyn FnMut(Duration) + Send),
) -> anyhow::Result<Vec<CheckId>> {
    let mut stale = Vec::new();
    for check in waiting_checks(rooms, now).await? {
        let Some(plan) = rooms.plan.checks.get(&check) else { continue };
        let memory = rooms.store.check_memory(&check).await?;
        let looked_at = memory.last_complete.as_ref().map(|look| look.at);
        let fresh =
            looked_at.is_some_and(|at| rooms.calendar().add(at, rooms.plan.reminders.recheck_after) >= now);
        if fresh {
            continue;
        }
        begins(plan.limits.wall);
        let known_at = rooms.as_known.then_some(now);
        let ask = Ask { queued: None, trigger: Trigger::Recheck, now, known_at, hindsight: false };
        match look(rooms, plan, ask, &mut |_| {}).await {
            Ok(looked) if looked.outcome.looked() => {}
            Ok(_) => stale.push(check),
            Err(error) => {
                tracing::warn!(%check, error = format!("{error:#}"), "could not look again before telling");
                stale.push(check);
            }
        }
    }
    Ok(stale)
}

async fn waiting_checks(rooms: &Rooms, now: Timestamp) -> anyhow::Result<BTreeSet<CheckId>> {
    Ok(rooms.store.checks_with_due_notices(now).await?.into_iter().collect())
}

/// One round of each of the service's loops in virtual time: plan, look, climb, look again, tell, send. `looked`
/// hears of each look. Gives the next moment at which one of them has something to do.
pub async fn turn<F>(rooms: &Rooms, now: Timestamp, mut looked: F) -> anyhow::Result<Option<Timestamp>>
where
    F: AsyncFnMut(&Looked) -> anyhow::Result<()>,
{
    let entries = entries(rooms, Spread::None, now).await?;
    for request in plan(rooms, &entries, now).await? {
        if let Some(look) = run_request(rooms, &request, now).await? {
            looked(&look).await?;
        }
    }
    climb(rooms, now).await?;
    let stale = recheck(rooms, now, &mut |_| {}).await?;
    telling::tell(rooms, now, &stale).await?;
    drain(rooms, &|| now).await?;
    let wakes = [
        schedule::next_wake(&entries, &newest(rooms).await?, now),
        rooms.store.next_due_notice().await?,
        rooms.store.next_advance().await?,
        rooms.store.next_ready_mail().await?,
    ];
    Ok(wakes.into_iter().flatten().filter(|&wake| wake > now).min())
}
