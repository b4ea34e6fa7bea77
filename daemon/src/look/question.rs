//! The digest of what a check asks, from its configuration.

use std::collections::BTreeMap;

use kaizend_core::policy::question::{Bound, Question};

use crate::{config::Check, rooms::Rooms};

/// Another digest is another question: what its first look meets was already wrong.
pub(super) fn digest(rooms: &Rooms, check: &Check) -> String {
    let manifest = rooms.plugin(check).manifest();
    let datasets: Vec<_> = check
        .datasets
        .iter()
        .flat_map(|(slot, names)| names.iter().map(move |name| (slot.as_str(), rooms.dataset(name))))
        .map(|(slot, dataset)| (slot, dataset, dataset.question_query(), dataset.question_columns()))
        .collect();
    let mut slots: BTreeMap<&str, Vec<Bound<'_>>> = BTreeMap::new();
    for (slot, dataset, query, columns) in &datasets {
        slots.entry(slot).or_default().push(Bound {
            dataset: &dataset.name,
            query,
            key: &dataset.key,
            columns,
        });
    }
    Question { plugin: &manifest.id, version: &manifest.version, params: &check.params, slots }.digest()
}
