//! Random lives of one finding: what must hold in every history of looks, whatever they see.

use std::collections::BTreeSet;

use jiff::ToSpan;
use proptest::prelude::*;

use super::*;
use crate::domain::{Doubt, PersonId};
use crate::policy::samples::{at, kept_late, look, promise, router, rule, wrong};

/// One look, so many hours after the one before.
#[derive(Clone, Debug)]
struct Step {
    hours: i64,
    completeness: Completeness,
    new_question: bool,
    seen: Option<Verdict>,
    then: Option<Act>,
}

/// What somebody does after a look.
#[derive(Clone, Copy, Debug)]
enum Act {
    Acknowledge { hours: i64 },
    Snooze { hours: i64 },
    Done { hours: i64 },
    Dismiss,
}

/// A decision in its look, with what was known before it.
struct Decided {
    step: Step,
    known: Option<Finding>,
    decision: Decision,
    now: Timestamp,
}

/// Lives through `steps` as the store would, and checks on the way that looking twice changes nothing.
fn live(baseline: Baseline, steps: Vec<Step>) -> Vec<Decided> {
    let rule = rule(baseline);
    let (mut known, mut now, mut decided) = (None::<Finding>, at("2026-11-23T08:00:00Z"), Vec::new());
    for (number, step) in steps.into_iter().enumerate() {
        now += step.hours.hours();
        let first = match number {
            0 => Some(First::OfCheck),
            _ => step.new_question.then_some(First::OfQuestion),
        };
        let look = Look { first, ..look(step.completeness.clone()) };
        let router = Router { now, ..router() };
        let decide = |known: Option<&Finding>| reconcile(&rule, known, step.seen.as_ref(), &look, &router);
        if let Some(decision) = decide(known.as_ref()) {
            let before = known.replace(decision.finding.clone());
            assert_eq!(decide(known.as_ref()), None, "the same look again decides something");
            decided.push(Decided { step: step.clone(), known: before, decision, now });
        }
        if let (Some(finding), Some(act)) = (known.as_mut().filter(|finding| finding.is_open()), step.then) {
            finding.state = after(act, now);
        }
    }
    decided
}

fn after(act: Act, now: Timestamp) -> State {
    let by = PersonId::from("5");
    match act {
        Act::Acknowledge { hours } => State::Acknowledged { by, until: now + hours.hours(), waiting: false },
        Act::Snooze { hours } => State::Snoozed { by, until: now + hours.hours() },
        Act::Done { hours } => State::Done { by, at: now, trusted_until: now + hours.hours() },
        Act::Dismiss => State::Dismissed { by, reason: "agreed".to_owned(), how_bad: None },
    }
}

fn notices(decided: &[Decided]) -> impl Iterator<Item = (&Decided, &Notice)> {
    decided.iter().flat_map(|decided| match &decided.decision.telling {
        Telling::Tell(notices) => notices.iter().map(|notice| (decided, notice)).collect(),
        Telling::Withhold(_) => Vec::new(),
    })
}

fn condition() -> impl Strategy<Value = Sighting> {
    let severity = prop_oneof![Just(Severity::Note), Just(Severity::Normal), Just(Severity::High)];
    let about = prop_oneof![4 => Just(Some("5")), 1 => Just(Some("6")), 1 => Just(None)];
    (prop_oneof![Just("due-soon"), Just("overdue")], severity, about).prop_map(|(stage, severity, owner)| {
        let about = owner.map(|owner| ("owner".to_owned(), owner.to_owned())).into_iter().collect();
        Sighting { severity, about, ..promise(stage) }
    })
}

fn fact() -> impl Strategy<Value = Sighting> {
    prop_oneof![Just("2026-10-01T00:00:00Z"), Just("2026-11-20T00:00:00Z"), Just("2026-11-21T00:00:00Z")]
        .prop_map(kept_late)
}

fn steps(
    seen: impl Strategy<Value = Option<Verdict>> + 'static,
    acts: impl Strategy<Value = Option<Act>> + 'static,
) -> impl Strategy<Value = Vec<Step>> {
    let doubtful =
        Completeness::Doubtful { slot: "promises".to_owned(), doubt: Doubt::Empty { before: 830 } };
    let completeness =
        prop_oneof![6 => Just(Completeness::Complete), 2 => Just(Completeness::Partial), 1 => Just(doubtful)];
    let step = (1_i64..100, completeness, prop::bool::weighted(0.1), seen, acts).prop_map(
        |(hours, completeness, new_question, seen, then)| Step {
            hours,
            completeness,
            new_question,
            seen,
            then,
        },
    );
    prop::collection::vec(step, 1..30)
}

