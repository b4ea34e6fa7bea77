//! Which dataset answers which slot of a check's plugin. The binding is the grant: those columns, for this
//! check.

use std::collections::BTreeMap;

use kaizend_core::{
    domain::DatasetName,
    rows::{Manifest, SlotAsk},
};

use super::{known::Known, nearest, table::Table, value::Value};

/// Datasets by slot, in the order of the binding.
pub(super) type Bound = BTreeMap<String, Vec<DatasetName>>;

/// Reads a check's `datasets`. Without a manifest (its plugin is wrong) only the names are checked.
pub(super) fn read(check: &Table<'_>, known: &Known<'_>, manifest: Option<&Manifest>) -> Bound {
    let given = check.get("datasets");
    let mut bound = Bound::new();
    for (slot, value) in given.as_ref().map(Value::entries).unwrap_or_default() {
        let ask = manifest.map(|manifest| (manifest, manifest.slot(slot)));
        if let Some((manifest, None)) = ask {
            unknown(&value, slot, manifest);
            continue;
        }
        let datasets = members(&value, known);
        if let Some((_, Some(ask))) = ask
            && !ask.list
            && datasets.len() > 1
        {
            value.error(format!("the slot `{slot}` takes one dataset; this binds {}", datasets.len()), None);
        }
        bound.insert(slot.to_owned(), datasets);
    }
    for ask in manifest.map(|manifest| manifest.slots.as_slice()).unwrap_or_default() {
        if !ask.optional && given.as_ref().is_none_or(|given| !binds(given, &ask.name)) {
            unbound(check, given.as_ref(), ask);
        }
    }
    bound
}

/// One name, or a list of names.
fn members(value: &Value<'_>, known: &Known<'_>) -> Vec<DatasetName> {
    if !value.inner.get_ref().is_array() {
        return known.dataset(value).into_iter().collect();
    }
    let mut members = Vec::new();
    for member in value.list() {
        let Some(name) = known.dataset(&member) else { continue };
        if members.contains(&name) {
            member.error(format!("`{name}` is bound twice to this slot"), None);
        } else {
            members.push(name);
        }
    }
    if value.list().is_empty() {
        value.error(format!("`{}` binds no dataset", value.name()), None);
    }
    members
}

fn binds(given: &Value<'_>, slot: &str) -> bool {
    given.inner.get_ref().as_table().is_some_and(|table| table.contains_key(slot))
}

fn unknown(value: &Value<'_>, slot: &str, manifest: &Manifest) {
    let names = manifest.slots.iter().map(|ask| ask.name.as_str());
    value.key_error(
        format!("the plugin `{}` has no slot `{slot}`", manifest.id),
        Some(nearest::hint(slot, names)),
    );
}

fn unbound(check: &Table<'_>, given: Option<&Value<'_>>, ask: &SlotAsk) {
    let about = if ask.about.is_empty() { String::new() } else { format!(": {}", ask.about) };
    let message = format!("no dataset is bound to the slot `{}`{about}", ask.name);
    let columns: Vec<_> =
        ask.columns.iter().filter(|column| !column.optional).map(|column| column.name.as_str()).collect();
    let hint = Some(format!(
        "datasets = {{ {} = \"…\" }}, a dataset with the columns {}",
        ask.name,
        columns.join(", ")
    ));
    match given {
        Some(given) => given.error(message, hint),
        None => check.error(message, hint),
    }
}
