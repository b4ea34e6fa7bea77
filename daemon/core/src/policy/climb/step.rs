//! The next thing a ladder does: a reminder of the same step, the next step, or the record that a step had nobody.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Clock, because, remember_hearers};
use crate::domain::{
    AddressedBecause, Addressee, Decision, Event, Finding, HowTaken, NoticeKind, PersonId, Rung,
    SkippedBecause, Span, StepTaken, Telling, Why, WithheldBecause,
};
use crate::policy::{
    calendar::Calendar,
    ladder::{Ladder, Step},
    office::Reader,
    route::{Heard, Router},
};

/// What comes next, and when.
pub(super) struct Next<'a> {
    pub(super) at: Timestamp,
    pub(super) what: What<'a>,
}

pub(super) enum What<'a> {
    /// The present step is told again.
    Repeat {
        at_step: u32,
        to: Heard,
    },
    Climb {
        number: u32,
        step: &'a Step,
        to: Result<Heard, SkippedBecause>,
    },
}

/// The earlier of the next reminder and the next step.
pub(super) fn next<'a>(
    finding: &Finding,
    ladder: &'a Ladder,
    clock: &Clock,
    router: &Router,
) -> Option<Next<'a>> {
    let climb = climb(finding, ladder, clock, router);
    let repeat = repeat(finding, ladder, clock, router);
    match (repeat, climb) {
        (Some(repeat), Some(climb)) => Some(if repeat.at < climb.at { repeat } else { climb }),
        (repeat, climb) => repeat.or(climb),
    }
}

/// The next step: `after` counts from the owner's first mail in the owner's working time, less what was waited for
/// the client; and never before whoever heard last had a whole window to act.
pub(super) fn climb<'a>(
    finding: &Finding,
    ladder: &'a Ladder,
    clock: &Clock,
    router: &Router,
) -> Option<Next<'a>> {
    let number = finding.climb.next_step();
    let step = ladder.steps.get(number as usize)?;
    let owner = owner(finding, router);
    let hours = acting_hours(finding, router);
    let after = step.after.unwrap_or(Span::WorkingDays(1));
    let paused = u32::try_from(finding.climb.paused / 60).unwrap_or(0);
    let due = hours.add(hours.add(clock.first, after), Span::WorkingMinutes(paused));
    let whole_window = grace(clock.last, finding, router);
    let earliest = due.max(whole_window);
    let is_last = ladder.steps.len() == number as usize + 1;
    let to = hearer(finding, step, is_last, owner.as_ref(), router);
    let at = match &to {
        Ok(heard) if finding.seen.severity < router.office.urgent => {
            router.office.moment(&heard.to, earliest)
        }
        _ => earliest,
    };
    Some(Next { at, what: What::Climb { number, step, to } })
}

/// The working time of whoever acts: the owner, or the substitute while he is away; the company's where nobody does.
pub(super) fn acting_hours(finding: &Finding, router: &Router) -> Arc<Calendar> {
    match router.first(finding).to {
        Addressee::Person(id) => router.office.calendar_of(&id),
        Addressee::Operators => router.office.hours.calendar_of(None),
    }
}

/// The first window after the last word: before it nobody can be blamed for doing nothing. Without windows, half a
/// working day.
fn grace(last: Timestamp, finding: &Finding, router: &Router) -> Timestamp {
    let first = router.first(finding);
    let Addressee::Person(id) = &first.to else { return last };
    let hours = router.office.calendar_of(id);
    if router.office.windows.is_empty() {
        return hours.add(last, Span::WorkingMinutes(4 * 60));
    }
    let just_after = last.checked_add(jiff::SignedDuration::from_secs(1)).unwrap_or(last);
    router.office.windows.next_opening(just_after, &hours)
}

fn repeat<'a>(finding: &Finding, ladder: &Ladder, clock: &Clock, router: &Router) -> Option<Next<'a>> {
    let (at_step, step) = present_step(finding, ladder)?;
    let wait = *step.repeat.get(finding.climb.repeats as usize)?;
    let to = match finding.climb.last_told().map(|taken| &taken.how) {
        Some(HowTaken::Told(Addressee::Person(id))) => router.reading(id, above(finding, step.to, router)),
        Some(_) => Heard { to: Addressee::Operators, because: AddressedBecause::LastResort },
        None => router.first(finding),
    };
    let hours = match &to.to {
        Addressee::Person(id) => router.office.calendar_of(id),
        Addressee::Operators => router.office.hours.calendar_of(None),
    };
    let at = router.office.moment(&to.to, hours.add(clock.last, wait));
    Some(Next { at, what: What::Repeat { at_step, to } })
}

/// The last step that was told; the owner's when none above was.
fn present_step<'a>(finding: &Finding, ladder: &'a Ladder) -> Option<(u32, &'a Step)> {
    let number = finding.climb.last_told().map_or(0, |taken| taken.step);
    ladder.steps.get(number as usize).map(|step| (number, step))
}

