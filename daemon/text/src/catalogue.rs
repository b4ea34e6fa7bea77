//! One catalogue: the messages of one scope (the daemon or a plugin) in one language.
//!
//! What cannot be read of a catalogue is reported with its line and left out; what can be read is used.

use std::collections::BTreeMap;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use kaizend_core::domain::{Fact, Language};
use unic_langid::LanguageIdentifier;

use crate::{
    Voice,
    argument::{date_function, value, written},
    local::Local,
};

/// A part of a catalogue that cannot be used. The rest of the catalogue is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("messages of {scope} in `{language}`{place}: {why}")]
pub struct CatalogueFault {
    /// `kaizend` or the plugin's id.
    pub scope: String,
    pub language: String,
    /// `, line 12`, or empty.
    pub place: String,
    pub why: String,
}

pub(crate) struct Catalogue {
    pub(crate) language: Language,
    bundle: FluentBundle<FluentResource>,
    local: Local,
}

/// What a catalogue says to an id.
pub(crate) enum Answer {
    Said(String),
    /// The message is there, but refers to something that is not: an argument, a term.
    Broken {
        text: String,
        why: String,
    },
    Unknown,
}

impl Catalogue {
    /// Later sources win, message by message: the plugin's first, then the operator's. Only the last
    /// source's faults are reported: an earlier one is also read alone, and reported there.
    pub(crate) fn read(scope: &str, language: &str, sources: &[&str]) -> (Option<Self>, Vec<CatalogueFault>) {
        let mut faults = Vec::new();
        let mut fault = |place: String, why: String| {
            faults.push(CatalogueFault {
                scope: scope.to_owned(),
                language: language.to_owned(),
                place,
                why,
            });
        };
        let Ok(tag) = language.parse::<LanguageIdentifier>() else {
            fault(String::new(), "this is not a language tag such as `en` or `pt-BR`".to_owned());
            return (None, faults);
        };
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(written));
        let functions = bundle.add_builtins().and_then(|()| bundle.add_function("DATE", date_function));
        functions.expect("the functions of a new bundle have distinct names");
        for (nth, source) in sources.iter().enumerate() {
            let resource =
                FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(usable, errors)| {
                    for error in errors.iter().filter(|_| nth + 1 == sources.len()) {
                        fault(line(source, error.pos.start), error.kind.to_string());
                    }
                    usable
                });
            bundle.add_resource_overriding(resource);
        }
        let local = Local::of(language);
        (Some(Self { language: Language::from(language), bundle, local }), faults)
    }

    pub(crate) fn answer(
        &self,
        id: &str,
        attribute: Option<&str>,
        args: &BTreeMap<String, Fact>,
        voice: &Voice,
    ) -> Answer {
        let message = self.bundle.get_message(id);
        let pattern = message.and_then(|message| match attribute {
            None => message.value(),
            Some(name) => message.get_attribute(name).map(|attribute| attribute.value()),
        });
        let Some(pattern) = pattern else { return Answer::Unknown };
        let args: FluentArgs =
            args.iter().map(|(name, fact)| (name.clone(), value(fact, &self.local, voice))).collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors);
        let text = one_line(&text);
        match errors.first() {
            None => Answer::Said(text),
            Some(error) => Answer::Broken { text, why: error.to_string() },
        }
    }

    pub(crate) fn local(&self) -> &Local {
        &self.local
    }
}

/// A message may be written on several lines, or in parts of which some are empty: people read one sentence.
/// No-break spaces stay, because they keep a number and its unit together.
fn one_line(text: &str) -> String {
    let words = text.split([' ', '\n', '\r', '\t']).filter(|word| !word.is_empty());
    words.map(one_stop).collect::<Vec<_>>().join(" ")
}

/// A sentence that ends in a date ends in its abbreviation's full stop: `31 май 1998 г.`, not `г..`.
fn one_stop(word: &str) -> &str {
    match word.strip_suffix('.') {
        Some(rest) if rest.ends_with('.') && !rest.ends_with("..") => rest,
        _ => word,
    }
}

fn line(source: &str, at: usize) -> String {
    let before = source.get(..at).unwrap_or(source);
    format!(", line {}", before.matches('\n').count() + 1)
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn parts_become_one_sentence() {
        for (parts, sentence) in [
            ("Promised for\n31 May.\n    \n", "Promised for 31 May."),
            ("до 31\u{a0}май 1998\u{a0}г..", "до 31\u{a0}май 1998\u{a0}г."),
            ("в 09:00 ч.. Конец", "в 09:00 ч. Конец"),
            ("and so on...", "and so on..."),
        ] {
            assert_eq!(one_line(parts), sentence, "{parts:?}");
        }
    }
}
