//! What a person's word changes about ONE finding: taken on, put off, done, no problem, somebody else's, done
//! differently and why, the cause of a miss, an apology made. Pure, so that the command line, a page and a reply
//! by mail are the same word.
//!
//! Every silence has an end; a dismissal and a resolution by hand have a reason; a miss closes with its cause where
//! the check asks for one. A word about a finding that is closed, or by nobody, is refused and says what to do.

mod closing;
#[cfg(test)]
mod tests;

pub use closing::needs_cause;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{climb::silence_resumes, owing::Owing, put_off::FREE, route::Router};
use crate::domain::{
    Addressee, ApologyLevel, Assigned, Cause, Climb, Decision, Event, Finding, HowBad, NoticeKind, Person,
    PersonId, Span, State, TellBecause, Telling, Told, Why, WithheldBecause,
};

/// A person's word about one finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "act")]
pub enum Act {
    /// Somebody works on it. `waiting`: on the client's answer, so the ladder's clock stands still.
    #[serde(rename_all = "kebab-case")]
    Acknowledge { until: Timestamp, waiting: bool },
    #[serde(rename_all = "kebab-case")]
    Snooze {
        until: Timestamp,
        /// Asked for once it was put off often; the manager sees it.
        #[serde(default)]
        reason: Option<String>,
    },
    #[serde(rename_all = "kebab-case")]
    Done { cause: Option<String> },
    #[serde(rename_all = "kebab-case")]
    Dismiss { reason: String },
    #[serde(rename_all = "kebab-case")]
    Resolve { reason: String, cause: Option<String> },
    /// "Not mine": somebody else answers for it, now and in its later episodes.
    #[serde(rename_all = "kebab-case")]
    Assign { to: PersonId },
    /// "I did it differently, because …": kept with the finding; it closes nothing.
    #[serde(rename_all = "kebab-case")]
    Differently { because: String },
    #[serde(rename_all = "kebab-case")]
    Explain { cause: String },
    #[serde(rename_all = "kebab-case")]
    Apologised { level: ApologyLevel },
}

/// Why a word is not taken. Nothing is changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    #[error("it is closed already; nothing is left to do for it")]
    Closed,
    #[error("{until} is not ahead: say until when, such as `3 working days` or a date to come")]
    NotAhead { until: Timestamp },
    #[error("a reason is missing: say in a few words why, so that the check can be made better")]
    NoReason,
    #[error(
        "it was put off {times} times already: say in a few words why again, with --reason; the manager sees it"
    )]
    PutOffOften { times: usize },
    #[error("this was a miss, and its check asks for the cause: add --cause, for instance {known}")]
    NoCause { known: String },
    #[error("nobody in the list of people with a mail address has the id `{id}`")]
    NoSuchPerson { id: PersonId },
    #[error("it is {id}'s already")]
    Theirs { id: PersonId },
    #[error("no apology of this kind is owed")]
    NoApologyOwed,
    #[error("no cause is asked for: it was no miss, or its check does not ask")]
    NoCauseAsked,
}

/// What words are measured by: how long done is believed, what a miss owes, how often it was put off already.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    pub done_is_trusted: Span,
    pub owing: &'a Owing,
    /// In this episode.
    pub put_off: usize,
}

/// Decides one word of `by` about a finding.
///
/// # Errors
/// [`Refused`] says what to say instead.
pub fn act(
    finding: &Finding,
    act: &Act,
    by: &PersonId,
    terms: Terms<'_>,
    router: &Router,
) -> Result<Decision, Refused> {
    if !finding.is_open() {
        return Err(Refused::Closed);
    }
    let word = Word { finding, by, terms, router };
    let mut decision = match act {
        Act::Acknowledge { until, waiting } => word.acknowledge(*until, *waiting),
        Act::Snooze { until, reason } => word.snooze(*until, reason.as_deref()),
        Act::Done { cause } => word.done(cause.as_deref()),
        Act::Dismiss { reason } => word.dismiss(reason),
        Act::Resolve { reason, cause } => word.resolve(reason, cause.as_deref()),
        Act::Assign { to } => word.assign(to),
        Act::Differently { because } => word.differently(because),
        Act::Explain { cause } => word.explain(cause),
        Act::Apologised { level } => word.apologised(*level),
    }?;
    decision.by = Some(by.clone());
    Ok(decision)
}

/// One person's word about one finding.
struct Word<'a> {
    finding: &'a Finding,
    by: &'a PersonId,
    terms: Terms<'a>,
    router: &'a Router,
}

