//! The top of all files: which groups of settings there are, and where each stands. A group that may stand only
//! once is taken from the file that has it; named sections (`[checks.…]`) are gathered from all files.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::{
    files::Place,
    known::{Group, Known},
    problem,
    reader::{Document, Reader},
    table::{Section, Table},
    value::Value,
};

pub(super) const ROOT: Section = Section {
    name: "the top of a file",
    keys: &[
        "include",
        "company",
        "store",
        "spool",
        "mail",
        "sources",
        "plugins",
        "datasets",
        "people",
        "clients",
        "calendars",
        "ladders",
        "routes",
        "reminders",
        "heartbeat",
        "inbox",
        "web",
        "checks",
    ],
};

/// Groups that stand once.
const SINGLE: [&str; 11] = [
    "company",
    "store",
    "spool",
    "mail",
    "people",
    "clients",
    "routes",
    "reminders",
    "heartbeat",
    "inbox",
    "web",
];
/// Groups of named sections.
const NAMED: [&str; 6] = ["sources", "plugins", "datasets", "calendars", "ladders", "checks"];

pub(super) struct Root<'a> {
    single: BTreeMap<&'static str, Value<'a>>,
    pub(super) known: Known<'a>,
}

impl<'a> Root<'a> {
    pub(super) fn gather(reader: &'a Reader<'a>, documents: &'a [Document<'a>]) -> Self {
        let mut single: BTreeMap<&'static str, Value<'a>> = BTreeMap::new();
        let mut named: BTreeMap<&'static str, Group<'a>> = BTreeMap::new();
        for (number, document) in documents.iter().enumerate() {
            let table = Table::root(reader, number, document, &ROOT);
            include(&table, number);
            for group in SINGLE {
                if let Some(value) = table.get(group) {
                    once(reader, &mut single, group, value);
                }
            }
            for group in NAMED {
                let entries = table.get(group).map(|value| value.entries()).unwrap_or_default();
                for (name, value) in entries {
                    well_named(&value, name);
                    once(reader, named.entry(group).or_default(), name, value);
                }
            }
            refuse_passwords(reader, number, document);
        }
        let mut take = |group| named.remove(group).unwrap_or_default();
        let known = Known {
            sources: take("sources"),
            plugins: take("plugins"),
            datasets: take("datasets"),
            calendars: take("calendars"),
            ladders: take("ladders"),
            checks: take("checks"),
        };
        Self { single, known }
    }

    pub(super) fn single(&self, group: &str) -> Option<&Value<'a>> {
        self.single.get(group)
    }
}

/// Included files were read before anything else; here only their list is judged.
fn include(table: &Table<'_>, number: usize) {
    let Some(value) = table.get("include") else { return };
    value.texts();
    if number > 0 {
        value.key_error(
            "`include` is read in the first file only",
            Some("name the files there, or with a pattern such as \"checks/*.toml\"".to_owned()),
        );
    }
}

/// The first definition counts, each further one is a problem.
fn once<'a, 'n>(
    reader: &Reader<'_>,
    known: &mut BTreeMap<&'n str, Value<'a>>,
    name: &'n str,
    value: Value<'a>,
) {
    match known.get(name) {
        Some(first) => value.key_error(
            format!("`{}` is defined twice", value.path),
            Some(format!("first defined at {}", reader.spot(first.key))),
        ),
        None => {
            known.insert(name, value);
        }
    }
}

/// Names go into file names, mails and identities: plain ones last.
fn well_named(value: &Value<'_>, name: &str) {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    if name.is_empty() || name.len() > 64 || !name.chars().all(plain) {
        value.key_error(
            format!("`{name}` cannot be a name"),
            Some("use up to 64 small letters, digits and hyphens, such as `late-orders`".to_owned()),
        );
    }
}

/// A URL with a password in it, wherever it stands.
fn refuse_passwords(reader: &Reader<'_>, file: usize, document: &Document<'_>) {
    let mut open: Vec<_> = document.get_ref().iter().map(|(_, value)| value).collect();
    while let Some(value) = open.pop() {
        match value.get_ref() {
            DeValue::String(text) if problem::conceal(text) != *text && text.contains("://") => reader.error(
                Place::of(file, value.span()),
                "a password stands inside this URL",
                Some(
                    "leave it out of the URL, and say where it is: password = { credential = \"…\" }"
                        .to_owned(),
                ),
            ),
            DeValue::Array(array) => open.extend(array.iter()),
            DeValue::Table(table) => open.extend(table.iter().map(|(_, value)| value)),
            _ => {}
        }
    }
}
