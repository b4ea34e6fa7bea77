//! What one look changes in the promise ledger, one promise at a time.
//!
//! A promise enters the ledger while it is open, and never afterwards: ten million finished orders add no
//! row. From then on each new date is a version, also a date moved back to an earlier one, so that moving a
//! date never erases a miss. A promise that is gone from the source has vanished; it was not kept.

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{Moment, Promise, PromiseSeen, PromiseVersion, RunId};

/// A promise after a look, and what the look changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerChange {
    pub promise: Promise,
    /// The version to add, when the look saw a date that was not in force before.
    pub version: Option<PromiseVersion>,
    /// Never empty; several when a date was moved and kept between two looks.
    pub events: Vec<LedgerEvent>,
}

/// What happened to a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LedgerEvent {
    /// Seen open for the first time.
    First,
    /// Its date is another one.
    Moved,
    Kept,
    /// The moment it was kept at was corrected.
    KeptCorrected,
    /// It was kept, and is open again.
    Reopened,
    /// Gone from the source without being kept.
    Vanished,
    /// Back in the source.
    Returned,
}

/// Decides one promise. `seen` is `None` when the dataset was read and had no such row; `complete` says that
/// the read went to the dataset's end and is neither partial nor doubtful, so that absence means something.
pub fn record(
    known: Option<&Promise>,
    seen: Option<&PromiseSeen>,
    run: RunId,
    at: Timestamp,
    complete: bool,
) -> Option<LedgerChange> {
    match (known, seen) {
        (None, None) => None,
        (None, Some(seen)) => first(seen, run, at),
        (Some(known), Some(seen)) => later(known, seen, run, at),
        (Some(known), None) => {
            let gone = complete && known.kept.is_none() && known.vanished.is_none();
            gone.then(|| LedgerChange {
                promise: Promise { vanished: Some(at), ..known.clone() },
                version: None,
                events: vec![LedgerEvent::Vanished],
            })
        }
    }
}

fn first(seen: &PromiseSeen, run: RunId, at: Timestamp) -> Option<LedgerChange> {
    let promised = seen.promised.filter(|_| seen.kept.is_none())?;
    let version = PromiseVersion { promised, seen_at: at, run, moved_by: None };
    let promise =
        Promise { first: version.clone(), latest: version.clone(), moves: 0, kept: None, vanished: None };
    Some(LedgerChange { promise, version: Some(version), events: vec![LedgerEvent::First] })
}

fn later(known: &Promise, seen: &PromiseSeen, run: RunId, at: Timestamp) -> Option<LedgerChange> {
    let mut promise = known.clone();
    let mut events = Vec::new();
    if promise.vanished.take().is_some() {
        events.push(LedgerEvent::Returned);
    }
    // A date that was taken away leaves the last one in force: a promise cannot be withdrawn by deleting it.
    let moved = seen.promised.filter(|promised| !same_moment(known.latest.promised, *promised));
    let version =
        moved.map(|promised| PromiseVersion { promised, seen_at: at, run, moved_by: seen.moved_by.clone() });
    if let Some(version) = &version {
        promise.latest = version.clone();
        promise.moves = promise.moves.saturating_add(1);
        events.push(LedgerEvent::Moved);
    }
    promise.kept = seen.kept;
    events.extend(match (known.kept, seen.kept) {
        (None, Some(_)) => Some(LedgerEvent::Kept),
        (Some(_), None) => Some(LedgerEvent::Reopened),
        (Some(before), Some(now)) if before != now => Some(LedgerEvent::KeptCorrected),
        _ => None,
    });
    (!events.is_empty()).then_some(LedgerChange { promise, version, events })
}

/// Whether two moments are the same promise. When a company begins to record times of day, each of its dates
/// turns into an instant of that day; this is no move. An instant belongs to a date when it can be on that
/// day somewhere on earth (zones reach from 12 hours behind to 14 hours before UTC).
fn same_moment(before: Moment, now: Moment) -> bool {
    const HOUR: i64 = 3_600_000_000;
    match (before, now) {
        (Moment::Date(day), Moment::Instant(micros)) | (Moment::Instant(micros), Moment::Date(day)) => {
            let midnight = i64::from(day) * 24 * HOUR;
            (midnight - 14 * HOUR..=midnight + 36 * HOUR).contains(&micros)
        }
        (before, now) => before == now,
    }
}
