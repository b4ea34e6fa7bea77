//! Whether the datasets that the operator bound are what the manifest asks for, decided before any code runs.

use std::collections::BTreeMap;

use kaizend_core::rows::{ColumnAsk, Kind, Manifest, SlotAsk};

use crate::{
    Binding, Member,
    inspect::{FIRST_PROMISED, MOVES},
    run::Stop,
};

/// A slot of the manifest with what is bound to it; no members when it is optional and unbound.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub(crate) ask: SlotAsk,
    pub(crate) members: Vec<Member>,
    /// The kind that each column of `ask` is delivered as, in all members; `None` where no member has it.
    pub(crate) kinds: Vec<Option<Kind>>,
}

/// Fits each slot of the manifest with its binding.
pub(crate) fn bind(
    manifest: &Manifest,
    mut bindings: BTreeMap<String, Binding>,
) -> Result<BTreeMap<String, Slot>, Stop> {
    let mut slots = BTreeMap::new();
    for ask in &manifest.slots {
        let members = bindings.remove(&ask.name).unwrap_or_default().members;
        slots.insert(ask.name.clone(), Slot::bind(ask, members)?);
    }
    match bindings.into_keys().next() {
        None => Ok(slots),
        Some(name) => Err(Stop::binding(format!("the plugin `{}` has no slot `{name}`", manifest.id))),
    }
}

impl Slot {
    fn bind(ask: &SlotAsk, members: Vec<Member>) -> Result<Self, Stop> {
        match members.len() {
            0 if !ask.optional => {
                return Err(Stop::binding(format!("no dataset is bound to the slot `{}`", ask.name)));
            }
            2.. if !ask.list => {
                return Err(Stop::binding(format!(
                    "the slot `{}` takes one dataset, and {} are bound",
                    ask.name,
                    members.len()
                )));
            }
            _ => {}
        }
        let kinds =
            ask.columns.iter().map(|column| shared_kind(ask, column, &members)).collect::<Result<_, _>>()?;
        Ok(Self { ask: ask.clone(), members, kinds })
    }

    /// The position of a column in the manifest's slot.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.ask.columns.iter().position(|column| column.name == name)
    }

    /// Whether the host adds this column from the ledger.
    pub(crate) fn is_virtual(&self, name: &str) -> bool {
        is_virtual(&self.ask, name)
    }
}

fn is_virtual(ask: &SlotAsk, name: &str) -> bool {
    ask.ledger.is_some() && (name == FIRST_PROMISED || name == MOVES)
}

/// The one kind that all members deliver a column as.
fn shared_kind(slot: &SlotAsk, column: &ColumnAsk, members: &[Member]) -> Result<Option<Kind>, Stop> {
    if is_virtual(slot, &column.name) {
        return Ok(None);
    }
    let mut shared: Option<(Kind, &Member)> = None;
    for member in members {
        let Some(kind) = kind_in(slot, column, member)? else { continue };
        match shared {
            Some((before, other)) if before != kind => {
                return Err(Stop::binding(format!(
                    "the column `{}` of slot `{}` is {before} in the dataset `{}` and {kind} in `{}`: give both the \
                     same type under `columns`",
                    column.name, slot.name, other.dataset, member.dataset
                )));
            }
            Some(_) => {}
            None => shared = Some((kind, member)),
        }
    }
    Ok(shared.map(|(kind, _)| kind))
}

fn kind_in(slot: &SlotAsk, column: &ColumnAsk, member: &Member) -> Result<Option<Kind>, Stop> {
    let Some(field) = member.columns.iter().find(|field| field.name == column.name) else {
        if column.optional {
            return Ok(None);
        }
        let there: Vec<&str> = member.columns.iter().map(|field| field.name.as_str()).take(40).collect();
        return Err(Stop::binding(format!(
            "the dataset `{}` has no column `{}`, which the slot `{}` needs; it has {}",
            member.dataset,
            column.name,
            slot.name,
            there.join(", ")
        )));
    };
    match column.kind.resolve(field.kind) {
        Some(kind) => Ok(Some(kind)),
        None => Err(Stop::binding(format!(
            "the column `{}` of dataset `{}` is {}, and the slot `{}` asks for {}: choose another column, or say \
             its type under `columns`",
            column.name,
            member.dataset,
            field.kind.map_or("of unknown type", Kind::name),
            slot.name,
            column.kind
        ))),
    }
}
