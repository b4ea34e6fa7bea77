//! Which version of a message is said, and what happens when none can be.

use super::*;
use crate::finding_words::{named, text};

const PLUGIN: Scope = Scope::Plugin("late");

fn catalogues(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(language, source)| ((*language).to_owned(), (*source).to_owned())).collect()
}

fn voice(language: &str) -> Voice {
    Voice { language: Language::from(language), ..Voice::plain() }
}

/// A company that speaks Bulgarian, a plugin in en, bg and ru, an operator who changed one message of two.
fn words() -> Words {
    let plugin = catalogues(&[
        ("en", "a = en a\nb = en b\nonly = en only\n"),
        ("bg", "a = bg a\nb = bg b { $gone }\n"),
        ("ru", "a = ru a\nb = ru b\n"),
    ]);
    let builder = Words::builder(&Language::from("bg")).plugin("late", &plugin);
    let (words, faults) = builder.operator("late", "ru", "a = operator's a\n").build();
    assert_eq!(faults, []);
    words
}

#[test]
fn what_is_called_shipped_is() {
    assert_eq!(BUILT_IN.map(|(language, _)| language), Words::SHIPPED);
}

#[test]
fn the_best_version_is_said() {
    for (language, id, said, in_language) in [
        ("ru", "a", "operator's a", "ru"),
        ("ru", "b", "ru b", "ru"),
        ("ru-RU", "b", "ru b", "ru"),
        ("et", "a", "bg a", "bg"),
        ("et", "only", "en only", "en"),
        ("ru", "only", "en only", "en"),
    ] {
        let sentence = words().say(PLUGIN, id, None, &BTreeMap::new(), &voice(language));
        assert_eq!(
            (sentence.text.as_str(), sentence.language.as_str()),
            (said, in_language),
            "{language} {id}"
        );
        assert_eq!(sentence.missing, None);
    }
}

#[test]
fn what_nobody_can_say_is_its_id_and_is_reported() {
    let sentence = words().say(PLUGIN, "promise-overdue", Some("title"), &BTreeMap::new(), &voice("et"));
    assert_eq!(sentence.text, "promise-overdue.title");
    let missing = sentence.missing.unwrap();
    assert_eq!(missing.because, MissingBecause::Nowhere);
    assert_eq!(
        missing.to_string(),
        "message `promise-overdue.title` of late in `et`: no catalogue has it; the id itself was said"
    );
}

#[test]
fn a_broken_version_is_passed_over_and_reported() {
    let sentence = words().say(PLUGIN, "b", None, &BTreeMap::new(), &voice("bg"));
    assert_eq!(sentence.text, "en b");
    let missing = sentence.missing.unwrap();
    assert_eq!((missing.language.as_str(), missing.id.as_str()), ("bg", "b"));
    assert!(matches!(missing.because, MissingBecause::Broken { .. }));
}

#[test]
fn an_overrides_syntax_error_costs_only_its_message() {
    let plugin = catalogues(&[("en", "a = plugin a\nb = plugin b\n")]);
    let source = "a = mine\nb = { $open\n\nc = new\n";
    let builder = Words::builder(&Language::from("en")).plugin("late", &plugin);
    let (words, faults) = builder.operator("late", "en", source).build();
    let shown: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(shown[0].starts_with("messages of late in `en`, line 4"), "{shown:?}");
    for (id, said) in [("a", "mine"), ("b", "plugin b"), ("c", "new")] {
        assert_eq!(words.say(PLUGIN, id, None, &BTreeMap::new(), &voice("en")).text, said);
    }
}

