//! What ONE addressee gets by mail now: all due notices become few letters, each notice exactly one fate.
//!
//! One reminder or one digest over all checks, with what climbed to the reader; what is urgent apart; the list of
//! what was already wrong apart, one for each check; word to operators apart. A finding that was resolved or
//! dealt with since is withheld with its reason; one that is silenced, or over the day's cap, waits for a named
//! moment. Letters show at most [`ITEMS`] findings, the best clients' and the worst first; the rest are counted,
//! never cut in silence.

mod allowance;
mod fate;
mod letter;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::{CheckId, Finding, Fingerprint, Notice, NoticeId, NoticeKind, WithheldBecause};
pub use allowance::{Allowance, Caps, today};
use fate::{fate, is_urgent};
use letter::Draft;

/// How many findings one letter shows in full.
pub const ITEMS: usize = 15;

/// A notice that is due, with its finding as it is known now (`None`: gone, or a notice without one).
#[derive(Clone, Debug, PartialEq)]
pub struct DueItem {
    pub id: NoticeId,
    pub notice: Notice,
    pub decided_at: Timestamp,
    pub finding: Option<Finding>,
    /// The rank of its client, where a check gave one: A before B.
    pub rank: Option<String>,
    /// Until when a silence covers it.
    pub silenced_until: Option<Timestamp>,
}

/// What kind of letter; the text room has a template for each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LetterKind {
    /// To operators: a check could not look, or the like.
    Operator,
    /// One finding.
    Reminder,
    /// Several findings, over all checks.
    Digest,
    /// What cannot wait for a window.
    Urgent,
    /// What was already wrong when this check first looked.
    Baseline { check: CheckId },
}

/// One letter to write.
#[derive(Clone, Debug, PartialEq)]
pub struct LetterPlan {
    pub kind: LetterKind,
    /// At most [`ITEMS`], the worst first; never empty.
    pub items: Vec<DueItem>,
    /// The notices that the letter covers by its count ("and 85 more") alone.
    pub more: Vec<NoticeId>,
    /// How many of `more` are of past facts: those are over, and the words of the letter say so.
    pub more_facts: usize,
}

/// Each notice that was offered is in exactly one place of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LetterPlans {
    pub letters: Vec<LetterPlan>,
    /// These are never sent.
    pub withheld: Vec<(NoticeId, WithheldBecause)>,
    /// These stay due, and are looked at again.
    pub waiting: Vec<Waiting>,
}

/// A notice that does not go yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub notice: NoticeId,
    pub because: WithheldBecause,
    /// When it may go.
    pub until: Timestamp,
}

/// Plans the letters to one addressee. Of `items` only the worst [`ITEMS`] of each letter are held, so
/// `items` may be a long stream.
pub fn tell(items: impl IntoIterator<Item = DueItem>, now: Timestamp, allowance: Allowance) -> LetterPlans {
    let mut desk = Desk {
        now,
        allowance,
        drafts: BTreeMap::new(),
        placed: BTreeMap::new(),
        plans: LetterPlans::default(),
    };
    for item in items {
        desk.place(item);
    }
    desk.finish()
}

impl LetterPlan {
    /// Every notice that the letter answers.
    pub fn notices(&self) -> impl Iterator<Item = NoticeId> {
        self.items.iter().map(|item| item.id).chain(self.more.iter().copied())
    }
}

/// Letters in the making.
struct Desk {
    now: Timestamp,
    allowance: Allowance,
    drafts: BTreeMap<Pile, Draft>,
    placed: BTreeMap<Fingerprint, (Pile, NoticeId)>,
    plans: LetterPlans,
}

/// Which letter a notice goes into, in the order of their importance.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Pile {
    Operator,
    Urgent,
    Reminder,
    Baseline(CheckId),
}

impl Desk {
    fn place(&mut self, item: DueItem) {
        match fate(&item, self.now, &self.allowance) {
            fate::Fate::Goes => self.put(item),
            fate::Fate::Waits(because, until) => {
                self.plans.waiting.push(Waiting { notice: item.id, because, until });
            }
            fate::Fate::Withheld(why) => self.plans.withheld.push((item.id, why)),
        }
    }

    /// A letter speaks of a finding once. A reminder replaces its place on a list, otherwise the first stays:
    /// to somebody who has heard nothing yet, it is new, and the letter shows it as it is now anyway.
    fn put(&mut self, item: DueItem) {
        let pile = match item.notice.kind {
            NoticeKind::Operator => Pile::Operator,
            NoticeKind::Reminder | NoticeKind::Escalation if is_urgent(&item, &self.allowance) => {
                Pile::Urgent
            }
            NoticeKind::Reminder | NoticeKind::Escalation => Pile::Reminder,
            NoticeKind::Baseline => Pile::Baseline(item.notice.check.clone()),
        };
        if let Some(fingerprint) = item.notice.finding {
            match self.placed.get(&fingerprint) {
                Some((place, earlier)) if pile < *place => {
                    let (place, earlier) = (place.clone(), *earlier);
                    self.take_back(&place, earlier);
                }
                Some(_) => {
                    self.plans.withheld.push((item.id, WithheldBecause::AlreadyTold));
                    return;
                }
                None => {}
            }
            self.placed.insert(fingerprint, (pile.clone(), item.id));
        }
        self.drafts.entry(pile).or_default().add(item);
    }

    fn take_back(&mut self, pile: &Pile, notice: NoticeId) {
        if let Some(draft) = self.drafts.get_mut(pile) {
            draft.remove(notice);
        }
        self.plans.withheld.push((notice, WithheldBecause::AlreadyTold));
    }

    fn finish(self) -> LetterPlans {
        let Self { allowance, drafts, mut plans, .. } = self;
        let mut letters = allowance.letters.unwrap_or(usize::MAX);
        let mut urgent = allowance.urgent.unwrap_or(usize::MAX);
        for (pile, draft) in drafts {
            let Some(plan) = draft.finish(&pile) else { continue };
            let (left, until) = match pile {
                Pile::Operator => (None, allowance.next_window),
                Pile::Urgent => (Some(&mut urgent), allowance.next_window),
                Pile::Reminder | Pile::Baseline(_) => (Some(&mut letters), allowance.next_day),
            };
            match left {
                Some(0) => {
                    let because = WithheldBecause::OverCap;
                    plans.waiting.extend(plan.notices().map(|notice| Waiting { notice, because, until }));
                }
                Some(left) => {
                    *left -= 1;
                    plans.letters.push(plan);
                }
                None => plans.letters.push(plan),
            }
        }
        plans
    }
}
