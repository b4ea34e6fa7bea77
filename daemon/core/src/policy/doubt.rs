//! Whether a look that went through can be believed, judged by how many rows it read and how new they are.
//!
//! A table that is suddenly empty or half gone is more often a broken import than a miracle, and one in which nothing is
//! new any more shows a company of last week. Such a look is *could not look*: it decides nothing, and the operators
//! hear of it once.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::calendar::Calendar;
use crate::domain::{CheckMemory, Completeness, Doubt, Span};

/// What the operator expects of one dataset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowBounds {
    /// Fewer rows than this are doubtful.
    pub min: u64,
    /// The share of the last complete look that may be missing: 0.5 makes fewer than half doubtful; 1 lets
    /// the dataset shrink to nothing.
    pub shrink_at_most: f64,
}

impl Default for RowBounds {
    fn default() -> Self {
        Self { min: 0, shrink_at_most: 0.5 }
    }
}

/// How new a dataset was when it was read, and how new it has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newest {
    pub column: String,
    /// The end of the day, where the column holds days.
    pub at: Timestamp,
    pub within: Span,
}

impl Newest {
    /// Why the dataset is too old at `now` to say how things stand. Spans of working days are the company's.
    pub fn stale(&self, now: Timestamp, calendar: &Calendar) -> Option<Doubt> {
        (calendar.add(self.at, self.within) < now).then(|| Doubt::Stale {
            column: self.column.clone(),
            newest: self.at,
            within: self.within,
        })
    }
}

/// Judges a look that went through. `rows` are the rows read and `bounds` the operator's, both by `slot` or
/// `slot/dataset` as in [`crate::domain::CompleteLook`]; a dataset without bounds has the default ones. `stale`, by the same
/// names, are the datasets that are too old.
///
/// Under another question the numbers may differ; only where rows came before and none come now does even a
/// new question look like a broken one.
pub fn judge(
    memory: &CheckMemory,
    question: &str,
    rows: &BTreeMap<String, u64>,
    bounds: &BTreeMap<String, RowBounds>,
    stale: BTreeMap<String, Doubt>,
    partial: bool,
) -> Completeness {
    if partial {
        return Completeness::Partial;
    }
    let before = memory.last_complete.as_ref().map(|look| &look.rows);
    let same_question = memory.question.as_deref() == Some(question);
    let doubt = rows.iter().find_map(|(slot, &rows)| {
        let before = before.and_then(|before| before.get(slot)).copied().unwrap_or(0);
        let bounds = bounds.get(slot).copied().unwrap_or_default();
        doubt(rows, before, bounds, same_question).map(|doubt| (slot.clone(), doubt))
    });
    match doubt.or_else(|| stale.into_iter().next()) {
        Some((slot, doubt)) => Completeness::Doubtful { slot, doubt },
        None => Completeness::Complete,
    }
}

