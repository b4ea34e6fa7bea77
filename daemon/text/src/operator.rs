//! How a letter to operators begins and ends: checks that could not look are one thing, wrong data about people
//! is another, and one letter may speak of both.

use kaizend_core::domain::TellBecause;

use crate::{
    Letter,
    finding_words::text,
    page::{Speaker, count, total},
};

/// What the letter speaks of.
struct Matter {
    /// Checks that could not look; those that the letter only counts are among them.
    checks: u64,
    people: bool,
}

impl Matter {
    fn of(letter: &Letter) -> Self {
        let about_people = |because| because == TellBecause::PeopleWrong;
        let people = letter.troubles.iter().filter(|trouble| about_people(trouble.because)).count() as u64;
        Self { checks: total(letter) - people, people: people > 0 }
    }
}

/// `checks` are the names of what it speaks of.
pub(crate) fn subject(letter: &Letter, checks: &str, say: &mut Speaker) -> String {
    match Matter::of(letter) {
        Matter { checks: 0, people: true } => say.bare("subject-people"),
        Matter { people: true, .. } => say.own("subject-several", vec![("count", count(total(letter)))]),
        Matter { checks: number, .. } => {
            say.own("subject-operator", vec![("count", count(number)), ("check", text(checks))])
        }
    }
}

pub(crate) fn lead(letter: &Letter, say: &mut Speaker) -> String {
    let Matter { checks, people } = Matter::of(letter);
    let looks = (checks > 0).then(|| say.own("lead-operator", vec![("count", count(checks))]));
    joined(looks, people.then(|| say.bare("lead-people")))
}

pub(crate) fn next(letter: &Letter, say: &mut Speaker) -> String {
    let Matter { checks, people } = Matter::of(letter);
    joined((checks > 0).then(|| say.bare("next-operator")), people.then(|| say.bare("next-people")))
}

fn joined(first: Option<String>, second: Option<String>) -> String {
    first.into_iter().chain(second).collect::<Vec<_>>().join(" ")
}
