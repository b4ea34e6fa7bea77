//! What comes next for a finding, and when: the last line of `explain`.

use jiff::Timestamp;
use serde::Serialize;

use super::{Clock, Word, carrying, silence, step};
use crate::domain::{Addressee, Apology, Finding, PersonId, Rung, State};
use crate::policy::route::Router;

/// The next thing that happens if nobody does anything and the data stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "next")]
pub enum Outlook {
    /// A mail about it waits for its moment.
    MailWaits { until: Timestamp },
    /// The owner, or the present step, is reminded.
    Reminder { at: Timestamp, to: Addressee },
    /// It climbs.
    Step { at: Timestamp, to: Addressee, rung: Rung },
    /// A silence ends, and it is told again.
    SilenceEnds { at: Timestamp },
    /// From then on the next look decides whether the done-mark was right.
    DataDecides { from: Timestamp },
    /// An apology is late then.
    ApologyLate { at: Timestamp, by: PersonId },
    /// The client has to move; the ladder's clock stands still.
    WaitsForClient { since: Timestamp },
    /// Nobody hears unless it gets worse.
    UnlessWorse,
    /// It waits for what is owed: an apology, a cause.
    WaitsForPeople,
    /// It is closed.
    Closed,
}

/// What time alone, or a person, will change next.
pub fn outlook(finding: &Finding, words: &[Word], router: &Router) -> Outlook {
    let apology = next_apology(finding);
    let late = |apology: &Apology| Outlook::ApologyLate { at: apology.due, by: apology.by.clone() };
    match &finding.state {
        State::Resolved { .. } => Outlook::Closed,
        State::Owing { .. } => apology.map_or(Outlook::WaitsForPeople, late),
        State::Acknowledged { until, .. } | State::Snoozed { until, .. } => {
            Outlook::SilenceEnds { at: *until }
        }
        State::Done { trusted_until, .. } => Outlook::DataDecides { from: *trusted_until },
        State::Dismissed { .. } => Outlook::UnlessWorse,
        State::Open { .. } => match open(finding, words, router) {
            Outlook::UnlessWorse => apology.map_or(Outlook::UnlessWorse, late),
            next => next,
        },
    }
}

fn next_apology(finding: &Finding) -> Option<&Apology> {
    finding.owed.open_apologies().filter(|apology| !apology.late_told).min_by_key(|apology| apology.due)
}

fn open(finding: &Finding, words: &[Word], router: &Router) -> Outlook {
    if let Some(until) = words.iter().filter(|word| word.waits).map(|word| word.due).min() {
        return Outlook::MailWaits { until };
    }
    let Some(ladder) = carrying(finding, router) else { return Outlook::UnlessWorse };
    if silence::waits_for_client(finding) {
        return Outlook::WaitsForClient { since: finding.climb.paused_since.unwrap_or(router.now) };
    }
    let Some(clock) = Clock::of(finding, words, router) else { return Outlook::UnlessWorse };
    let mut ahead = finding.clone();
    // Steps that will have nobody are passed over, as they will be.
    loop {
        let Some(next) = step::next(&ahead, ladder, &clock, router) else { return Outlook::UnlessWorse };
        match &next.what {
            step::What::Repeat { to, .. } => return Outlook::Reminder { at: next.at, to: to.to.clone() },
            step::What::Climb { step, to: Ok(to), .. } => {
                return Outlook::Step { at: next.at, to: to.to.clone(), rung: step.to };
            }
            step::What::Climb { to: Err(_), .. } => ahead = next.taken(&ahead, router).finding,
        }
    }
}
