//! What a run leaves in the memory of its check, and when the operators hear that it could not look.
//!
//! An error, a time-out and a doubtful look are one outage as long as no look succeeds between them: told
//! once when it begins, and over in silence.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::{
    AddressedBecause, Addressee, CannotLook, CheckId, CheckMemory, CompleteLook, Completeness, FailureClass,
    Notice, NoticeKind, Outcome, RunId, TellBecause,
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
        // Neither says anything about the data: the daemon did not look, or was stopped while looking.
        Outcome::Skipped { .. } | Outcome::Failed { class: FailureClass::Interrupted, .. } => {
            (memory.clone(), None)
        }
        Outcome::Completed { look: Completeness::Doubtful { slot, doubt } } => {
            could_not_look(memory, ended, doubt.sentence(slot), now)
        }
        Outcome::Failed { message, .. } | Outcome::TimedOut { message } => {
            could_not_look(memory, ended, message.clone(), now)
        }
    }
}

fn could_not_look(
    memory: &CheckMemory,
    ended: &Ended<'_>,
    message: String,
    now: Timestamp,
) -> (CheckMemory, Option<Notice>) {
    let earlier = memory.cannot_look.as_ref();
    let told = earlier.is_some_and(|outage| outage.told);
    let since = earlier.map_or(now, |outage| outage.since);
    let notice = (!told).then(|| Notice {
        check: ended.check.clone(),
        finding: None,
        episode: 0,
        kind: NoticeKind::Operator,
        to: Addressee::Operators,
        addressed: AddressedBecause::LastResort,
        because: TellBecause::CouldNotLook,
        run: ended.run,
        due: now,
        detail: Some(message.clone()),
    });
    let outage = CannotLook { since, told: true, message };
    (CheckMemory { cannot_look: Some(outage), ..memory.clone() }, notice)
}
