//! The company's own words, `messages/<language>/<plugin>.ftl` and `messages/templates/*`: read once with the plan, and
//! judged before a mail needs them. What is wrong with them is a warning, never an error: what can be read of it is
//! used, else the built-in.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use kaizend_text::{Stationery, Words, WordsBuilder};

use super::{company, plan::Plan, reader::Reader, similar};

/// Files of words have a few kilobytes.
const LARGEST: u64 = 1 << 20;
const TEMPLATES: &str = "templates";
/// The scope of what the daemon itself says.
const DAEMON: &str = "kaizend";

/// What the folder of the company's words holds.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    pub catalogues: Vec<Catalogue>,
    pub templates: Vec<Template>,
}

/// `<folder>/<language>/<scope>.ftl`; the scope is a plugin's id, or `kaizend`.
#[derive(Clone, Debug)]
pub struct Catalogue {
    pub path: PathBuf,
    pub language: String,
    pub scope: String,
    pub text: String,
}

/// `<folder>/templates/<name>`.
#[derive(Clone, Debug)]
pub struct Template {
    pub path: PathBuf,
    pub name: String,
    pub text: String,
}

/// The catalogues and templates of a plan, and what is wrong with the company's own among them.
pub fn words(plan: &Plan) -> (Words, Stationery, Vec<String>) {
    words_and(plan, |words| words)
}

/// The same, with further catalogues below the company's own.
pub fn words_and(
    plan: &Plan,
    further: impl FnOnce(WordsBuilder) -> WordsBuilder,
) -> (Words, Stationery, Vec<String>) {
    let mut builder = further(Words::builder(&plan.company.language));
    for plugin in plan.plugins.values() {
        builder = builder.plugin(&plugin.manifest.id, &plugin.manifest.messages);
    }
    for catalogue in &plan.messages.catalogues {
        builder = builder.operator(&catalogue.scope, &catalogue.language, &catalogue.text);
    }
    let (words, faults) = builder.build();
    let mut faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let mut stationery = Stationery::built_in();
    for Template { path, name, text } in &plan.messages.templates {
        if let Err(fault) = stationery.replace(name, text.clone()) {
            faults.push(format!("the template `{}` is not used: {fault}", path.display()));
        }
    }
    (words, stationery, faults)
}

/// Warns of words that cannot be used, that belong to nobody, or that leave a language half spoken.
pub(super) fn check(reader: &Reader<'_>, plan: &Plan) {
    for catalogue in &plan.messages.catalogues {
        belongs(reader, plan, catalogue);
    }
    for fault in words(plan).2 {
        reader.remark(fault, None);
    }
    let languages: BTreeSet<&str> =
        plan.messages.catalogues.iter().map(|catalogue| catalogue.language.as_str()).collect();
    for language in languages {
        spoken(reader, plan, language);
    }
    for plugin in plan.plugins.values() {
        let manifest = &plugin.manifest;
        has_words(reader, plan, &manifest.id, |language| manifest.messages.contains_key(language));
    }
}

fn belongs(reader: &Reader<'_>, plan: &Plan, catalogue: &Catalogue) {
    let ids = || plan.plugins.values().map(|plugin| plugin.manifest.id.as_str()).chain([DAEMON]);
    if !ids().any(|id| id == catalogue.scope) {
        let names: Vec<&str> = ids().collect();
        let hint = similar::hint(&catalogue.scope, names);
        reader.remark(format!("`{}` belongs to no plugin", catalogue.path.display()), Some(hint));
    }
}

/// A folder of words is for a language, and kaizend's own words are in it too.
fn spoken(reader: &Reader<'_>, plan: &Plan, language: &str) {
    let shipped = Words::SHIPPED.join(", ");
    if !company::is_language(language) {
        let hint = format!("name the folder as people's language is written; shipped are {shipped}");
        reader.remark(format!("`messages/{language}`: `{language}` is not a language tag"), Some(hint));
    } else if language != plan.company.language.as_str() {
        let said = |tag: &str| Words::SHIPPED.contains(&tag);
        warn_unless(reader, plan, DAEMON, language, said);
    }
}

/// Whether a plugin speaks the company's language; without it, its findings are told in English.
fn has_words(reader: &Reader<'_>, plan: &Plan, scope: &str, said: impl Fn(&str) -> bool) {
    warn_unless(reader, plan, scope, plan.company.language.as_str(), said);
}

fn warn_unless(reader: &Reader<'_>, plan: &Plan, scope: &str, language: &str, said: impl Fn(&str) -> bool) {
    let primary = company::primary(language);
    if primary == "en" {
        // English is where every search for words ends.
        return;
    }
    let own =
        |tag: &str| plan.messages.catalogues.iter().any(|own| own.scope == scope && own.language == tag);
    if [language, primary].into_iter().any(|tag| said(tag) || own(tag)) {
        return;
    }
    let company = plan.company.language.as_str();
    let instead = if language == company { "en" } else { company };
    reader.remark(
        format!("{scope} has no words in `{language}`: what it says to whoever reads that is in `{instead}`"),
        Some(format!("write `messages/{primary}/{scope}.ftl`")),
    );
}

impl Messages {
    /// Everything below a folder; what cannot be read is remarked.
    pub(super) fn read(reader: &Reader<'_>, folder: &Path) -> Self {
        let mut messages = Self::default();
        for below in entries(folder) {
            let Some(name) = name_of(&below) else { continue };
            for path in entries(&below) {
                let Some(file) = name_of(&path) else { continue };
                if name == TEMPLATES {
                    let Some(text) = text_of(reader, &path) else { continue };
                    messages.templates.push(Template { name: file.to_owned(), path, text });
                } else if let Some(scope) = file.strip_suffix(".ftl").map(str::to_owned) {
                    let Some(text) = text_of(reader, &path) else { continue };
                    messages.catalogues.push(Catalogue { language: name.to_owned(), scope, path, text });
                }
            }
        }
        messages
    }
}

fn text_of(reader: &Reader<'_>, path: &Path) -> Option<String> {
    let text = match fs::metadata(path) {
        Ok(about) if about.len() > LARGEST => Err(format!("it has more than {LARGEST} bytes")),
        Ok(_) => fs::read_to_string(path).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    text.map_err(|why| reader.remark(format!("cannot read `{}`: {why}", path.display()), None)).ok()
}

/// In the order of names; a folder that cannot be read holds nothing.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
}

fn name_of(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}
