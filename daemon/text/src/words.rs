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
    /// The languages in which the daemon itself speaks.
    pub const SHIPPED: [&str; 4] = ["en", "ru", "bg", "et"];

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

    /// Whether anybody has words in that language: the daemon, a plugin, or the company itself.
    pub fn speak(&self, language: &Language) -> bool {
        let tag = language.as_str();
        let forms = [tag, tag.split('-').next().unwrap_or(tag)];
        let known = |shelf: &BTreeMap<String, Vec<Catalogue>>| {
            forms.iter().any(|form| shelf.get(*form).is_some_and(|catalogues| !catalogues.is_empty()))
        };
        self.shelves.values().any(known)
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
mod tests;