pub(super) fn owner(finding: &Finding, router: &Router) -> Option<PersonId> {
    router.responsible(finding).ok().map(|(id, _)| id)
}

/// Whom the step tells; or why nobody: the owner himself, somebody who was told, nobody there.
///
/// Where nobody stands above, the fallback hears, and where that is the owner, the operators. So they do where whoever
/// stands at the last step is away with every substitute: what climbed is never lost.
fn hearer(
    finding: &Finding,
    step: &Step,
    is_last: bool,
    owner: Option<&PersonId>,
    router: &Router,
) -> Result<Heard, SkippedBecause> {
    let fallback = router.fallback.as_ref();
    let named = router.office.named(step.to, owner, fallback);
    if named.is_some() && named.as_ref() == owner && step.to != Rung::Owner {
        return Err(SkippedBecause::IsOwner);
    }
    let stand_in = || router.office.named(Rung::Fallback, owner, fallback).filter(|id| Some(id) != owner);
    let meant = if step.to == Rung::Operators { None } else { named.or_else(stand_in) };
    let reader = match router.office.reader(meant, router.now) {
        Err(_) if is_last => in_the_end(stand_in(), router),
        reader => reader?,
    };
    if step.to != Rung::Owner && was_told(finding, &reader.to) {
        return Err(SkippedBecause::WasTold);
    }
    Ok(said(reader, above(finding, step.to, router)))
}

/// Who hears of what nobody above is there for.
fn in_the_end(stand_in: Option<PersonId>, router: &Router) -> Reader {
    let there = stand_in.and_then(|id| router.office.reader(Some(id), router.now).ok());
    there.unwrap_or(Reader { to: Addressee::Operators, present: None })
}

/// A substitute is named as one.
fn said(reader: Reader, because: AddressedBecause) -> Heard {
    let substitute = reader.present.and_then(|present| Some((present.instead_of?, present.until)));
    let because = match (substitute, &reader.to) {
        (Some((of, until)), _) => AddressedBecause::Substitute { of, until },
        (None, Addressee::Operators) => AddressedBecause::LastResort,
        (None, Addressee::Person(_)) => because,
    };
    Heard { to: reader.to, because }
}

fn above(finding: &Finding, rung: Rung, router: &Router) -> AddressedBecause {
    match owner(finding, router) {
        Some(owner) => AddressedBecause::Above { owner, rung },
        None => AddressedBecause::NoOwner,
    }
}

/// Whether somebody heard of it in this episode, at first or by an earlier step.
fn was_told(finding: &Finding, to: &Addressee) -> bool {
    let first = finding.told.as_ref().is_some_and(|told| told.to.contains(to));
    first || finding.climb.steps.iter().any(|taken| taken.how == HowTaken::Told(to.clone()))
}

impl Next<'_> {
    /// What is decided when its moment has come.
    pub(super) fn taken(self, finding: &Finding, router: &Router) -> Decision {
        let mut after = armed(finding, router);
        match self.what {
            What::Repeat { at_step, to } => {
                after.climb.repeats += 1;
                after.climb.repeated_at = Some(router.now);
                let why = Why::StillOpen;
                let kind = if at_step == 0 { NoticeKind::Reminder } else { NoticeKind::Escalation };
                let mut notice = router.notice(&after, because(why), kind, to);
                notice.step = Some(at_step);
                let notices = vec![notice];
                remember_hearers(&mut after, &notices);
                Decision::new(after, Event::Reminded, why, Telling::Tell(notices))
            }
            What::Climb { number, to: Ok(to), .. } => {
                take(&mut after, number, HowTaken::Told(to.to.clone()), router.now);
                after.climb.repeats = 0;
                let why = Why::NothingHappened;
                let mut notice = router.notice(&after, because(why), NoticeKind::Escalation, to);
                notice.step = Some(number);
                Decision::new(after, Event::Climbed, why, Telling::Tell(vec![notice]))
            }
            What::Climb { number, to: Err(skipped), .. } => {
                take(&mut after, number, HowTaken::Skipped(skipped), router.now);
                let why = match skipped {
                    SkippedBecause::IsOwner => Why::StepIsOwner,
                    SkippedBecause::WasTold => Why::StepWasTold,
                    SkippedBecause::NobodyThere | SkippedBecause::Away => Why::NobodyThere,
                };
                Decision::new(after, Event::Skipped, why, Telling::Withhold(WithheldBecause::AlreadyTold))
            }
        }
    }
}

fn take(finding: &mut Finding, step: u32, how: HowTaken, at: Timestamp) {
    finding.climb.steps.push(StepTaken { step, at, how });
}

/// The clock is written down with the first thing that the ladder does.
fn armed(finding: &Finding, router: &Router) -> Finding {
    let mut after = Finding { changed_by: router.run, ..finding.clone() };
    let told = after.told.as_ref().map(|told| told.at);
    after.climb.armed_at = after.climb.armed_at.or(told);
    after
}
