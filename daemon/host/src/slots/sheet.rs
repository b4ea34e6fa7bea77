//! A batch as it came from a source, checked and completed: in the layout's order, keys canonical, nothing
//! missing where the plugin does not cope with it, and the ledger's columns added.

use std::sync::Arc;

use kaizend_core::{
    domain::Said,
    rows::{Batch, Column, Fault, FaultClass, Kind, Texts, TextsBuilder, Value, Values},
};

use super::{
    layout::{Layout, MemberLayout},
    ledger::{LedgerView, Promises},
};

/// One batch of one member, as the plugin and the host's own columns need it.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) batch: Batch,
    /// How many rows of the dataset came before.
    pub(crate) first_row: u64,
    /// Bytes held.
    pub(crate) size: usize,
    pub(crate) opening: Arc<Layout>,
}

impl Sheet {
    /// Checks `batch` of the layout's member `member`, and says which promises it holds.
    pub(crate) fn fill(
        opening: &Arc<Layout>,
        member: usize,
        first_row: u64,
        batch: Batch,
        ledger: &LedgerView,
    ) -> Result<(Self, Vec<Said>), Fault> {
        let layout = &opening.members[member];
        check_shape(layout, &batch)?;
        let mut columns: Vec<Option<Column>> = vec![None; layout.width];
        for ((column, wanted), &at) in batch.columns.into_iter().zip(&layout.wanted).zip(&layout.place) {
            let is_key = opening.shown.get(at).is_some_and(|shown| shown.is_key);
            columns[at] = Some(canonical(column, wanted.kind, is_key));
        }
        let len = batch.len;
        let fillers = opening.shown.iter().map(|shown| shown.kind).chain(std::iter::repeat(None));
        let columns = columns
            .into_iter()
            .zip(fillers)
            .map(|(column, kind)| column.unwrap_or_else(|| absent(kind, len)));
        let batch = Batch { len, member: member as u32, columns: columns.collect() };
        let mut sheet = Self { batch, first_row, size: 0, opening: Arc::clone(opening) };
        sheet.check_nulls()?;
        let Promises { columns, said } = ledger.promises(layout, &sheet);
        for (at, column) in columns {
            sheet.batch.columns[at] = column;
        }
        sheet.size = sheet.batch.size();
        Ok((sheet, said))
    }

    pub(crate) fn layout(&self) -> &MemberLayout {
        &self.opening.members[self.batch.member as usize]
    }

    /// Canonical texts of some columns in a row; an empty text stands for a null.
    pub(crate) fn texts_of(&self, columns: &[usize], row: usize) -> Vec<String> {
        let text = |&at: &usize| self.batch.value(at, row).map(|value| value.canonical().into_owned());
        columns.iter().map(|at| text(at).unwrap_or_default()).collect()
    }

    /// `the dataset `promises`, row 17 (key 10248)`, for messages.
    pub(crate) fn row_name(&self, row: usize) -> String {
        let number = self.first_row + row as u64 + 1;
        let layout = self.layout();
        if layout.key.is_empty() {
            return format!("the dataset `{}`, row {number}", layout.dataset);
        }
        let key = self.texts_of(&layout.key, row).join(", ");
        format!("the dataset `{}`, row {number} (key {key})", layout.dataset)
    }

    fn check_nulls(&self) -> Result<(), Fault> {
        let layout = self.layout();
        for (at, shown) in self.opening.shown.iter().enumerate() {
            if shown.nullable || !layout.place.contains(&at) {
                continue;
            }
            let column = &self.batch.columns[at];
            if let Some(row) = first_null(column, self.batch.len) {
                return Err(Fault::new(
                    FaultClass::Value,
                    format!(
                        "{}: the column `{}` is empty, and the slot `{}` needs it in each row: fill it in, or leave \
                         such rows out of the query",
                        self.row_name(row),
                        shown.name,
                        self.opening.slot
                    ),
                ));
            }
        }
        Ok(())
    }
}

fn first_null(column: &Column, len: usize) -> Option<usize> {
    column.nulls.as_ref()?;
    (0..len).find(|&row| column.is_null(row))
}

/// A reader that does not keep its promise is reported, not trusted.
fn check_shape(layout: &MemberLayout, batch: &Batch) -> Result<(), Fault> {
    let fault =
        |class, what: String| Err(Fault::new(class, format!("the dataset `{}` {what}", layout.dataset)));
    if batch.columns.len() != layout.wanted.len() {
        let (came, asked) = (batch.columns.len(), layout.wanted.len());
        return fault(FaultClass::Column, format!("came with {came} columns where {asked} were asked for"));
    }
    for (column, wanted) in batch.columns.iter().zip(&layout.wanted) {
        let kind = column.values.kind();
        if kind != wanted.kind && !(kind == Kind::Integer && wanted.kind == Kind::Text) {
            let name = &wanted.name;
            return fault(
                FaultClass::Column,
                format!("delivered the column `{name}` as {kind} where {} was asked for", wanted.kind),
            );
        }
        let nulls = column.nulls.as_ref().map_or(usize::MAX, Vec::len);
        if column.values.len() != batch.len || nulls < batch.len.div_ceil(8) {
            return fault(
                FaultClass::Damaged,
                format!("delivered a column `{}` of another length than its batch", wanted.name),
            );
        }
    }
    Ok(())
}

/// Integers that were asked for as text become decimal; a key's uuids become lower case.
fn canonical(column: Column, wanted: Kind, is_key: bool) -> Column {
    let texts = match &column.values {
        Values::Integer(values) if wanted == Kind::Text => {
            values.iter().map(|value| Value::Integer(*value).canonical()).collect::<Texts>()
        }
        Values::Text(texts) if is_key && (0..texts.len()).any(|row| is_long_as_uuid(texts, row)) => {
            let mut builder = TextsBuilder::default();
            (0..texts.len()).for_each(|row| builder.push(&Value::Text(texts.get(row)).canonical()));
            builder.finish()
        }
        _ => return column,
    };
    Column { values: Values::Text(texts), nulls: column.nulls }
}

/// Spares almost all keys the closer look.
fn is_long_as_uuid(texts: &Texts, row: usize) -> bool {
    texts.offsets[row + 1] - texts.offsets[row] == 36
}

/// A column of nulls, for one that this member lacks; without values when no member has it, as it is never read.
pub(super) fn absent(kind: Option<Kind>, len: usize) -> Column {
    let texts = || Texts { offsets: vec![0; len + 1], bytes: Vec::new() };
    let values = match kind {
        None => return Column { values: Values::Boolean(Vec::new()), nulls: None },
        Some(Kind::Integer) => Values::Integer(vec![0; len]),
        Some(Kind::Real) => Values::Real(vec![0.0; len]),
        Some(Kind::Boolean) => Values::Boolean(vec![0; len]),
        Some(Kind::Date) => Values::Date(vec![0; len]),
        Some(Kind::Instant) => Values::Instant(vec![0; len]),
        Some(Kind::Money) => Values::Money { minor_units: vec![0; len], currencies: texts() },
        Some(_) => Values::Text(texts()),
    };
    Column { values, nulls: Some(vec![0xff; len.div_ceil(8)]) }
}
