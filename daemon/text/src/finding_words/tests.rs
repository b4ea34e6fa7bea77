//! States, endings and names, as people read them.

use kaizend_core::domain::{NoticeKind, PersonId};

use super::*;
use crate::{Brand, SAMPLE_PLUGIN, Samples, Stationery};

fn said(state: State, language: &str) -> String {
    let samples = Samples::new(Brand::new("Northwind"));
    let letter = samples.letter(NoticeKind::Reminder, 1, language);
    let item = &letter.items[0];
    let mut finding = item.finding.clone();
    finding.state = state;
    let words = Samples::own_words();
    words.finding_line(SAMPLE_PLUGIN, &finding, &item.names, &letter.to.voice).replace('\u{a0}', " ")
}

#[test]
fn a_state_reads_as_people_say_it() {
    let at = "1998-06-05T06:00:00Z".parse().unwrap();
    let by = || PersonId::from("Anna");
    for (state, line) in [
        (State::Open { since: at }, "Overdue: #10248 – open since 5 June 1998"),
        (State::Acknowledged { by: by(), until: at, waiting: false }, "Overdue: #10248 – taken on by Anna"),
        (State::Snoozed { by: by(), until: at }, "Overdue: #10248 – put off until 5 June 1998 at 09:00"),
        (
            State::Done { by: by(), at, trusted_until: at },
            "Overdue: #10248 – marked done by Anna on 5 June 1998",
        ),
        (
            State::Dismissed { by: by(), reason: "a test order".into(), how_bad: None },
            "Overdue: #10248 – dismissed by Anna: a test order",
        ),
        (
            State::Resolved { at, how: HowResolved::EndedAs { stage: "kept-late".into() } },
            "Overdue: #10248 – resolved: kept 5 days late",
        ),
        (
            State::Resolved { at, how: HowResolved::NoLongerSeen },
            "Overdue: #10248 – resolved: no longer seen",
        ),
        (State::Resolved { at, how: HowResolved::Recorded }, "Overdue: #10248 – recorded"),
        (
            State::Resolved { at, how: HowResolved::NoLongerAsked },
            "Overdue: #10248 – closed: no longer asked",
        ),
    ] {
        assert_eq!(said(state, "en"), line);
    }
}

#[test]
fn a_condition_that_went_away_is_told_in_the_plugins_words() {
    let samples = Samples::new(Brand::new("Northwind"));
    let mut finding = samples.letter(NoticeKind::Reminder, 1, "en").items[0].finding.clone();
    let at = finding.opened_at;
    finding.state = State::Resolved { at, how: HowResolved::NoLongerSeen };
    let source = "promise-overdue = Late\n    .resolved = It is no longer late.\n";
    let words =
        Words::builder(&"en".into()).plugin("other", &[("en".into(), source.into())].into()).build().0;
    let state = words.finding_state("other", &finding, &Names::default(), &Voice::plain());
    assert_eq!(state.text, "resolved. It is no longer late.");
}

#[test]
fn an_ending_is_said_in_each_language() {
    let at = "1998-06-05T06:00:00Z".parse().unwrap();
    for (language, line) in [
        ("ru", "Просрочено: #10248 – решено: сделано с опозданием на 5 дней"),
        ("bg", "Просрочено: #10248 – решено: изпълнено със закъснение от 5 дни"),
        ("et", "Üle tähtaja: #10248 – lahendatud: tehtud 5 päeva hiljem"),
    ] {
        let how = HowResolved::EndedAs { stage: "kept-late".into() };
        assert_eq!(said(State::Resolved { at, how }, language), line);
    }
}

#[test]
fn a_name_is_said_where_one_is_known_and_the_id_elsewhere() {
    let samples = Samples::new(Brand::new("Northwind"));
    let seen = &samples.letter(NoticeKind::Reminder, 1, "en").items[0].finding.seen.clone();
    let args = Words::finding_args(seen, &Names::default().with("client", "Vins"));
    assert_eq!(args["client"], Fact::Text("Vins".into()));
    assert_eq!(args["owner"], Fact::Text("1".into()));
    assert_eq!(args["key"], Fact::Text("10248".into()));
}

