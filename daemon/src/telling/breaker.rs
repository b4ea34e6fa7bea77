//! The breaker at work: a mailing is measured against the weeks before, and word of a held one goes to the operators.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use kaizend_core::{
    domain::{Addressee, CheckId, Notice, Person, RunId, TellBecause},
    policy::{
        breaker::{self, Held, Mailing, Tripped, Usual},
        tell::{LetterKind, LetterPlans},
    },
};

use super::{Scene, Told};

/// How far back the usual is looked for.
const WEEKS: SignedDuration = SignedDuration::from_hours(4 * 7 * 24);

/// Lists of what was already so and word to operators are no alarm.
pub(super) fn counts(kind: &LetterKind) -> bool {
    !matches!(kind, LetterKind::Operator | LetterKind::Baseline { .. })
}

/// Why the mailing is held, if it is.
pub(super) async fn judge(
    scene: &Scene<'_>,
    mailing: &[(Addressee, LetterPlans)],
) -> anyhow::Result<Option<Tripped>> {
    let breaker = scene.rooms.plan.reminders.breaker;
    if breaker == breaker::Breaker::default() {
        return Ok(None);
    }
    let letters = |plans: &LetterPlans| plans.letters.iter().filter(|plan| counts(&plan.kind)).count();
    let people: BTreeSet<&Addressee> = mailing
        .iter()
        .filter(|(to, plans)| *to != Addressee::Operators && letters(plans) > 0)
        .map(|(to, _)| to)
        .collect();
    let since = scene.now.checked_sub(WEEKS).unwrap_or(Timestamp::MIN);
    let mailing = Mailing {
        mails: mailing.iter().map(|(_, plans)| letters(plans)).sum(),
        people: people.len(),
        staff: scene.directory.people().filter(|person| Person::has_address(person)).count(),
        earlier: Usual::of(scene.rooms.store.mailings_since(since).await?),
    };
    let tripped = breaker::judge(&breaker, mailing);
    if let Some(tripped) = &tripped {
        tracing::error!(why = %tripped, "the breaker holds a whole mailing");
    }
    Ok(tripped)
}

/// Word to the operators: what is held, and why.
pub(super) fn word(why: Tripped, told: &Told, now: Timestamp) -> Notice {
    let detail = Held { why, mails: told.mails }.detail();
    Notice::to_operators(CheckId::from("breaker"), TellBecause::Held, RunId(0), now, detail)
}
