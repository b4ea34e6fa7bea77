//! People who lead each other: a slip in the data that would send a ladder round for ever.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Person, PersonId};

/// Each circle of managers once, from its smallest id on, which comes again at the end: `a, b, a`.
///
/// Every person is walked over once, however long the chains are. Whoever is only below a circle is in none.
pub(super) fn circles(people: &BTreeMap<PersonId, Person>) -> Vec<Vec<PersonId>> {
    let mut settled: BTreeSet<&PersonId> = BTreeSet::new();
    let mut found = Vec::new();
    for start in people.keys() {
        let mut walk: Vec<&PersonId> = Vec::new();
        let mut met: BTreeMap<&PersonId, usize> = BTreeMap::new();
        let mut at = Some(start);
        while let Some(id) = at.filter(|id| !settled.contains(*id)) {
            if let Some(begin) = met.insert(id, walk.len()) {
                found.push(closed(&walk[begin..]));
                break;
            }
            walk.push(id);
            at = people.get(id).and_then(|person| person.manager.as_ref());
        }
        settled.extend(walk);
    }
    found
}

fn closed(circle: &[&PersonId]) -> Vec<PersonId> {
    let smallest = circle.iter().enumerate().min_by_key(|(_, id)| **id).map_or(0, |(at, _)| at);
    let once = circle.iter().cycle().skip(smallest);
    once.take(circle.len() + 1).map(|id| (*id).clone()).collect()
}
