//! `[clients]`: which dataset says who the company's clients are.

use kaizend_core::domain::DatasetName;

use super::{known::Known, table::Section, value::Value};

pub(super) const CLIENTS: Section = Section { name: "clients", keys: &["dataset"] };

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clients {
    pub dataset: DatasetName,
}

impl Clients {
    pub(super) fn read(value: &Value<'_>, known: &Known<'_>) -> Option<Self> {
        let table = value.table(&CLIENTS)?;
        let dataset = known.dataset(&table.need("dataset")?)?;
        Some(Self { dataset })
    }
}
