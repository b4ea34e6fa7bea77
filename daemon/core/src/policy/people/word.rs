//! When the operators hear what is wrong with the data about people: once for each set of problems.
//!
//! The list is read at every look; telling the same again each time would be noise, and a row that moves to
//! another line is no news. A set that changed is told whole, so that the last mail is the whole truth. A set
//! that became empty is forgotten in silence.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{PeopleTrouble, Problem};
use crate::domain::{CheckId, Notice, RunId, TellBecause};

/// Stands for the list of people where a check has its id. No check can have this one.
pub const PEOPLE: &str = "[people]";

/// What the operators were told last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PeopleMemory {
    pub told: Option<ToldProblems>,
}

/// A set of problems that was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ToldProblems {
    /// Of the set, wherever its rows stand.
    pub digest: String,
    pub problems: usize,
    pub at: Timestamp,
}

/// What is remembered from now on, and the word to the operators when the set is another than they know;
/// `None` when nothing changed.
pub fn word(
    memory: &PeopleMemory,
    problems: &[Problem],
    now: Timestamp,
) -> Option<(PeopleMemory, Option<Notice>)> {
    if problems.is_empty() {
        return memory.told.is_some().then(|| (PeopleMemory::default(), None));
    }
    let digest = digest(problems);
    if memory.told.as_ref().is_some_and(|told| told.digest == digest) {
        return None;
    }
    let told = ToldProblems { digest, problems: problems.len(), at: now };
    Some((PeopleMemory { told: Some(told) }, Some(notice(problems, now))))
}

fn notice(problems: &[Problem], now: Timestamp) -> Notice {
    let detail = PeopleTrouble::of(problems).detail();
    Notice::to_operators(CheckId::from(PEOPLE), TellBecause::PeopleWrong, RunId(0), now, detail)
}

fn digest(problems: &[Problem]) -> String {
    let identities: BTreeSet<String> = problems.iter().map(Problem::identity).collect();
    let mut sha = Sha256::new();
    for identity in identities {
        sha.update((identity.len() as u64).to_be_bytes());
        sha.update(identity);
    }
    hex::encode(sha.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::PersonId,
        policy::{
            people::{Place, Wrong},
            samples::at,
        },
    };

    fn no_address(person: &str) -> Problem {
        let place = Place::File { file: "staff.csv".to_owned(), line: 2 };
        Problem { place, person: Some(PersonId::from(person)), wrong: Wrong::NoAddress, also: None }
    }

    #[test]
    fn another_problem_in_the_place_of_one_is_told_and_the_same_elsewhere_is_not() {
        let (morning, noon) = (at("2026-03-02T08:00:00Z"), at("2026-03-02T12:00:00Z"));
        let (memory, notice) = word(&PeopleMemory::default(), &[no_address("5")], morning).unwrap();
        assert!(notice.is_some());
        let place = Place::File { file: "staff.csv".to_owned(), line: 7 };
        assert_eq!(word(&memory, &[Problem { place, ..no_address("5") }], noon), None);
        let (memory, notice) = word(&memory, &[no_address("6")], noon).unwrap();
        assert!(notice.is_some());
        assert_eq!(word(&memory, &[], noon), Some((PeopleMemory::default(), None)));
    }

    #[test]
    fn what_may_be_meant_is_no_error() {
        assert!(!no_address("5").is_error());
        assert!(Problem { wrong: Wrong::OwnManager, ..no_address("5") }.is_error());
    }
}
