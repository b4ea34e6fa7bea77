//! A value of a configuration, and the shapes it can be asked for. A value of another shape is a problem at its
//! place, and the asker gets nothing.

use std::{fmt::Display, ops::RangeInclusive, path::PathBuf, str::FromStr};

use toml::{Spanned, de::DeValue};

use super::{
    files::Place,
    reader::Reader,
    similar,
    table::{Section, Table},
};

#[derive(Clone)]
pub(super) struct Value<'a> {
    pub(super) reader: &'a Reader<'a>,
    pub(super) file: usize,
    /// The key's whole path: `checks.late-orders.schedule`.
    pub(super) path: String,
    pub(super) key: Place,
    pub(super) inner: &'a Spanned<DeValue<'a>>,
}

impl<'a> Value<'a> {
    pub(super) fn place(&self) -> Place {
        Place::of(self.file, self.inner.span())
    }

    pub(super) fn error(&self, message: impl Into<String>, hint: Option<String>) {
        self.reader.error(self.place(), message, hint);
    }

    /// A problem of the key, not of what it holds.
    pub(super) fn key_error(&self, message: impl Into<String>, hint: Option<String>) {
        self.reader.error(self.key, message, hint);
    }

    pub(super) fn warning(&self, message: impl Into<String>, hint: Option<String>) {
        self.reader.warning(self.place(), message, hint);
    }

    /// The last part of the path: what the operator calls it.
    pub(super) fn name(&self) -> &str {
        self.path.rsplit_once('.').map_or(&self.path, |(_, name)| name)
    }

    pub(super) fn table(&self, section: &'static Section) -> Option<Table<'a>> {
        Table::open(self, section)
    }

    /// One key of a table, before it is known what kind of table it is.
    pub(super) fn peek(&self, key: &'static str) -> Option<Value<'a>> {
        let (name, inner) = self.inner.get_ref().as_table()?.get_key_value(key)?;
        let path = format!("{}.{key}", self.path);
        Some(Value { path, key: Place::of(self.file, name.span()), inner, ..self.clone() })
    }

    /// The entries of a table whose keys are the operator's own names.
    pub(super) fn entries(&self) -> Vec<(&'a str, Value<'a>)> {
        match self.inner.get_ref().as_table() {
            Some(table) => table
                .iter()
                .map(|(key, inner)| {
                    let path = format!("{}.{}", self.path, key.get_ref());
                    let place = Place::of(self.file, key.span());
                    self.reader.note(path.clone(), place);
                    (key.get_ref().as_ref(), Value { path, key: place, inner, ..self.clone() })
                })
                .collect(),
            None => {
                self.wrong("a table");
                Vec::new()
            }
        }
    }

    pub(super) fn text(&self) -> Option<&'a str> {
        let text = self.inner.get_ref().as_str();
        match text {
            None => self.wrong("a text in double quotes"),
            Some(text) if text.trim().is_empty() => self.error(format!("`{}` is empty", self.name()), None),
            Some(text) => return Some(text),
        }
        None
    }

    /// A text that its type can read; the type's own error becomes the problem.
    pub(super) fn parsed<T>(&self) -> Option<T>
    where
        T: FromStr,
        T::Err: Display,
    {
        self.text()?.parse().map_err(|error: T::Err| self.error(error.to_string(), None)).ok()
    }

    /// [`Self::parsed`] for types whose error does not repeat the text: "`x` is not a mail address: …".
    pub(super) fn parsed_as<T>(&self, what: &str) -> Option<T>
    where
        T: FromStr,
        T::Err: Display,
    {
        let text = self.text()?;
        text.parse()
            .map_err(|error: T::Err| self.error(format!("`{text}` is not {what}: {error}"), None))
            .ok()
    }

    pub(super) fn one_of<T: Copy>(&self, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text()?;
        let found = choices.iter().find(|(name, _)| *name == text).map(|(_, choice)| *choice);
        if found.is_none() {
            let names = choices.iter().map(|(name, _)| *name);
            self.error(
                format!("`{text}` is no choice for `{}`", self.name()),
                Some(similar::hint(text, names)),
            );
        }
        found
    }

    pub(super) fn list(&self) -> Vec<Value<'a>> {
        match self.inner.get_ref().as_array() {
            Some(array) => array.iter().map(|inner| Value { inner, ..self.clone() }).collect(),
            None => {
                self.wrong("a list in square brackets");
                Vec::new()
            }
        }
    }

    pub(super) fn texts(&self) -> Vec<String> {
        self.list().iter().filter_map(Value::text).map(str::to_owned).collect()
    }

    /// A whole number within bounds.
    pub(super) fn whole(&self, bounds: RangeInclusive<u64>) -> Option<u64> {
        let Some(number) = self.inner.get_ref().as_integer() else {
            self.wrong("a whole number");
            return None;
        };
        let found = u64::from_str_radix(number.as_str(), number.radix()).ok().filter(|n| bounds.contains(n));
        if found.is_none() {
            self.out_of(&bounds, &number.to_string());
        }
        found
    }

    /// Any whole number.
    pub(super) fn integer(&self) -> Option<i64> {
        let Some(number) = self.inner.get_ref().as_integer() else {
            self.wrong("a whole number");
            return None;
        };
        let found = i64::from_str_radix(number.as_str(), number.radix()).ok();
        if found.is_none() {
            self.out_of(&(i64::MIN..=i64::MAX), &number.to_string());
        }
        found
    }

    /// Where a part of the text stands, when it is written there as it is; else the whole value.
    pub(super) fn part(&self, part: &str) -> Place {
        let place = self.place();
        let written = &self.reader.files[self.file].text;
        let found = written.get(place.start..place.end).and_then(|text| text.find(part));
        match found {
            Some(at) => Place::of(self.file, place.start + at..place.start + at + part.len()),
            None => place,
        }
    }

    /// A number, whole or not, within bounds.
    pub(super) fn real(&self, bounds: RangeInclusive<f64>) -> Option<f64> {
        let number = match self.inner.get_ref() {
            DeValue::Float(number) => number.as_str().parse::<f64>().ok(),
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).ok().map(|number| number as f64)
            }
            _ => {
                self.wrong("a number");
                return None;
            }
        };
        let found = number.filter(|number| bounds.contains(number));
        if found.is_none() {
            self.out_of(&bounds, &number.map_or_else(|| "this number".to_owned(), |n| n.to_string()));
        }
        found
    }

    pub(super) fn flag(&self) -> Option<bool> {
        let flag = self.inner.get_ref().as_bool();
        if flag.is_none() {
            self.wrong("true or false");
        }
        flag
    }

    /// A file or folder; relative to the file that names it.
    pub(super) fn path(&self) -> Option<PathBuf> {
        self.text().map(|text| self.reader.files[self.file].folder.join(text))
    }

    /// Raises that the value has another shape than asked for.
    pub(super) fn wrong(&self, wanted: &str) {
        let found = match self.inner.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a fraction",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.error(format!("`{}` must be {wanted}; this is {found}", self.name()), None);
    }

    fn out_of<T: Display>(&self, bounds: &RangeInclusive<T>, number: &str) {
        let (least, most) = (bounds.start(), bounds.end());
        self.error(format!("`{}` must be from {least} to {most}; this is {number}", self.name()), None);
    }
}
