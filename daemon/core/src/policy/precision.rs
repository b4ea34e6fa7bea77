//! How often a check is right: its precision, true / (true + false), over the episodes of its findings that came to
//! a verdict in a period. A dismissal is the false one, with its reason; what somebody took on, or what the data closed
//! after somebody was told, is a true one.
//!
//! What was told and then mended counts, because most who mend a thing say nothing about it. But where nobody ever
//! says a word, silence is no consent, and the precision is not known.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::{Event, Verb, Why};

/// One thing that happened in an episode, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    pub at: Timestamp,
    pub event: Event,
    pub why: Why,
    /// Whether somebody was told with it.
    pub told: bool,
    /// In which words, where a person said it.
    pub note: Option<String>,
}

/// What an episode comes to; the latest word counts, and the data overrules no word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Episode {
    told: bool,
    verdict: Option<(Timestamp, Verdict)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    TakenOn,
    Mended,
    Dismissed { reason: String },
}

/// The verdicts about one check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Precision {
    /// Somebody took it on: acknowledged, done, its cause given, apologised for.
    pub taken_on: u64,
    /// Somebody was told, nobody said a word, and the data closed it.
    pub mended: u64,
    /// Somebody said that it is no problem.
    pub dismissed: u64,
    /// Why, and how often each.
    pub reasons: BTreeMap<String, u64>,
}

impl Episode {
    /// In the order in which things happened.
    pub fn take(&mut self, happening: Happening) {
        let Happening { at, event, why, told, note } = happening;
        self.told |= told;
        let unsaid = !self.is_said();
        match event {
            Event::Acknowledged | Event::Done | Event::Explained | Event::Apologised => {
                self.verdict = Some((at, Verdict::TakenOn));
            }
            Event::Dismissed => {
                self.verdict = Some((at, Verdict::Dismissed { reason: note.unwrap_or_default() }));
            }
            // A word that was taken back is as if it had never been said.
            Event::TakenBack if is_verdict(note.as_deref()) => self.verdict = None,
            Event::Resolved if unsaid && self.told && is_of_the_data(why) => {
                self.verdict = Some((at, Verdict::Mended));
            }
            // It is back, or was closed by hand or because nobody asks any more: nothing is known.
            Event::Continued | Event::Resolved if unsaid => self.verdict = None,
            _ => {}
        }
    }

    fn is_said(&self) -> bool {
        matches!(self.verdict, Some((_, Verdict::TakenOn | Verdict::Dismissed { .. })))
    }
}

/// Whether the word that was taken back, by which the event is noted, said anything of the check.
fn is_verdict(note: Option<&str>) -> bool {
    let verb = note.and_then(Verb::of_word);
    matches!(verb, Some(Verb::Done | Verb::Dismiss | Verb::Explain | Verb::Apologised))
}

fn is_of_the_data(why: Why) -> bool {
    matches!(why, Why::Absent | Why::Fine | Why::BecameFact)
}

impl Precision {
    /// Counts an episode whose verdict is not older than `since`.
    pub fn add(&mut self, episode: Episode, since: Timestamp) {
        match episode.verdict.filter(|(at, _)| *at >= since).map(|(_, verdict)| verdict) {
            None => {}
            Some(Verdict::TakenOn) => self.taken_on += 1,
            Some(Verdict::Mended) => self.mended += 1,
            Some(Verdict::Dismissed { reason }) => {
                self.dismissed += 1;
                *self.reasons.entry(reason).or_default() += 1;
            }
        }
    }

    /// The part that was right, from 0 to 1; `None` while nobody has said a word.
    pub fn share(&self) -> Option<f64> {
        let right = self.taken_on + self.mended;
        let said = self.taken_on + self.dismissed;
        (said > 0).then(|| right as f64 / (right + self.dismissed) as f64)
    }

