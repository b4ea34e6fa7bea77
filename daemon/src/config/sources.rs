//! `[sources.<name>]`: where company data lies. One kind of source, one section of keys.

use std::path::PathBuf;

use kaizend_source::{
    Settings,
    csv::{self, Decimal, Empty},
    sqlite,
};

use super::{
    duration,
    table::{Section, Table},
    value::Value,
};

pub(super) const SQLITE: Section = Section {
    name: "sources.<name>: sqlite",
    keys: &["kind", "path", "immutable", "busy-timeout", "at-once"],
};
pub(super) const CSV: Section = Section {
    name: "sources.<name>: csv",
    keys: &["kind", "path", "delimiter", "quote", "encoding", "header", "decimal", "empty", "at-once"],
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub settings: Settings,
    /// How many runs may read it at the same time. 4: files are read from a snapshot, which hurts nobody, and a
    /// check that takes long must not keep the others waiting.
    pub at_once: usize,
}

#[derive(Clone, Copy)]
enum Kind {
    Sqlite,
    Csv,
    /// Planned, and not in this version.
    Later,
}

const KINDS: [(&str, Kind); 8] = [
    ("sqlite", Kind::Sqlite),
    ("csv", Kind::Csv),
    ("postgres", Kind::Later),
    ("mysql", Kind::Later),
    ("xlsx", Kind::Later),
    ("json", Kind::Later),
    ("parquet", Kind::Later),
    ("http", Kind::Later),
];

impl Source {
    pub(super) fn read(value: &Value<'_>) -> Option<Self> {
        let (at_once, settings) = match Table::kind(value, &KINDS)? {
            Kind::Sqlite => {
                let table = value.table(&SQLITE)?;
                (at_once(&table), sqlite(&table).map(Settings::Sqlite))
            }
            Kind::Csv => {
                let table = value.table(&CSV)?;
                (at_once(&table), csv(&table).map(Settings::Csv))
            }
            Kind::Later => {
                if let Some(kind) = value.peek("kind") {
                    kind.error(
                        "this version of kaizend cannot read this kind of source yet",
                        Some("it reads \"sqlite\" and \"csv\"".to_owned()),
                    );
                }
                return None;
            }
        };
        Some(Self { settings: settings?, at_once })
    }
}

fn sqlite(table: &Table<'_>) -> Option<sqlite::Settings> {
    let usual = sqlite::Settings::new(path(table).unwrap_or_default());
    let settings = sqlite::Settings {
        immutable: table.flag("immutable").unwrap_or(usual.immutable),
        busy_timeout: table
            .get("busy-timeout")
            .and_then(|value| duration::elapsed(&value))
            .unwrap_or(usual.busy_timeout),
        path: usual.path,
    };
    (!settings.path.as_os_str().is_empty()).then_some(settings)
}

fn csv(table: &Table<'_>) -> Option<csv::Settings> {
    let usual = csv::Settings::new(path(table).unwrap_or_default());
    let settings = csv::Settings {
        delimiter: table.get("delimiter").and_then(|value| sign(&value)).unwrap_or(usual.delimiter),
        quote: match table.get("quote") {
            Some(value) if value.inner.get_ref().as_bool() == Some(false) => None,
            Some(value) => sign(&value),
            None => usual.quote,
        },
        encoding: table.parsed("encoding").unwrap_or(usual.encoding),
        header: table.flag("header").unwrap_or(usual.header),
        decimal: table
            .one_of("decimal", &[("point", Decimal::Point), ("comma", Decimal::Comma)])
            .unwrap_or(usual.decimal),
        empty: table.one_of("empty", &[("null", Empty::Null), ("text", Empty::Text)]).unwrap_or(usual.empty),
        path: usual.path,
    };
    (!settings.path.as_os_str().is_empty()).then_some(settings)
}

fn path(table: &Table<'_>) -> Option<PathBuf> {
    table.need("path")?.path()
}

fn at_once(table: &Table<'_>) -> usize {
    table.get("kind");
    table.whole("at-once", 1..=64).and_then(|count| usize::try_from(count).ok()).unwrap_or(4)
}

/// A single ASCII character: `";"`, `"\t"`.
fn sign(value: &Value<'_>) -> Option<u8> {
    let Some(text) = value.inner.get_ref().as_str() else {
        value.wrong("a text in double quotes");
        return None;
    };
    match text.as_bytes() {
        [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !matches!(byte, b'\r' | b'\n') => {
            Some(*byte)
        }
        _ => {
            value.error(format!("`{}` is one sign, such as \";\" or \"\\t\"", value.name()), None);
            None
        }
    }
}
