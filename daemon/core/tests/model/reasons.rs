//! Every word and every silence has a reason, and the reason is true.

use std::collections::BTreeMap;

use kaizend_core::{
    domain::{Addressee, Decision, Event, Finding, NoticeId, State, Telling, WithheldBecause},
    policy::tell::{DueItem, LetterKind, LetterPlans, Waiting},
};

use crate::{company::Company, counts::count, letters::is_urgent, oracle, plan, world::Silenced};

impl Company {
    pub(crate) fn decision_says_why(&self, before: Option<&Finding>, decision: &Decision) {
        let after = &decision.finding;
        let either = |is: fn(&State) -> bool| is(&after.state) || before.is_some_and(|it| is(&it.state));
        let because = match &decision.telling {
            Telling::Tell(notices) => {
                assert!(!notices.is_empty(), "told to nobody, without a reason: {decision:?}");
                return count("every decision says why");
            }
            Telling::Withhold(because) => *because,
        };
        let is_true = match because {
            WithheldBecause::Acknowledged => either(|state| matches!(state, State::Acknowledged { .. })),
            WithheldBecause::Snoozed => either(|state| matches!(state, State::Snoozed { .. })),
            WithheldBecause::DoneTrusted => either(|state| matches!(state, State::Done { .. })),
            WithheldBecause::Dismissed => either(|state| matches!(state, State::Dismissed { .. })),
            WithheldBecause::Resolved => {
                matches!(after.state, State::Resolved { .. } | State::Owing { .. })
            }
            WithheldBecause::Baseline | WithheldBecause::BaselineQuiet => after.baseline,
            WithheldBecause::TooOld => after.seen.happened.is_some(),
            WithheldBecause::AlreadyTold => {
                decision.event == Event::Skipped || before.is_some_and(|before| before.told.is_some())
            }
            WithheldBecause::NotWorse | WithheldBecause::ContinuesEpisode => before.is_some(),
            _ => false,
        };
        assert!(is_true, "{because:?} is not why: {decision:?}");
        count("every decision says why");
    }

    /// Each notice that was offered goes, waits or is withheld, and why is true.
    pub(crate) fn one_fate_each(&self, to: &Addressee, items: &[DueItem], plans: &LetterPlans) {
        let mut fates: BTreeMap<NoticeId, u32> = BTreeMap::new();
        let gone = plans.letters.iter().flat_map(|letter| letter.notices());
        let withheld = plans.withheld.iter().map(|(id, _)| *id);
        let waiting = plans.waiting.iter().map(|waiting| waiting.notice);
        for id in gone.chain(withheld).chain(waiting) {
            *fates.entry(id).or_default() += 1;
        }
        assert_eq!(fates.len(), items.len(), "fates for notices that nobody offered");
        for item in items {
            assert_eq!(fates.get(&item.id), Some(&1), "{:?} {plans:?}", item.notice);
            count("every notice has one fate");
        }
        let of = |id: &NoticeId| items.iter().find(|item| item.id == *id).expect("it was offered");
        for (id, because) in &plans.withheld {
            self.withheld_for_good(of(id), *because, items, plans);
        }
        for waiting in &plans.waiting {
            self.waits(to, of(&waiting.notice), *waiting, plans);
        }
    }

    fn withheld_for_good(
        &self,
        item: &DueItem,
        because: WithheldBecause,
        items: &[DueItem],
        plans: &LetterPlans,
    ) {
        let state = item.finding.as_ref().map(|finding| &finding.state);
        let later = item.finding.as_ref().is_none_or(|finding| finding.episode != item.notice.episode);
        let is_true = match because {
            WithheldBecause::Acknowledged => matches!(state, Some(State::Acknowledged { .. })),
            WithheldBecause::Snoozed => matches!(state, Some(State::Snoozed { .. })),
            WithheldBecause::DoneTrusted => matches!(state, Some(State::Done { .. })),
            WithheldBecause::Dismissed => matches!(state, Some(State::Dismissed { .. })),
            WithheldBecause::Resolved => later || matches!(state, Some(State::Resolved { .. })),
            WithheldBecause::NotWorse => item.finding.as_ref().is_some_and(|finding| {
                let shown = self.witness.shown.get(&(finding.fingerprint, finding.episode));
                shown.is_some_and(|shown| !shown.is_exceeded_by(&finding.seen))
            }),
            // By another notice, which goes now or waits for the cap.
            WithheldBecause::AlreadyTold => items.iter().any(|other| {
                other.id != item.id
                    && other.notice.finding == item.notice.finding
                    && plans.withheld.iter().all(|(withheld, _)| *withheld != other.id)
            }),
            _ => false,
        };
        assert!(is_true, "{because:?} is not why: {item:?}");
        count("a withheld notice has a true reason");
    }

    fn waits(&self, to: &Addressee, item: &DueItem, waiting: Waiting, plans: &LetterPlans) {
        assert!(waiting.until > self.now, "it waits for the past: {waiting:?}");
        let person = match to {
            Addressee::Person(id) => self.people.get(id),
            Addressee::Operators => None,
        };
        let is_true = match waiting.because {
            WithheldBecause::Silenced => item.finding.as_ref().is_some_and(|it| self.is_silenced(it)),
            WithheldBecause::WaitsForWindow => !is_urgent(item) && !oracle::in_working_time(person, self.now),
            WithheldBecause::OverCap if *to != Addressee::Operators => {
                let midnight = oracle::midnight(person, self.now);
                let (letters, urgent) = self.got_since(to, midnight);
                let go = |is: fn(&LetterKind) -> bool| plans.letters.iter().filter(|it| is(&it.kind)).count();
                if is_urgent(item) {
                    let now = go(|kind| *kind == LetterKind::Urgent);
                    urgent + now >= self.plan.caps.urgent as usize
                } else {
                    let now = go(|kind| !matches!(kind, LetterKind::Urgent | LetterKind::Operator));
                    self.plan.caps.letters.is_some_and(|cap| letters + now >= cap as usize)
                }
            }
            _ => false,
        };
        assert!(is_true, "it does not wait for {waiting:?}: {item:?}");
        count("a waiting notice has a reason and an end");
    }

    /// Whether somebody asked not to hear of it now.
    pub(crate) fn is_silenced(&self, finding: &Finding) -> bool {
        self.silences.iter().any(|(of, silence)| {
            let fits = match of {
                Silenced::Everything => true,
                Silenced::Overdue => finding.seen.stage == "overdue",
                Silenced::Owner(owner) => finding.owner() == Some(plan::person_of(*owner).as_str()),
            };
            fits && self.now < silence.until
        })
    }
}
