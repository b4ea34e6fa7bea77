//! What ONE addressee gets by mail now: all due notices become few letters, each notice exactly one fate.
//!
//! One reminder or one digest over all checks; the list of what was already wrong apart, one for each check;
//! word to operators apart. A finding that was resolved or silenced since is withheld with its reason.
//! Letters show at most [`ITEMS`] findings, the worst first; the rest are counted, never cut in silence.

mod fate;
mod letter;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::{CheckId, Finding, Fingerprint, Notice, NoticeId, NoticeKind, WithheldBecause};
use fate::fate;
use letter::Draft;

/// How many findings one letter shows in full.
pub const ITEMS: usize = 15;

/// A notice that is due, with its finding as it is known now (`None`: gone, or a notice without one).
#[derive(Clone, Debug, PartialEq)]
pub struct DueItem {
    pub id: NoticeId,
    pub notice: Notice,
    pub finding: Option<Finding>,
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
}

/// Each notice that was offered is in exactly one place of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LetterPlans {
    pub letters: Vec<LetterPlan>,
    /// These are never sent.
    pub withheld: Vec<(NoticeId, WithheldBecause)>,
    /// These stay due, and are looked at again.
    pub waiting: Vec<(NoticeId, WithheldBecause)>,
}

/// Plans the letters to one addressee. Of `items` only the worst [`ITEMS`] of each letter are held, so
/// `items` may be a long stream. `letters_left` is how many letters the addressee may still get today
/// (`None`: any number); word to operators does not count.
pub fn tell(
    items: impl IntoIterator<Item = DueItem>,
    now: Timestamp,
    letters_left: Option<usize>,
) -> LetterPlans {
    let mut desk =
        Desk { now, drafts: BTreeMap::new(), placed: BTreeMap::new(), plans: LetterPlans::default() };
    for item in items {
        desk.place(item);
    }
    desk.finish(letters_left)
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
    drafts: BTreeMap<Pile, Draft>,
    placed: BTreeMap<Fingerprint, (Pile, NoticeId)>,
    plans: LetterPlans,
}

/// Which letter a notice goes into, in the order of their importance.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Pile {
    Operator,
    Reminder,
    Baseline(CheckId),
}

impl Desk {
    fn place(&mut self, item: DueItem) {
        match fate(&item, self.now) {
            fate::Fate::Goes => self.put(item),
            fate::Fate::Waits(why) => self.plans.waiting.push((item.id, why)),
            fate::Fate::Withheld(why) => self.plans.withheld.push((item.id, why)),
        }
    }

    /// A letter speaks of a finding once. A reminder replaces its place on a list, otherwise the first stays:
    /// to somebody who has heard nothing yet, it is new, and the letter shows it as it is now anyway.
    fn put(&mut self, item: DueItem) {
        let pile = match item.notice.kind {
            NoticeKind::Operator => Pile::Operator,
            NoticeKind::Reminder => Pile::Reminder,
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

    fn finish(self, letters_left: Option<usize>) -> LetterPlans {
        let Self { drafts, mut plans, .. } = self;
        let mut left = letters_left.unwrap_or(usize::MAX);
        for (pile, draft) in drafts {
            let Some(plan) = draft.finish(&pile) else { continue };
            if pile == Pile::Operator {
                plans.letters.push(plan);
            } else if left > 0 {
                left -= 1;
                plans.letters.push(plan);
            } else {
                plans.waiting.extend(plan.notices().map(|id| (id, WithheldBecause::OverCap)));
            }
        }
        plans
    }
}
