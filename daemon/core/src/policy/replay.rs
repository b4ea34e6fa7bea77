//! What a look of the past saw of a finding, by the history that the finding has: for simulations over data that
//! cannot say how it looked earlier.
//!
//! History keeps when a finding was seen, its stage and its severity. Whose it is, what it is worth and its evidence
//! are as the last look left them.

use jiff::Timestamp;

use crate::domain::{Event, RunId, Severity, Sighting, Why};

/// One row of a finding's history, as far as it says what was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    pub at: Timestamp,
    /// The look that it comes from; of a person's word, the last look before it.
    pub run: RunId,
    pub event: Event,
    pub why: Why,
    pub stage: String,
    pub severity: Severity,
}

/// What a finding was in the data after one event of its history.
enum Turn {
    Condition,
    Fact,
    Gone,
    /// People said or heard something; the data stayed as it was.
    Same,
}

/// What the look `run` saw of the finding whose last sighting is `latest`; `None` when nothing was wrong with it then.
/// What a person closed by `at` is taken for mended. `rank` says how far a stage has gone.
pub fn seen_by(
    run: RunId,
    at: Timestamp,
    latest: &Sighting,
    history: &[Past],
    rank: impl Fn(&str) -> u32,
) -> Option<Sighting> {
    let mut seen = None;
    for past in history.iter().filter(|past| past.run.0 <= run.0 && (!past.is_by_hand() || past.at <= at)) {
        match past.turn() {
            Turn::Condition => seen = Some((past, None)),
            Turn::Fact => seen = Some((past, Some(latest.happened.unwrap_or(past.at)))),
            Turn::Gone => seen = None,
            Turn::Same => {}
        }
    }
    let (past, happened) = seen?;
    Some(Sighting {
        stage: past.stage.clone(),
        stage_rank: rank(&past.stage),
        // More than a plugin may say was the operator's route, which has its say again.
        severity: past.severity.min(Severity::High),
        happened,
        ..latest.clone()
    })
}

impl Past {
    fn is_by_hand(&self) -> bool {
        self.why == Why::ByHand
    }

    fn turn(&self) -> Turn {
        match (self.event, self.why) {
            (Event::Opened | Event::Changed | Event::Continued | Event::Reopened, _) => Turn::Condition,
            (Event::Recorded, _) | (Event::Resolved, Why::BecameFact) => Turn::Fact,
            (Event::Resolved, Why::NothingOwed) => Turn::Same,
            (Event::Resolved, _) => Turn::Gone,
            _ => Turn::Same,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::samples;

    const DAYS: [&str; 5] = ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"];

    fn day(number: usize) -> Timestamp {
        samples::at(&format!("{}T08:00:00Z", DAYS[number]))
    }

    /// A row of the look of that day.
    fn past(number: usize, event: Event, why: Why, stage: &str) -> Past {
        let run = RunId(i64::try_from(number).unwrap() + 1);
        Past { at: day(number), run, event, why, stage: stage.to_owned(), severity: Severity::High }
    }

    /// Stage and whether it was a fact, as the look of each day saw it.
    fn seen(history: &[Past]) -> Vec<Option<(String, u32, bool)>> {
        let latest = samples::promise("overdue");
        let look = |number: usize| {
            let run = RunId(i64::try_from(number).unwrap() + 1);
            let rank = |stage: &str| if stage == "due-soon" { 1 } else { 2 };
            let sighting = seen_by(run, day(number), &latest, history, rank)?;
            assert_eq!((&sighting.key, &sighting.about), (&latest.key, &latest.about));
            Some((sighting.stage, sighting.stage_rank, sighting.happened.is_some()))
        };
        (0..DAYS.len()).map(look).collect()
    }

    fn stage(stage: &str, rank: u32, fact: bool) -> Option<(String, u32, bool)> {
        Some((stage.to_owned(), rank, fact))
    }

    #[test]
    fn a_condition_is_seen_from_its_first_look_to_the_one_that_missed_it() {
        let history = [
            past(1, Event::Opened, Why::FirstSeen, "due-soon"),
            past(2, Event::Changed, Why::StageRose, "overdue"),
            past(3, Event::Resolved, Why::Absent, "overdue"),
            past(4, Event::Continued, Why::SeenAgain, "overdue"),
        ];
        let want =
            [None, stage("due-soon", 1, false), stage("overdue", 2, false), None, stage("overdue", 2, false)];
        assert_eq!(seen(&history), want);
    }

    #[test]
    fn what_became_a_fact_stays_one() {
        let history = [
            past(0, Event::Opened, Why::FirstSeen, "overdue"),
            past(2, Event::Resolved, Why::BecameFact, "kept-late"),
            past(3, Event::Resolved, Why::NothingOwed, "kept-late"),
        ];
        let fact = stage("kept-late", 2, true);
        let open = stage("overdue", 2, false);
        assert_eq!(seen(&history), [open.clone(), open, fact.clone(), fact.clone(), fact]);
    }

    #[test]
    fn what_people_said_changes_nothing_of_what_was_seen_but_a_closing_by_hand() {
        let mut history = vec![past(0, Event::Opened, Why::FirstSeen, "overdue")];
        for event in [Event::Acknowledged, Event::Done, Event::Dismissed, Event::Climbed, Event::Reminded] {
            history.push(past(1, event, Why::SaidSo, "overdue"));
        }
        assert_eq!(seen(&history), vec![stage("overdue", 2, false); 5]);
        history.push(Past { at: day(3), ..past(2, Event::Resolved, Why::ByHand, "overdue") });
        let open = stage("overdue", 2, false);
        assert_eq!(seen(&history), [open.clone(), open.clone(), open, None, None]);
    }

    #[test]
    fn what_a_route_made_urgent_is_high_again() {
        let history =
            [Past { severity: Severity::Urgent, ..past(0, Event::Opened, Why::FirstSeen, "overdue") }];
        let sighting = seen_by(RunId(1), day(0), &samples::promise("overdue"), &history, |_| 2);
        assert_eq!(sighting.map(|sighting| sighting.severity), Some(Severity::High));
    }
}
