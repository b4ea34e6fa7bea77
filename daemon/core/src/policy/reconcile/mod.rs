//! What one look changes about ONE finding, why, and whether anybody is told.
//!
//! The heart of the product, and pure: the finding as it is known, what the look saw of it, and `now` go in;
//! a decision with its reasons comes out, or `None` when nothing changed. It never looks at other findings,
//! so any number of them can stream through (see [`super::decide`]).
//!
//! What it never does: resolve by the absence in a look that is not complete; tell of the same finding,
//! episode, stage and severity twice; tell of a past fact twice; let an acknowledgement live for ever.

mod closed;
mod difference;
mod fresh;
#[cfg(test)]
mod histories;
mod open;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::decide::Verdict;
use crate::domain::{
    CheckId, Completeness, Decision, Event, Finding, First, HowResolved, Look, Notice, NoticeKind, Severity,
    Sighting, Span, State, TellBecause, Telling, Told, Why, WithheldBecause,
};

/// What the operator decided about a check, as far as it concerns its findings.
#[derive(Clone, Debug)]
pub struct Rule {
    pub check: CheckId,
    pub baseline: Baseline,
    /// Past facts older than this are counted, not told.
    pub look_back: Span,
    /// A finding that comes back within this goes on with its episode.
    pub settle: Span,
    /// The calendar that the two spans are counted in.
    pub calendar: Arc<Calendar>,
}

/// What happens to what is already wrong when a check first looks, or first looks in a new way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Baseline {
    /// One list for each owner and one for the fallback; then quiet until it gets worse.
    #[default]
    List,
    /// As if it were new.
    Tell,
    /// Nobody hears of it until it gets worse.
    Quiet,
}

/// Decides one finding. `known` and `seen` are of the same fingerprint. A doubtful look decides nothing at
/// all: rows that are missing make things look wrong as easily as they make them look fine.
///
/// `route` turns a wish to tell into notices, one for each addressee, and must return at least one (see
/// [`super::route::Router`]).
pub fn reconcile(
    rule: &Rule,
    known: Option<&Finding>,
    seen: Option<&Verdict>,
    look: &Look,
    now: Timestamp,
    route: impl FnMut(&Finding, TellBecause, NoticeKind) -> Vec<Notice>,
) -> Option<Decision> {
    if matches!(look.completeness, Completeness::Doubtful { .. }) {
        return None;
    }
    let mut case = Case { rule, look, now, route };
    match (known, seen) {
        (None, None | Some(Verdict::Fine)) => None,
        (None, Some(Verdict::Wrong(sighting))) => Some(case.first_seen(&within_reach(sighting))),
        (Some(known), None) => case.absent(known),
        (Some(known), Some(Verdict::Fine)) => case.fine(known),
        (Some(known), Some(Verdict::Wrong(sighting))) => case.seen_again(known, &within_reach(sighting)),
    }
}

/// A sighting as a plugin may say it: urgent is only the operator's to say.
fn within_reach(sighting: &Sighting) -> std::borrow::Cow<'_, Sighting> {
    use std::borrow::Cow;
    if sighting.severity <= Severity::High {
        return Cow::Borrowed(sighting);
    }
    Cow::Owned(Sighting { severity: Severity::High, ..sighting.clone() })
}

/// One finding in one look, and the ways to decide about it.
struct Case<'a, R> {
    rule: &'a Rule,
    look: &'a Look,
    now: Timestamp,
    route: R,
}

