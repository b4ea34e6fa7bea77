//! How the measures of one run join, and what they replace.
//!
//! Measures are counted anew in every look, so the latest complete look replaces each day that it speaks of,
//! with all groups of that day: a group whose only promise was struck out must not keep its old number. Days
//! that it no longer speaks of stay as they were, because old rows leave a company's tables.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Completeness, Measure, MeasureKey};

/// The measures of one check.
pub type Measures = BTreeMap<MeasureKey, Measure>;

/// A day of one measure: what a look replaces as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Covered {
    pub measure: String,
    /// Days since 1970-01-01.
    pub day: i32,
}

/// What a run said, added up by key.
pub fn add_up(said: impl IntoIterator<Item = (MeasureKey, Measure)>) -> Measures {
    let mut sum = Measures::new();
    for (key, measure) in said {
        let total: &mut Measure = sum.entry(key).or_default();
        *total = total.plus(measure);
    }
    sum
}

/// The days that these measures speak of.
pub fn covered(measures: &Measures) -> BTreeSet<Covered> {
    measures.keys().map(|key| Covered { measure: key.measure.clone(), day: key.day }).collect()
}

/// The measures after a look. Only a complete one counts: another saw a part of each day, or nothing.
pub fn replace(before: Measures, said: Measures, look: &Completeness) -> Measures {
    if *look != Completeness::Complete {
        return before;
    }
    let days = covered(&said);
    let mut after = before;
    after.retain(|key, _| !days.contains(&Covered { measure: key.measure.clone(), day: key.day }));
    after.extend(said);
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measures(rows: &[(&str, i32, u64, u64)]) -> Measures {
        add_up(rows.iter().map(|&(group, day, good, total)| {
            let key = MeasureKey { measure: "kept-first".to_owned(), group: group.to_owned(), day };
            (key, Measure { good, total })
        }))
    }

    #[test]
    fn one_run_adds_up() {
        let said = measures(&[("", 5, 1, 1), ("", 5, 0, 1), ("owner:5", 5, 1, 1)]);
        assert_eq!(said, measures(&[("", 5, 1, 2), ("owner:5", 5, 1, 1)]));
        let most = Measure { good: u64::MAX, total: u64::MAX };
        assert_eq!(most.plus(Measure { good: 1, total: 1 }), most);
    }

    #[test]
    fn a_complete_look_replaces_the_days_that_it_speaks_of() {
        let before = measures(&[("", 5, 3, 4), ("owner:5", 5, 3, 4), ("", 6, 1, 1)]);
        let said = measures(&[("", 5, 4, 4)]);
        let after = replace(before, said, &Completeness::Complete);
        assert_eq!(after, measures(&[("", 5, 4, 4), ("", 6, 1, 1)]));
    }

    #[test]
    fn the_same_look_twice_counts_once() {
        let said = measures(&[("", 5, 3, 4), ("owner:5", 6, 3, 4)]);
        let once = replace(Measures::new(), said.clone(), &Completeness::Complete);
        assert_eq!(replace(once.clone(), said, &Completeness::Complete), once);
    }

    #[test]
    fn a_partial_look_writes_none() {
        let before = measures(&[("", 5, 3, 4)]);
        let after = replace(before.clone(), measures(&[("", 5, 0, 1)]), &Completeness::Partial);
        assert_eq!(after, before);
    }
}
