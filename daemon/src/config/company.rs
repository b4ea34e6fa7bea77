//! `[company]`: whose word is kept, where, in which language, and who looks after kaizend.

use std::path::{Path, PathBuf};

use jiff::tz::{self, TimeZone};
use kaizend_core::domain::{Language, PersonId};
use kaizend_mail::MailAddress;
use kaizend_text::Words;

use super::{
    similar,
    table::{Section, Table},
    value::Value,
};

pub(super) const COMPANY: Section = Section {
    name: "company",
    keys: &[
        "name",
        "timezone",
        "language",
        "operators",
        "director",
        "calendar",
        "messages",
        "colour",
        "postal-address",
    ],
};

#[derive(Clone, Debug, PartialEq)]
pub struct Company {
    pub name: String,
    pub zone: TimeZone,
    /// The language of who has none of their own. `en` unless said otherwise.
    pub language: Language,
    /// Who is told when kaizend itself needs a hand, and who hears what nobody else can. At least one.
    pub operators: Vec<MailAddress>,
    /// Where a ladder ends when a manager has no manager.
    pub director: Option<PersonId>,
    /// The calendar of everybody who has none of their own; see [`super::Calendars::company`].
    pub calendar: Option<String>,
    /// The folder of the company's own words: `<folder>/<language>/<plugin>.ftl`.
    pub messages: Option<PathBuf>,
    /// The colour of mails, as `#rrggbb`.
    pub colour: Option<String>,
    pub postal_address: Option<String>,
}

impl Company {
    pub(super) fn read(value: &Value<'_>) -> Option<Self> {
        let table = value.table(&COMPANY)?;
        let name = table.need("name").and_then(|value| value.text().map(str::to_owned));
        let zone = table.need("timezone").and_then(|value| zone(&value));
        let operators = table.need("operators").map(|value| addresses(&value)).unwrap_or_default();
        let messages = messages(&table);
        let language = table.get("language").and_then(|value| Some((language(&value)?, value))).map(
            |(language, value)| {
                spoken(&value, &language, messages.as_deref());
                language
            },
        );
        let company = Self {
            name: name.clone().unwrap_or_default(),
            zone: zone.clone().unwrap_or(TimeZone::UTC),
            language: language.unwrap_or(Language::from("en")),
            operators,
            director: table.text("director").map(PersonId::new),
            calendar: table.text("calendar"),
            messages,
            colour: table.get("colour").and_then(|value| colour(&value)),
            postal_address: table.text("postal-address"),
        };
        (name.is_some() && zone.is_some()).then_some(company)
    }
}

/// A zone by its IANA name.
pub(super) fn zone(value: &Value<'_>) -> Option<TimeZone> {
    let name = value.text()?;
    match TimeZone::get(name) {
        Ok(zone) => Some(zone),
        Err(_) => {
            let known: Vec<String> = tz::db().available().map(|name| name.as_str().to_owned()).collect();
            let near = similar::nearest(name, known.iter().map(String::as_str)).map_or_else(
                || "write the name of a place, such as \"Europe/Sofia\"".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            value.error(format!("there is no time zone `{name}`"), Some(near));
            None
        }
    }
}

/// A language tag: `en`, `pt-BR`. Whether there are words in it is not decided here.
pub(super) fn language(value: &Value<'_>) -> Option<Language> {
    let text = value.text()?;
    if is_language(text) {
        return Some(Language::new(text));
    }
    value.error(
        format!("`{text}` is not a language tag"),
        Some("write two small letters, such as \"en\" or \"bg\"".to_owned()),
    );
    None
}

/// Whether a text has the form of a language tag.
pub(super) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let primary = (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_lowercase());
    primary
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The language without its country: `pt` of `pt-BR`.
pub(super) fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// A language in which kaizend has no words needs the company's own.
fn spoken(value: &Value<'_>, language: &Language, messages: Option<&Path>) {
    let tag = language.as_str();
    let own = |tag: &str| messages.is_some_and(|folder| folder.join(tag).join("kaizend.ftl").is_file());
    if [tag, primary(tag)].into_iter().any(|tag| Words::SHIPPED.contains(&tag) || own(tag)) {
        return;
    }
    let shipped = Words::SHIPPED.map(|tag| format!("\"{tag}\"")).join(", ");
    value.warning(
        format!("kaizend has no words in `{tag}`: mails say in English what no catalogue of yours says"),
        Some(format!(
            "shipped are {shipped}; for another language write `messages/{}/kaizend.ftl`",
            primary(tag)
        )),
    );
}

fn addresses(value: &Value<'_>) -> Vec<MailAddress> {
    let list = value.list();
    if list.is_empty() && value.inner.get_ref().is_array() {
        value.error(
            format!("`{}` names nobody", value.name()),
            Some("write at least one address: somebody must hear when a check cannot look".to_owned()),
        );
    }
    list.iter().filter_map(|value| value.parsed_as("a mail address")).collect()
}

/// The folder that is named must be there; the usual one, `messages` beside the file, may be.
fn messages(table: &Table<'_>) -> Option<PathBuf> {
    let Some(value) = table.get("messages") else {
        let usual = table.folder().join("messages");
        return usual.is_dir().then_some(usual);
    };
    let folder = value.path()?;
    if !folder.is_dir() {
        value.error(format!("there is no folder `{}`", Path::display(&folder)), None);
    }
    Some(folder)
}

fn colour(value: &Value<'_>) -> Option<String> {
    let text = value.text()?;
    let digits = text.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some(text.to_ascii_lowercase());
    }
    value.error(format!("`{text}` is not a colour"), Some("write it as \"#1a6b54\"".to_owned()));
    None
}
