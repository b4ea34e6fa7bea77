//! What a plugin holds: some consecutive rows of one sheet, and the ways to copy its columns out.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use kaizend_core::{
    domain::{Fact, RowRef},
    rows::{Kind, Texts, Values},
};

use super::{layout::MemberLayout, sheet::Sheet};
use crate::run::Stop;

/// A resource of the plugin: `batch` in the contract.
#[derive(Clone, Debug)]
#[expect(unreachable_pub, reason = "the generated bindings re-export it as public within this room")]
pub struct Page {
    sheet: Arc<Sheet>,
    rows: Range<usize>,
}

/// What identifies a row, what routes can match, and what the operator wants shown of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct NamedRow {
    /// `None` when its dataset has no key.
    pub(crate) key: Option<RowRef>,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) evidence: Vec<(String, Fact)>,
}

impl Page {
    pub(crate) fn new(sheet: Arc<Sheet>, rows: Range<usize>) -> Self {
        Self { sheet, rows }
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn member(&self) -> u32 {
        self.sheet.batch.member
    }

    /// Bytes that the page keeps alive; pages of one sheet share them.
    pub(crate) fn size(&self) -> usize {
        self.sheet.size
    }

    /// `dataset` and its rows, counted from 1, for messages.
    pub(crate) fn place(&self) -> String {
        let first = self.sheet.first_row + self.rows.start as u64;
        format!(
            "rows {} to {} of the dataset `{}`",
            first + 1,
            first + self.rows.len() as u64,
            self.layout().dataset
        )
    }

    /// The bitmap of nulls in a column, `None` when it has none.
    pub(crate) fn nulls(&self, column: u32) -> Result<Option<Vec<u8>>, Stop> {
        let at = self.column(column)?;
        let Some(nulls) = &self.sheet.batch.columns[at].nulls else { return Ok(None) };
        if self.rows.start.is_multiple_of(8) {
            let bytes = self.rows.start / 8..self.rows.end.div_ceil(8);
            return Ok(Some(nulls[bytes].to_vec()));
        }
        let mut bits = vec![0; self.rows.len().div_ceil(8)];
        for (to, from) in self.rows.clone().enumerate() {
            bits[to / 8] |= (nulls[from / 8] >> (from % 8) & 1) << (to % 8);
        }
        Ok(Some(bits))
    }

    pub(crate) fn texts(&self, column: u32) -> Result<Texts, Stop> {
        match self.values(column)? {
            Values::Text(texts) => Ok(self.cut(texts)),
            other => Err(self.other_kind(column, Kind::Text, other)),
        }
    }

    pub(crate) fn integers(&self, column: u32) -> Result<Vec<i64>, Stop> {
        match self.values(column)? {
            Values::Integer(values) => Ok(values[self.rows.clone()].to_vec()),
            other => Err(self.other_kind(column, Kind::Integer, other)),
        }
    }

    pub(crate) fn reals(&self, column: u32) -> Result<Vec<f64>, Stop> {
        match self.values(column)? {
            Values::Real(values) => Ok(values[self.rows.clone()].to_vec()),
            other => Err(self.other_kind(column, Kind::Real, other)),
        }
    }

    pub(crate) fn booleans(&self, column: u32) -> Result<Vec<u8>, Stop> {
        match self.values(column)? {
            Values::Boolean(values) => Ok(values[self.rows.clone()].to_vec()),
            other => Err(self.other_kind(column, Kind::Boolean, other)),
        }
    }

    pub(crate) fn dates(&self, column: u32) -> Result<Vec<i32>, Stop> {
        match self.values(column)? {
            Values::Date(values) => Ok(values[self.rows.clone()].to_vec()),
            other => Err(self.other_kind(column, Kind::Date, other)),
        }
    }

    pub(crate) fn instants(&self, column: u32) -> Result<Vec<i64>, Stop> {
        match self.values(column)? {
            Values::Instant(values) => Ok(values[self.rows.clone()].to_vec()),
            other => Err(self.other_kind(column, Kind::Instant, other)),
        }
    }

    pub(crate) fn minor_units(&self, column: u32) -> Result<Vec<i64>, Stop> {
        match self.values(column)? {
            Values::Money { minor_units, .. } => Ok(minor_units[self.rows.clone()].to_vec()),
            other => Err(self.other_kind(column, Kind::Money, other)),
        }
    }

    pub(crate) fn currencies(&self, column: u32) -> Result<Texts, Stop> {
        match self.values(column)? {
            Values::Money { currencies, .. } => Ok(self.cut(currencies)),
            other => Err(self.other_kind(column, Kind::Money, other)),
        }
    }

    /// The row `index` of this page.
    pub(crate) fn row(&self, index: u32) -> Result<NamedRow, Stop> {
        let row = self.rows.start + index as usize;
        if row >= self.rows.end {
            return Err(Stop::plugin(format!(
                "the plugin names row {index} of a batch that has {}",
                self.rows.len()
            )));
        }
        let key = self.sheet.texts_of(&self.layout().key, row);
        let labels = self.layout().labels.iter().filter_map(|(name, at)| {
            let value = self.sheet.batch.value(*at, row)?;
            Some((name.clone(), value.canonical().into_owned()))
        });
        let evidence = self.layout().evidence.iter().filter_map(|(name, at)| {
            let value = self.sheet.batch.value(*at, row)?;
            Some((name.clone(), Fact::of(&value)))
        });
        let key = (!key.is_empty()).then(|| RowRef { dataset: self.layout().dataset.clone(), key });
        Ok(NamedRow { key, labels: labels.collect(), evidence: evidence.collect() })
    }

    fn layout(&self) -> &MemberLayout {
        self.sheet.layout()
    }

    fn values(&self, column: u32) -> Result<&Values, Stop> {
        Ok(&self.sheet.batch.columns[self.column(column)?].values)
    }

    fn column(&self, column: u32) -> Result<usize, Stop> {
        let shown = &self.sheet.opening.shown;
        match shown.get(column as usize) {
            Some(shown) if shown.kind.is_some() => Ok(column as usize),
            Some(shown) => Err(Stop::plugin(format!(
                "the plugin reads the column `{}` of slot `{}`, which no bound dataset has (its kind is `absent`)",
                shown.name, self.sheet.opening.slot
            ))),
            None => Err(Stop::plugin(format!(
                "the plugin reads column {column} of slot `{}`, of which it opened {}",
                self.sheet.opening.slot,
                shown.len()
            ))),
        }
    }

    fn other_kind(&self, column: u32, read_as: Kind, holds: &Values) -> Stop {
        Stop::plugin(format!(
            "the plugin reads the column `{}` of slot `{}` as {read_as}, and it holds {}",
            self.sheet.opening.shown[column as usize].name,
            self.sheet.opening.slot,
            holds.kind()
        ))
    }

    fn cut(&self, texts: &Texts) -> Texts {
        if self.rows == (0..texts.len()) {
            return texts.clone();
        }
        let offsets = &texts.offsets[self.rows.start..=self.rows.end];
        let (from, to) = (offsets[0], offsets[offsets.len() - 1]);
        Texts {
            offsets: offsets.iter().map(|offset| offset - from).collect(),
            bytes: texts.bytes[from as usize..to as usize].to_vec(),
        }
    }
}
