//! The answer to an answer: what somebody wrote could not be taken, why, and what can be written.

use std::collections::BTreeSet;

use jiff::Timestamp;
use kaizend_core::policy::{act::Refused, reply::NotUnderstood};

use crate::{Brand, Missing, Recipient, RenderError, Rendered, Stationery, Words, page::Page};

/// A reply by mail of which something was not taken.
#[derive(Clone, Debug)]
pub struct NotTaken<'a> {
    pub to: Recipient,
    pub brand: &'a Brand,
    /// Of the reply.
    pub subject: &'a str,
    /// At least one.
    pub why: Vec<NotTakenBecause>,
    /// How many of its words were taken all the same.
    pub taken: u32,
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTakenBecause {
    NotUnderstood(NotUnderstood),
    /// The mail that it answers speaks of nothing that can be done.
    NotAbout,
    /// No number was said, and the mail showed several.
    Which {
        shown: u32,
    },
    NoNumber {
        number: u32,
        shown: u32,
    },
    /// What is to be put off is put off to a moment ahead, within a year.
    NoSuchMoment,
    /// Nobody in the list of people has this address.
    NobodyHas {
        address: String,
    },
    /// It was understood, and cannot be.
    Refused {
        title: String,
        refused: Refused,
    },
    /// It is kept no longer, or its check is gone.
    Gone,
}

impl NotTaken<'_> {
    /// Lays the mail out. The same reply gives the same text, always.
    pub fn render(&self, words: &Words, stationery: &Stationery) -> Result<Rendered, RenderError> {
        let mut missing = BTreeSet::<Missing>::new();
        let page = Page::of_not_taken(self, words, &mut missing);
        page.lay_out("not-taken", &self.to.voice, stationery, missing)
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use kaizend_core::policy::reply;

    use super::*;
    use crate::{Samples, Voice};

    fn voice(language: &str) -> Voice {
        Voice::new(language, TimeZone::get("Europe/Sofia").unwrap())
    }

    fn letter<'a>(brand: &'a Brand, language: &str, taken: u32, why: Vec<NotTakenBecause>) -> NotTaken<'a> {
        let to = Recipient { name: Some("Nancy".to_owned()), voice: voice(language) };
        let at = "2026-11-25T10:00:00Z".parse().unwrap();
        NotTaken { to, brand, subject: "Re: Order 1 is late", why, taken, at }
    }

    #[test]
    fn each_reason_reads_well() {
        use NotTakenBecause as Because;
        let brand = Brand::new("Northwind Traders");
        let line = || "snooze for ever".to_owned();
        let refused = |refused| Because::Refused { title: "Order 1".to_owned(), refused };
        for language in ["en", "ru", "bg", "et"] {
            let why = vec![
                Because::NotUnderstood(NotUnderstood::Empty),
                Because::NotUnderstood(NotUnderstood::NoWord { line: line() }),
                Because::NotUnderstood(NotUnderstood::NoReason { line: line() }),
                Because::NotUnderstood(NotUnderstood::NoMoment { line: line() }),
                Because::NotUnderstood(NotUnderstood::NoAddress { line: line() }),
                Because::NotAbout,
                Because::Which { shown: 5 },
                Because::NoNumber { number: 9, shown: 21 },
                Because::NoSuchMoment,
                Because::NobodyHas { address: "gone@x.example".to_owned() },
                Because::Gone,
                refused(Refused::Closed),
                refused(Refused::NotAhead { until: "2026-11-24T10:00:00Z".parse().unwrap() }),
                refused(Refused::NoReason),
                refused(Refused::PutOffOften { times: 3 }),
                refused(Refused::NoCause { known: "parts late".to_owned() }),
                refused(Refused::NoSuchPerson { id: "4".into() }),
                refused(Refused::Theirs { id: "5".into() }),
            ];
            let letter = letter(&brand, language, 2, why);
            let rendered = letter.render(&Samples::own_words(), &Stationery::built_in()).unwrap();
            assert_eq!((&rendered.missing, &rendered.faults), (&vec![], &vec![]), "{language}");
            insta::assert_snapshot!(
                format!("not-taken.{language}"),
                format!("{}\n\n{}", rendered.subject, rendered.text)
            );
        }
    }

    #[test]
    fn what_it_says_can_be_written_is_understood() {
        let words = Samples::own_words();
        for language in ["en", "ru", "bg", "et"] {
            for id in ["reply-done", "reply-snooze", "reply-not-a-problem", "reply-to"] {
                let written = words.own(id, &Default::default(), &voice(language)).text;
                assert!(reply::read(&written).is_ok(), "{language}: {written}");
            }
        }
    }
}
