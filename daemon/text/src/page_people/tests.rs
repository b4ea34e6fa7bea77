//! Each problem of the data about people in each language, and what the data's own texts do to a mail.

use jiff::civil::date;
use kaizend_core::domain::NoticeKind;

use super::*;
use crate::{Brand, Letter, Rendered, Samples, Stationery};

const LANGUAGES: [&str; 4] = ["en", "ru", "bg", "et"];

fn id(id: &str) -> PersonId {
    PersonId::from(id)
}

/// Each kind, with `data` wherever the company's data may stand.
fn kinds(data: &str) -> Vec<Wrong> {
    let text = || data.to_owned();
    vec![
        Wrong::NoId,
        Wrong::Twice { managers: None },
        Wrong::Twice { managers: Some([Some(id(data)), None]) },
        Wrong::UnknownManager { manager: id(data) },
        Wrong::OwnManager,
        Wrong::Cycle { managers: [data, "6", data].map(id).into() },
        Wrong::NoAddress,
        Wrong::NotAnAddress { address: text(), why: AddressFault::Parts },
        Wrong::NotAnAddress { address: text(), why: AddressFault::Name },
        Wrong::NotAnAddress { address: text(), why: AddressFault::Domain },
        Wrong::CameBack { address: text(), why: "550 5.1.1 no such user".to_owned() },
        Wrong::UnknownZone { zone: text() },
        Wrong::UnknownCalendar { calendar: text() },
        Wrong::UnknownLanguage { language: text() },
        Wrong::AbsentNobody,
        Wrong::AbsentStranger,
        Wrong::NoDay { column: text(), text: text(), why: DayFault::Written },
        Wrong::NoDay { column: text(), text: text(), why: DayFault::Format { format: text() } },
        Wrong::NoDay { column: text(), text: text(), why: DayFault::TooFar },
        Wrong::Dateless,
        Wrong::Backwards { first: date(2026, 8, 14), last: date(2026, 8, 3) },
        Wrong::UnknownSubstitute { substitute: id(data) },
        Wrong::OwnSubstitute,
        Wrong::Missing,
        Wrong::Unreachable,
    ]
}

fn problems(data: &str) -> Vec<Problem> {
    let places = [
        Place::File { file: "staff.csv".to_owned(), line: 12_004 },
        Place::Dataset { dataset: "staff".into(), source: "shop".to_owned(), row: 7 },
        Place::Setting { key: "checks.late-orders.fallback".to_owned() },
    ];
    let problem = |(nth, wrong): (usize, Wrong)| Problem {
        place: places[nth % places.len()].clone(),
        person: (!matches!(wrong, Wrong::NoId | Wrong::AbsentNobody)).then(|| id(data)),
        also: matches!(wrong, Wrong::Twice { .. }).then(|| places[0].clone()),
        wrong,
    };
    kinds(data).into_iter().enumerate().map(problem).collect()
}

