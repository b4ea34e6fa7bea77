//! Rows in, a batch out: columns grow a value at a time until the batch has its size.

use kaizend_core::rows::{Batch, Column, Kind, TextsBuilder, Value, Values};

use crate::convert::Cell;

/// A batch is handed on once it holds so many bytes …
const FULL_BYTES: usize = 256 << 10;
/// … or so many rows, for rows that weigh nothing.
const FULL_ROWS: usize = 1 << 16;

/// Builds batches of the same columns, one after the other.
#[derive(Debug)]
pub(crate) struct BatchBuilder {
    kinds: Vec<Kind>,
    columns: Vec<ColumnBuilder>,
    rows: usize,
    /// Bytes of the values so far, texts included.
    bytes: usize,
    full_bytes: usize,
}

impl BatchBuilder {
    pub(crate) fn new(kinds: Vec<Kind>) -> Self {
        Self::with_size(kinds, FULL_BYTES)
    }

    pub(crate) fn with_size(kinds: Vec<Kind>, full_bytes: usize) -> Self {
        let columns = kinds.iter().map(|kind| ColumnBuilder::new(*kind, 0, 0)).collect();
        Self { kinds, columns, rows: 0, bytes: 0, full_bytes }
    }

    /// Adds the next value of a column; each column gets one before [`Self::end_row`].
    #[inline]
    pub(crate) fn push(&mut self, column: usize, value: Option<Value<'_>>) {
        self.bytes += self.columns[column].push(value);
    }

    /// Adds a cell that is stored just as its column wants it; `false` when it has to be converted.
    ///
    /// Most cells of a database are such, and conversion costs more than all else that is done with them.
    #[inline]
    pub(crate) fn push_as_stored(&mut self, column: usize, cell: Cell<'_>) -> bool {
        let stored = self.columns[column].push_as_stored(cell);
        self.bytes += stored.unwrap_or(0);
        stored.is_some()
    }

    pub(crate) fn end_row(&mut self) {
        self.rows += 1;
    }

    pub(crate) fn is_full(&self) -> bool {
        self.bytes >= self.full_bytes || self.rows >= FULL_ROWS
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The batch so far; the builder starts the next one, with room for as much again.
    pub(crate) fn take(&mut self) -> Batch {
        let fresh = self.columns.iter().zip(&self.kinds);
        let fresh = fresh
            .map(|(column, kind)| ColumnBuilder::new(*kind, self.rows, column.values.text_bytes()))
            .collect();
        let columns = std::mem::replace(&mut self.columns, fresh);
        self.bytes = 0;
        let len = std::mem::take(&mut self.rows);
        Batch { len, member: 0, columns: columns.into_iter().map(ColumnBuilder::finish).collect() }
    }
}

#[derive(Debug)]
struct ColumnBuilder {
    values: Building,
    /// Made with the first null, so that columns without nulls carry no bitmap.
    nulls: Option<Vec<u8>>,
    len: usize,
}

#[derive(Debug)]
enum Building {
    Text(TextsBuilder),
    Integer(Vec<i64>),
    Real(Vec<f64>),
    Boolean(Vec<u8>),
    Date(Vec<i32>),
    Instant(Vec<i64>),
    Money(Vec<i64>, TextsBuilder),
}

impl ColumnBuilder {
    /// With room for so many rows, and so many bytes of texts.
    fn new(kind: Kind, rows: usize, bytes: usize) -> Self {
        let texts = || TextsBuilder::with_room(rows, bytes);
        let values = match kind {
            Kind::Integer => Building::Integer(Vec::with_capacity(rows)),
            Kind::Real => Building::Real(Vec::with_capacity(rows)),
            Kind::Boolean => Building::Boolean(Vec::with_capacity(rows)),
            Kind::Date => Building::Date(Vec::with_capacity(rows)),
            Kind::Instant => Building::Instant(Vec::with_capacity(rows)),
            Kind::Money => Building::Money(Vec::with_capacity(rows), texts()),
            _ => Building::Text(texts()),
        };
        Self { values, nulls: None, len: 0 }
    }

    /// Adds a value and says how many bytes it takes.
    #[inline]
    fn push(&mut self, value: Option<Value<'_>>) -> usize {
        let row = self.len;
        self.len += 1;
        let Some(value) = value else {
            let nulls = self.nulls.get_or_insert_default();
            nulls.resize(row / 8 + 1, 0);
            nulls[row / 8] |= 1 << (row % 8);
            return self.values.push_filler();
        };
        self.values.push(value)
    }

