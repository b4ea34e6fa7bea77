//! What a run leaves in the memory of its check, and when the operators hear that it could not look.
//!
//! An error, a time-out and a doubtful look are one outage as long as no look succeeds between them: told
//! once when it begins, and over in silence.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::{
    CannotLook, CheckId, CheckMemory, CompleteLook, Completeness, CouldNotLook, Notice, Outcome, RunId,
    TellBecause,
};

/// How a run of a check ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended<'a> {
    pub check: &'a CheckId,
    pub run: RunId,
    /// The digest of the question it asked.
    pub question: &'a str,
    pub outcome: &'a Outcome,
    /// Rows read, by `slot` or `slot/dataset`.
    pub rows: &'a BTreeMap<String, u64>,
}

/// The check's memory after a run, and the word to the operators when an outage begins.
pub fn remember(memory: &CheckMemory, ended: &Ended<'_>, now: Timestamp) -> (CheckMemory, Option<Notice>) {
    match ended.outcome {
        Outcome::Completed { look: Completeness::Complete } => {
            let look = CompleteLook { run: ended.run, at: now, rows: ended.rows.clone() };
            let question = Some(ended.question.to_owned());
            (CheckMemory { question, last_complete: Some(look), cannot_look: None }, None)
        }
        Outcome::Completed { look: Completeness::Partial } => {
            let question = Some(ended.question.to_owned());
            (CheckMemory { question, cannot_look: None, ..memory.clone() }, None)
        }
        outcome => match CouldNotLook::of(outcome) {
            Some(why) => could_not_look(memory, ended, &why, now),
            None => (memory.clone(), None),
        },
    }
}

fn could_not_look(
    memory: &CheckMemory,
    ended: &Ended<'_>,
    why: &CouldNotLook,
    now: Timestamp,
) -> (CheckMemory, Option<Notice>) {
    let earlier = memory.cannot_look.as_ref();
    let told = earlier.is_some_and(|outage| outage.told);
    let since = earlier.map_or(now, |outage| outage.since);
    let notice = (!told).then(|| {
        Notice::to_operators(ended.check.clone(), TellBecause::CouldNotLook, ended.run, now, why.detail())
    });
    let outage = CannotLook { since, told: true, message: why.sentence() };
    (CheckMemory { cannot_look: Some(outage), ..memory.clone() }, notice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Doubt, Hindrance, SkipReason};
    use crate::policy::samples::at;
    use crate::rows::FaultClass;

    const SOURCE: Hindrance = Hindrance::Source(FaultClass::Locked);

    fn failed(hindrance: Hindrance) -> Outcome {
        Outcome::failed(hindrance, "the database is locked")
    }

    fn completed(look: Completeness) -> Outcome {
        Outcome::Completed { look }
    }

    fn empty() -> Outcome {
        let doubt = Doubt::Empty { before: 830 };
        completed(Completeness::Doubtful { slot: "promises".to_owned(), doubt })
    }

    /// Runs one after the other, an hour apart; says after which of them the operators are told.
    fn told(outcomes: &[Outcome]) -> (Vec<bool>, CheckMemory) {
        let (mut memory, mut now) = (CheckMemory::default(), at("2026-11-23T08:00:00Z"));
        let told = outcomes
            .iter()
            .map(|outcome| {
                now += jiff::SignedDuration::from_hours(1);
                let check = CheckId::from("late-orders");
                let rows = BTreeMap::from([("promises".to_owned(), 830)]);
                let ended = Ended { check: &check, run: RunId(1), question: "q", outcome, rows: &rows };
                let (after, notice) = remember(&memory, &ended, now);
                memory = after;
                notice.is_some()
            })
            .collect();
        (told, memory)
    }

    #[test]
    fn an_outage_is_told_once() {
        let source = || failed(SOURCE);
        let complete = || completed(Completeness::Complete);
        let timed_out = || Outcome::TimedOut { message: "5min are over".to_owned() };
        let skipped = || Outcome::Skipped { why: SkipReason::Overlap };
        for (name, outcomes, expected) in [
            ("error, zero rows, error", vec![source(), empty(), source()], vec![true, false, false]),
            ("recovered in silence", vec![source(), complete()], vec![true, false]),
            ("a store that keeps nothing", vec![failed(Hindrance::Store), complete()], vec![true, false]),
            ("two outages", vec![source(), complete(), empty()], vec![true, false, true]),
            (
                "a partial look ends it too",
                vec![timed_out(), completed(Completeness::Partial), timed_out()],
                vec![true, false, true],
            ),
            ("a skipped run changes nothing", vec![source(), skipped(), source()], vec![true, false, false]),
            ("a restart is no outage", vec![failed(Hindrance::GivenUp), complete()], vec![false, false]),
            (
                "a restart does not end one",
                vec![source(), failed(Hindrance::GivenUp), source()],
                vec![true, false, false],
            ),
        ] {
            assert_eq!(told(&outcomes).0, expected, "{name}");
        }
    }

    #[test]
    fn an_outage_keeps_its_beginning_and_the_last_look_that_was_complete() {
        let (_, memory) = told(&[completed(Completeness::Complete), failed(SOURCE), empty()]);
        let outage = memory.cannot_look.unwrap();
        assert_eq!(outage.since, at("2026-11-23T10:00:00Z"));
        assert!(
            outage.message.contains("no rows, where the last complete look read 830"),
            "{}",
            outage.message
        );
        assert_eq!(memory.last_complete.unwrap().at, at("2026-11-23T09:00:00Z"));
        assert_eq!(memory.question.as_deref(), Some("q"));
    }

    /// The mail is in whatever language its reader speaks; only the command line reads the sentence.
    #[test]
    fn the_operators_get_facts_and_the_command_line_a_sentence() {
        for outcome in [failed(SOURCE), empty(), Outcome::TimedOut { message: "5 min are over".to_owned() }] {
            let (check, rows) = (CheckId::from("late-orders"), BTreeMap::new());
            let ended = Ended { check: &check, run: RunId(1), question: "q", outcome: &outcome, rows: &rows };
            let (memory, notice) = remember(&CheckMemory::default(), &ended, at("2026-11-23T08:00:00Z"));
            let why = CouldNotLook::from_detail(&notice.unwrap().detail.unwrap());
            assert_eq!(why, CouldNotLook::of(&outcome), "{outcome:?}");
            assert_eq!(memory.cannot_look.unwrap().message, why.unwrap().sentence());
        }
    }

    #[test]
    fn a_doubtful_look_does_not_answer_the_question() {
        assert_eq!(told(&[empty()]).1.question, None);
        let (_, memory) = told(&[completed(Completeness::Partial)]);
        assert_eq!((memory.question.as_deref(), memory.last_complete), (Some("q"), None));
    }
}
