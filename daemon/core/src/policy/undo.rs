//! Taking a word back: what it changed becomes as it was before, when nobody and nothing has changed that since.
//!
//! What a look saw meanwhile stays: a word never changed what the data says. Pure, and an event of its own.

use jiff::{SignedDuration, Timestamp};

use crate::domain::{Decision, Event, Finding, PersonId, Telling, Verb, Why, WithheldBecause};

/// How long a word can be taken back.
const FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A word that was taken, and the finding before and after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    pub verb: Verb,
    pub by: PersonId,
    pub at: Timestamp,
    pub before: Finding,
    pub after: Finding,
    /// Whether a mail that the word caused has told somebody else already.
    pub others_heard: bool,
}

/// Why it cannot be taken back. Nothing is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stays {
    #[error("it is too long ago")]
    TooLate,
    #[error("it has gone on since")]
    WentOn,
    #[error("the other person has been told already")]
    OthersHeard,
}

/// Decides what taking a word back changes.
///
/// # Errors
/// [`Stays`] says why it stays.
pub fn undo(finding: &Finding, taken: &Taken, now: Timestamp) -> Result<Decision, Stays> {
    if now.duration_since(taken.at) > FOR {
        return Err(Stays::TooLate);
    }
    if taken.others_heard {
        return Err(Stays::OthersHeard);
    }
    let (before, after) = (&taken.before, &taken.after);
    if finding.episode != after.episode {
        return Err(Stays::WentOn);
    }
    let mut back = finding.clone();
    restore(&mut back.state, &before.state, &after.state)?;
    restore(&mut back.assigned, &before.assigned, &after.assigned)?;
    restore(&mut back.climb, &before.climb, &after.climb)?;
    restore(&mut back.owed, &before.owed, &after.owed)?;
    restore(&mut back.told, &before.told, &after.told)?;
    restore(&mut back.spoken, &before.spoken, &after.spoken)?;
    restore(&mut back.baseline, &before.baseline, &after.baseline)?;
    // Time is asked at once what comes next: a silence may have ended behind the word.
    let next = back.is_open().then_some(now);
    let telling = Telling::Withhold(WithheldBecause::TakenBack);
    Ok(Decision {
        by: Some(taken.by.clone()),
        note: Some(taken.verb.word().to_owned()),
        next,
        ..Decision::new(back, Event::TakenBack, Why::SaidSo, telling)
    })
}

/// What the word changed becomes as it was, if it still is as the word left it; what it did not change stays.
fn restore<T: Clone + PartialEq>(now: &mut T, before: &T, after: &T) -> Result<(), Stays> {
    if before == after {
        return Ok(());
    }
    if now != after {
        return Err(Stays::WentOn);
    }
    *now = before.clone();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Fact, Span, State};
    use crate::policy::{
        act::{Act, Terms, act},
        owing::Owing,
        route::Router,
        samples::{at, open, promise, router},
    };

    const WHEN: &str = "2026-11-24T08:00:00Z";
    const LATER: &str = "2026-11-26T08:00:00Z";

    fn taken(before: &Finding, verb: Verb, word: &Act) -> Taken {
        let terms = Terms { done_is_trusted: Span::WorkingDays(2), owing: &Owing::default(), put_off: 0 };
        let after = act(before, word, &"5".into(), terms, &router()).unwrap().finding;
        Taken { verb, by: "5".into(), at: at(WHEN), before: before.clone(), after, others_heard: false }
    }

    fn words() -> Vec<(Verb, Act)> {
        vec![
            (Verb::Done, Act::Done { cause: None }),
            (Verb::Snooze, Act::Snooze { until: at("2026-11-27T08:00:00Z"), reason: None }),
            (Verb::Dismiss, Act::Dismiss { reason: "agreed".into() }),
            (Verb::Assign, Act::Assign { to: "6".into() }),
            (Verb::Differently, Act::Differently { because: "by phone".into() }),
        ]
    }

    #[test]
    fn each_word_can_be_taken_back() {
        for (verb, word) in words() {
            let before = open(promise("overdue"));
            let taken = taken(&before, verb, &word);
            let mut seen_again = taken.after.clone();
            seen_again.seen.evidence.insert("days".into(), Fact::Integer(4));
            let decision = undo(&seen_again, &taken, at(LATER)).unwrap();
            assert_eq!(decision.finding, Finding { seen: seen_again.seen.clone(), ..before }, "{verb:?}");
            assert_eq!((decision.event, decision.why), (Event::TakenBack, Why::SaidSo));
            assert_eq!((decision.note.as_deref(), decision.next), (Some(verb.word()), Some(at(LATER))));
            assert_eq!(decision.by, Some("5".into()));
        }
    }

    #[test]
    fn what_has_gone_on_stays() {
        let before = open(promise("overdue"));
        let done = taken(&before, Verb::Done, &Act::Done { cause: None });
        let later = Router { now: at(LATER), ..router() };
        let terms = Terms { done_is_trusted: Span::WorkingDays(2), owing: &Owing::default(), put_off: 0 };
        let dismissed =
            act(&done.after, &Act::Dismiss { reason: "agreed".into() }, &"2".into(), terms, &later).unwrap();
        let resolved = State::Resolved { at: at(LATER), how: crate::domain::HowResolved::NoLongerSeen };
        for finding in [
            dismissed.finding,
            Finding { state: resolved, ..done.after.clone() },
            Finding { episode: 2, ..done.after.clone() },
            before.clone(),
        ] {
            assert_eq!(undo(&finding, &done, at(LATER)), Err(Stays::WentOn), "{:?}", finding.state);
        }
        let heard = Taken { others_heard: true, ..done.clone() };
        assert_eq!(undo(&done.after, &heard, at(LATER)), Err(Stays::OthersHeard));
        for (time, expected) in
            [("2026-12-01T08:00:00Z", None), ("2026-12-01T08:00:00.000001Z", Some(Stays::TooLate))]
        {
            assert_eq!(undo(&done.after, &done, at(time)).err(), expected, "{time}");
        }
    }
}
