//! A table of a configuration with a fixed set of keys. Opening it reports every key that it does not know;
//! asking it for a key gives the value with its place.

use std::{
    fmt::Display,
    ops::RangeInclusive,
    path::{Path, PathBuf},
    str::FromStr,
};

use toml::de::DeTable;

use super::{
    files::Place,
    reader::{Document, Reader},
    similar,
    value::Value,
};

/// The keys of one kind of table. The reference (`config/README.md`) documents exactly these.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// As the reference heads it: `checks.<name>.limits`.
    pub(super) name: &'static str,
    pub(super) keys: &'static [&'static str],
}

#[derive(Clone)]
pub(super) struct Table<'a> {
    reader: &'a Reader<'a>,
    file: usize,
    path: String,
    place: Place,
    section: &'static Section,
    inner: &'a DeTable<'a>,
}

impl<'a> Table<'a> {
    /// `None`, and a problem, when the value is no table.
    pub(super) fn open(value: &Value<'a>, section: &'static Section) -> Option<Self> {
        let Some(inner) = value.inner.get_ref().as_table() else {
            value.wrong("a table");
            return None;
        };
        let table = Self {
            reader: value.reader,
            file: value.file,
            path: value.path.clone(),
            place: value.place(),
            section,
            inner,
        };
        table.report_unknown_keys();
        Some(table)
    }

    /// The top of a file.
    pub(super) fn root(
        reader: &'a Reader<'a>,
        file: usize,
        document: &'a Document<'a>,
        section: &'static Section,
    ) -> Self {
        let place = Place { file, start: 0, end: 0 };
        let table = Self { reader, file, path: String::new(), place, section, inner: document.get_ref() };
        table.report_unknown_keys();
        table
    }

    /// Which kind of table it is, before it is known which section that makes it.
    pub(super) fn kind<T: Copy>(value: &Value<'a>, kinds: &[(&str, T)]) -> Option<T> {
        if !value.inner.get_ref().is_table() {
            value.wrong("a table");
            return None;
        }
        let Some(kind) = value.peek("kind") else {
            let names = kinds.iter().map(|(name, _)| *name);
            let hint = Some(similar::hint("", names));
            value.reader.missing(Some(value.place()), format!("`kind` is missing in [{}]", value.path), hint);
            return None;
        };
        kind.one_of(kinds)
    }

    /// The folder that relative paths in this table are relative to.
    pub(super) fn folder(&self) -> &'a Path {
        &self.reader.files[self.file].folder
    }

    /// Where the daemon's own files go: `$STATE_DIRECTORY`, else beside the file.
    pub(super) fn state_folder(&self) -> PathBuf {
        self.reader.state_folder(self.file)
    }

    pub(super) fn get(&self, key: &'static str) -> Option<Value<'a>> {
        debug_assert!(self.section.keys.contains(&key), "`{key}` is not declared in {}", self.section.name);
        let (name, inner) = self.inner.get_key_value(key)?;
        let path = self.inside(key);
        let key = Place::of(self.file, name.span());
        self.reader.note(path.clone(), key);
        Some(Value { reader: self.reader, file: self.file, path, key, inner })
    }

    /// A value that must be there.
    pub(super) fn need(&self, key: &'static str) -> Option<Value<'a>> {
        let value = self.get(key);
        if value.is_none() {
            self.reader.missing(Some(self.place), format!("`{key}` is missing in [{}]", self.path), None);
        }
        value
    }

    pub(super) fn text(&self, key: &'static str) -> Option<String> {
        self.get(key)?.text().map(str::to_owned)
    }

    pub(super) fn parsed<T>(&self, key: &'static str) -> Option<T>
    where
        T: FromStr,
        T::Err: Display,
    {
        self.get(key)?.parsed()
    }

    pub(super) fn one_of<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        self.get(key)?.one_of(choices)
    }

    pub(super) fn whole(&self, key: &'static str, bounds: RangeInclusive<u64>) -> Option<u64> {
        self.get(key)?.whole(bounds)
    }

    pub(super) fn real(&self, key: &'static str, bounds: RangeInclusive<f64>) -> Option<f64> {
        self.get(key)?.real(bounds)
    }

    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        self.get(key)?.flag()
    }

    /// A table inside this one, when it is there.
    pub(super) fn table(&self, key: &'static str, section: &'static Section) -> Option<Self> {
        self.get(key)?.table(section)
    }

    pub(super) fn error(&self, message: impl Into<String>, hint: Option<String>) {
        self.reader.error(self.place, message, hint);
    }

    fn inside(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn report_unknown_keys(&self) {
        for key in self.inner.keys().filter(|key| !self.section.keys.contains(&key.get_ref().as_ref())) {
            let place = Place::of(self.file, key.span());
            let within =
                if self.path.is_empty() { "a configuration".to_owned() } else { format!("[{}]", self.path) };
            self.reader.error(
                place,
                format!("there is no key `{}` in {within}", key.get_ref()),
                Some(similar::hint(key.get_ref(), self.section.keys.iter().copied())),
            );
        }
    }
}
