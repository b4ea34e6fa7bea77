//! A batch: some rows of a dataset, a column at a time, in the shape that crosses into a plugin without
//! being rebuilt (see `plugin-sdk/wit/check.wit`).

use super::{Kind, Value};

/// Texts of one column: `offsets` has one entry more than there are rows; `bytes` is UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    pub offsets: Vec<u32>,
    pub bytes: Vec<u8>,
}

/// The values of one column. A null has a filler here (0, empty) and its bit set in [`Column::nulls`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Values {
    Text(Texts),
    Integer(Vec<i64>),
    Real(Vec<f64>),
    /// 0 or 1.
    Boolean(Vec<u8>),
    /// Days since 1970-01-01.
    Date(Vec<i32>),
    /// Microseconds since 1970-01-01T00:00:00Z.
    Instant(Vec<i64>),
    Money {
        minor_units: Vec<i64>,
        currencies: Texts,
    },
}

/// One column of a batch. `nulls` is an LSB-first bitmap, 1 = null; `None` when nothing is null.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub values: Values,
    pub nulls: Option<Vec<u8>>,
}

/// Some rows. `columns` are in the order of the request that asked for them.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    pub len: usize,
    /// Which dataset of a slot that binds several (an index into the binding's list).
    pub member: u32,
    pub columns: Vec<Column>,
}

impl Texts {
    pub fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text of a row. Invalid UTF-8 cannot occur: sources refuse it while reading.
    pub fn get(&self, row: usize) -> &str {
        std::str::from_utf8(self.get_bytes(row)).unwrap_or_default()
    }

    /// The bytes of that text: what order goes by, and cheaper than the text where it is all that is needed.
    pub fn get_bytes(&self, row: usize) -> &[u8] {
        &self.bytes[self.offsets[row] as usize..self.offsets[row + 1] as usize]
    }
}

impl<T: AsRef<str>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let mut builder = TextsBuilder::default();
        for text in texts {
            builder.push(text.as_ref());
        }
        builder.finish()
    }
}

/// Builds [`Texts`] a row at a time.
#[derive(Debug)]
pub struct TextsBuilder(Texts);

impl Default for TextsBuilder {
    fn default() -> Self {
        Self(Texts { offsets: vec![0], bytes: Vec::new() })
    }
}

impl TextsBuilder {
    /// A builder with room for so many texts of so many bytes together.
    pub fn with_room(texts: usize, bytes: usize) -> Self {
        let mut offsets = Vec::with_capacity(texts + 1);
        offsets.push(0);
        Self(Texts { offsets, bytes: Vec::with_capacity(bytes) })
    }

    #[inline]
    pub fn push(&mut self, text: &str) {
        self.0.bytes.extend_from_slice(text.as_bytes());
        self.0.offsets.push(self.0.bytes.len() as u32);
    }

    /// Bytes held so far.
    pub fn size(&self) -> usize {
        self.0.bytes.len() + 4 * self.0.offsets.len()
    }

    pub fn finish(self) -> Texts {
        self.0
    }
}

impl Values {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Integer(_) => Kind::Integer,
            Self::Real(_) => Kind::Real,
            Self::Boolean(_) => Kind::Boolean,
            Self::Date(_) => Kind::Date,
            Self::Instant(_) => Kind::Instant,
            Self::Money { .. } => Kind::Money,
        }
    }

    pub fn len(&self) -> usize {
        match self {
            Self::Text(texts) => texts.len(),
            Self::Integer(values) | Self::Instant(values) => values.len(),
            Self::Real(values) => values.len(),
            Self::Boolean(values) => values.len(),
            Self::Date(values) => values.len(),
            Self::Money { minor_units, .. } => minor_units.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Column {
    pub fn is_null(&self, row: usize) -> bool {
        self.nulls.as_ref().is_some_and(|bits| bits[row / 8] & (1 << (row % 8)) != 0)
    }

    /// The value of a row; `None` for a null.
    pub fn value(&self, row: usize) -> Option<Value<'_>> {
        if self.is_null(row) {
            return None;
        }
        Some(match &self.values {
            Values::Text(texts) => Value::Text(texts.get(row)),
            Values::Integer(values) => Value::Integer(values[row]),
            Values::Real(values) => Value::Real(values[row]),
            Values::Boolean(values) => Value::Boolean(values[row] != 0),
            Values::Date(values) => Value::Date(values[row]),
            Values::Instant(values) => Value::Instant(values[row]),
            Values::Money { minor_units, currencies } => {
                Value::Money { minor_units: minor_units[row], currency: currencies.get(row) }
            }
        })
    }
}

impl Batch {
    pub fn value(&self, column: usize, row: usize) -> Option<Value<'_>> {
        self.columns[column].value(row)
    }

    /// Bytes held, for bounds.
    pub fn size(&self) -> usize {
        self.columns.iter().map(Column::size).sum()
    }
}

impl Column {
    fn size(&self) -> usize {
        let nulls = self.nulls.as_ref().map_or(0, Vec::len);
        let texts = |texts: &Texts| texts.bytes.len() + 4 * texts.offsets.len();
        nulls
            + match &self.values {
                Values::Text(t) => texts(t),
                Values::Integer(v) | Values::Instant(v) => 8 * v.len(),
                Values::Real(v) => 8 * v.len(),
                Values::Boolean(v) => v.len(),
                Values::Date(v) => 4 * v.len(),
                Values::Money { minor_units, currencies } => 8 * minor_units.len() + texts(currencies),
            }
    }
}