impl<R: FnMut(&Finding, TellBecause, NoticeKind) -> Vec<Notice>> Case<'_, R> {
    /// Only a complete look says anything by what it does not see.
    fn absent(&self, known: &Finding) -> Option<Decision> {
        let complete = self.look.completeness == Completeness::Complete;
        if !complete || !known.is_open() {
            return None;
        }
        Some(match self.look.first {
            Some(First::OfQuestion) => self.resolve(known, HowResolved::NoLongerAsked, Why::QuestionChanged),
            Some(First::OfCheck) | None => self.resolve(known, HowResolved::NoLongerSeen, Why::Absent),
        })
    }

    fn fine(&self, known: &Finding) -> Option<Decision> {
        known.is_open().then(|| self.resolve(known, HowResolved::NoLongerSeen, Why::Fine))
    }

    fn seen_again(&mut self, known: &Finding, sighting: &Sighting) -> Option<Decision> {
        match known.state {
            State::Resolved { at, .. } => self.seen_closed(known, at, sighting),
            _ if sighting.happened.is_some() => Some(self.became_fact(known, sighting)),
            _ => self.seen_open(known, sighting),
        }
    }

    /// An open condition came to its end as a past fact: the promise was kept, late. Whoever was told of it
    /// knows enough; the miss counts all the same.
    fn became_fact(&mut self, known: &Finding, sighting: &Sighting) -> Decision {
        let how = HowResolved::EndedAs { stage: sighting.stage.clone() };
        let finding = self.changed(known, sighting, State::Resolved { at: self.now, how });
        let (event, why) = (Event::Resolved, Why::BecameFact);
        if let Some(silence) = self.silence_about_fact(known, sighting) {
            return self.withhold(finding, event, why, silence);
        }
        self.tell(finding, event, why, TellBecause::Happened)
    }

    /// Why nobody needs to hear of a past fact, if so.
    fn silence_about_fact(&self, known: &Finding, sighting: &Sighting) -> Option<WithheldBecause> {
        if known.told.is_some() {
            Some(WithheldBecause::AlreadyTold)
        } else if known.baseline {
            Some(WithheldBecause::Baseline)
        } else if self.too_old(sighting) {
            Some(WithheldBecause::TooOld)
        } else {
            None
        }
    }

    fn resolve(&self, known: &Finding, how: HowResolved, why: Why) -> Decision {
        let state = State::Resolved { at: self.now, how };
        let finding = Finding { state, changed_by: self.look.run, ..known.clone() };
        self.withhold(finding, Event::Resolved, why, WithheldBecause::Resolved)
    }

    /// The same episode with what was seen now.
    fn changed(&self, known: &Finding, sighting: &Sighting, state: State) -> Finding {
        let (seen, changed_by) = (sighting.clone(), self.look.run);
        Finding { seen, state, changed_by, forgotten: None, ..known.clone() }
    }

    fn too_old(&self, sighting: &Sighting) -> bool {
        sighting.happened.is_some_and(|at| self.rule.calendar.add(at, self.rule.look_back) < self.now)
    }

    fn tell(&mut self, finding: Finding, event: Event, why: Why, because: TellBecause) -> Decision {
        let kind = if because == TellBecause::Baseline { NoticeKind::Baseline } else { NoticeKind::Reminder };
        let notices = (self.route)(&finding, because, kind);
        self.told(finding, event, why, notices)
    }

    /// From here on the finding counts as told, because the notices are committed with it.
    fn told(&self, mut finding: Finding, event: Event, why: Why, notices: Vec<Notice>) -> Decision {
        if notices.is_empty() {
            return Decision { finding, event, why, telling: Telling::Tell(notices) };
        }
        let before = finding.told.take();
        let (stage_rank, severity) = (finding.seen.stage_rank, finding.seen.severity);
        let mut told = Told { at: self.now, stage_rank, severity, to: Vec::new() };
        if let Some(before) = before {
            told.stage_rank = told.stage_rank.max(before.stage_rank);
            told.severity = told.severity.max(before.severity);
            told.to = before.to;
        }
        for notice in &notices {
            if !told.to.contains(&notice.to) {
                told.to.push(notice.to.clone());
            }
        }
        finding.told = Some(told);
        Decision { finding, event, why, telling: Telling::Tell(notices) }
    }

    fn withhold(&self, finding: Finding, event: Event, why: Why, because: WithheldBecause) -> Decision {
        Decision { finding, event, why, telling: Telling::Withhold(because) }
    }
}
