//! What replies say, in four languages, and what they do not say.

use jiff::{civil::Weekday, tz::TimeZone};

use super::*;
use crate::{
    domain::Span,
    policy::{calendar::Calendar, samples::at},
};

fn one(text: &str) -> Command {
    match read(text).as_deref() {
        Ok([command]) => command.clone(),
        other => panic!("{text}: {other:?}"),
    }
}

fn done(about: About) -> Command {
    Command { about, verb: Verb::Done { cause: None } }
}

#[test]
fn the_same_words_in_every_language() {
    for text in
        ["done", "Done.", "  DONE!", "it is done", "готово", "Сделано", "направено", "Tehtud", "valmis."]
    {
        assert_eq!(one(text), done(About::TheOne), "{text}");
    }
    for text in
        ["snooze 3d", "Snooze 3 working days", "отложить на 3 дня", "отложи 3 дни", "lükka edasi 3 päeva"]
    {
        assert_eq!(
            one(text).verb,
            Verb::Snooze { until: When::After(Span::WorkingDays(3)), reason: None },
            "{text}"
        );
    }
    for text in [
        "not a problem: agreed",
        "Не проблема: agreed",
        "это не проблема : agreed",
        "не е проблем: agreed",
        "pole probleem: agreed",
    ] {
        assert_eq!(one(text).verb, Verb::NotAProblem { reason: "agreed".to_owned() }, "{text}");
    }
    for text in [
        "to boris@x.example",
        "To: <boris@x.example>",
        "кому boris@x.example",
        "на boris@x.example",
        "kellele boris@x.example",
    ] {
        assert_eq!(one(text).verb, Verb::To { address: "boris@x.example".to_owned() }, "{text}");
    }
}

#[test]
fn a_number_says_which_one() {
    for (text, about) in [
        ("2 done", About::Number(2)),
        ("2. done", About::Number(2)),
        ("#12) готово", About::Number(12)),
        ("all done", About::All),
        ("всё готово", About::All),
        ("kõik tehtud", About::All),
        ("0 done", About::TheOne),
    ] {
        let expected = if text.starts_with('0') { None } else { Some(done(about)) };
        assert_eq!(read(text).ok().map(|commands| commands[0].clone()), expected, "{text}");
    }
    let both = read("1 done\n\n2 snooze tomorrow\n\nThanks!\n3 done").unwrap();
    assert_eq!(
        both,
        [
            done(About::Number(1)),
            Command { about: About::Number(2), verb: Verb::Snooze { until: When::Tomorrow, reason: None } }
        ]
    );
}

#[test]
fn a_reason_may_be_long_and_what_follows_is_left_alone() {
    let text = "Hello,\n\nnot a problem: the client asked\nfor a later day\n\nBest regards\nAnn";
    assert_eq!(one(text).verb, Verb::NotAProblem { reason: "the client asked for a later day".to_owned() });
    assert_eq!(one("done: parts\nwere late").verb, Verb::Done { cause: Some("parts were late".to_owned()) });
    let reason = Some("the part comes then".to_owned());
    let put_off = Verb::Snooze { until: When::Tomorrow, reason };
    assert_eq!(one("snooze tomorrow: the part\ncomes then").verb, put_off);
    assert_eq!(one("done\nThanks, Ann"), done(About::TheOne));
    let long = one(&format!("not a problem: {}", "x".repeat(9_000)));
    assert!(matches!(long.verb, Verb::NotAProblem { reason } if reason.chars().count() == LONGEST_REASON));
}

#[test]
fn nothing_is_guessed() {
    let no_word = |line: &str| Err(NotUnderstood::NoWord { line: line.to_owned() });
    for text in [
        "I have not done it yet",
        "done deal, but not by me",
        "no problem, will do",
        "not a problem for me, I will call him",
        "To be honest, I do not know",
        "на следващата седмица ще звънна",
        "doneness",
        "snoozed it already",
        "thank you",
    ] {
        assert_eq!(read(text), no_word(text), "{text}");
    }
    assert_eq!(read(" \n\n"), Err(NotUnderstood::Empty));
    let line = |text: &str| text.to_owned();
    for (text, expected) in [
        ("not a problem", NotUnderstood::NoReason { line: line("not a problem") }),
        ("не проблема:", NotUnderstood::NoReason { line: line("не проблема:") }),
        ("snooze for ever", NotUnderstood::NoMoment { line: line("snooze for ever") }),
        ("snooze 9999999999d", NotUnderstood::NoMoment { line: line("snooze 9999999999d") }),
        ("to", NotUnderstood::NoAddress { line: line("to") }),
        ("to Boris boris@x.example", NotUnderstood::NoAddress { line: line("to Boris boris@x.example") }),
    ] {
        assert_eq!(read(text), Err(expected), "{text}");
    }
    let late = "a\nb\nc\nd\ndone";
    assert_eq!(read(late), no_word("a"), "a word far down is not one");
}

#[test]
fn until_when() {
    let sofia = Calendar::office(TimeZone::get("Europe/Sofia").unwrap());
    // Wednesday, noon in Sofia.
    let now = at("2026-11-25T10:00:00Z");
    for (text, until) in [
        ("", "2026-11-26T10:00:00Z"),
        ("2h", "2026-11-25T12:00:00Z"),
        ("3 дня", "2026-11-30T10:00:00Z"),
        ("1 week", "2026-12-02T10:00:00Z"),
        ("1 nädal", "2026-12-02T10:00:00Z"),
        ("tomorrow", "2026-11-26T07:00:00Z"),
        ("until Monday", "2026-11-30T07:00:00Z"),
        ("до среды", "2026-12-02T07:00:00Z"),
        ("до неделя", "2026-11-30T07:00:00Z"),
        ("kuni reedeni", "2026-11-27T07:00:00Z"),
        ("2026-12-05", "2026-12-07T07:00:00Z"),
        ("30.11.", "2026-11-30T07:00:00Z"),
        ("5.1.2027", "2027-01-05T07:00:00Z"),
        ("1.3", "2027-03-01T07:00:00Z"),
    ] {
        let when = When::read(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(when.of(&sofia, now), Some(at(until)), "{text}: {when:?}");
    }
    for text in ["2026-11-24", "2026-11-25", "2099-01-01", "300 weeks"] {
        let when = When::read(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(when.of(&sofia, now), None, "{text} is not ahead, or too far");
    }
    assert_eq!(When::read("mon"), Some(When::On(Weekday::Monday)));
    for text in ["soon", "32.1.", "1.13.", "0d", "400d", "1.2.3.4", "monday morning"] {
        assert_eq!(When::read(text), None, "{text}");
    }
}
