//! `[people]`: which dataset says who works here.

use kaizend_core::domain::DatasetName;

use super::{known::Known, table::Section, value::Value};

pub(super) const PEOPLE: Section = Section { name: "people", keys: &["dataset"] };

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct People {
    pub dataset: DatasetName,
}

impl People {
    pub(super) fn read(value: &Value<'_>, known: &Known<'_>) -> Option<Self> {
        let table = value.table(&PEOPLE)?;
        let dataset = known.dataset(&table.need("dataset")?)?;
        Some(Self { dataset })
    }
}
