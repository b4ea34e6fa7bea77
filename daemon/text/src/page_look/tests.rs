//! Each reason why a check could not look, in each language, and what a driver's or a plugin's own words do to a mail.

use kaizend_core::domain::{NoticeKind, TellBecause};

use super::*;
use crate::{Brand, Rendered, Samples, Stationery, Trouble};

const LANGUAGES: [&str; 4] = ["en", "ru", "bg", "et"];

const HINDRANCES: [Hindrance; 25] = [
    Hindrance::Source(FaultClass::Missing),
    Hindrance::Source(FaultClass::Locked),
    Hindrance::Source(FaultClass::Permission),
    Hindrance::Source(FaultClass::Query),
    Hindrance::Source(FaultClass::Column),
    Hindrance::Source(FaultClass::Value),
    Hindrance::Source(FaultClass::Order),
    Hindrance::Source(FaultClass::Limit),
    Hindrance::Source(FaultClass::Full),
    Hindrance::Source(FaultClass::Interrupted),
    Hindrance::Source(FaultClass::Changed),
    Hindrance::Source(FaultClass::Damaged),
    Hindrance::Panic,
    Hindrance::Trap,
    Hindrance::NoAnswer,
    Hindrance::Contract,
    Hindrance::Cpu,
    Hindrance::Memory,
    Hindrance::Stack,
    Hindrance::Findings,
    Hindrance::Bound,
    Hindrance::Wall,
    Hindrance::Binding,
    Hindrance::Store,
    Hindrance::GivenUp,
];

fn failed_with(hindrance: Hindrance, words: &str) -> CouldNotLook {
    CouldNotLook::Failed { hindrance, words: words.to_owned() }
}

fn doubtful_for(doubt: Doubt) -> CouldNotLook {
    CouldNotLook::Doubtful { slot: "promises".to_owned(), doubt }
}

fn stale() -> Doubt {
    let newest = "2026-11-20T12:00:00Z".parse().unwrap();
    Doubt::Stale { column: "updated".to_owned(), newest, within: "2 working days".parse().unwrap() }
}

fn doubts() -> Vec<Doubt> {
    vec![
        Doubt::Empty { before: 830 },
        Doubt::Shrunk { rows: 414, before: 830 },
        Doubt::TooFew { rows: 3, min: 10 },
        stale(),
    ]
}

