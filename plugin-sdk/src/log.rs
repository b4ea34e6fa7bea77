//! What a check writes down for the operator, and the words it leaves when it panics.
//!
//! A sandbox has no terminal, so `println!` of the prelude writes to the run's log; and a panic would be no more than
//! "unreachable", so a hook says what happened, where, and at which row.

use std::cell::Cell;

use crate::host::report;

/// How much a log line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Level {
    /// Shown when asked for.
    Detail,
    /// Kept with the run.
    Note,
    /// Kept with the run, and shown beside its outcome.
    Warning,
}

impl Level {
    const fn number(self) -> u8 {
        match self {
            Self::Detail => 1,
            Self::Note => 2,
            Self::Warning => 3,
        }
    }
}

/// Writes a line to the run's log. Lines beyond the operator's limit are dropped, and that is said.
pub fn log(level: Level, text: &str) {
    report::log(level.number(), text);
}

/// Writes to the run's log, as `println!` writes to a terminal.
#[macro_export]
macro_rules! println {
    () => { $crate::log($crate::Level::Note, "") };
    ($($arguments:tt)*) => { $crate::log($crate::Level::Note, &format!($($arguments)*)) };
}

thread_local! {
    static READING: Cell<(&'static str, u64)> = const { Cell::new(("", 0)) };
}

/// Notes which row is looked at: counted from 0, in the order they are read.
#[inline]
pub(crate) fn reading(slot: &'static str, row: u64) {
    READING.set((slot, row));
}

/// Called once before a check begins, in the sandbox. Natively a panic is the test's own.
#[cfg(target_arch = "wasm32")]
pub(crate) fn install_hook() {
    std::panic::set_hook(Box::new(|panic| {
        let message = message(panic.payload_as_str());
        let (file, line, column) =
            panic.location().map_or(("", 0, 0), |at| (at.file(), at.line(), at.column()));
        report::panicked(&message, file, line, column);
    }));
}

/// The panic's own words, and the row that was being looked at.
#[cfg(any(target_arch = "wasm32", test))]
fn message(words: Option<&str>) -> String {
    let words = words.unwrap_or("it gave no reason");
    match READING.get() {
        ("", _) => words.to_owned(),
        (slot, row) => format!("{words} (at row {} of slot `{slot}`)", row + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_names_the_row() {
        assert_eq!(message(Some("no such thing")), "no such thing");
        reading("promises", 4_710);
        assert_eq!(message(Some("no such thing")), "no such thing (at row 4711 of slot `promises`)");
        assert_eq!(message(None), "it gave no reason (at row 4711 of slot `promises`)");
    }
}
