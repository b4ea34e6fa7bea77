//! Every case of one finding in one look, by name.

mod baseline;
mod facts;
mod life;
mod people;

use super::*;
use crate::domain::{Doubt, HowBad, HowResolved, PersonId, State, Why};
use crate::policy::samples::{at, kept_late, look, open, person, promise, router, rule, wrong};

/// Monday 23 November 2026 is when `open` was opened; the looks of the tests are on Tuesday.
const NOW: &str = "2026-11-24T08:00:00Z";

/// What a test expects of a decision: event, why, and whether it is told.
type Expected = Option<(Event, Why, Result<TellBecause, WithheldBecause>)>;

fn decide_at(
    rule: &Rule,
    known: Option<&Finding>,
    seen: Option<&Verdict>,
    look: &Look,
    now: &str,
) -> Option<Decision> {
    let router = Router { now: at(now), ..router() };
    reconcile(rule, known, seen, look, &router)
}

/// In a complete look on Tuesday, with the default baseline.
fn decide(known: Option<&Finding>, seen: Option<&Verdict>) -> Option<Decision> {
    decide_at(&rule(Baseline::List), known, seen, &look(Completeness::Complete), NOW)
}

fn summary(decision: &Option<Decision>) -> Expected {
    decision.as_ref().map(|decision| {
        let told = match &decision.telling {
            Telling::Tell(notices) => Ok(notices[0].because),
            Telling::Withhold(because) => Err(*because),
        };
        (decision.event, decision.why, told)
    })
}

fn first_look(first: First) -> Look {
    Look { first: Some(first), ..look(Completeness::Complete) }
}

fn doubtful() -> Completeness {
    Completeness::Doubtful { slot: "promises".to_owned(), doubt: Doubt::Empty { before: 830 } }
}

fn resolved(seen: Sighting, resolved_at: &str, how: HowResolved) -> Finding {
    Finding { state: State::Resolved { at: at(resolved_at), how }, ..open(seen) }
}

fn severe(stage: &str, severity: Severity) -> Sighting {
    Sighting { severity, ..promise(stage) }
}

fn of_owner(owner: &str, stage: &str) -> Sighting {
    Sighting { about: [("owner".to_owned(), owner.to_owned())].into(), ..promise(stage) }
}
