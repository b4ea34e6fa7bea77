//! Promises that are due soon, overdue, or were kept late (practices 1 to 3).
//!
//! A promise is one finding from its warning to its end. It is judged against the date that was promised first: moving
//! a date does not make a promise kept, unless the client asked for it. A client who was let down before is warned of
//! earlier and more severely.

mod clients;
mod measures;
mod verdict;

use kaizend_sdk::prelude::*;

use clients::Misses;
use measures::Measures;
use verdict::Verdict;

slot! {
    /// Promises, one row each.
    pub struct Promise: "promises" {
        /// The promise's own number.
        id: Key,
        /// The client it was given to; without it nobody knows who was let down before.
        client: optional Key,
        /// Who is to keep it.
        owner: optional Key,
        /// What was promised, in a few words; without it the id is shown.
        what: optional Text,
        /// The day or instant it is promised for; a row without one is passed over.
        promised: nullable When,
        /// The day or instant it was kept; empty while it is open.
        kept: nullable When,
        /// Who asked for the latest move of the date: `client` excuses it.
        moved_by: optional Text,
        /// From the daemon's ledger: what was promised first.
        first_promised: optional When,
        /// From the daemon's ledger: how often the date was moved.
        moves: optional Integer,
    }
    // A client's misses come before his later promises.
    order by client, promised, id;
    ledger { key: [id], promised: promised, kept: kept, moved_by: moved_by }
}

params! {
    /// What the operator may set.
    pub struct Params {
        /// How long before its date an open promise is due soon.
        warn_before: Span = "2 working days",
        /// The same for a client who was let down before, where it reaches further.
        warn_let_down: Span = "4 working days",
        /// How long a client's earlier misses count.
        remember_misses: Span = "1 year",
    }
}

const PROMISE: Topic =
    Topic::both("promise", "A promise to a client.", &["due-soon", "overdue", "kept-late"]);
const DUE_SOON: Stage = PROMISE.stage("due-soon");
const OVERDUE: Stage = PROMISE.stage("overdue");
const KEPT_LATE: Stage = PROMISE.stage("kept-late");

plugin! {
    about: "Promises that are due soon, overdue, or were kept late.",
    slots: [Promise],
    params: Params,
    topics: [PROMISE],
    messages: ["en", "ru", "bg", "et"],
    check: check,
}

fn check(run: &Run, params: &Params) -> Result {
    let (usual, let_down) = (run.horizon(params.warn_before), run.horizon(params.warn_let_down));
    let remembered = params.remember_misses.whole_days().map_err(|why| format!("remember-misses: {why}"))?;
    let mut misses = Misses::since(run.today() - remembered);
    let mut measures = Measures::new();
    let partial = run.is_partial::<Promise>();
    run.read::<Promise>()?.each(|promise| {
        let Some(promised) = promise.promised else { return Ok(()) };
        misses.turn_to(promise.client);
        let warned = |due| usual.reaches(due) || misses.any() && let_down.reaches(due);
        let due = due(&promise, promised);
        let verdict = Verdict::of(due, promise.kept, run.moment(), warned);
        measures.count(&promise, due, promised, run.moment())?;
        match stage(verdict) {
            Some(stage) => finding(&promise, stage, due, promised, verdict, &misses).emit()?,
            None if partial => run.fine(&PROMISE, &[promise.id])?,
            None => {}
        }
        if verdict.is_miss() {
            misses.remember(&promise, due);
        }
        Ok(())
    })?;
    measures.finish()
}

/// The moment a promise is judged by: the first that was promised, unless the client asked for another.
fn due(promise: &Promise, promised: When) -> When {
    match promise.moved_by {
        Some("client") => promised,
        _ => promise.first_promised.unwrap_or(promised),
    }
}

fn stage(verdict: Verdict) -> Option<Stage> {
    match verdict {
        Verdict::DueSoon => Some(DUE_SOON),
        Verdict::Overdue => Some(OVERDUE),
        Verdict::KeptLate { .. } => Some(KEPT_LATE),
        Verdict::Kept | Verdict::Open => None,
    }
}

fn finding(
    promise: &Promise,
    stage: Stage,
    due: When,
    promised: When,
    verdict: Verdict,
    misses: &Misses,
) -> Finding {
    let moves = promise.moves.unwrap_or(0);
    let finding = Finding::new(stage, &[promise.id])
        .row(promise)
        .about("client", promise.client)
        .about("owner", promise.owner)
        .fact("what", promise.what.unwrap_or(promise.id))
        .fact("due", due)
        .fact("promised", promised)
        .fact("first", promise.first_promised.filter(|_| moves > 0))
        .fact("moves", moves);
    match verdict {
        Verdict::KeptLate { kept, days } => finding.fact("kept", kept).fact("days", days).happened(kept),
        Verdict::Overdue => misses.show(finding, Severity::Normal),
        _ => misses.show(finding, Severity::Note),
    }
}

kaizend_sdk::test_fixtures!();