#[test]
fn arguments_are_written_as_the_language_writes_them() {
    let source = "a = { $n } · { NUMBER($n, useGrouping: \"false\") } · { $real } · { $day } · { DATE($day, style: \"short\") } · { $at } · { $sum } · { $name }";
    let sources = ["en", "ru", "et"].map(|language| (language, source));
    let (words, _) = Words::builder(&Language::from("en")).plugin("late", &catalogues(&sources)).build();
    let args = named(vec![
        ("n", Fact::Integer(12_345)),
        ("real", Fact::Real(0.5)),
        ("day", Fact::Date(10_377)),
        ("at", Fact::Instant(896_650_200_000_000)),
        ("sum", Fact::Money(kaizend_core::domain::Money { minor_units: 125_050, currency: "EUR".into() })),
        ("name", text("Anna\r\nBcc: \u{202e}x")),
    ]);
    for (language, said) in [
        (
            "en",
            "12,345 · 12345 · 0.5 · 31 May 1998 · 31/05/1998 · 31 May 1998 at 21:30 · 1,250.50 EUR · Anna Bcc: x",
        ),
        (
            "ru",
            "12 345 · 12345 · 0,5 · 31 мая 1998 г. · 31.05.1998 · 31 мая 1998 г. в 21:30 · 1 250,50 EUR · Anna Bcc: x",
        ),
        (
            "et",
            "12 345 · 12345 · 0,5 · 31. mai 1998 · 31.05.98 · 31. mai 1998, kell 21:30 · 1250,50 EUR · Anna Bcc: x",
        ),
    ] {
        let sentence = words.say(PLUGIN, "a", None, &args, &voice(language));
        assert_eq!(sentence.text.replace('\u{a0}', " "), said);
        assert_eq!(sentence.missing, None);
    }
}

#[test]
fn plurals_follow_the_language() {
    let words = words();
    for (language, forms) in [
        ("en", ["0 things", "One thing", "2 things", "5 things", "21 things"]),
        ("ru", ["0 дел", "Одно дело", "2 дела", "5 дел", "21 дело"]),
        ("bg", ["0 въпроса", "Един въпрос", "2 въпроса", "5 въпроса", "21 въпроса"]),
        ("et", ["0 asja", "Üks asi", "2 asja", "5 asja", "21 asja"]),
    ] {
        for (count, form) in [0, 1, 2, 5, 21].into_iter().zip(forms) {
            let args = named(vec![("count", Fact::Integer(count))]);
            let said = words.own("lead-digest", &args, &voice(language)).text;
            assert!(said.starts_with(&format!("{form} ")), "{language} {count}: {said}");
        }
    }
}

#[test]
fn every_language_has_every_message_of_english() {
    // With their attributes, which would otherwise be said in another language.
    let ids = |source: &str| -> Vec<String> {
        let (mut ids, mut message) = (Vec::new(), "");
        for (id, _) in source.lines().filter_map(|line| line.split_once(" =")) {
            match id.strip_prefix("    .") {
                Some(attribute) => ids.push(format!("{message}.{attribute}")),
                None if id.starts_with(|c: char| c.is_ascii_lowercase()) => {
                    message = id;
                    ids.push(id.to_owned());
                }
                None => {}
            }
        }
        ids.sort();
        ids
    };
    let english = ids(BUILT_IN[0].1);
    assert!(english.len() > 40);
    for (language, source) in BUILT_IN {
        assert_eq!(ids(source), english, "{language}");
    }
    assert_eq!(Words::builder(&Language::from("en")).build().1, []);
}

#[test]
fn words_may_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Words>();
    shared::<crate::Stationery>();
}

#[test]
fn languages_with_words_are_known() {
    let builder = Words::builder(&Language::from("en")).operator("kaizend", "de", "greeting = Guten Tag\n");
    let words = builder.plugin("p", &[("fi".to_owned(), "a = b\n".to_owned())].into()).build().0;
    for (tag, known) in [
        ("en", true),
        ("bg-BG", true),
        ("de", true),
        ("fi", true),
        ("tlh", false),
        ("", false),
        ("Bulgarian", false),
    ] {
        assert_eq!(words.speak(&Language::from(tag)), known, "{tag}");
    }
}
