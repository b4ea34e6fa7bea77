//! What was decided to be told and has not left: it waits for its window, or was no longer true when it came.
//!
//! It counts as told from the moment of the decision, so no look would tell it again. Letters show a finding as it is
//! when they leave; so what has become better meanwhile counts as told only as it is now, and what was withheld is told
//! after all when it is back.

use super::{Advance, Word, notes, tells};
use crate::domain::{Event, Finding, HowBad, NoticeKind, TellBecause, Told, Why, WithheldBecause};
use crate::policy::route::Router;

/// The last telling of a finding, while nobody has heard of it.
pub(super) struct Unheard<'a> {
    told: &'a Told,
    /// What was told before and did leave.
    heard: Option<&'a Told>,
    waits: bool,
}

/// `None` when what was told last has left, or was none.
pub(super) fn unheard<'a>(finding: &'a Finding, words: &[Word]) -> Option<Unheard<'a>> {
    let told = finding.told.as_ref().filter(|_| !finding.baseline)?;
    let left = |told: &Told| words.iter().filter_map(|word| word.left_at).any(|left| left >= told.at);
    if left(told) || !words.iter().any(|word| word.decided_at >= told.at) {
        return None;
    }
    let waits = words.iter().any(|word| word.waits);
    Some(Unheard { told, heard: told.back().find(|told| left(told)), waits })
}

impl Unheard<'_> {
    /// `None` while its mail waits, and it is as bad as that will say.
    pub(super) fn said(&self, finding: &Finding, router: &Router) -> Option<Advance> {
        let first = router.first(finding).to;
        let is_known = |heard: &&Told| !is_news(heard, finding) && heard.to.contains(&first);
        match self.heard.filter(is_known) {
            Some(heard) => Some(self.counts_as(heard.clone(), finding, router)),
            None if self.waits => {
                let seen = Told::now(self.told.at, HowBad::of(&finding.seen), self.heard.cloned());
                let told = Told { to: self.told.to.clone(), ..seen };
                (told != *self.told).then(|| self.counts_as(told, finding, router))
            }
            None => Some(self.told_after_all(finding, router)),
        }
    }

    fn counts_as(&self, told: Told, finding: &Finding, router: &Router) -> Advance {
        let why = if told.stage_rank < self.told.stage_rank { Why::StageFell } else { Why::SeverityFell };
        let after = Finding { told: Some(told), changed_by: router.run, ..finding.clone() };
        notes(after, Event::Changed, why, WithheldBecause::NotWorse)
    }

    fn told_after_all(&self, finding: &Finding, router: &Router) -> Advance {
        let seen = Told::now(router.now, HowBad::of(&finding.seen), self.heard.cloned());
        let told = Some(Told { to: self.told.to.clone(), ..seen });
        let after = Finding { told, changed_by: router.run, ..finding.clone() };
        let because = match self.heard {
            None => TellBecause::New,
            Some(heard) if is_news(heard, finding) => TellBecause::Worse,
            // Whoever answers for it now is another one than those who know.
            Some(_) => TellBecause::HandedOver,
        };
        let notices = router.notices(&after, because, NoticeKind::Reminder);
        tells(after, Event::Continued, Why::SeenAgain, notices)
    }
}

fn is_news(heard: &Told, finding: &Finding) -> bool {
    heard.how_bad().is_exceeded_by(&finding.seen)
}
