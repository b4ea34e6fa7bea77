//! A closed finding that is seen again: the same past fact, the same episode within `settle`, or a new one.

use jiff::Timestamp;

use super::Case;
use super::difference::difference;
use super::open::Word;
use crate::domain::{Decision, Event, Finding, Sighting, TellBecause, Why, WithheldBecause};

impl Case<'_> {
    pub(super) fn seen_closed(
        &self,
        known: &Finding,
        resolved_at: Timestamp,
        sighting: &Sighting,
    ) -> Option<Decision> {
        if sighting.happened.is_some() && known.seen.happened.is_some() {
            return self.same_fact(known, sighting);
        }
        let settles = self.rule.calendar.add(resolved_at, self.rule.settle);
        Some(if settles < self.now {
            self.reopened(known, sighting)
        } else if sighting.happened.is_some() {
            self.became_fact(known, sighting)
        } else {
            self.continued(known, sighting)
        })
    }

    /// The same episode goes on as if it had never been gone: what somebody said holds as long as he meant.
    fn continued(&self, known: &Finding, sighting: &Sighting) -> Decision {
        let Some(spoken) = &known.spoken else { return self.open_again(known, sighting) };
        let before = Finding { state: spoken.state().clone(), ..known.clone() };
        match self.word(&before, sighting) {
            Some(Word::Holds(because)) => {
                let finding = self.changed(&before, sighting, before.state.clone());
                self.withhold(finding, Event::Continued, Why::SeenAgain, because)
            }
            // What nobody was to hear of at all stays quiet after a silence too.
            Some(Word::Ended(why, because)) if !known.baseline || known.told.is_some() => {
                self.speak_again(&before, sighting, why, because)
            }
            Some(Word::Ended(..)) | None => self.open_again(known, sighting),
        }
    }

    /// A fact was told when it was found, or is too old to tell: corrections only enter its history.
    fn same_fact(&self, known: &Finding, sighting: &Sighting) -> Option<Decision> {
        let why = difference(&known.seen, sighting)?;
        let because = match (&known.told, known.baseline) {
            (Some(_), _) => WithheldBecause::AlreadyTold,
            (None, true) => WithheldBecause::BaselineQuiet,
            (None, false) => WithheldBecause::TooOld,
        };
        let finding = self.changed(known, sighting, known.state.clone());
        Some(self.withhold(finding, Event::Changed, why, because))
    }

    fn open_again(&self, known: &Finding, sighting: &Sighting) -> Decision {
        let mut finding = self.changed(known, sighting, self.open_state(known));
        let (event, why) = (Event::Continued, Why::SeenAgain);
        if known.worst_told().is_exceeded_by(sighting) {
            finding.baseline = false;
            return self.tell(finding, event, why, TellBecause::Worse);
        }
        match (&known.told, known.baseline) {
            (_, true) => self.withhold(finding, event, why, WithheldBecause::Baseline),
            (Some(_), false) => self.withhold(finding, event, why, WithheldBecause::ContinuesEpisode),
            // A fact that was too old to tell turned out to be a condition that still is.
            (None, false) => self.tell(finding, event, why, TellBecause::Reopened),
        }
    }
}
