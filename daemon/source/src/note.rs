//! What a reading noticed about the data without failing: an operator should know, nothing is changed.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use kaizend_core::domain::DatasetName;

/// One remark about one column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    pub dataset: DatasetName,
    pub column: String,
    pub what: Noticed,
}

/// What was noticed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Noticed {
    /// Every instant is a midnight of the column's zone: probably a date. It stays an instant.
    LooksLikeDate,
    /// Local times that occurred twice, when clocks went back: the earlier instant was taken.
    Fold { values: u64 },
    /// Local times that never occurred, when clocks went forward: the first valid instant was taken.
    Gap { values: u64 },
    /// The sample took too long, so undeclared columns were described without it.
    SampleCutShort,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { dataset, column, what } = self;
        match what {
            Noticed::LooksLikeDate => write!(
                f,
                "dataset {dataset}: every value of `{column}` is midnight, so it looks like a date; \
                 if it is one, say `{column} = {{ type = \"date\" }}`"
            ),
            Noticed::Fold { values } => write!(
                f,
                "dataset {dataset}: {values} local times of `{column}` occurred twice when clocks went back; \
                 the earlier instant was taken"
            ),
            Noticed::Gap { values } => write!(
                f,
                "dataset {dataset}: {values} local times of `{column}` never occurred, because clocks went \
                 forward; the first valid instant was taken"
            ),
            Noticed::SampleCutShort => write!(
                f,
                "dataset {dataset}: the query took too long to look at a sample; declare the type of `{column}`"
            ),
        }
    }
}

/// What conversions counted in one column.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) folds: u64,
    pub(crate) gaps: u64,
    pub(crate) instants: u64,
    pub(crate) midnights: u64,
}

impl Tally {
    fn noticed(self) -> impl Iterator<Item = Noticed> {
        let date = (self.instants > 0 && self.instants == self.midnights).then_some(Noticed::LooksLikeDate);
        let fold = (self.folds > 0).then_some(Noticed::Fold { values: self.folds });
        let gap = (self.gaps > 0).then_some(Noticed::Gap { values: self.gaps });
        [date, fold, gap].into_iter().flatten()
    }
}

/// The tallies of all streams of a snapshot. A column that is read twice is counted once, by its last reading.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tallies(Arc<Mutex<BTreeMap<(DatasetName, String), Tally>>>);

impl Tallies {
    pub(crate) fn put(&self, dataset: &DatasetName, column: &str, tally: Tally) {
        let mut tallies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tallies.insert((dataset.clone(), column.to_owned()), tally);
    }

    pub(crate) fn notes(&self) -> Vec<Note> {
        let tallies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let notes = tallies.iter().flat_map(|((dataset, column), tally)| {
            tally.noticed().map(move |what| Note { dataset: dataset.clone(), column: column.clone(), what })
        });
        notes.collect()
    }
}
