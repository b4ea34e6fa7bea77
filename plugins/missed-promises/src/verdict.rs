//! What has become of one promise. The rules for days and instants are the SDK's (`When::kept_by`).

use kaizend_sdk::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Kept in time.
    Kept,
    /// Kept, so many company days after the day it was due; 0 for later on the same day.
    KeptLate { kept: When, days: i32 },
    /// Open, and its moment is over.
    Overdue,
    /// Open, and near enough to be warned of.
    DueSoon,
    /// Open, with time left.
    Open,
}

impl Verdict {
    pub(crate) fn of(due: When, kept: Option<When>, now: When, warned: impl Fn(When) -> bool) -> Self {
        match kept {
            Some(kept) if due.kept_by(kept) => Self::Kept,
            Some(kept) => Self::KeptLate { kept, days: kept.day() - due.day() },
            None if due.is_over(now) => Self::Overdue,
            None if warned(due) => Self::DueSoon,
            None => Self::Open,
        }
    }

    pub(crate) fn is_miss(self) -> bool {
        matches!(self, Self::KeptLate { .. } | Self::Overdue)
    }
}
