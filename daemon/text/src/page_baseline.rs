//! The words around a list of what was already so. A condition stays open, a past fact is over: each is promised
//! only what will happen to it, what is only counted included.

use crate::{
    Letter,
    finding_words::text,
    page::{Speaker, count, total},
};

/// What the list holds, shown or counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Held {
    conditions: u64,
    facts: u64,
}

impl Held {
    fn by(letter: &Letter) -> Self {
        let shown = letter.items.iter().filter(|item| item.finding.seen.happened.is_some()).count() as u64;
        let facts = shown + u64::from(letter.more_facts);
        Self { conditions: total(letter).saturating_sub(facts), facts }
    }

    fn only_facts(self) -> bool {
        self.conditions == 0 && self.facts > 0
    }
}

pub(crate) fn subject(letter: &Letter, check: &str, say: &mut Speaker) -> String {
    let id = if Held::by(letter).only_facts() { "subject-baseline-facts" } else { "subject-baseline" };
    say.own(id, vec![("count", count(total(letter))), ("check", text(check))])
}

pub(crate) fn lead(letter: &Letter, say: &mut Speaker) -> String {
    let id = if Held::by(letter).only_facts() { "lead-baseline-facts" } else { "lead-baseline" };
    say.own(id, vec![("count", count(total(letter)))])
}

pub(crate) fn head(letter: &Letter, say: &mut Speaker) -> String {
    say.bare(if Held::by(letter).only_facts() { "head-list-facts" } else { "head-list" })
}

pub(crate) fn next(letter: &Letter, say: &mut Speaker) -> String {
    let held = Held::by(letter);
    match held {
        Held { facts: 0, .. } => say.own("next-baseline", vec![("count", count(held.conditions))]),
        Held { conditions: 0, .. } => say.own("next-baseline-facts", vec![("count", count(held.facts))]),
        Held { conditions, facts } => {
            say.own("next-baseline-both", vec![("conditions", count(conditions)), ("facts", count(facts))])
        }
    }
}
