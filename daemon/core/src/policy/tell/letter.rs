//! A letter in the making: the worst findings in full, the others by number, in a stable order.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use super::{DueItem, ITEMS, LetterKind, LetterPlan, Pile};
use crate::domain::{Finding, NoticeId};

#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Sorted, at most [`ITEMS`].
    worst: Vec<DueItem>,
    /// Whether each is of a past fact.
    others: BTreeMap<NoticeId, bool>,
}

impl Draft {
    pub(super) fn add(&mut self, item: DueItem) {
        let place = self.worst.partition_point(|placed| compare(placed, &item).is_le());
        self.worst.insert(place, item);
        if self.worst.len() > ITEMS {
            self.others.extend(self.worst.pop().map(|item| (item.id, is_fact(&item))));
        }
    }

    pub(super) fn remove(&mut self, notice: NoticeId) {
        self.worst.retain(|item| item.id != notice);
        self.others.remove(&notice);
    }

    /// `None` when everything was taken back.
    pub(super) fn finish(self, pile: &Pile) -> Option<LetterPlan> {
        let kind = match pile {
            Pile::Operator => LetterKind::Operator,
            Pile::Urgent => LetterKind::Urgent,
            Pile::Reminder if self.worst.len() + self.others.len() == 1 => LetterKind::Reminder,
            Pile::Reminder => LetterKind::Digest,
            Pile::Baseline(check) => LetterKind::Baseline { check: check.clone() },
        };
        let more_facts = self.others.values().filter(|is_fact| **is_fact).count();
        let more = self.others.into_keys().collect();
        let plan = LetterPlan { kind, items: self.worst, more, more_facts };
        (!plan.items.is_empty()).then_some(plan)
    }
}

fn is_fact(item: &DueItem) -> bool {
    item.finding.as_ref().is_some_and(|finding| finding.seen.happened.is_some())
}

/// The most severe first; what can still be mended before what has happened; the best clients' before the others';
/// then the furthest gone, what is worth most (currencies cannot be compared and stand apart), the latest fact and
/// the oldest condition. The identity decides the rest, so that two letters never differ by luck.
fn compare(left: &DueItem, right: &DueItem) -> Ordering {
    let ranked = |item: &DueItem| (item.rank.is_none(), item.rank.clone());
    let (Some(a), Some(b)) = (&left.finding, &right.finding) else {
        return left.finding.is_none().cmp(&right.finding.is_none()).then(left.id.cmp(&right.id));
    };
    (b.seen.severity.cmp(&a.seen.severity))
        .then_with(|| a.seen.happened.is_some().cmp(&b.seen.happened.is_some()))
        .then_with(|| ranked(left).cmp(&ranked(right)))
        .then_with(|| b.seen.stage_rank.cmp(&a.seen.stage_rank))
        .then_with(|| worth(b).cmp(&worth(a)))
        .then_with(|| b.seen.happened.cmp(&a.seen.happened))
        .then_with(|| a.opened_at.cmp(&b.opened_at))
        .then_with(|| (&a.check, &a.seen.topic, &a.seen.key).cmp(&(&b.check, &b.seen.topic, &b.seen.key)))
}

fn worth(finding: &Finding) -> Option<(Reverse<&str>, i64)> {
    finding.seen.worth.as_ref().map(|money| (Reverse(money.currency.as_str()), money.minor_units))
}
