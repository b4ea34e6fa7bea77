//! Where a message is looked up, and what happens when it is not there.
//!
//! The order (design, "The contract with plugins"): the reader's language, then the company's, then English;
//! in each the operator's words before the plugin's, id by id. When nobody has the message, its id is said
//! and a [`Missing`] is returned, so that the operator hears of it and the reader still gets a mail.

use std::collections::BTreeMap;

use kaizend_core::domain::{Fact, Language};

use crate::{
    CatalogueFault, Voice,
    catalogue::{Answer, Catalogue},
    local::Local,
};

/// The daemon's own catalogues, and the name that overrides them: `messages/<language>/kaizend.ftl`.
const DAEMON: &str = "kaizend";

const BUILT_IN: [(&str, &str); 4] = [
    ("en", include_str!("../messages/en/kaizend.ftl")),
    ("ru", include_str!("../messages/ru/kaizend.ftl")),
    ("bg", include_str!("../messages/bg/kaizend.ftl")),
    ("et", include_str!("../messages/et/kaizend.ftl")),
];

/// Whose message it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope<'a> {
    Daemon,
    /// A plugin, by its manifest's id.
    Plugin(&'a str),
}

/// A message as said, in the best language that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Plain text without control characters; not escaped for any format.
    pub text: String,
    /// The language it was said in: the reader's, the company's, or English.
    pub language: Language,
    /// Set when nobody has it, or when the version that should have been said is broken.
    pub missing: Option<Missing>,
}

/// A message that a catalogue should have had. For the operator, never for the reader.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("message `{id}` of {scope} in `{language}`: {because}")]
pub struct Missing {
    /// `kaizend` or the plugin's id.
    pub scope: String,
    /// With its attribute: `promise-overdue.title`.
    pub id: String,
    /// The language that was asked for, or whose version is broken.
    pub language: String,
    pub because: MissingBecause,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
pub enum MissingBecause {
    #[error("no catalogue has it; the id itself was said")]
    Nowhere,
    #[error("it cannot be said: {why}")]
    Broken { why: String },
}

/// All catalogues. Immutable; cheap to share behind an `Arc`.
pub struct Words {
    company: Language,
    /// By scope and language: with the operator's words, then without them.
    shelves: BTreeMap<String, BTreeMap<String, Vec<Catalogue>>>,
    english: Local,
}

/// Collects catalogues; see [`Words::builder`].
pub struct WordsBuilder {
    company: Language,
    own: BTreeMap<(String, String), String>,
    overrides: BTreeMap<(String, String), String>,
}

impl Words {
    /// Starts with the daemon's own catalogues in en, ru, bg and et.
    pub fn builder(company: &Language) -> WordsBuilder {
        let own = BUILT_IN.map(|(language, source)| ((DAEMON.into(), language.into()), source.into()));
        WordsBuilder { company: company.clone(), own: own.into(), overrides: BTreeMap::new() }
    }

    /// Says a message, or one of its attributes, to a reader.
    ///
    /// Arguments are named as in the message, without `$`. Dates are written long (`31 May 1998`), instants
    /// in the reader's zone, money with its currency's decimals; integers choose plural forms.
    pub fn say(
        &self,
        scope: Scope,
        id: &str,
        attribute: Option<&str>,
        args: &BTreeMap<String, Fact>,
        voice: &Voice,
    ) -> Sentence {
        self.try_say(scope, id, attribute, args, voice).unwrap_or_else(|| Sentence {
            text: full_id(id, attribute),
            language: voice.language.clone(),
            missing: Some(missing(scope, id, attribute, voice.language.as_str(), MissingBecause::Nowhere)),
        })
    }

    /// As [`Self::say`], but `None` when no catalogue has it: for what a plugin may leave unsaid (`.todo`).
    pub fn try_say(
        &self,
        scope: Scope,
        id: &str,
        attribute: Option<&str>,
        args: &BTreeMap<String, Fact>,
        voice: &Voice,
    ) -> Option<Sentence> {
        let mut broken: Option<Sentence> = None;
        for catalogue in self.candidates(scope, &voice.language) {
            match catalogue.answer(id, attribute, args, voice) {
                Answer::Unknown => {}
                Answer::Said(text) => {
                    let missing = broken.and_then(|sentence| sentence.missing);
                    return Some(Sentence { text, language: catalogue.language.clone(), missing });
                }
                Answer::Broken { text, why } => {
                    let language = catalogue.language.clone();
                    let because = MissingBecause::Broken { why };
                    let missing = Some(missing(scope, id, attribute, language.as_str(), because));
                    broken.get_or_insert(Sentence { text, language, missing });
                }
            }
        }
        broken
    }

