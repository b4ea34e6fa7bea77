//! `[sources.<name>]`: where company data lies. One kind of source, one section of keys.

use std::{path::PathBuf, time::Duration};

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
    keys: &["kind", "path", "delimiter", "quote", "encoding", "header", "decimal-comma", "at-once"],
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub settings: Settings,
    /// How many runs may read it at the same time. 1.
    pub at_once: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settings {
    Sqlite(Sqlite),
    Csv(Csv),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sqlite {
    pub path: PathBuf,
    /// Nobody writes the file while it is read: a copy, or a read-only disk.
    pub immutable: bool,
    /// How long to wait for the application's lock. 10 s.
    pub busy_timeout: Duration,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Csv {
    pub path: PathBuf,
    pub delimiter: u8,
    pub quote: u8,
    pub encoding: String,
    pub header: bool,
    pub decimal_comma: bool,
}

#[derive(Clone, Copy)]
enum Kind {
    Sqlite,
    Csv,
    /// Named in the design, not in this version.
    Later(&'static str),
}

const KINDS: [(&str, Kind); 8] = [
    ("sqlite", Kind::Sqlite),
    ("csv", Kind::Csv),
    ("postgres", Kind::Later("postgres")),
    ("mysql", Kind::Later("mysql")),
    ("xlsx", Kind::Later("xlsx")),
    ("json", Kind::Later("json")),
    ("parquet", Kind::Later("parquet")),
    ("http", Kind::Later("http")),
];

impl Source {
    pub(super) fn read(value: &Value<'_>) -> Option<Self> {
        match Table::kind(value, &KINDS)? {
            Kind::Sqlite => sqlite(&value.table(&SQLITE)?),
            Kind::Csv => csv(&value.table(&CSV)?),
            Kind::Later(kind) => {
                value.error(
                    format!("this version of kaizend cannot read `{kind}` sources yet"),
                    Some("it reads `sqlite` and `csv`".to_owned()),
                );
                None
            }
        }
    }
}

fn sqlite(table: &Table<'_>) -> Option<Source> {
    let at_once = at_once(table);
    let immutable = table.flag("immutable").unwrap_or(false);
    let busy_timeout = table.get("busy-timeout").and_then(|value| duration::elapsed(&value));
    let settings = Sqlite {
        path: table.need("path")?.path()?,
        immutable,
        busy_timeout: busy_timeout.unwrap_or(Duration::from_secs(10)),
    };
    Some(Source { settings: Settings::Sqlite(settings), at_once })
}

fn csv(table: &Table<'_>) -> Option<Source> {
    let at_once = at_once(table);
    let sign = |key, usual| table.get(key).map_or(Some(usual), |value| sign(&value));
    let (delimiter, quote) = (sign("delimiter", b','), sign("quote", b'"'));
    let settings = Csv {
        encoding: table.text("encoding").unwrap_or_else(|| "utf-8".to_owned()),
        header: table.flag("header").unwrap_or(true),
        decimal_comma: table.flag("decimal-comma").unwrap_or(false),
        path: table.need("path")?.path()?,
        delimiter: delimiter?,
        quote: quote?,
    };
    Some(Source { settings: Settings::Csv(settings), at_once })
}

fn at_once(table: &Table<'_>) -> usize {
    table.get("kind");
    table.whole("at-once", 1..=64).and_then(|count| usize::try_from(count).ok()).unwrap_or(1)
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
