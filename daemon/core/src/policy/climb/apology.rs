//! Apologies that are late: whoever owes one is told once more, and so is who stands above.

use super::{Advance, because};
use crate::domain::{
    AddressedBecause, Addressee, ApologyLevel, Decision, Event, Finding, NoticeKind, PersonId, Rung, Telling,
    Why,
};
use crate::policy::route::{Heard, Router};

pub(super) fn advance(finding: &Finding, router: &Router) -> Advance {
    if !finding.is_open() {
        return Advance::Nothing;
    }
    let untold = finding.owed.open_apologies().filter(|apology| !apology.late_told);
    let Some(next) = untold.min_by_key(|apology| apology.due) else { return Advance::Nothing };
    if next.due > router.now {
        return Advance::Wait(next.due);
    }
    let (level, by) = (next.level, next.by.clone());
    let mut after = Finding { changed_by: router.run, ..finding.clone() };
    for apology in after.owed.apologies.iter_mut().filter(|apology| apology.level == level) {
        apology.late_told = true;
    }
    let why = Why::ApologyLate;
    let notices = hearers(&by, level, router)
        .into_iter()
        .map(|(kind, heard)| router.notice(&after, because(why), kind, heard))
        .collect();
    Advance::Decide(Box::new(Decision::new(after, Event::Reminded, why, Telling::Tell(notices))))
}

fn hearers(by: &PersonId, level: ApologyLevel, router: &Router) -> Vec<(NoticeKind, Heard)> {
    let reminded = router.reading(by, AddressedBecause::OwesApology { level });
    let above = router.office.manager_of(by).map(|above| {
        router.reading(&above, AddressedBecause::Above { owner: by.clone(), rung: Rung::Manager })
    });
    let mut hearers = vec![(NoticeKind::Reminder, reminded)];
    for above in above.into_iter().filter(|above| above.to != Addressee::Operators) {
        if above.to != hearers[0].1.to {
            hearers.push((NoticeKind::Escalation, above));
        }
    }
    hearers
}