    /// The most frequent reasons, at most so many, and how many dismissals gave another.
    pub fn reasons(&self, most: usize) -> (Vec<(&str, u64)>, u64) {
        let mut reasons: Vec<(&str, u64)> =
            self.reasons.iter().map(|(reason, count)| (reason.as_str(), *count)).collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let others = reasons.iter().skip(most).map(|(_, count)| count).sum();
        reasons.truncate(most);
        (reasons, others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::samples::at;

    const SINCE: &str = "2026-11-01T00:00:00Z";

    /// Things that happen on the following days from the 20th on; what is taken back is a dismissal.
    fn episode(happenings: &[(Event, Why, bool)]) -> Episode {
        let mut episode = Episode::default();
        for (day, (event, why, told)) in (20..).zip(happenings) {
            let at = at(&format!("2026-11-{day}T08:00:00Z"));
            let note = match event {
                Event::Dismissed => Some("agreed".to_owned()),
                Event::TakenBack => Some(Verb::Dismiss.word().to_owned()),
                _ => None,
            };
            episode.take(Happening { at, event: *event, why: *why, told: *told, note });
        }
        episode
    }

    fn of(episodes: Vec<Episode>) -> Precision {
        let mut precision = Precision::default();
        episodes.into_iter().for_each(|episode| precision.add(episode, at(SINCE)));
        precision
    }

    #[test]
    fn each_episode_has_one_verdict() {
        use Event::*;
        let opened = (Opened, Why::FirstSeen, true);
        let gone = (Resolved, Why::Absent, false);
        let said = |event| (event, Why::SaidSo, false);
        for (name, happenings, counts) in [
            ("open", vec![opened], [0, 0, 0]),
            ("told and mended", vec![opened, gone], [0, 1, 0]),
            ("told and became a fact", vec![opened, (Resolved, Why::BecameFact, false)], [0, 1, 0]),
            ("gone before anybody was told", vec![(Opened, Why::Baseline, false), gone], [0, 0, 0]),
            ("gone and back", vec![opened, gone, (Continued, Why::SeenAgain, false)], [0, 0, 0]),
            ("nobody asks any more", vec![opened, (Resolved, Why::QuestionChanged, false)], [0, 0, 0]),
            ("closed by hand", vec![opened, (Resolved, Why::ByHand, false)], [0, 0, 0]),
            ("put off, then gone", vec![opened, said(Snoozed), gone], [0, 1, 0]),
            ("acknowledged", vec![opened, said(Acknowledged)], [1, 0, 0]),
            ("done, then gone", vec![opened, said(Done), gone], [1, 0, 0]),
            ("a cause was given", vec![opened, gone, said(Explained)], [1, 0, 0]),
            ("apologised", vec![opened, said(Apologised)], [1, 0, 0]),
            ("dismissed", vec![opened, said(Dismissed)], [0, 0, 1]),
            ("dismissed, and taken back", vec![opened, said(Dismissed), said(TakenBack)], [0, 0, 0]),
            ("dismissed, then gone", vec![opened, said(Dismissed), gone], [0, 0, 1]),
            ("taken on, then dismissed", vec![opened, said(Acknowledged), said(Dismissed)], [0, 0, 1]),
            (
                "dismissed, worse, then done",
                vec![opened, said(Dismissed), (Changed, Why::StageRose, true), said(Done)],
                [1, 0, 0],
            ),
        ] {
            let precision = of(vec![episode(&happenings)]);
            assert_eq!([precision.taken_on, precision.mended, precision.dismissed], counts, "{name}");
        }
    }

    #[test]
    fn a_word_that_says_nothing_of_the_check_is_no_verdict_when_it_is_taken_back() {
        let said = |event, note: &str| Happening {
            at: at("2026-11-20T08:00:00Z"),
            event,
            why: Why::SaidSo,
            told: false,
            note: Some(note.to_owned()),
        };
        for (note, taken_on) in [("snooze", 1), ("assign", 1), ("differently", 1), ("done", 0)] {
            let mut episode = Episode::default();
            episode.take(said(Event::Done, ""));
            episode.take(said(Event::TakenBack, note));
            assert_eq!(of(vec![episode]).taken_on, taken_on, "{note}");
        }
    }

    #[test]
    fn what_is_older_than_the_period_does_not_count() {
        let mut old = Episode::default();
        let said = |text: &str, event| Happening {
            at: at(text),
            event,
            why: if event == Event::Resolved { Why::Absent } else { Why::SaidSo },
            told: true,
            note: Some("agreed".to_owned()),
        };
        old.take(said("2026-10-31T23:59:59Z", Event::Dismissed));
        old.take(said("2026-11-20T08:00:00Z", Event::Resolved));
        assert_eq!(of(vec![old]), Precision::default(), "that it closed later is no verdict");
        let mut young = Episode::default();
        young.take(said(SINCE, Event::Dismissed));
        assert_eq!(of(vec![young]).dismissed, 1);
    }

    #[test]
    fn silence_is_consent_only_where_people_speak() {
        let precision = |taken_on, mended, dismissed| {
            Precision { taken_on, mended, dismissed, ..Precision::default() }.share()
        };
        for (counts, share) in [
            ((0, 0, 0), None),
            ((0, 40, 0), None),
            ((1, 0, 0), Some(1.0)),
            ((0, 0, 2), Some(0.0)),
            ((1, 2, 1), Some(0.75)),
        ] {
            assert_eq!(precision(counts.0, counts.1, counts.2), share, "{counts:?}");
        }
    }

    #[test]
    fn the_most_frequent_reasons_come_first_and_the_rest_is_counted() {
        let reasons = [("a", 1), ("b", 3), ("c", 1), ("d", 2)];
        let reasons = reasons.map(|(reason, count)| (reason.to_owned(), count)).into();
        let precision = Precision { dismissed: 7, reasons, ..Precision::default() };
        assert_eq!(precision.reasons(2), (vec![("b", 3), ("d", 2)], 2));
        assert_eq!(precision.reasons(9).1, 0);
    }
}
