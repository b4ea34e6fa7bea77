//! The beginning of an episode: a finding that was never seen, or one that comes back after it had settled.

use super::{Baseline, Case};
use crate::domain::{
    Climb, Decision, Event, Finding, HowResolved, Owed, Sighting, State, TellBecause, Why, WithheldBecause,
};

impl Case<'_> {
    pub(super) fn first_seen(&self, sighting: &Sighting) -> Decision {
        let episode = self.episode(sighting, 1);
        self.begin(episode, Event::Opened, Why::FirstSeen, TellBecause::New)
    }

    pub(super) fn reopened(&self, known: &Finding, sighting: &Sighting) -> Decision {
        let episode = Finding {
            assigned: known.assigned.clone(),
            owed: if known.owed.is_settled() { Owed::default() } else { known.owed.clone() },
            ..self.episode(sighting, known.episode.saturating_add(1))
        };
        self.begin(episode, Event::Reopened, Why::SeenAgain, TellBecause::Reopened)
    }

    fn episode(&self, sighting: &Sighting, episode: u32) -> Finding {
        Finding {
            fingerprint: sighting.fingerprint(&self.rule.check),
            check: self.rule.check.clone(),
            seen: sighting.clone(),
            state: State::Open { since: self.now },
            episode,
            opened_at: self.now,
            baseline: false,
            told: None,
            assigned: None,
            climb: Climb::default(),
            owed: Owed::default(),
            changed_by: self.look.run,
            spoken: None,
            forgotten: None,
        }
    }

    /// A past fact is closed as soon as it is written down; a condition stays open while it is seen.
    fn begin(&self, mut finding: Finding, opened: Event, why: Why, because: TellBecause) -> Decision {
        let (event, because) = match finding.seen.happened {
            Some(_) => (Event::Recorded, TellBecause::Happened),
            None => (opened, because),
        };
        if event == Event::Recorded {
            finding.state = State::Resolved { at: self.now, how: HowResolved::Recorded };
            if self.too_old(&finding.seen) {
                return self.withhold(finding, event, Why::TooOld, WithheldBecause::TooOld);
            }
        }
        let baseline = self.look.first.map(|_| self.rule.baseline);
        finding.baseline = matches!(baseline, Some(Baseline::List | Baseline::Quiet));
        match baseline {
            Some(Baseline::List) => self.tell(finding, event, Why::Baseline, TellBecause::Baseline),
            Some(Baseline::Quiet) => {
                self.withhold(finding, event, Why::Baseline, WithheldBecause::BaselineQuiet)
            }
            Some(Baseline::Tell) | None => self.tell(finding, event, why, because),
        }
    }
}
