//! Whether a button that was pressed on a page behind a mail's link was pressed by a person.
//!
//! Programs that guard mailboxes open every link as soon as a mail arrives, and some press what they find. So what is
//! pressed too soon after the mail was handed over, or together with other buttons, is kept as unconfirmed, changes
//! nothing, and is asked once more. A person reads before pressing again; a program that presses at once has not.

use jiff::{SignedDuration, Timestamp};

use crate::domain::Verb;

/// No person has found, opened and read a mail so soon after it was handed over.
const SOON: SignedDuration = SignedDuration::from_secs(120);

/// No person says different things from one mail so quickly.
const TOGETHER: SignedDuration = SignedDuration::from_secs(10);

/// No person has read the page that asks once more so quickly.
const READING: SignedDuration = SignedDuration::from_secs(2);

/// When the mail with the link was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandedOver {
    /// The mail server's answer is not known yet.
    NotYet,
    At(Timestamp),
    /// The mail is not kept any more.
    LongAgo,
}

/// Who has confirmed one word from a mail sits before it for a while, and is not asked again.
const PRESENT: SignedDuration = SignedDuration::from_mins(30);

/// One press of a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    pub verb: Verb,
    pub at: Timestamp,
    /// It was pressed on a page that asks once more, because of an earlier press at this moment.
    pub asked_at: Option<Timestamp>,
}

/// What was pressed before on pages of the same mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earlier {
    pub verb: Verb,
    pub at: Timestamp,
    /// It counts because it was pressed once more.
    pub confirmed: bool,
}

/// Why it is asked once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    TooSoon,
    SeveralAtOnce,
}

/// Why a press does not count yet; `None` when it does.
pub fn doubt(press: Press, handed_over: HandedOver, earlier: &[Earlier]) -> Option<Doubt> {
    let is_present = |other: &Earlier| other.confirmed && press.at.duration_since(other.at) < PRESENT;
    if earlier.iter().any(is_present) {
        return None;
    }
    if earlier.iter().any(|other| is_together(press, *other)) {
        return Some(Doubt::SeveralAtOnce);
    }
    let soon = match handed_over {
        HandedOver::NotYet => true,
        HandedOver::At(at) => press.at.duration_since(at) < SOON,
        HandedOver::LongAgo => false,
    };
    let was_read = press.asked_at.is_some_and(|asked| press.at.duration_since(asked) >= READING);
    (soon && !was_read).then_some(Doubt::TooSoon)
}

/// Whether another press, which nobody confirmed, says something else from the same mail almost at the same time.
pub fn is_together(press: Press, other: Earlier) -> bool {
    !other.confirmed && other.verb != press.verb && press.at.duration_since(other.at).abs() < TOGETHER
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::samples::at;

    fn pressed(verb: Verb, time: &str, asked: Option<&str>) -> Press {
        Press { verb, at: of(time), asked_at: asked.map(of) }
    }

    fn of(time: &str) -> Timestamp {
        at(&format!("2026-11-24T{time}Z"))
    }

    #[test]
    fn what_is_pressed_too_soon_is_asked_once_more() {
        let handed = HandedOver::At(of("09:00:00"));
        for (time, asked, handed, doubted) in [
            ("09:00:05", None, handed, true),
            ("09:01:59", None, handed, true),
            ("09:02:00", None, handed, false),
            ("09:30:00", None, handed, false),
            ("09:30:00", None, HandedOver::NotYet, true),
            ("09:00:05", None, HandedOver::LongAgo, false),
            // A person reads the question; a program answers at once.
            ("09:00:06", Some("09:00:05"), handed, true),
            ("09:00:07", Some("09:00:05"), handed, false),
            ("09:00:07", Some("09:00:05"), HandedOver::NotYet, false),
        ] {
            let found = doubt(pressed(Verb::Done, time, asked), handed, &[]);
            assert_eq!(found, doubted.then_some(Doubt::TooSoon), "{time} {asked:?} {handed:?}");
        }
    }

    #[test]
    fn different_words_at_once_are_no_persons() {
        let handed = HandedOver::At(of("09:00:00"));
        let done = Earlier { verb: Verb::Done, at: of("09:30:00"), confirmed: false };
        for (verb, time, doubted) in [
            (Verb::Snooze, "09:30:00", true),
            (Verb::Snooze, "09:30:09", true),
            (Verb::Snooze, "09:30:10", false),
            // Several findings of one mail are done one after the other.
            (Verb::Done, "09:30:03", false),
        ] {
            let found = doubt(pressed(verb, time, None), handed, &[done]);
            assert_eq!(found, doubted.then_some(Doubt::SeveralAtOnce), "{verb:?} {time}");
        }
        let again = pressed(Verb::Snooze, "09:30:08", Some("09:30:04"));
        assert_eq!(doubt(again, handed, &[done]), Some(Doubt::SeveralAtOnce), "asking does not make it one");
    }

    #[test]
    fn who_has_confirmed_a_word_is_not_asked_again_for_a_while() {
        let handed = HandedOver::At(of("09:00:00"));
        let confirmed = Earlier { verb: Verb::Done, at: of("09:01:00"), confirmed: true };
        for (verb, time, expected) in [
            (Verb::Snooze, "09:01:03", None),
            (Verb::Done, "09:01:30", None),
            (Verb::Snooze, "09:30:59", None),
        ] {
            assert_eq!(doubt(pressed(verb, time, None), handed, &[confirmed]), expected, "{time}");
        }
        let later = Earlier { verb: Verb::Done, at: of("09:30:58"), confirmed: false };
        let pressed = pressed(Verb::Snooze, "09:31:00", None);
        assert_eq!(doubt(pressed, handed, &[confirmed, later]), Some(Doubt::SeveralAtOnce));
        assert!(!is_together(pressed, Earlier { confirmed: true, ..later }), "a person's word stands");
    }
}
