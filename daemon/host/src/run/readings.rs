//! How much of each dataset a run has read, and whether to its end.

use std::collections::{BTreeMap, BTreeSet};

use kaizend_core::domain::DatasetName;

use crate::slots::Slot;

/// By slot, then by member. A slot that is opened twice counts its longest reading.
#[derive(Debug, Default)]
pub(crate) struct Readings(BTreeMap<String, Vec<MemberReading>>);

#[derive(Clone, Debug, Default)]
struct MemberReading {
    rows: u64,
    opened: bool,
    ended: bool,
}

impl Readings {
    pub(crate) fn new(slots: &BTreeMap<String, Slot>) -> Self {
        let members = |slot: &Slot| vec![MemberReading::default(); slot.members.len()];
        Self(slots.iter().map(|(name, slot)| (name.clone(), members(slot))).collect())
    }

    pub(crate) fn opened(&mut self, slot: &str) {
        self.0.get_mut(slot).into_iter().flatten().for_each(|member| member.opened = true);
    }

    /// One opening has now read `rows` rows of a member.
    pub(crate) fn read(&mut self, slot: &str, member: usize, rows: u64) {
        if let Some(member) = self.member(slot, member) {
            member.rows = member.rows.max(rows);
        }
    }

    pub(crate) fn ended(&mut self, slot: &str, member: usize) {
        if let Some(member) = self.member(slot, member) {
            member.ended = true;
        }
    }

    /// Whether the promises among these rows have all been told.
    pub(crate) fn has_ended(&self, slot: &str, member: usize) -> bool {
        self.0.get(slot).and_then(|members| members.get(member)).is_some_and(|member| member.ended)
    }

    pub(crate) fn rows(&self, slots: &BTreeMap<String, Slot>) -> BTreeMap<String, u64> {
        self.each(slots)
            .filter(|(_, _, reading)| reading.opened)
            .map(|(slot, at, reading)| {
                let name = &slot.ask.name;
                match slot.members.len() {
                    1 => (name.clone(), reading.rows),
                    _ => (format!("{name}/{}", slot.members[at].dataset), reading.rows),
                }
            })
            .collect()
    }

    /// The datasets read to their end; where a dataset holds promises, the slot that says so decides.
    pub(crate) fn ended_datasets(&self, slots: &BTreeMap<String, Slot>) -> Vec<DatasetName> {
        let promises = |dataset: &DatasetName| {
            let bound = |slot: &Slot| slot.members.iter().any(|member| member.dataset == *dataset);
            slots.values().any(|slot| slot.ask.ledger.is_some() && bound(slot))
        };
        let ended = self.each(slots).filter(|(_, _, reading)| reading.ended).filter_map(|(slot, at, _)| {
            let dataset = &slot.members[at].dataset;
            (slot.ask.ledger.is_some() || !promises(dataset)).then(|| dataset.clone())
        });
        ended.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Whether an opened dataset holds only what is new.
    pub(crate) fn partial(&self, slots: &BTreeMap<String, Slot>) -> bool {
        self.each(slots).any(|(slot, at, reading)| reading.opened && slot.members[at].partial)
    }

    fn each<'a>(
        &'a self,
        slots: &'a BTreeMap<String, Slot>,
    ) -> impl Iterator<Item = (&'a Slot, usize, &'a MemberReading)> {
        self.0.iter().filter_map(|(name, members)| Some((slots.get(name)?, members))).flat_map(
            |(slot, members)| members.iter().enumerate().map(move |(at, reading)| (slot, at, reading)),
        )
    }

    fn member(&mut self, slot: &str, member: usize) -> Option<&mut MemberReading> {
        self.0.get_mut(slot)?.get_mut(member)
    }
}