fn doubt(rows: u64, before: u64, bounds: RowBounds, same_question: bool) -> Option<Doubt> {
    let least = before as f64 * (1.0 - bounds.shrink_at_most);
    if rows == 0 && before > 0 && bounds.shrink_at_most < 1.0 {
        Some(Doubt::Empty { before })
    } else if rows < bounds.min {
        Some(Doubt::TooFew { rows, min: bounds.min })
    } else if same_question && (rows as f64) < least {
        Some(Doubt::Shrunk { rows, before })
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CompleteLook, RunId};
    use jiff::Timestamp;

    fn rows(rows: u64) -> BTreeMap<String, u64> {
        BTreeMap::from([("promises".to_owned(), rows)])
    }

    fn memory(before: Option<u64>) -> CheckMemory {
        let look = |before| CompleteLook { run: RunId(1), at: Timestamp::UNIX_EPOCH, rows: rows(before) };
        CheckMemory {
            question: before.map(|_| "same".to_owned()),
            last_complete: before.map(look),
            cannot_look: None,
        }
    }

    #[test]
    fn a_look_is_judged_by_its_rows() {
        let default = RowBounds::default();
        let min = |min| RowBounds { min, ..default };
        let shrink = |shrink_at_most| RowBounds { shrink_at_most, ..default };
        for (name, before, read, bounds, doubt) in [
            ("the first look", None, 0, default, None),
            ("the first look of too few", None, 3, min(10), Some(Doubt::TooFew { rows: 3, min: 10 })),
            ("as many as before", Some(830), 830, default, None),
            ("more than before", Some(830), 9000, default, None),
            ("exactly half", Some(830), 415, default, None),
            ("fewer than half", Some(830), 414, default, Some(Doubt::Shrunk { rows: 414, before: 830 })),
            ("none where there were some", Some(830), 0, default, Some(Doubt::Empty { before: 830 })),
            ("the only row is gone", Some(1), 0, default, Some(Doubt::Empty { before: 1 })),
            ("none where there were none", Some(0), 0, default, None),
            ("a strict dataset", Some(100), 94, shrink(0.05), Some(Doubt::Shrunk { rows: 94, before: 100 })),
            ("a strict dataset within its bound", Some(100), 95, shrink(0.05), None),
            ("a table that may be emptied", Some(100), 0, shrink(1.0), None),
            ("fewer than the minimum", Some(12), 9, min(10), Some(Doubt::TooFew { rows: 9, min: 10 })),
        ] {
            let bounds = BTreeMap::from([("promises".to_owned(), bounds)]);
            let expected = doubt.map_or(Completeness::Complete, |doubt| Completeness::Doubtful {
                slot: "promises".to_owned(),
                doubt,
            });
            assert_eq!(
                judge(&memory(before), "same", &rows(read), &bounds, BTreeMap::new(), false),
                expected,
                "{name}"
            );
        }
    }

    #[test]
    fn another_question_may_read_fewer_rows_but_not_none() {
        let judge = |read| {
            judge(&memory(Some(830)), "another", &rows(read), &BTreeMap::new(), BTreeMap::new(), false)
        };
        assert_eq!(judge(10), Completeness::Complete);
        assert!(matches!(judge(0), Completeness::Doubtful { doubt: Doubt::Empty { before: 830 }, .. }));
    }

    #[test]
    fn a_partial_look_reads_few_rows_by_its_nature() {
        let look = judge(&memory(Some(830)), "same", &rows(0), &BTreeMap::new(), BTreeMap::new(), true);
        assert_eq!(look, Completeness::Partial);
    }

    #[test]
    fn one_doubtful_dataset_makes_the_look_doubtful() {
        let two = |orders, calls| {
            BTreeMap::from([("touches/calls".to_owned(), calls), ("touches/orders".to_owned(), orders)])
        };
        let mut memory = memory(Some(1));
        memory.last_complete.as_mut().unwrap().rows = two(100, 100);
        let look = judge(&memory, "same", &two(100, 0), &BTreeMap::new(), BTreeMap::new(), false);
        let Completeness::Doubtful { slot, .. } = look else { panic!("{look:?}") };
        assert_eq!(slot, "touches/calls");
    }

    #[test]
    fn a_dataset_in_which_nothing_is_new_cannot_say_how_things_stand() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let calendar = Calendar::office(jiff::tz::TimeZone::UTC);
        // The last entry is of Friday noon.
        let newest = |within: &str| Newest {
            column: "updated".to_owned(),
            at: at("2026-11-20T12:00:00Z"),
            within: within.parse().unwrap(),
        };
        for (name, within, now, stale) in [
            ("within the span", "26h", "2026-11-21T14:00:00Z", false),
            ("a second more", "26h", "2026-11-21T14:00:01Z", true),
            ("a weekend is not waited for", "1 working day", "2026-11-23T12:00:00Z", false),
            ("the whole working day is over", "1 working day", "2026-11-24T12:00:00Z", true),
        ] {
            let newest = newest(within);
            let doubt = newest.stale(at(now), &calendar);
            assert_eq!(doubt.is_some(), stale, "{name}");
            let stale: BTreeMap<_, _> =
                doubt.into_iter().map(|doubt| ("promises".to_owned(), doubt)).collect();
            let look = judge(&memory(Some(3)), "same", &rows(3), &BTreeMap::new(), stale.clone(), false);
            assert_eq!(look == Completeness::Complete, stale.is_empty(), "{name}");
            // That rows are gone is the better reason.
            let look = judge(&memory(Some(3)), "same", &rows(0), &BTreeMap::new(), stale, false);
            assert!(
                matches!(look, Completeness::Doubtful { doubt: Doubt::Empty { .. }, .. }),
                "{name}: {look:?}"
            );
        }
    }
}
