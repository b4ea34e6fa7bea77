//! Time alone: what becomes of ONE open finding when nobody does anything. Its owner is reminded again, then it
//! climbs its ladder in working time, each step once and in order; a silence ends; an apology is late.
//!
//! Every activation recomputes from the finding and from the mails that really left, so a daemon that slept for a
//! week climbs one step, not five: a step comes only after the one before it had a whole window to be acted on.

mod apology;
mod forecast;
mod outlook;
mod silence;
mod step;
#[cfg(test)]
mod tests;
mod unheard;

use jiff::{SignedDuration, Timestamp};

use super::{ladder::Ladder, route::Router};
use crate::domain::{
    Decision, Event, Finding, Notice, NoticeKind, State, TellBecause, Telling, Why, WithheldBecause,
};

pub use forecast::{Forecast, forecast};
pub use outlook::{Outlook, outlook};
pub(super) use silence::resume as silence_resumes;
use unheard::unheard;

/// How soon a finding whose mail still waits is looked at again.
const WAITING: SignedDuration = SignedDuration::from_mins(15);

/// A notice about a finding, as far as climbing needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    pub kind: NoticeKind,
    pub decided_at: Timestamp,
    pub due: Timestamp,
    /// When the mail that holds it was composed.
    pub left_at: Option<Timestamp>,
    /// It waits for its window.
    pub waits: bool,
}

/// What time makes of a finding now.
#[derive(Clone, Debug, PartialEq)]
pub enum Advance {
    /// Nothing comes by itself any more.
    Nothing,
    /// Nothing before this moment.
    Wait(Timestamp),
    /// This, now; there may be more to come afterwards.
    Decide(Box<Decision>),
}

/// Decides what time alone changes about one finding. `words` are the notices of its episode.
pub fn advance(finding: &Finding, words: &[Word], router: &Router) -> Advance {
    let apology = apology::advance(finding, router);
    if let Advance::Decide(_) = apology {
        return apology;
    }
    let rest = match &finding.state {
        State::Acknowledged { until, .. } | State::Snoozed { until, .. } if router.now < *until => {
            Advance::Wait(*until)
        }
        State::Acknowledged { .. } | State::Snoozed { .. } => silence::ended(finding, router),
        State::Open { .. } => open(finding, words, router),
        // A done-mark is judged by the data, a dismissal by what gets worse: both by the next look.
        State::Done { .. } | State::Dismissed { .. } | State::Owing { .. } | State::Resolved { .. } => {
            Advance::Nothing
        }
    };
    earlier(rest, apology)
}

fn open(finding: &Finding, words: &[Word], router: &Router) -> Advance {
    if let Some(said) = unheard(finding, words).and_then(|unheard| unheard.said(finding, router)) {
        return said;
    }
    let Some(ladder) = carrying(finding, router) else { return Advance::Nothing };
    if let Some(pause) = silence::pause(finding, ladder, router) {
        return pause;
    }
    if words.iter().any(|word| word.waits) {
        let due = words.iter().filter(|word| word.waits).map(|word| word.due).min();
        let again = router.now.checked_add(WAITING).unwrap_or(Timestamp::MAX);
        return Advance::Wait(due.filter(|due| *due > router.now).unwrap_or(again));
    }
    let Some(clock) = Clock::of(finding, words, router) else { return Advance::Nothing };
    match step::next(finding, ladder, &clock, router) {
        None => Advance::Nothing,
        Some(next) if next.at > router.now => Advance::Wait(next.at),
        Some(next) => Advance::Decide(Box::new(next.taken(finding, router))),
    }
}

/// The ladder that carries the finding as it is: not what was known since a baseline, nor a stage that only warns.
fn carrying<'a>(finding: &Finding, router: &'a Router) -> Option<&'a Ladder> {
    let quiet = finding.baseline || finding.told.is_none() || finding.seen.happened.is_some();
    router.ladder(finding).map(AsRef::as_ref).filter(|ladder| !quiet && ladder.carries(finding))
}

/// When the ladder's time began, and when somebody last heard of it.
struct Clock {
    first: Timestamp,
    last: Timestamp,
}

impl Clock {
    /// `None` when no word left, because all were withheld.
    fn of(finding: &Finding, words: &[Word], router: &Router) -> Option<Self> {
        let armed =
            finding.climb.armed_at.or(finding.told.as_ref().map(|told| told.at)).unwrap_or(router.now);
        // What left since then showed the finding as it was then, whatever it was first decided for.
        let left = || {
            let words = words.iter().filter(|word| word.kind != NoticeKind::Baseline);
            words.filter_map(|word| word.left_at).filter(|left| *left >= armed)
        };
        Some(Self { first: left().min()?, last: left().max()? })
    }
}

/// The earlier of two waits; a decision is before both.
fn earlier(one: Advance, other: Advance) -> Advance {
    match (one, other) {
        (Advance::Wait(one), Advance::Wait(other)) => Advance::Wait(one.min(other)),
        (Advance::Nothing, other) => other,
        (one, _) => one,
    }
}

/// A decision of this moment that tells.
fn tells(mut finding: Finding, event: Event, why: Why, notices: Vec<Notice>) -> Advance {
    remember_hearers(&mut finding, &notices);
    Advance::Decide(Box::new(Decision::new(finding, event, why, Telling::Tell(notices))))
}

/// Who hears by time alone, a substitute say, has heard of it: nobody hands it over to him as news.
fn remember_hearers(finding: &mut Finding, notices: &[Notice]) {
    let Some(told) = &mut finding.told else { return };
    for notice in notices {
        if !told.to.contains(&notice.to) {
            told.to.push(notice.to.clone());
        }
    }
}

/// A decision of this moment that only enters the history.
fn notes(finding: Finding, event: Event, why: Why, because: WithheldBecause) -> Advance {
    Advance::Decide(Box::new(Decision::new(finding, event, why, Telling::Withhold(because))))
}

/// Why a telling by time alone is told.
fn because(why: Why) -> TellBecause {
    match why {
        Why::NothingHappened => TellBecause::NothingHappened,
        Why::ApologyLate => TellBecause::ApologyLate,
        _ => TellBecause::Repeat,
    }
}
