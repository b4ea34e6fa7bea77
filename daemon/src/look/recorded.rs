//! A look of the past, as a store recorded it: in the place of sources and plugin, for simulations.

use std::sync::Arc;

use kaizend_core::{
    domain::{Completeness, Doubt, Finding, Outcome, RunId, Said, Sighting},
    policy::{
        doubt::Newest,
        replay::{Past, seen_by},
    },
    rows::{Fault, FaultClass},
};
use kaizend_host::{Ending, Failure, Plugin};
use kaizend_source::Binds;
use kaizend_store::{Filter, HistoryRow, RunRow, Standing, Store};

use super::{Observer, reading::Reading, who_is_who};
use crate::{config::Check, rooms::Rooms};

/// Findings that are read together.
const PAGE: u32 = 500;

/// Stages for `run` what the look that answered this instant saw, by the store `past`.
pub(super) async fn read(
    rooms: &Rooms,
    past: &Store,
    check: &Check,
    run: RunId,
    binds: &Binds,
    observer: Observer<'_>,
) -> anyhow::Result<Reading> {
    let directory = match who_is_who(rooms, binds).await {
        Ok(directory) => Arc::new(directory),
        Err(fault) => return Ok(Reading::impossible(fault)),
    };
    let Some(then) = past.run_due(&check.id, binds.now).await? else {
        let why = format!("the store has no look of {} by {}", check.id, binds.now);
        return Ok(Reading::impossible(Fault::new(FaultClass::Missing, why)));
    };
    let mut reading = Reading::without_a_plugin(ending(&then), directory);
    if reading.report.ending == Ending::Completed {
        reading.report.partial = then.outcome == Some(Outcome::Completed { look: Completeness::Partial });
        reading.report.findings = stage(rooms, past, check, run, &then, binds, observer).await?;
        reading.newest = newest(&then).into_iter().collect();
        reading.report.rows = then.looked_at;
    }
    Ok(reading)
}

/// Passes on what was seen then, and how much that was.
async fn stage(
    rooms: &Rooms,
    past: &Store,
    check: &Check,
    run: RunId,
    then: &RunRow,
    binds: &Binds,
    observer: Observer<'_>,
) -> anyhow::Result<u64> {
    let plugin = rooms.plugin(check);
    let (mut seen, mut after) = (0, None);
    loop {
        let check = Some(check.id.clone());
        let filter = Filter { check, standing: Standing::All, after, limit: PAGE, ..Filter::default() };
        let page = past.findings_by_fingerprint(filter).await?;
        let Some(last) = page.last() else { return Ok(seen) };
        after = Some(last.fingerprint);
        let mut said = Vec::new();
        // What was forgotten has no key any more to be known by.
        for finding in page.into_iter().filter(|finding| finding.forgotten.is_none()) {
            let history = past.history(finding.fingerprint).await?;
            let sighting = sighting(plugin, &finding, history, then, binds);
            said.extend(sighting.map(|sighting| Said::Sighting(Box::new(sighting))));
        }
        said.iter().for_each(&mut *observer);
        seen += said.len() as u64;
        rooms.store.stage(run, said).await?;
    }
}

fn sighting(
    plugin: &Plugin,
    finding: &Finding,
    history: Vec<HistoryRow>,
    then: &RunRow,
    binds: &Binds,
) -> Option<Sighting> {
    let history: Vec<Past> = history.into_iter().map(past_of).collect();
    let topic = plugin.manifest().topic(&finding.seen.topic);
    let rank = |stage: &str| topic.map_or(0, |topic| u32::try_from(topic.rank(stage)).unwrap_or(u32::MAX));
    seen_by(then.run, binds.now, &finding.seen, &history, rank)
}

fn past_of(row: HistoryRow) -> Past {
    Past {
        at: row.at,
        run: row.run,
        event: row.event,
        why: row.why,
        stage: row.stage,
        severity: row.severity,
    }
}

/// What was too old then, if something was.
fn newest(then: &RunRow) -> Option<(String, Newest)> {
    let Some(Outcome::Completed { look: Completeness::Doubtful { slot, doubt } }) = &then.outcome else {
        return None;
    };
    let Doubt::Stale { column, newest, within } = doubt else { return None };
    Some((slot.clone(), Newest { column: column.clone(), at: *newest, within: *within }))
}

/// How a run that is kept had ended.
fn ending(then: &RunRow) -> Ending {
    match &then.outcome {
        Some(Outcome::Completed { .. }) => Ending::Completed,
        Some(Outcome::TimedOut { message }) => Ending::TimedOut { message: message.clone() },
        Some(Outcome::Failed { class, hindrance, message }) => {
            let hindrance = hindrance.unwrap_or_else(|| (*class).into());
            Ending::Failed(Failure { hindrance, message: message.clone() })
        }
        Some(Outcome::Skipped { .. }) | None => {
            let message = "the run of that time did not come to its end".to_owned();
            Ending::TimedOut { message }
        }
    }
}