fn rendered(detail: &str, language: &str) -> Rendered {
    let samples = Samples::new(Brand::new("Northwind Traders"));
    let mut letter = samples.letter(NoticeKind::Operator, 0, language);
    let (because, check) = (TellBecause::CouldNotLook, "Late orders");
    letter.troubles.push(Trouble { because, check, detail, since: None, runbook: Some("Ask Bob.") });
    let rendered = letter.render(&Samples::own_words(), &Stationery::built_in()).unwrap();
    assert_eq!((&rendered.missing[..], &rendered.faults[..]), (&[][..], &[][..]), "{language}");
    rendered
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// From the check's name to the end of what to do.
fn body(text: &str) -> &str {
    let body = text.split_once("Late orders\n").unwrap().1.split_once("Ask Bob.").unwrap().0;
    body.split_once('\n').unwrap().1.trim_end()
}

/// That the other languages have the messages of English is a test of the words.
#[test]
fn every_message_is_of_a_kind_that_is_shown_here() {
    let messages = include_str!("../../messages/en/kaizend.ftl").lines();
    let written = messages.filter(|line| line.starts_with("failed-")).count();
    let shown: std::collections::BTreeSet<&str> = HINDRANCES.into_iter().map(failed).collect();
    assert_eq!((shown.len(), written), (HINDRANCES.len(), HINDRANCES.len()));
}

#[test]
fn every_reason_has_words_in_each_language() {
    let failures = HINDRANCES.into_iter().map(|hindrance| failed_with(hindrance, "database is locked"));
    let all: Vec<CouldNotLook> = doubts().into_iter().map(doubtful_for).chain(failures).collect();
    for language in LANGUAGES {
        let said: Vec<String> =
            all.iter().map(|why| body(&rendered(&why.detail(), language).text).to_owned()).collect();
        insta::assert_snapshot!(format!("reasons.{language}"), said.join("\n\n"));
    }
}

#[test]
fn rows_are_said_as_each_language_counts() {
    for language in LANGUAGES {
        let said: Vec<String> = [0, 1, 2, 5, 21, 22, 25, 1_000]
            .into_iter()
            .flat_map(|rows| {
                let few = Doubt::TooFew { rows, min: 10_000 };
                [few, Doubt::Shrunk { rows, before: rows * 3 }, Doubt::Empty { before: rows }]
            })
            .map(|doubt| rendered(&doubtful_for(doubt).detail(), language).preheader)
            .collect();
        insta::assert_snapshot!(format!("rows.{language}"), said.join("\n"));
    }
}

/// English words of the core would be found here: only the quotation is English.
#[test]
fn no_sentence_of_the_core_reaches_another_language() {
    for language in ["ru", "bg", "et"] {
        for doubt in doubts() {
            let text = flat(&rendered(&doubtful_for(doubt.clone()).detail(), language).text);
            for english in ["Nothing was decided", "rows,", "set a", "complete look", "working days is"] {
                assert!(!text.contains(english), "{language} {doubt:?}: {english}");
            }
        }
        for hindrance in HINDRANCES {
            let rendered = rendered(&failed_with(hindrance, "no such table").detail(), language);
            assert!(!rendered.preheader.is_ascii() || language == "et", "{}", rendered.preheader);
            let [english, said] = ["en", language].map(|language| {
                let words = rendered_body(hindrance, language);
                words.replace("no such table", "")
            });
            assert_ne!(english, said, "{hindrance:?}");
            assert_eq!(rendered.text.matches("no such table").count(), 1);
        }
    }
}

fn rendered_body(hindrance: Hindrance, language: &str) -> String {
    body(&rendered(&failed_with(hindrance, "no such table").detail(), language).text).to_owned()
}

/// The mail and the command line say the same of the same doubt, where both say it in English.
#[test]
fn english_says_what_the_command_line_says() {
    // Instants are written in the reader's zone in mails.
    let others = [Doubt::Shrunk { rows: 1, before: 3 }, Doubt::TooFew { rows: 1, min: 2 }];
    for doubt in doubts().into_iter().chain(others).filter(|doubt| *doubt != stale()) {
        let why = doubtful_for(doubt);
        let body = flat(body(&rendered(&why.detail(), "en").text)).replace("What to do first: ", "");
        assert_eq!(body, why.sentence());
    }
    let [mail, line] =
        [flat(body(&rendered(&doubtful_for(stale()).detail(), "en").text)), doubtful_for(stale()).sentence()];
    for part in ["in its column `updated`, and fresh.within is `2 working days`", "set a longer fresh.within"]
    {
        assert!(mail.contains(part) && line.contains(part), "{mail}\n{line}");
    }
}

#[test]
fn what_a_database_or_a_plugin_says_stays_text() {
    let hostile = "<b onclick=x>&\r\nBcc: x\u{1b}\u{202e}{{ 7*7 }}{ $x }";
    for why in [
        failed_with(Hindrance::Panic, hostile),
        CouldNotLook::Doubtful { slot: hostile.to_owned(), doubt: Doubt::Empty { before: 1 } },
    ] {
        for language in LANGUAGES {
            let rendered = rendered(&why.detail(), language);
            assert!(!rendered.html.contains("<b ") && rendered.html.contains("&lt;b onclick"));
            for part in [&rendered.subject, &rendered.preheader, &rendered.text, &rendered.html] {
                assert!(!part.contains(['\u{1b}', '\u{202e}', '\r']) && !part.contains("49"), "{part}");
            }
        }
    }
}

/// Stores hold notices of versions that wrote sentences.
#[test]
fn what_an_earlier_version_wrote_is_shown_as_it_stands() {
    let old = "source shop: <b>shop.db</b> is not there: correct the source's `path`";
    for language in LANGUAGES {
        let rendered = rendered(old, language);
        assert_eq!(rendered.preheader, old);
        assert_eq!(flat(&rendered.text).matches(old).count(), 1);
        assert!(rendered.html.contains("<p>source shop: &lt;b&gt;shop.db"));
    }
}