#[test]
fn a_stage_without_words_of_its_own_uses_its_topics() {
    let samples = Samples::new(Brand::new("Northwind"));
    let letter = samples.letter(NoticeKind::Reminder, 1, "en");
    let mut seen = letter.items[0].finding.seen.clone();
    let messages = [("en".to_owned(), "promise = A promise: { $what }\n".to_owned())].into();
    let words = Words::builder(&"en".into()).plugin("other", &messages).build().0;
    for stage in ["overdue", ""] {
        seen.stage = stage.to_owned();
        let title = words.finding_title("other", &seen, &Names::default(), &letter.to.voice);
        assert_eq!((title.text.as_str(), title.missing), ("A promise: #10248", None));
    }
}

#[test]
fn columns_that_the_operator_wants_shown_are_facts_in_the_readers_form() {
    let samples = Samples::new(Brand::new("Northwind"));
    let letter = samples.letter(NoticeKind::Reminder, 1, "ru");
    let mut seen = letter.items[0].finding.seen.clone();
    for (column, fact) in [
        ("order_date", Fact::Date(10_377)),
        ("Order No.", Fact::Integer(10_248)),
        ("share", Fact::Real(0.5)),
        ("note", Fact::Text("call \u{1b}[31mfirst\r\n".to_owned())),
    ] {
        seen.evidence.insert(Sighting::column_name("promises", column), fact);
    }
    let words = Samples::own_words();
    let shown = words.finding_columns(&seen, &letter.to.voice);
    let shown: Vec<(&str, String)> =
        shown.iter().map(|(label, value)| (label.as_str(), value.replace('\u{a0}', " "))).collect();
    let expected = [
        ("Order No.", "10248"),
        ("Note", "call [31mfirst"),
        ("Order date", "31 мая 1998 г."),
        ("Share", "0,5"),
    ];
    assert_eq!(shown, expected.map(|(label, value)| (label, value.to_owned())));
    // They stand in the mail, and change nothing that it says.
    let finding = Finding { seen, ..letter.items[0].finding.clone() };
    let mut with = letter.clone();
    with.items[0].finding = &finding;
    let [with, without] =
        [&with, &letter].map(|letter| letter.render(&words, &Stationery::built_in()).unwrap());
    let plain = |text: &str| text.replace('\u{a0}', " ");
    assert!(plain(&with.text).contains("Order date:       31 мая 1998 г."), "{}", with.text);
    assert!(plain(&with.html).contains("31 мая 1998 г.") && with.html.contains("Order date"));
    assert_eq!(with.subject, without.subject);
}

#[test]
fn what_was_forgotten_is_said_instead_of_what_it_was() {
    let samples = Samples::new(Brand::new("Northwind"));
    let letter = samples.letter(NoticeKind::Reminder, 1, "en");
    let words = Samples::own_words();
    let mut finding = letter.items[0].finding.clone();
    let line = |finding: &Finding, language: &str| {
        let voice = Voice { language: language.into(), ..Voice::plain() };
        words.finding_line(SAMPLE_PLUGIN, finding, &Names::default(), &voice)
    };
    assert!(line(&finding, "en").contains("10248"));
    finding.forgotten = Some("1998-06-05T06:00:00Z".parse().unwrap());
    for (language, said) in [
        ("en", "forgotten on 5 June 1998 – "),
        ("ru", "забыто 5 июня 1998"),
        ("bg", "забравено на 5 юни 1998"),
        ("et", "unustatud 5. juuni 1998"),
    ] {
        let line = line(&finding, language);
        assert!(line.starts_with(said) && !line.contains("10248"), "{line}");
    }
}
