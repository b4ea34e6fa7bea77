//! Reasons of the core, as the daemon's own messages: why this person, why now, how much it matters.

use kaizend_core::domain::{AddressedBecause, Severity, TellBecause};

use crate::{finding_words::text, page::Speaker};

/// Why this reader gets it.
pub(crate) fn addressed(because: &AddressedBecause, say: &mut Speaker) -> String {
    match because {
        AddressedBecause::Owner => say.bare("addressed-owner"),
        AddressedBecause::NoOwner => say.bare("addressed-no-owner"),
        AddressedBecause::UnknownOwner { owner } => {
            say.own("addressed-unknown-owner", vec![("owner", text(owner))])
        }
        AddressedBecause::NoAddress { owner } => {
            say.own("addressed-no-address", vec![("owner", text(owner))])
        }
        AddressedBecause::Fallback => say.bare("addressed-fallback"),
        _ => say.bare("addressed-last-resort"),
    }
}

/// The catalogue's id for why it is told now.
pub(crate) fn because(because: TellBecause) -> &'static str {
    match because {
        TellBecause::New => "because-new",
        TellBecause::Worse => "because-worse",
        TellBecause::Reopened => "because-reopened",
        TellBecause::DoneButStillThere => "because-done-but-still-there",
        TellBecause::Happened => "because-happened",
        TellBecause::Baseline => "because-baseline",
        TellBecause::PeopleWrong => "because-people-wrong",
        _ => "because-could-not-look",
    }
}

/// The catalogue's id for a severity, and the class of its mark.
pub(crate) fn severity(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Note => ("severity-note", "note"),
        Severity::Normal => ("severity-normal", "normal"),
        Severity::High => ("severity-high", "high"),
        Severity::Urgent => ("severity-urgent", "urgent"),
    }
}