impl Word<'_> {
    fn acknowledge(&self, until: Timestamp, waiting: bool) -> Result<Decision, Refused> {
        let state = State::Acknowledged { by: self.by.clone(), until, waiting };
        let mut decision = self.silence(until, state, Event::Acknowledged, WithheldBecause::Acknowledged)?;
        if waiting {
            decision.finding.climb.paused_since.get_or_insert(self.router.now);
        }
        Ok(decision)
    }

    fn snooze(&self, until: Timestamp, reason: Option<&str>) -> Result<Decision, Refused> {
        let reason = reason.and_then(|reason| said(reason).ok());
        let times = self.terms.put_off;
        if times >= FREE && reason.is_none() {
            return Err(Refused::PutOffOften { times });
        }
        let state = State::Snoozed { by: self.by.clone(), until };
        let decision = self.silence(until, state, Event::Snoozed, WithheldBecause::Snoozed)?;
        Ok(Decision { note: reason, ..decision })
    }

    fn silence(
        &self,
        until: Timestamp,
        state: State,
        event: Event,
        because: WithheldBecause,
    ) -> Result<Decision, Refused> {
        if until <= self.router.now {
            return Err(Refused::NotAhead { until });
        }
        Ok(self.withheld(self.with(state), event, because))
    }

    fn dismiss(&self, reason: &str) -> Result<Decision, Refused> {
        let reason = said(reason)?;
        let how_bad = Some(self.finding.worst_told().max(HowBad::of(&self.finding.seen)));
        let state = State::Dismissed { by: self.by.clone(), reason: reason.clone(), how_bad };
        let decision = self.withheld(self.with(state), Event::Dismissed, WithheldBecause::Dismissed);
        Ok(Decision { note: Some(reason), ..decision })
    }

    /// The new one is told; the ladder begins anew, because it is a new person's time.
    fn assign(&self, to: &PersonId) -> Result<Decision, Refused> {
        let known = self.router.office.person(to).is_some_and(Person::has_address);
        if !known {
            return Err(Refused::NoSuchPerson { id: to.clone() });
        }
        if self.finding.owner() == Some(to.as_str()) {
            return Err(Refused::Theirs { id: to.clone() });
        }
        let mut after = self.with(State::Open { since: self.finding.opened_at });
        if let State::Owing { .. } = self.finding.state {
            after.state = self.finding.state.clone();
        }
        after.assigned = Some(Assigned { to: to.clone(), by: self.by.clone(), at: self.router.now });
        after.climb = Climb::default();
        after.baseline = false;
        let notices = self.router.notices(&after, TellBecause::HandedOver, NoticeKind::Reminder);
        let how_bad = HowBad::of(&self.finding.seen);
        let told = after.told.get_or_insert_with(|| Told::now(self.router.now, how_bad, None));
        told.at = self.router.now;
        told.to.extend(notices.iter().map(|notice: &crate::domain::Notice| notice.to.clone()));
        told.to.dedup_by(|a: &mut Addressee, b: &mut Addressee| a == b);
        let decision = Decision::new(after, Event::Assigned, Why::SaidSo, Telling::Tell(notices));
        Ok(Decision { next: Some(self.router.now), note: Some(to.to_string()), ..decision })
    }

    fn differently(&self, because: &str) -> Result<Decision, Refused> {
        let because = said(because)?;
        let after = self.with(self.finding.state.clone());
        let decision = self.withheld(after, Event::Differently, WithheldBecause::NotWorse);
        Ok(Decision { note: Some(because), ..decision })
    }

    fn explain(&self, cause: &str) -> Result<Decision, Refused> {
        let text = said(cause)?;
        if self.finding.owed.cause.is_none() {
            return Err(Refused::NoCauseAsked);
        }
        let mut after = self.with(self.finding.state.clone());
        after.owed.cause =
            Some(Cause::Given { text: text.clone(), by: self.by.clone(), at: self.router.now });
        let decision = self.paid(after, Event::Explained);
        Ok(Decision { note: Some(text), ..decision })
    }

    fn apologised(&self, level: ApologyLevel) -> Result<Decision, Refused> {
        let mut after = self.with(self.finding.state.clone());
        let mut owed = after.owed.apologies.iter_mut().filter(|one| one.level == level && one.done.is_none());
        owed.next().ok_or(Refused::NoApologyOwed)?.done = Some(self.router.now);
        Ok(self.paid(after, Event::Apologised))
    }

    fn with(&self, state: State) -> Finding {
        // Another word takes the place of the one that the data closed.
        let spoken = self.finding.spoken.clone().filter(|_| state == self.finding.state);
        let mut after = Finding { state, spoken, ..self.finding.clone() };
        if self.finding.climb.paused_since.is_some() {
            silence_resumes(&mut after, self.router);
        }
        after
    }

    /// Time is asked at once what comes next: a silence ends, and an apology may be late before that.
    fn withheld(&self, after: Finding, event: Event, because: WithheldBecause) -> Decision {
        let next = after.is_open().then_some(self.router.now);
        Decision { next, ..Decision::new(after, event, Why::SaidSo, Telling::Withhold(because)) }
    }
}

/// A reason in words.
fn said(text: &str) -> Result<String, Refused> {
    let text = text.trim();
    if text.is_empty() { Err(Refused::NoReason) } else { Ok(text.to_owned()) }
}
