//! An outlook in the few words of a story: `step boss 2026-11-26 09:00`.

use jiff::Timestamp;
use kaizend_core::{domain::Addressee, policy::climb::Outlook};

pub(crate) fn said(next: Option<&Outlook>, local: &impl Fn(Timestamp) -> String) -> String {
    let to = |to: &Addressee| match to {
        Addressee::Person(id) => id.to_string(),
        Addressee::Operators => "operators".to_owned(),
    };
    match next {
        None => "nothing: its check is gone".to_owned(),
        Some(Outlook::MailWaits { until }) => format!("mail {}", local(*until)),
        Some(Outlook::Reminder { at, to: who }) => format!("reminder {} {}", to(who), local(*at)),
        Some(Outlook::Step { at, to: who, .. }) => format!("step {} {}", to(who), local(*at)),
        Some(Outlook::SilenceEnds { at }) => format!("silence ends {}", local(*at)),
        Some(Outlook::DataDecides { from }) => format!("data decides {}", local(*from)),
        Some(Outlook::ApologyLate { at, by }) => format!("apology of {by} late {}", local(*at)),
        Some(Outlook::WaitsForClient { .. }) => "waits for the client".to_owned(),
        Some(Outlook::UnlessWorse) => "unless worse".to_owned(),
        Some(Outlook::WaitsForPeople) => "waits for people".to_owned(),
        Some(Outlook::Closed) => "closed".to_owned(),
    }
}
