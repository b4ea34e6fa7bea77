//! `[reminders]`: the manners of reminding, for all checks.

use kaizend_core::{
    domain::{Severity, Span},
    policy::{
        breaker::Breaker,
        window::{Window, Windows},
    },
};

use super::{
    table::{Section, Table},
    value::Value,
};

pub(super) const REMINDERS: Section = Section {
    name: "reminders",
    keys: &["windows", "daily-cap", "urgent", "breaker", "done-is-trusted", "settle", "recheck-after"],
};
pub(super) const URGENT: Section = Section { name: "reminders.urgent", keys: &["severity", "per-day"] };
pub(super) const BREAKER: Section =
    Section { name: "reminders.breaker", keys: &["mails", "times-usual", "share-of-staff"] };

#[derive(Clone, Debug, PartialEq)]
pub struct Reminders {
    /// When mails may go, on working days in the recipient's zone. Empty: at once.
    pub windows: Windows,
    /// Mails to one person in a day; the rest waits for the next window.
    pub daily_cap: Option<u32>,
    pub urgent: Urgent,
    /// What holds a whole mailing until an operator has looked.
    pub breaker: Breaker,
    /// How long a done-mark is believed while the data disagrees.
    pub done_is_trusted: Span,
    /// A finding that comes back within this goes on with its episode.
    pub settle: Span,
    /// A check whose last complete look is older than this looks again before its mails go.
    pub recheck_after: Span,
}

/// Findings from this severity on go apart from the windows, so many mails a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Urgent {
    pub severity: Severity,
    pub per_day: u32,
}

impl Default for Reminders {
    fn default() -> Self {
        Self {
            windows: Windows::default(),
            daily_cap: None,
            urgent: Urgent { severity: Severity::Urgent, per_day: 2 },
            breaker: Breaker::default(),
            done_is_trusted: Span::WorkingDays(2),
            settle: Span::WorkingDays(1),
            recheck_after: Span::Seconds(15 * 60),
        }
    }
}

impl Reminders {
    pub(super) fn read(value: &Value<'_>) -> Option<Self> {
        let table = value.table(&REMINDERS)?;
        let usual = Self::default();
        Some(Self {
            windows: table.get("windows").map(|value| windows(&value)).unwrap_or_default(),
            daily_cap: number(&table, "daily-cap", 1_000),
            urgent: table.table("urgent", &URGENT).map_or(usual.urgent, |table| urgent(&table)),
            breaker: table.table("breaker", &BREAKER).map_or(usual.breaker, |table| breaker(&table)),
            done_is_trusted: table.parsed("done-is-trusted").unwrap_or(usual.done_is_trusted),
            settle: table.parsed("settle").unwrap_or(usual.settle),
            recheck_after: table.parsed("recheck-after").unwrap_or(usual.recheck_after),
        })
    }
}

fn windows(value: &Value<'_>) -> Windows {
    Windows::new(value.list().iter().filter_map(Value::parsed::<Window>))
}

fn urgent(table: &Table<'_>) -> Urgent {
    let usual = Reminders::default().urgent;
    let severity = match table.whole("severity", 1..=4) {
        Some(1) => Severity::Note,
        Some(2) => Severity::Normal,
        Some(3) => Severity::High,
        _ => usual.severity,
    };
    Urgent { severity, per_day: number(table, "per-day", 100).unwrap_or(usual.per_day) }
}

fn breaker(table: &Table<'_>) -> Breaker {
    Breaker {
        mails: number(table, "mails", 1_000_000),
        times_usual: table.real("times-usual", 1.0..=1_000.0),
        share_of_staff: table.real("share-of-staff", 0.0..=1.0),
    }
}

fn number(table: &Table<'_>, key: &'static str, most: u64) -> Option<u32> {
    table.whole(key, 1..=most).and_then(|number| u32::try_from(number).ok())
}
