//! How often each transition was taken and each invariant checked: a promise that is never put to the test is
//! no promise. Every name stands here, so that one which never comes shows as a zero.

use std::{cell::RefCell, collections::BTreeMap, fmt::Write as _, io::Write as _};

/// What may happen, as the table names it.
const TRANSITIONS: [&str; 34] = [
    "look: complete",
    "look: partial",
    "look: doubtful",
    "look: failed",
    "look: of another question",
    "clock: minutes",
    "clock: hours",
    "clock: days",
    "clock: weeks",
    "clock: over a weekend",
    "clock: over a clock change",
    "round: by hand",
    "round: at its moment",
    "round: outside working time",
    "time: decided",
    "mail: reminder",
    "mail: digest",
    "mail: urgent",
    "mail: baseline",
    "mail: operator",
    "mail: held by the breaker",
    "act: acknowledge",
    "act: snooze",
    "act: done",
    "act: dismiss",
    "act: resolve",
    "act: assign",
    "act: differently",
    "act: explain",
    "act: apologised",
    "act: refused",
    "silence: added",
    "silence: ended",
    "reload",
];

/// The same for the people of the company.
const PEOPLE: [&str; 3] = ["people: one leaves", "people: one comes back", "people: one is away"];

/// What must hold.
const INVARIANTS: [&str; 23] = [
    "no finding is lost",
    "what is open was told, or will be",
    "how bad it is was told, or will be",
    "nobody hears the same twice in a window",
    "only urgent mails leave outside working time",
    "urgent is what a route says",
    "steps climb in order, each once",
    "a step waits for a mail and a whole window",
    "a failed look changes nothing",
    "a doubtful look changes nothing",
    "a partial look resolves nothing by absence",
    "a complete look closes what is gone",
    "an outage is told once",
    "every decision says why",
    "every notice has one fate",
    "a withheld notice has a true reason",
    "a waiting notice has a reason and an end",
    "the caps hold",
    "silences hold",
    "nobody hears of what is dealt with",
    "the breaker holds a flood, and says so",
    "who is told is there",
    "nothing sleeps beyond its time",
];

/// So often at least in one run.
const LEAST: u64 = 50;

thread_local! {
    static COUNTS: RefCell<BTreeMap<&'static str, u64>> = const { RefCell::new(BTreeMap::new()) };
}

pub(crate) fn count(name: &'static str) {
    COUNTS.with_borrow_mut(|counts| *counts.entry(name).or_default() += 1);
}

/// Prints the table past the test's captured output, because CI is to show it when all is well.
pub(crate) fn print(steps: usize, seed: u64) {
    let mut table = format!("model: {steps} random steps, seed {seed}\n");
    for (name, times) in listed() {
        writeln!(table, "{times:>9}  {name}").expect("a string takes everything");
    }
    let _ = std::io::stderr().write_all(table.as_bytes());
}

pub(crate) fn assert_often_enough() {
    let rare: Vec<_> = listed().filter(|(_, times)| *times < LEAST).collect();
    assert!(rare.is_empty(), "seen fewer than {LEAST} times: {rare:?}");
    let unlisted: Vec<_> = COUNTS.with_borrow(|counts| {
        counts.keys().copied().filter(|name| !listed().any(|(listed, _)| listed == *name)).collect()
    });
    assert!(unlisted.is_empty(), "counted under names that the table does not know: {unlisted:?}");
}

fn listed() -> impl Iterator<Item = (&'static str, u64)> {
    let times = |name| COUNTS.with_borrow(|counts| counts.get(name).copied().unwrap_or(0));
    TRANSITIONS.into_iter().chain(PEOPLE).chain(INVARIANTS).map(move |name| (name, times(name)))
}
