//! A check's parameters against what its plugin asks for. The plugin gets canonical text (`2 working days`,
//! `0.5`, `true`), defaults included, so that writing a default down does not change the question.

use std::collections::BTreeMap;

use kaizend_core::{
    domain::Span,
    rows::{Manifest, ParamAsk, ParamKind},
};

use super::{similar, table::Table, value::Value};

/// The parameters of a check whose table may hold `params`.
pub(super) fn read(check: &Table<'_>, manifest: &Manifest) -> BTreeMap<String, String> {
    let given = check.get("params");
    let entries = given.as_ref().map(Value::entries).unwrap_or_default();
    let mut params = BTreeMap::new();
    for (name, value) in &entries {
        match manifest.params.iter().find(|ask| ask.name == *name) {
            Some(ask) => params.extend(canonical(value, ask.kind).map(|text| (ask.name.clone(), text))),
            None => unknown(value, name, manifest),
        }
    }
    for ask in &manifest.params {
        if entries.iter().any(|(name, _)| *name == ask.name) {
            continue;
        }
        match &ask.default {
            Some(default) => {
                // One that does not fit its own kind is the plugin's mistake, and the plugin will say so.
                let text = ask.kind.canonical(default).unwrap_or_else(|| default.clone());
                params.insert(ask.name.clone(), text);
            }
            None => missing(check, given.as_ref(), ask, manifest),
        }
    }
    params
}

/// A value of the right type in TOML, in its canonical text.
fn canonical(value: &Value<'_>, kind: ParamKind) -> Option<String> {
    let text = match kind {
        ParamKind::Text => value.text()?.to_owned(),
        ParamKind::Integer => value.integer()?.to_string(),
        ParamKind::Real => value.real(f64::MIN..=f64::MAX)?.to_string(),
        ParamKind::Boolean => value.flag()?.to_string(),
        ParamKind::Span => value.parsed::<Span>()?.to_string(),
        _ => {
            value.error("this version does not know the type of this parameter", None);
            return None;
        }
    };
    kind.canonical(&text)
}

fn unknown(value: &Value<'_>, name: &str, manifest: &Manifest) {
    let names = manifest.params.iter().map(|ask| ask.name.as_str());
    let hint = match names.len() {
        0 => "it has no parameters at all".to_owned(),
        _ => similar::hint(name, names),
    };
    value.key_error(format!("the plugin `{}` has no parameter `{name}`", manifest.id), Some(hint));
}

fn missing(check: &Table<'_>, given: Option<&Value<'_>>, ask: &ParamAsk, manifest: &Manifest) {
    let message = format!("the plugin `{}` needs the parameter `{}`: {}", manifest.id, ask.name, ask.about);
    let example = match ask.kind {
        ParamKind::Integer => "3",
        ParamKind::Real => "0.5",
        ParamKind::Boolean => "true",
        ParamKind::Span => "\"2 working days\"",
        _ => "\"…\"",
    };
    let hint = Some(format!("params = {{ {} = {example} }}", ask.name));
    match given {
        Some(given) => given.error(message, hint),
        None => check.error(message, hint),
    }
}