fn rendered(detail: &str, language: &str) -> Rendered {
    let samples = Samples::new(Brand::new("Northwind Traders"));
    let mut letter: Letter = samples.letter(NoticeKind::Operator, 0, language);
    letter.troubles.push(crate::Trouble { detail, ..samples.people() });
    let rendered = letter.render(&Samples::own_words(), &Stationery::built_in()).unwrap();
    assert_eq!((&rendered.missing[..], &rendered.faults[..]), (&[][..], &[][..]), "{language}");
    rendered
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// That the other languages have the messages of English is a test of the words.
#[test]
fn every_message_is_of_a_kind_that_is_shown_here() {
    let messages = include_str!("../../messages/en/kaizend.ftl").lines();
    let written = messages.filter(|line| line.starts_with("people-")).count();
    let shown: std::collections::BTreeSet<&str> = kinds("7").iter().map(super::id).collect();
    assert_eq!(shown.len(), written);
}

#[test]
fn every_kind_has_words_in_each_language() {
    for language in LANGUAGES {
        let trouble = PeopleTrouble::of(&problems("7"));
        let text = rendered(&trouble.detail(), language).text;
        let said = text.split_once("\n  - ").unwrap().1.split_once("\n\n").unwrap().0;
        assert_eq!(said.matches("\n  - ").count() + 1, trouble.problems.len());
        insta::assert_snapshot!(format!("kinds.{language}"), said);
    }
}

/// English sentences of the core would be found here: none is left in a mail of another language.
#[test]
fn no_sentence_of_the_core_reaches_another_language() {
    let problems = problems("7");
    for language in ["ru", "bg", "et"] {
        let text = flat(&rendered(&PeopleTrouble::of(&problems).detail(), language).text);
        for problem in &problems {
            for english in [problem.sentence().as_str(), problem.hint(), "To mend it"] {
                assert!(!text.contains(english), "{language}: {english}");
            }
        }
    }
}

/// The mail and the command line say the same of the same problem, where both say it in English.
#[test]
fn english_says_what_the_command_line_says() {
    let problems: Vec<Problem> = problems("7")
        .into_iter()
        .filter(|problem| {
            // Days are written out in mails, and a server's words are quoted.
            !matches!(problem.wrong, Wrong::Backwards { .. } | Wrong::CameBack { .. })
        })
        .collect();
    let text = flat(&rendered(&PeopleTrouble::of(&problems).detail(), "en").text);
    for problem in &problems {
        let line = format!("- {}: {}. To mend it: {}.", problem.place, problem.sentence(), problem.hint());
        assert!(text.contains(&line), "{line}\n{text}");
    }
}

#[test]
fn numbers_are_said_as_each_language_counts() {
    for language in LANGUAGES {
        let said = [1, 2, 5, 21, 31, 32, 35, 51].map(|count| {
            let trouble = PeopleTrouble::of(&vec![problems("7")[4].clone(); count]);
            let html = rendered(&trouble.detail(), language).html;
            let sentence = html.split_once("</h2>\n<p>").unwrap().1.split_once("</p>").unwrap().0;
            let last = html.split_once("</ul>").unwrap().0.rsplit_once("<li>").unwrap().1;
            let more = if trouble.more > 0 { last.trim().trim_end_matches("</li>") } else { "" };
            format!("{sentence} {more}").trim_end().to_owned()
        });
        insta::assert_snapshot!(format!("counts.{language}"), said.join("\n"));
    }
}

/// Reasons that an earlier version kept as words are quoted: nobody can translate them any more.
#[test]
fn the_words_of_an_earlier_version_are_quoted() {
    let words = "is <b>no</b> date";
    let problem = |wrong| Problem { wrong, ..problems("7")[4].clone() };
    let text = || "7".to_owned();
    let address = Wrong::NotAnAddress { address: text(), why: AddressFault::Said(words.to_owned()) };
    let day = Wrong::NoDay { column: text(), text: text(), why: DayFault::Said(words.to_owned()) };
    let trouble = PeopleTrouble::of(&[problem(address), problem(day)]);
    for (language, quoted) in LANGUAGES.iter().zip([
        "“is <b>no</b> date”",
        "«is <b>no</b> date»",
        "„is <b>no</b> date“",
        "„is <b>no</b> date“",
    ]) {
        let rendered = rendered(&trouble.detail(), language);
        assert_eq!(flat(&rendered.text).matches(quoted).count(), 2, "{language}: {}", rendered.text);
        assert!(!rendered.html.contains("<b>no"));
    }
}

#[test]
fn what_the_data_holds_stays_text() {
    let hostile = "<b onclick=x>&\u{1b}\u{202e}{{ 7*7 }}{ $x }";
    for language in LANGUAGES {
        let rendered = rendered(&PeopleTrouble::of(&problems(hostile)).detail(), language);
        assert!(!rendered.html.contains("<b ") && rendered.html.contains("&lt;b onclick"));
        for part in [&rendered.subject, &rendered.preheader, &rendered.text, &rendered.html] {
            assert!(!part.contains(['\u{1b}', '\u{202e}']) && !part.contains("49"), "{part}");
        }
    }
}

/// Stores hold notices of versions that wrote sentences.
#[test]
fn what_an_earlier_version_wrote_is_shown_as_it_stands() {
    let old = "2 things are wrong in the data about people.\nline 4 of staff.csv: person `<b>5` is their own manager.\n\
               line 9 of staff.csv: person `9` has no email.";
    for language in LANGUAGES {
        let rendered = rendered(old, language);
        assert_eq!(rendered.preheader, "2 things are wrong in the data about people.");
        let text = flat(&rendered.text);
        for line in old.lines() {
            assert!(text.contains(line), "{text}");
        }
        assert!(rendered.html.contains("<li>line 9 of staff.csv: person `9` has no email.</li>"));
        assert!(!rendered.html.contains("<b>5"));
    }
}
