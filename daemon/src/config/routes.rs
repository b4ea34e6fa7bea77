//! `[[routes]]`: what the operator says about findings of a kind, in their order: who hears, on which ladder, and
//! how much it matters.

use std::collections::BTreeMap;

use kaizend_core::{
    domain::{PersonId, Severity},
    policy::{
        pattern::Pattern,
        routes::{Matching, Raise, Route, To},
    },
};

use super::{
    known::Known,
    ladders::{Ladders, RUNGS},
    table::{Section, Table},
    value::Value,
};

pub(super) const ROUTE: Section =
    Section { name: "routes", keys: &["name", "match", "to", "ladder", "severity"] };
pub(super) const MATCH: Section = Section {
    name: "routes.match",
    keys: &["check", "topic", "stage", "severity", "labels", "client", "team", "branch", "role"],
};
pub(super) const TO: Section = Section { name: "routes.to", keys: &["person"] };

const SEVERITIES: [(&str, Severity); 4] = [
    ("note", Severity::Note),
    ("normal", Severity::Normal),
    ("high", Severity::High),
    ("urgent", Severity::Urgent),
];

pub(super) fn read(value: &Value<'_>, known: &Known<'_>, ladders: &Ladders) -> Vec<Route> {
    let routes = value.list();
    routes.iter().enumerate().filter_map(|(at, value)| route(value, at, known, ladders)).collect()
}

fn route(value: &Value<'_>, at: usize, known: &Known<'_>, ladders: &Ladders) -> Option<Route> {
    let table = value.table(&ROUTE)?;
    let matching = match table.get("match") {
        Some(value) => matching(&value, known)?,
        None => Matching::default(),
    };
    let route = Route {
        name: table.text("name").unwrap_or_else(|| format!("route {}", at + 1)),
        matching,
        to: table.get("to").and_then(|value| to(&value)),
        ladder: table.get("ladder").and_then(|value| ladders.get(&known.ladder(&value)?).cloned()),
        severity: table.get("severity").and_then(|value| raise(&value)),
    };
    let says_nothing = ["to", "ladder", "severity"].iter().all(|key| table.get(key).is_none());
    if says_nothing {
        table.error(
            "this route says nothing: it has neither `to` nor `ladder` nor `severity`",
            Some("say what it changes, such as severity = \"+1\"".to_owned()),
        );
    }
    Some(route)
}

fn matching(value: &Value<'_>, known: &Known<'_>) -> Option<Matching> {
    let table = value.table(&MATCH)?;
    let check = patterns(&table, "check");
    for pattern in &check {
        if !known.checks.keys().any(|check| pattern.fits(check)) {
            table.error(format!("no check fits `{}`", pattern.as_str()), None);
        }
    }
    Some(Matching {
        check,
        topic: patterns(&table, "topic"),
        stage: patterns(&table, "stage"),
        severity: table.one_of("severity", &SEVERITIES),
        labels: named_patterns(&table, "labels"),
        client: named_patterns(&table, "client"),
        team: patterns(&table, "team"),
        branch: patterns(&table, "branch"),
        role: patterns(&table, "role"),
    })
}

/// One pattern, or a list of which one must fit.
fn of(value: &Value<'_>) -> Vec<Pattern> {
    let list = value.inner.get_ref().is_array();
    let texts = if list { value.texts() } else { value.text().map(str::to_owned).into_iter().collect() };
    texts.into_iter().map(Pattern::new).collect()
}

fn patterns(table: &Table<'_>, key: &'static str) -> Vec<Pattern> {
    table.get(key).map(|value| of(&value)).unwrap_or_default()
}

fn named_patterns(table: &Table<'_>, key: &'static str) -> BTreeMap<String, Vec<Pattern>> {
    let entries = table.get(key).map(|value| value.entries()).unwrap_or_default();
    entries.into_iter().map(|(name, value)| (name.to_owned(), of(&value))).collect()
}

/// A rung of the ladder, or `{ person = "5" }`.
fn to(value: &Value<'_>) -> Option<To> {
    if value.inner.get_ref().is_table() {
        let person = value.table(&TO)?.need("person")?;
        return person.text().map(|id| To::Person(PersonId::new(id)));
    }
    value.one_of(&RUNGS).map(To::Rung)
}

/// A severity, or how many levels more: `"+1"`.
fn raise(value: &Value<'_>) -> Option<Raise> {
    let text = value.text()?;
    if let Some(more) = text.strip_prefix('+') {
        let by = more.parse::<u8>().ok().filter(|by| (1..=3).contains(by));
        if by.is_none() {
            value
                .error(format!("`{text}` raises nothing"), Some("write \"+1\", \"+2\" or \"+3\"".to_owned()));
        }
        return by.map(Raise::By);
    }
    value.one_of(&SEVERITIES).map(Raise::To)
}
