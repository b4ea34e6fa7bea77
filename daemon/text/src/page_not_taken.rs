//! What of a reply was not taken, with every word said.

use kaizend_core::{
    domain::Fact,
    policy::{act::Refused, reply::NotUnderstood},
};
use serde::Serialize;

use crate::{
    NotTaken, NotTakenBecause, argument,
    finding_words::text,
    page::{Speaker, count},
};

/// What can be written, in the order of the list.
const WORDS: [&str; 4] = ["reply-done", "reply-snooze", "reply-not-a-problem", "reply-to"];

#[derive(Debug, Serialize)]
pub(crate) struct NotTakenEntry {
    why: Vec<String>,
    head: String,
    words: Vec<WordEntry>,
    number: String,
}

#[derive(Debug, Serialize)]
struct WordEntry {
    word: String,
    means: String,
}

impl NotTakenEntry {
    pub(crate) fn of(not_taken: &NotTaken, say: &mut Speaker) -> Self {
        let word = |id: &str, say: &mut Speaker| WordEntry {
            word: say.bare(id),
            means: say.attribute(id, "means", Vec::new()),
        };
        Self {
            why: not_taken.why.iter().map(|why| sentence(why, say)).collect(),
            head: say.bare("head-reply"),
            words: WORDS.iter().map(|id| word(id, say)).collect(),
            number: say.bare("reply-number"),
        }
    }
}

fn sentence(why: &NotTakenBecause, say: &mut Speaker) -> String {
    let line = |line: &str| vec![("line", text(line))];
    let number = |number: u32| count(number.into());
    let (id, args): (&str, Vec<(&str, Fact)>) = match why {
        NotTakenBecause::NotUnderstood(NotUnderstood::Empty) => ("not-taken-empty", vec![]),
        NotTakenBecause::NotUnderstood(NotUnderstood::NoWord { line: said }) => {
            ("not-taken-no-word", line(said))
        }
        NotTakenBecause::NotUnderstood(NotUnderstood::NoReason { line: said }) => {
            ("not-taken-no-reason", line(said))
        }
        NotTakenBecause::NotUnderstood(NotUnderstood::NoMoment { line: said }) => {
            ("not-taken-no-moment", line(said))
        }
        NotTakenBecause::NotUnderstood(NotUnderstood::NoAddress { line: said }) => {
            ("not-taken-no-address", line(said))
        }
        NotTakenBecause::NotAbout => ("not-taken-not-about", vec![]),
        NotTakenBecause::Which { shown } => ("not-taken-which", vec![("count", number(*shown))]),
        NotTakenBecause::NoNumber { number: said, shown } => {
            ("not-taken-no-number", vec![("number", number(*said)), ("count", number(*shown))])
        }
        NotTakenBecause::NoSuchMoment => ("not-taken-moment", vec![]),
        NotTakenBecause::NobodyHas { address } => ("not-taken-nobody", vec![("address", text(address))]),
        NotTakenBecause::Gone => ("not-taken-gone", vec![]),
        NotTakenBecause::Refused { title, refused } => return self::refused(title, refused, say),
    };
    say.own(id, args)
}

fn refused(title: &str, refused: &Refused, say: &mut Speaker) -> String {
    let (id, mut args): (&str, Vec<(&str, Fact)>) = match refused {
        Refused::Closed => ("not-taken-closed", vec![]),
        Refused::NotAhead { until } => ("not-taken-not-ahead", vec![("until", argument::at(*until))]),
        Refused::NoReason => ("not-taken-reason", vec![]),
        Refused::PutOffOften { times } => ("not-taken-often", vec![("count", count(*times as u64))]),
        Refused::NoCause { known } => ("not-taken-cause", vec![("known", text(known))]),
        Refused::NoSuchPerson { .. } => ("not-taken-no-mail", vec![]),
        Refused::Theirs { .. } => ("not-taken-theirs", vec![]),
        // No word of a reply comes to these.
        Refused::NoApologyOwed | Refused::NoCauseAsked | _ => ("not-taken-gone", vec![]),
    };
    args.push(("title", text(title)));
    say.own(id, args)
}