    /// As [`BatchBuilder::push_as_stored`]; gives the bytes that the cell takes.
    #[inline]
    fn push_as_stored(&mut self, cell: Cell<'_>) -> Option<usize> {
        let size = match (&mut self.values, cell) {
            (_, Cell::Null) => return Some(self.push(None)),
            (Building::Integer(values), Cell::Integer(value)) => push_sized(values, value),
            (Building::Real(values), Cell::Real(value)) => push_sized(values, value),
            (Building::Text(texts), Cell::Text(bytes)) => push_text(texts, std::str::from_utf8(bytes).ok()?),
            _ => return None,
        };
        self.len += 1;
        Some(size)
    }

    fn finish(self) -> Column {
        let nulls = self.nulls.map(|mut bits| {
            bits.resize(self.len.div_ceil(8), 0);
            bits
        });
        Column { values: self.values.finish(), nulls }
    }
}

impl Building {
    #[inline]
    fn push(&mut self, value: Value<'_>) -> usize {
        match (self, value) {
            (Self::Text(texts), Value::Text(text)) => push_text(texts, text),
            (Self::Integer(values), Value::Integer(value)) => push_sized(values, value),
            (Self::Real(values), Value::Real(value)) => push_sized(values, value),
            (Self::Boolean(values), Value::Boolean(value)) => push_sized(values, value.into()),
            (Self::Date(values), Value::Date(value)) => push_sized(values, value),
            (Self::Instant(values), Value::Instant(value)) => push_sized(values, value),
            (Self::Money(units, currencies), Value::Money { minor_units, currency }) => {
                push_sized(units, minor_units) + push_text(currencies, currency)
            }
            _ => unreachable!("a column's converter and its builder are made of one kind"),
        }
    }

    /// Bytes of the texts so far, roughly.
    fn text_bytes(&self) -> usize {
        match self {
            Self::Text(texts) | Self::Money(_, texts) => texts.size(),
            _ => 0,
        }
    }

    fn push_filler(&mut self) -> usize {
        match self {
            Self::Text(texts) => push_text(texts, ""),
            Self::Integer(values) | Self::Instant(values) => push_sized(values, 0),
            Self::Real(values) => push_sized(values, 0.0),
            Self::Boolean(values) => push_sized(values, 0),
            Self::Date(values) => push_sized(values, 0),
            Self::Money(units, currencies) => push_sized(units, 0) + push_text(currencies, ""),
        }
    }

    fn finish(self) -> Values {
        match self {
            Self::Text(texts) => Values::Text(texts.finish()),
            Self::Integer(values) => Values::Integer(values),
            Self::Real(values) => Values::Real(values),
            Self::Boolean(values) => Values::Boolean(values),
            Self::Date(values) => Values::Date(values),
            Self::Instant(values) => Values::Instant(values),
            Self::Money(minor_units, currencies) => {
                Values::Money { minor_units, currencies: currencies.finish() }
            }
        }
    }
}

#[inline]
fn push_text(texts: &mut TextsBuilder, text: &str) -> usize {
    texts.push(text);
    text.len() + size_of::<u32>()
}

#[inline]
fn push_sized<T>(values: &mut Vec<T>, value: T) -> usize {
    values.push(value);
    size_of::<T>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nulls_have_their_bit_and_a_filler() {
        let mut builder = BatchBuilder::new(vec![Kind::Integer, Kind::Text]);
        for row in 0..10 {
            builder.push(0, (row != 9).then_some(Value::Integer(row)));
            builder.push(1, Some(Value::Text("x")));
            builder.end_row();
        }
        let batch = builder.take();
        assert_eq!(batch.columns[0].nulls, Some(vec![0, 0b10]));
        assert_eq!(batch.columns[1].nulls, None);
        assert_eq!((batch.value(0, 8), batch.value(0, 9)), (Some(Value::Integer(8)), None));
        assert_eq!((batch.len, builder.is_empty()), (10, true));
    }

    #[test]
    fn a_batch_is_full_by_bytes_or_by_rows() {
        let mut texts = BatchBuilder::new(vec![Kind::Text]);
        texts.push(0, Some(Value::Text(&"x".repeat(FULL_BYTES))));
        texts.end_row();
        assert!(texts.is_full());
        let mut nothing = BatchBuilder::new(vec![]);
        (0..FULL_ROWS).for_each(|_| nothing.end_row());
        assert!(nothing.is_full());
        assert_eq!(nothing.take().len, FULL_ROWS);
    }
}
