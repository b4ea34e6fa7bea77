//! What must hold within a manifest before anybody relies on it: names that differ, and a ledger over columns
//! that are there.

use std::collections::BTreeSet;

use kaizend_core::rows::{Ask, ColumnAsk, Manifest, SlotAsk};

use super::Refused;

/// The columns that the host adds to a ledger slot.
pub(crate) const FIRST_PROMISED: &str = "first-promised";
pub(crate) const MOVES: &str = "moves";

pub(super) fn check(manifest: &Manifest) -> Result<(), Refused> {
    contradiction(name_fault(manifest).or_else(|| manifest.slots.iter().find_map(slot_fault)))
}

fn contradiction(fault: Option<String>) -> Result<(), Refused> {
    fault.map_or(Ok(()), |why| Err(Refused::Contradiction { why }))
}

fn name_fault(manifest: &Manifest) -> Option<String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if manifest.id.is_empty() || manifest.id.len() > 64 || !manifest.id.chars().all(plain) {
        return Some(format!(
            "its id `{}` must be 1 to 64 small letters, digits and hyphens",
            manifest.id.escape_debug()
        ));
    }
    twice("slot", manifest.slots.iter().map(|slot| &slot.name))
        .or_else(|| twice("parameter", manifest.params.iter().map(|param| &param.name)))
        .or_else(|| twice("topic", manifest.topics.iter().map(|topic| &topic.name)))
        .or_else(|| manifest.topics.iter().find_map(|topic| twice("stage", topic.stages.iter())))
}

fn slot_fault(slot: &SlotAsk) -> Option<String> {
    twice("column", slot.columns.iter().map(|column| &column.name)).or_else(|| ledger_fault(slot))
}

fn ledger_fault(slot: &SlotAsk) -> Option<String> {
    let ledger = slot.ledger.as_ref()?;
    let column = |name: &String| slot.columns.iter().find(|column| column.name == *name);
    let missing = |name: &String| {
        format!("the ledger of slot `{}` names the column `{name}`, which it does not ask for", slot.name)
    };
    let moment = |name: &String| match column(name) {
        None => Some(missing(name)),
        Some(ColumnAsk { kind: Ask::When | Ask::Date | Ask::Instant, .. }) => None,
        Some(_) => {
            Some(format!("the ledger column `{name}` of slot `{}` is no date and no instant", slot.name))
        }
    };
    if ledger.key.is_empty() {
        return Some(format!("the ledger of slot `{}` names no key", slot.name));
    }
    if let Some(name) = slot
        .columns
        .iter()
        .find(|column| [FIRST_PROMISED, MOVES].contains(&column.name.as_str()) && !column.optional)
    {
        return Some(format!(
            "slot `{}` needs the column `{}`, which only the host can add",
            slot.name, name.name
        ));
    }
    let mut needed = ledger.key.iter().chain(&ledger.moved_by);
    needed
        .find(|name| column(name).is_none())
        .map(missing)
        .or_else(|| moment(&ledger.promised))
        .or_else(|| moment(&ledger.kept))
}

fn twice<'a>(what: &str, names: impl Iterator<Item = &'a String>) -> Option<String> {
    let mut seen = BTreeSet::new();
    names
        .into_iter()
        .find(|name| !seen.insert(*name))
        .map(|name| format!("the {what} `{name}` is there twice"))
}