    /// The daemon's own words.
    pub(crate) fn own(&self, id: &str, args: &BTreeMap<String, Fact>, voice: &Voice) -> Sentence {
        self.say(Scope::Daemon, id, None, args, voice)
    }

    /// The forms of dates and money for a reader.
    pub(crate) fn local<'a>(&'a self, voice: &'a Voice) -> &'a Local {
        self.candidates(Scope::Daemon, &voice.language).next().map_or(&self.english, Catalogue::local)
    }

    fn candidates<'a>(&'a self, scope: Scope, reader: &'a Language) -> impl Iterator<Item = &'a Catalogue> {
        let shelf = self.shelves.get(scope.name());
        let mut languages = Vec::with_capacity(5);
        for tag in [reader.as_str(), self.company.as_str(), "en"] {
            for form in [tag, tag.split('-').next().unwrap_or(tag)] {
                if !languages.contains(&form) {
                    languages.push(form);
                }
            }
        }
        languages.into_iter().filter_map(move |tag| shelf?.get(tag)).flatten()
    }
}

impl WordsBuilder {
    /// A plugin's own catalogues: Fluent sources by language, as `Manifest::messages` has them.
    pub fn plugin(mut self, id: &str, messages: &BTreeMap<String, String>) -> Self {
        for (language, source) in messages {
            self.own.insert((id.to_owned(), language.clone()), source.clone());
        }
        self
    }

    /// An operator's file `messages/<language>/<scope>.ftl`; `scope` is a plugin's id, or `kaizend`.
    pub fn operator(mut self, scope: &str, language: &str, source: &str) -> Self {
        let known = self.overrides.entry((scope.to_owned(), language.to_owned())).or_default();
        known.push('\n');
        known.push_str(source);
        self
    }

    /// Reads every catalogue. Faults are for `validate` and the operator; they never stop the daemon.
    pub fn build(self) -> (Words, Vec<CatalogueFault>) {
        let mut words = Words { company: self.company, shelves: BTreeMap::new(), english: Local::of("en") };
        let mut faults = Vec::new();
        let mut keys: Vec<_> = self.own.keys().chain(self.overrides.keys()).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            let (scope, language) = key;
            let own = self.own.get(key).map(String::as_str);
            let over = self.overrides.get(key).map(|source| source.trim_start_matches('\n'));
            let shelf = words.shelves.entry(scope.clone()).or_default().entry(language.clone()).or_default();
            let mut place = |sources: &[&str]| {
                let (catalogue, found) = Catalogue::read(scope, language, sources);
                shelf.extend(catalogue);
                found
            };
            if let Some(over) = over {
                faults.append(&mut place(&[own.unwrap_or(""), over]));
            }
            if let Some(own) = own {
                faults.append(&mut place(&[own]));
            }
        }
        (words, faults)
    }
}

impl Scope<'_> {
    fn name(&self) -> &str {
        match self {
            Self::Daemon => DAEMON,
            Self::Plugin(id) => id,
        }
    }
}

fn missing(
    scope: Scope,
    id: &str,
    attribute: Option<&str>,
    language: &str,
    because: MissingBecause,
) -> Missing {
    Missing { scope: scope.name().into(), id: full_id(id, attribute), language: language.into(), because }
}

fn full_id(id: &str, attribute: Option<&str>) -> String {
    attribute.map_or_else(|| id.to_owned(), |attribute| format!("{id}.{attribute}"))
}

#[cfg(test)]
mod tests {
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
            (
                "sum",
                Fact::Money(kaizend_core::domain::Money { minor_units: 125_050, currency: "EUR".into() }),
            ),
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
        let ids = |source: &str| -> Vec<String> {
            let lines = source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
            let mut ids: Vec<String> =
                lines.filter_map(|line| Some(line.split_once(" =")?.0.to_owned())).collect();
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
}
