//! An open finding that is seen again: worse, better, in other hands, or silenced by somebody.

use super::Case;
use super::difference::difference;
use crate::domain::{
    AddressedBecause, Climb, Decision, Event, Finding, HowBad, NoticeKind, Sighting, State, TellBecause, Why,
    WithheldBecause,
};

/// What a person's word makes of a finding that is seen.
pub(super) enum Word {
    /// Nobody hears, because of it.
    Holds(WithheldBecause),
    /// Its time is over, and the problem is still there.
    Ended(Why, TellBecause),
}

impl Case<'_> {
    pub(super) fn seen_open(&self, known: &Finding, sighting: &Sighting) -> Option<Decision> {
        match self.word(known, sighting) {
            Some(Word::Holds(because)) => self.note(known, sighting, because),
            Some(Word::Ended(why, because)) => Some(self.speak_again(known, sighting, why, because)),
            None => self.still_open(known, sighting),
        }
    }

    /// What a person's word says to this sighting; `None` where nobody said anything, or it got worse than what was
    /// dismissed.
    pub(super) fn word(&self, known: &Finding, sighting: &Sighting) -> Option<Word> {
        let now = self.now;
        Some(match &known.state {
            State::Acknowledged { until, .. } if now < *until => Word::Holds(WithheldBecause::Acknowledged),
            State::Snoozed { until, .. } if now < *until => Word::Holds(WithheldBecause::Snoozed),
            State::Acknowledged { .. } | State::Snoozed { .. } => {
                Word::Ended(Why::SilenceEnded, TellBecause::SilenceEnded)
            }
            State::Done { trusted_until, .. } if now < *trusted_until => {
                Word::Holds(WithheldBecause::DoneTrusted)
            }
            State::Done { .. } => Word::Ended(Why::DoneButStillThere, TellBecause::DoneButStillThere),
            State::Dismissed { how_bad, .. } => {
                let no_problem = how_bad.unwrap_or_else(|| known.worst_told().max(HowBad::of(&known.seen)));
                if no_problem.is_exceeded_by(sighting) {
                    return None;
                }
                Word::Holds(WithheldBecause::Dismissed)
            }
            State::Open { .. } | State::Owing { .. } | State::Resolved { .. } => return None,
        })
    }

    fn still_open(&self, known: &Finding, sighting: &Sighting) -> Option<Decision> {
        let Some(why) = difference(&known.seen, sighting) else { return self.owner_left(known) };
        let mut finding = self.changed(known, sighting, self.open_state(known));
        if known.worst_told().is_exceeded_by(sighting) {
            finding.baseline = false;
            return Some(self.tell(finding, Event::Changed, why, TellBecause::Worse));
        }
        if self.changes_hands(known, &finding) && !known.baseline {
            return Some(self.hand_over(finding, why));
        }
        let because = match why {
            _ if known.baseline => WithheldBecause::Baseline,
            Why::StageRose | Why::SeverityRose => WithheldBecause::AlreadyTold,
            _ => WithheldBecause::NotWorse,
        };
        Some(self.withhold(finding, Event::Changed, why, because))
    }

    /// Whether the data gives it to somebody else; not where a person's word or a route says who answers for it.
    fn changes_hands(&self, known: &Finding, after: &Finding) -> bool {
        let responsible = |finding| self.router.responsible(finding).ok().map(|(id, _)| id);
        known.seen.owner() != after.seen.owner() && responsible(known) != responsible(after)
    }

    /// Whoever answered for it is gone from the list of people: who stands in now hears of it once.
    fn owner_left(&self, known: &Finding) -> Option<Decision> {
        if known.baseline {
            return None;
        }
        let told = known.told.as_ref()?;
        let first = self.router.first(known);
        let gone = matches!(
            first.because,
            AddressedBecause::UnknownOwner { .. } | AddressedBecause::NoAddress { .. }
        );
        if !gone || told.to.contains(&first.to) {
            return None;
        }
        let finding = Finding { changed_by: self.look.run, ..known.clone() };
        Some(self.hand_over(finding, Why::OwnerLeft))
    }

    /// Another owner hears of it once; one who had it before knows it already. The ladder begins anew.
    fn hand_over(&self, mut finding: Finding, why: Why) -> Decision {
        let mut notices = self.router.notices(&finding, TellBecause::HandedOver, NoticeKind::Reminder);
        if let Some(told) = &finding.told {
            notices.retain(|notice| !told.to.contains(&notice.to));
        }
        finding.climb = Climb::default();
        if notices.is_empty() {
            return self.withhold(finding, Event::Changed, why, WithheldBecause::AlreadyTold);
        }
        self.told(finding, Event::Changed, why, notices)
    }

    /// A silence came to its end and the problem is still there: the same episode goes on, aloud.
    pub(super) fn speak_again(
        &self,
        known: &Finding,
        sighting: &Sighting,
        why: Why,
        because: TellBecause,
    ) -> Decision {
        let mut finding = self.changed(known, sighting, self.open_state(known));
        finding.baseline = false;
        self.tell(finding, Event::Continued, why, because)
    }

    /// Writes down what changed, and says nothing.
    fn note(&self, known: &Finding, sighting: &Sighting, because: WithheldBecause) -> Option<Decision> {
        let why = difference(&known.seen, sighting)?;
        let finding = self.changed(known, sighting, known.state.clone());
        Some(self.withhold(finding, Event::Changed, why, because))
    }

    pub(super) fn open_state(&self, known: &Finding) -> State {
        match known.state {
            State::Open { .. } => known.state.clone(),
            _ => State::Open { since: known.opened_at },
        }
    }
}
