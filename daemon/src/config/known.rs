//! The names that a configuration defines, for those who refer to them. A name counts as known even when its
//! own section is wrong, so that one mistake is reported once.

use std::collections::BTreeMap;

use kaizend_core::domain::DatasetName;

use super::{similar, value::Value};

/// The named sections of one group: `[checks.…]`, from all files.
pub(super) type Group<'a> = BTreeMap<&'a str, Value<'a>>;

pub(super) struct Known<'a> {
    pub(super) sources: Group<'a>,
    pub(super) plugins: Group<'a>,
    pub(super) datasets: Group<'a>,
    pub(super) calendars: Group<'a>,
    pub(super) ladders: Group<'a>,
    pub(super) checks: Group<'a>,
}

impl Known<'_> {
    pub(super) fn dataset(&self, value: &Value<'_>) -> Option<DatasetName> {
        resolve(value, "dataset", "datasets", &self.datasets).map(DatasetName::new)
    }

    pub(super) fn source(&self, value: &Value<'_>) -> Option<String> {
        resolve(value, "source", "sources", &self.sources)
    }

    pub(super) fn plugin(&self, value: &Value<'_>) -> Option<String> {
        resolve(value, "plugin", "plugins", &self.plugins)
    }

    pub(super) fn ladder(&self, value: &Value<'_>) -> Option<String> {
        resolve(value, "ladder", "ladders", &self.ladders)
    }

    pub(super) fn calendar(&self, value: &Value<'_>) -> Option<String> {
        resolve(value, "calendar", "calendars", &self.calendars)
    }
}

fn resolve(value: &Value<'_>, word: &str, group: &str, known: &Group<'_>) -> Option<String> {
    let name = value.text()?;
    if known.contains_key(name) {
        return Some(name.to_owned());
    }
    let hint = match similar::nearest(name, known.keys().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => format!("define it as [{group}.{name}]"),
        None => similar::hint(name, known.keys().copied()),
    };
    value.reader.missing(Some(value.place()), format!("there is no {word} `{name}`"), Some(hint));
    None
}
