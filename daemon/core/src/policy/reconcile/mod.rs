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

use std::{borrow::Cow, sync::Arc};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::decide::Verdict;
use super::owing::Owing;
use super::route::{Heard, Router};
use super::routes::Raise;
use crate::domain::{
    AddressedBecause, Apology, CheckId, Completeness, Decision, Event, Finding, First, HowBad, HowResolved,
    Look, Notice, NoticeKind, Severity, Sighting, Span, State, TellBecause, Telling, Told, Why,
    WithheldBecause,
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
    /// What a miss leaves owed.
    pub owing: Arc<Owing>,
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
/// `router` turns a wish to tell into notices, one for each addressee.
pub fn reconcile(
    rule: &Rule,
    known: Option<&Finding>,
    seen: Option<&Verdict>,
    look: &Look,
    router: &Router,
) -> Option<Decision> {
    if matches!(look.completeness, Completeness::Doubtful { .. }) {
        return None;
    }
    let case = Case { rule, look, now: router.now, router };
    match (known, seen) {
        (None, None | Some(Verdict::Fine)) => None,
        (None, Some(Verdict::Wrong(sighting))) => Some(case.first_seen(&case.as_it_matters(sighting, None))),
        (Some(known), None) => case.absent(known),
        (Some(known), Some(Verdict::Fine)) => case.fine(known),
        (Some(known), Some(Verdict::Wrong(sighting))) => {
            case.seen_again(known, &case.as_it_matters(sighting, Some(known)))
        }
    }
}

/// One finding in one look, and the ways to decide about it.
struct Case<'a> {
    rule: &'a Rule,
    look: &'a Look,
    now: Timestamp,
    router: &'a Router,
}

