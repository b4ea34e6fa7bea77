//! Which dataset answers which slot of a check's plugin. The binding is the grant: those columns, for this
//! check.

use std::collections::BTreeMap;

use kaizend_core::{
    domain::DatasetName,
    rows::{Manifest, SlotAsk},
};

use super::{known::Known, similar, table::Table, value::Value};

/// Datasets by slot, in the order of the binding.
pub(super) type Bound = BTreeMap<String, Vec<DatasetName>>;

/// Reads a check's `datasets`. Without a manifest (its plugin is wrong) only the names are checked.
pub(super) fn read(check: &Table<'_>, known: &Known<'_>, manifest: Option<&Manifest>) -> Bound {
    let given = check.get("datasets");
    let mut bound = Bound::new();
    let mut all_known = true;
    for (slot, value) in given.as_ref().map(Value::entries).unwrap_or_default() {
        let datasets = members(&value, known);
        if let Some(manifest) = manifest {
            match manifest.slot(slot) {
                None => unknown(&value, slot, manifest),
                Some(ask) => too_many(&value, ask, datasets.len()),
            }
            all_known &= manifest.slot(slot).is_some();
        }
        bound.insert(slot.to_owned(), datasets);
    }
    // A slot under a wrong name is also one that is not bound: that is said once.
    for ask in manifest.filter(|_| all_known).map(|manifest| manifest.slots.as_slice()).unwrap_or_default() {
        if !ask.optional && !bound.contains_key(&ask.name) {
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

fn too_many(value: &Value<'_>, ask: &SlotAsk, datasets: usize) {
    if !ask.list && datasets > 1 {
        value.error(format!("the slot `{}` takes one dataset; this binds {datasets}", ask.name), None);
    }
}

fn unknown(value: &Value<'_>, slot: &str, manifest: &Manifest) {
    let names = manifest.slots.iter().map(|ask| ask.name.as_str());
    value.key_error(
        format!("the plugin `{}` has no slot `{slot}`", manifest.id),
        Some(similar::hint(slot, names)),
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
