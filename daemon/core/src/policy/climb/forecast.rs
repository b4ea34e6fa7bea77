//! What the owner is told beforehand, and what `explain` says last: when it climbs, and to whom.

use jiff::Timestamp;

use super::{Clock, Word, carrying, step};
use crate::domain::{Addressee, Finding, Rung, State};
use crate::policy::route::Router;

/// The next step that will tell somebody, if nothing happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    pub at: Timestamp,
    pub step: u32,
    pub rung: Rung,
    pub to: Addressee,
}

/// Looks ahead as if a mail about the finding left at `leaving`, when one is about to.
pub fn forecast(
    finding: &Finding,
    words: &[Word],
    leaving: Option<Timestamp>,
    router: &Router,
) -> Option<Forecast> {
    if !matches!(finding.state, State::Open { .. }) || finding.climb.paused_since.is_some() {
        return None;
    }
    let ladder = carrying(finding, router)?;
    let known = Clock::of(finding, words, router);
    let clock = match (known, leaving) {
        (Some(clock), leaving) => Clock { last: leaving.unwrap_or(clock.last), ..clock },
        (None, Some(leaving)) => Clock { first: leaving, last: leaving },
        (None, None) => return None,
    };
    let mut ahead = finding.clone();
    loop {
        let next = step::climb(&ahead, ladder, &clock, router)?;
        let step::What::Climb { number, step, ref to } = next.what else { return None };
        match to {
            Ok(heard) => {
                return Some(Forecast { at: next.at, step: number, rung: step.to, to: heard.to.clone() });
            }
            Err(_) => ahead = next.taken(&ahead, router).finding,
        }
    }
}