fn anything() -> impl Strategy<Value = Option<Verdict>> {
    prop_oneof![
        2 => Just(None),
        1 => Just(Some(Verdict::Fine)),
        6 => condition().prop_map(|sighting| Some(wrong(sighting))),
        2 => fact().prop_map(|sighting| Some(wrong(sighting))),
    ]
}

fn nobody() -> impl Strategy<Value = Option<Act>> {
    Just(None)
}

fn somebody() -> impl Strategy<Value = Option<Act>> {
    let act = (0..4, 1_i64..150).prop_map(|(act, hours)| match act {
        0 => Act::Acknowledge { hours },
        1 => Act::Snooze { hours },
        2 => Act::Done { hours },
        _ => Act::Dismiss,
    });
    prop::option::weighted(0.3, act)
}

fn baseline() -> impl Strategy<Value = Baseline> {
    prop_oneof![Just(Baseline::List), Just(Baseline::Tell), Just(Baseline::Quiet)]
}

proptest! {
    #[test]
    fn nobody_is_told_the_same_twice(baseline in baseline(), steps in steps(anything(), nobody())) {
        let decided = live(baseline, steps);
        let mut told = BTreeSet::new();
        for (decided, notice) in notices(&decided) {
            let seen = &decided.decision.finding.seen;
            let word = (notice.episode, seen.stage_rank, seen.severity, notice.to.clone());
            prop_assert!(told.insert(word.clone()), "told twice: {word:?} {:?}", notice.because);
        }
    }

    #[test]
    fn only_what_a_look_can_know_resolves(baseline in baseline(), steps in steps(anything(), somebody())) {
        for Decided { step, decision, .. } in live(baseline, steps) {
            let doubtful = matches!(step.completeness, Completeness::Doubtful { .. });
            prop_assert!(!doubtful);
            if decision.event == Event::Resolved && step.seen.is_none() {
                prop_assert_eq!(step.completeness, Completeness::Complete);
            }
        }
    }

    #[test]
    fn a_past_fact_is_told_at_most_once(
        baseline in baseline(),
        steps in steps(prop::option::of(fact().prop_map(wrong)), nobody()),
    ) {
        let decided = live(baseline, steps);
        prop_assert!(notices(&decided).count() <= 1);
        prop_assert!(decided.iter().all(|decided| !decided.decision.finding.is_open()));
    }

    #[test]
    fn episodes_only_grow_and_never_forget(baseline in baseline(), steps in steps(anything(), somebody())) {
        let decided = live(baseline, steps);
        for Decided { known, decision, .. } in &decided {
            let before = known.as_ref().map_or(0, |known| known.episode);
            let begins = matches!(decision.event, Event::Opened | Event::Reopened | Event::Recorded);
            prop_assert_eq!(decision.finding.episode, before + u32::from(begins));
            let told = notices(&decided).any(|(_, notice)| notice.episode == decision.finding.episode);
            prop_assert!(told || decision.finding.told.is_none(), "told, without a notice");
        }
    }

    #[test]
    fn silence_holds(baseline in baseline(), steps in steps(anything(), somebody())) {
        for Decided { known, decision, now, .. } in live(baseline, steps) {
            let Some(Finding { state, told, spoken, .. }) = known else { continue };
            // What was said before it was gone is as good as new until it has settled.
            let state = match (spoken, decision.event) {
                (Some(spoken), Event::Continued) => spoken.into(),
                _ => state,
            };
            let silent = match state {
                State::Acknowledged { until, .. } | State::Snoozed { until, .. } => now < until,
                State::Done { trusted_until, .. } => now < trusted_until,
                State::Dismissed { .. } => told.is_some_and(|told| {
                    let seen = &decision.finding.seen;
                    seen.stage_rank <= told.stage_rank && seen.severity <= told.severity
                }),
                State::Open { .. } | State::Owing { .. } | State::Resolved { .. } => false,
            };
            let fact = decision.finding.seen.happened.is_some();
            let withheld = matches!(decision.telling, Telling::Withhold(_));
            prop_assert!(!silent || fact || withheld);
        }
    }
}
