//! `[checks.<name>.apology]` and the cause of a miss: what a check asks of people when a client was let down.

use kaizend_core::{
    domain::Span,
    policy::owing::{ApologyRule, Owing},
};

use super::table::{Section, Table};

pub(super) const APOLOGY: Section = Section {
    name: "checks.<name>.apology",
    keys: &["stages", "note", "normal", "high", "urgent", "within"],
};

/// How many levels apologise unless said otherwise: the one who erred; from high on also the manager; the director
/// for what the operator calls urgent.
const LEVELS: [(&str, u8); 4] = [("note", 0), ("normal", 1), ("high", 2), ("urgent", 3)];

pub(super) fn read(check: &Table<'_>) -> Owing {
    Owing {
        apology: check.table("apology", &APOLOGY).map(|table| apology(&table)),
        cause: check.flag("ask-cause").unwrap_or(false),
        causes: check.get("causes").map(|value| value.texts()).unwrap_or_default(),
    }
}

fn apology(table: &Table<'_>) -> ApologyRule {
    let level =
        |(key, usual)| table.whole(key, 0..=3).and_then(|levels| u8::try_from(levels).ok()).unwrap_or(usual);
    ApologyRule {
        stages: table.get("stages").map(|value| value.texts()).unwrap_or_default(),
        levels: LEVELS.map(level),
        within: table.parsed("within").unwrap_or(Span::WorkingDays(1)),
    }
}