impl Case<'_> {
    /// A sighting with the severity that counts: a plugin says at most high; the operator's routes may raise it.
    fn as_it_matters<'s>(&self, sighting: &'s Sighting, known: Option<&Finding>) -> Cow<'s, Sighting> {
        let said = sighting.severity.min(Severity::High);
        let severity = match self.raise(sighting, known) {
            Some(raise) => raise.applied(said),
            None => said,
        };
        if severity == sighting.severity {
            return Cow::Borrowed(sighting);
        }
        Cow::Owned(Sighting { severity, ..sighting.clone() })
    }

    fn raise(&self, sighting: &Sighting, known: Option<&Finding>) -> Option<Raise> {
        if self.router.routes.is_empty() {
            return None;
        }
        let assigned = known.and_then(|known| known.assigned.as_ref()).map(|assigned| assigned.to.as_str());
        self.router.severity(&self.rule.check, sighting, assigned.or(sighting.owner()))
    }

    /// Only a complete look says anything by what it does not see.
    fn absent(&self, known: &Finding) -> Option<Decision> {
        let complete = self.look.completeness == Completeness::Complete;
        if !complete || !seems_wrong(known) {
            return None;
        }
        Some(match self.look.first {
            Some(First::OfQuestion) => self.resolve(known, HowResolved::NoLongerAsked, Why::QuestionChanged),
            Some(First::OfCheck) | None => self.resolve(known, HowResolved::NoLongerSeen, Why::Absent),
        })
    }

    fn fine(&self, known: &Finding) -> Option<Decision> {
        seems_wrong(known).then(|| self.resolve(known, HowResolved::NoLongerSeen, Why::Fine))
    }

    fn seen_again(&self, known: &Finding, sighting: &Sighting) -> Option<Decision> {
        match known.state {
            State::Resolved { at, .. } | State::Owing { since: at, .. } => {
                self.seen_closed(known, at, sighting)
            }
            _ if sighting.happened.is_some() => Some(self.became_fact(known, sighting)),
            _ => self.seen_open(known, sighting),
        }
    }

    /// An open condition came to its end as a past fact: the promise was kept, late. Whoever was told of it
    /// knows enough; the miss counts all the same.
    fn became_fact(&self, known: &Finding, sighting: &Sighting) -> Decision {
        let how = HowResolved::EndedAs { stage: sighting.stage.clone() };
        let finding = self.changed(known, sighting, State::Resolved { at: self.now, how });
        let (event, why) = (Event::Resolved, Why::BecameFact);
        match self.silence_about_fact(known, sighting) {
            Some(WithheldBecause::AlreadyTold) => {
                self.closing(finding, event, why, WithheldBecause::AlreadyTold)
            }
            Some(silence) => self.withhold(finding, event, why, silence),
            None => self.tell(finding, event, why, TellBecause::Happened),
        }
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
        let spoken = known.last_word();
        let finding = Finding { state, spoken, changed_by: self.look.run, ..known.clone() };
        self.closing(finding, Event::Resolved, why, WithheldBecause::Resolved)
    }

    /// Closes without a word, unless the miss leaves something owed: then whoever owes it hears.
    fn closing(&self, mut finding: Finding, event: Event, why: Why, because: WithheldBecause) -> Decision {
        let new = if finding.baseline { Vec::new() } else { self.rule.owing.add(&mut finding, self.router) };
        let notices = self.apologies(&finding, &new, true);
        keep_open_while_owed(&mut finding);
        if notices.is_empty() {
            return self.withhold(finding, event, why, because);
        }
        self.told(finding, event, why, notices)
    }

    /// A notice to each who owes an apology; the owner's is in the owner's own notice, where there is one.
    fn apologies(&self, finding: &Finding, new: &[Apology], owner_too: bool) -> Vec<Notice> {
        let first = self.router.first(finding).to;
        new.iter()
            .filter_map(|apology| {
                let because = AddressedBecause::OwesApology { level: apology.level };
                let heard: Heard = self.router.reading(&apology.by, because);
                let told = heard.to == first && !owner_too;
                (!told).then(|| {
                    self.router.notice(finding, TellBecause::ApologyOwed, NoticeKind::Reminder, heard)
                })
            })
            .collect()
    }

    /// The same episode with what was seen now.
    fn changed(&self, known: &Finding, sighting: &Sighting, state: State) -> Finding {
        let (seen, changed_by) = (sighting.clone(), self.look.run);
        let closed = matches!(state, State::Resolved { .. } | State::Owing { .. });
        let spoken = if closed { known.last_word() } else { None };
        Finding { seen, state, spoken, changed_by, forgotten: None, ..known.clone() }
    }

    fn too_old(&self, sighting: &Sighting) -> bool {
        sighting.happened.is_some_and(|at| self.rule.calendar.add(at, self.rule.look_back) < self.now)
    }

    fn tell(&self, mut finding: Finding, event: Event, why: Why, because: TellBecause) -> Decision {
        if because == TellBecause::Baseline {
            let notices = self.router.notices(&finding, because, NoticeKind::Baseline);
            return self.told(finding, event, why, notices);
        }
        let new = self.rule.owing.add(&mut finding, self.router);
        keep_open_while_owed(&mut finding);
        let mut notices = self.router.notices(&finding, because, NoticeKind::Reminder);
        notices.extend(self.apologies(&finding, &new, false));
        self.told(finding, event, why, notices)
    }

    /// From here on the finding counts as told, because the notices are committed with it.
    fn told(&self, mut finding: Finding, event: Event, why: Why, notices: Vec<Notice>) -> Decision {
        let mut told = Told::now(self.now, HowBad::of(&finding.seen), finding.told.take());
        // A copy of a list is no word about this finding: who got one still hears when it climbs to him.
        for notice in notices.iter().filter(|notice| notice.addressed != AddressedBecause::Fallback) {
            if !told.to.contains(&notice.to) {
                told.to.push(notice.to.clone());
            }
        }
        finding.told = Some(told);
        let next = self.asks_time(&finding);
        Decision { next, ..Decision::new(finding, event, why, Telling::Tell(notices)) }
    }

    fn withhold(&self, finding: Finding, event: Event, why: Why, because: WithheldBecause) -> Decision {
        let next = self.asks_time(&finding);
        Decision { next, ..Decision::new(finding, event, why, Telling::Withhold(because)) }
    }

    /// Time is asked at once what comes next: the client's turn may have come, or an apology be late, long before
    /// the first mail may go.
    fn asks_time(&self, finding: &Finding) -> Option<Timestamp> {
        finding.is_open().then_some(self.now)
    }
}

/// Whether the data was last seen to be wrong: what only somebody's word keeps open is not.
fn seems_wrong(finding: &Finding) -> bool {
    finding.is_open() && !matches!(finding.state, State::Owing { .. })
}

/// What the data closes, people still owe: it stays open until they paid.
fn keep_open_while_owed(finding: &mut Finding) {
    if let State::Resolved { at, how } = &finding.state
        && !finding.owed.is_settled()
    {
        finding.state = State::Owing { since: *at, then: how.clone() };
    }
}
