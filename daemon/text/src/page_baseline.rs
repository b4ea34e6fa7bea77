//! The words around a list of what was already so. A condition stays open, a past fact is over: each is promised
//! only what will happen to it.

use crate::{
    Letter,
    finding_words::text,
    page::{Speaker, count, total},
};

/// What the list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Conditions,
    Facts,
    /// Also where nobody can say: what is only counted may be either.
    Both,
}

impl Standing {
    fn of(letter: &Letter) -> Self {
        let facts = letter.items.iter().filter(|item| item.finding.seen.happened.is_some()).count();
        match facts {
            _ if letter.more > 0 => Self::Both,
            0 => Self::Conditions,
            _ if facts == letter.items.len() => Self::Facts,
            _ => Self::Both,
        }
    }
}

pub(crate) fn subject(letter: &Letter, check: &str, say: &mut Speaker) -> String {
    let id = match Standing::of(letter) {
        Standing::Facts => "subject-baseline-facts",
        Standing::Conditions | Standing::Both => "subject-baseline",
    };
    say.own(id, vec![("count", count(total(letter))), ("check", text(check))])
}

pub(crate) fn lead(letter: &Letter, say: &mut Speaker) -> String {
    let id = match Standing::of(letter) {
        Standing::Facts => "lead-baseline-facts",
        Standing::Conditions | Standing::Both => "lead-baseline",
    };
    say.own(id, vec![("count", count(total(letter)))])
}

pub(crate) fn head(letter: &Letter, say: &mut Speaker) -> String {
    say.bare(match Standing::of(letter) {
        Standing::Facts => "head-list-facts",
        Standing::Conditions | Standing::Both => "head-list",
    })
}

pub(crate) fn next(letter: &Letter, say: &mut Speaker) -> String {
    say.bare(match Standing::of(letter) {
        Standing::Conditions => "next-baseline",
        Standing::Facts => "next-baseline-facts",
        Standing::Both => "next-baseline-both",
    })
}
