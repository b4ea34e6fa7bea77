//! `[people]`: which datasets say who works here, and who is away.

use kaizend_core::domain::DatasetName;

use super::{known::Known, table::Section, value::Value};

pub(super) const PEOPLE: Section = Section { name: "people", keys: &["dataset", "absences"] };

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct People {
    pub dataset: DatasetName,
    /// A list of absences, for companies that do not keep them with the people.
    pub absences: Option<DatasetName>,
}

impl People {
    pub(super) fn read(value: &Value<'_>, known: &Known<'_>) -> Option<Self> {
        let table = value.table(&PEOPLE)?;
        let dataset = table.need("dataset").and_then(|value| known.dataset(&value));
        let absences = table.get("absences").and_then(|value| known.dataset(&value));
        Some(Self { dataset: dataset?, absences })
    }
}
