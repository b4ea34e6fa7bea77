//! Reasons of the core, as the daemon's own messages: why this person, why now, how much it matters.

use kaizend_core::domain::{AddressedBecause, PersonId, Severity, TellBecause};

use crate::{Item, argument, finding_words::text, page::Speaker};

/// Why this reader gets it.
pub(crate) fn addressed(item: &Item, say: &mut Speaker) -> String {
    let name = |id: &PersonId| text(item.company.people.get(id.as_str()).map_or(id.as_str(), String::as_str));
    match &item.addressed {
        AddressedBecause::Owner => say.bare("addressed-owner"),
        AddressedBecause::NoOwner => say.bare("addressed-no-owner"),
        AddressedBecause::UnknownOwner { owner } => {
            say.own("addressed-unknown-owner", vec![("owner", text(owner))])
        }
        AddressedBecause::NoAddress { owner } => {
            say.own("addressed-no-address", vec![("owner", text(owner))])
        }
        AddressedBecause::Fallback => say.bare("addressed-fallback"),
        AddressedBecause::Assigned { by } => say.own("addressed-assigned", vec![("by", name(by))]),
        AddressedBecause::Route { route } => say.own("addressed-route", vec![("route", text(route))]),
        AddressedBecause::Substitute { of, until: Some(until) } => {
            say.own("addressed-substitute", vec![("of", name(of)), ("until", argument::day(*until))])
        }
        AddressedBecause::Substitute { of, until: None } => {
            say.own("addressed-substitute-open", vec![("of", name(of))])
        }
        AddressedBecause::OwnerAway { owner } => {
            say.own("addressed-owner-away", vec![("owner", name(owner))])
        }
        AddressedBecause::Above { owner, .. } => say.own("addressed-above", vec![("owner", name(owner))]),
        AddressedBecause::OwesApology { .. } => say.bare("addressed-owes-apology"),
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
        TellBecause::SilenceEnded => "because-silence-ended",
        TellBecause::HandedOver => "because-handed-over",
        TellBecause::Repeat => "because-repeat",
        TellBecause::NothingHappened => "because-nothing-happened",
        TellBecause::ApologyOwed => "because-apology-owed",
        TellBecause::ApologyLate => "because-apology-late",
        TellBecause::Held => "because-held",
        TellBecause::NotReloaded => "because-not-reloaded",
        TellBecause::Unheard => "because-unheard",
        TellBecause::WasSilent => "because-was-silent",
        TellBecause::Refused => "because-refused",
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
