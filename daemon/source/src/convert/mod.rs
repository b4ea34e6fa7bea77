//! From what a source stores to what a column promises: one cell at a time, exactly or not at all.
//!
//! A conversion never guesses: what does not fit is a [`Misfit`], and the reading fails with the row and the
//! column. The same conversions serve every source, so order 10248 is one thing in SQLite and in CSV.

mod boolean;
mod instant;
mod iso;
mod misfit;
mod moment;
mod money;
mod number;

use std::fmt::Write as _;

use kaizend_core::rows::{Kind, Value};

pub(crate) use iso::days;
pub(crate) use misfit::{Misfit, shown};
pub(crate) use moment::{Form, Moments, Written};
pub use number::Decimal;

use crate::{dataset::ColumnSpec, note::Tally};

/// One value as a source stores it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cell<'a> {
    Null,
    Integer(i64),
    Real(f64),
    /// Probably UTF-8: checked when it is converted.
    Text(&'a [u8]),
    /// Binary data of so many bytes.
    Blob(usize),
}

/// How the cells of one column become values of one kind. Money comes without its currency.
#[derive(Clone, Debug)]
pub(crate) enum Converter {
    Text,
    Integer,
    Real(Decimal),
    Boolean,
    Date(Moments),
    Instant(Moments),
    Money(money::Amounts),
}

impl Converter {
    pub(crate) fn new(kind: Kind, spec: &ColumnSpec, moments: Moments, decimal: Decimal) -> Self {
        match kind {
            Kind::Text => Self::Text,
            Kind::Integer => Self::Integer,
            Kind::Real => Self::Real(decimal),
            Kind::Boolean => Self::Boolean,
            Kind::Date => Self::Date(moments),
            Kind::Instant => Self::Instant(moments),
            Kind::Money => Self::Money(money::Amounts::new(spec, decimal)),
            // A kind that core adds later reads as text until its conversion is written.
            _ => Self::Text,
        }
    }

    /// The value of a cell; `None` for null. `scratch` holds texts that the source does not store as such.
    #[inline]
    pub(crate) fn convert<'a>(
        &self,
        cell: Cell<'a>,
        scratch: &'a mut String,
        tally: &mut Tally,
    ) -> Result<Option<Value<'a>>, Misfit> {
        if matches!(cell, Cell::Null) {
            return Ok(None);
        }
        let value = match self {
            Self::Text => Value::Text(text_of(cell, scratch)?),
            Self::Integer => Value::Integer(number::integer(cell)?),
            Self::Real(decimal) => Value::Real(number::real(cell, *decimal)?),
            Self::Boolean => Value::Boolean(boolean::boolean(cell)?),
            Self::Date(moments) => Value::Date(moments.date(cell)?),
            Self::Instant(moments) => Value::Instant(moments.instant(cell, tally)?),
            Self::Money(amounts) => Value::Money { minor_units: amounts.minor_units(cell)?, currency: "" },
        };
        Ok(Some(value))
    }
}

/// The canonical text: integers in decimal, whole reals without a fraction, texts as they are.
#[inline]
pub(crate) fn text_of<'a>(cell: Cell<'a>, scratch: &'a mut String) -> Result<&'a str, Misfit> {
    if let Cell::Text(bytes) = cell {
        return utf8(bytes);
    }
    scratch.clear();
    match cell {
        Cell::Integer(value) => write!(scratch, "{value}").map_err(|_| Misfit::TooLarge)?,
        Cell::Real(value) => write!(scratch, "{value}").map_err(|_| Misfit::TooLarge)?,
        Cell::Blob(_) => return Err(Misfit::Binary),
        Cell::Text(_) | Cell::Null => {}
    }
    Ok(scratch)
}

/// The text of bytes, without surrounding blanks, for everything that is not itself text.
fn trimmed(bytes: &[u8]) -> Result<&str, Misfit> {
    let text = utf8(bytes)?.trim();
    if text.is_empty() { Err(Misfit::Empty) } else { Ok(text) }
}

fn utf8(bytes: &[u8]) -> Result<&str, Misfit> {
    std::str::from_utf8(bytes).map_err(|error| Misfit::NotUtf8 { at: error.valid_up_to() + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_canonical() {
        for (cell, text) in [
            (Cell::Text(b"00123"), Ok("00123")),
            (Cell::Integer(10248), Ok("10248")),
            (Cell::Integer(i64::MIN), Ok("-9223372036854775808")),
            (Cell::Real(10248.0), Ok("10248")),
            (Cell::Real(0.5), Ok("0.5")),
            (Cell::Text("Čapek".as_bytes()), Ok("Čapek")),
            (Cell::Text(b"ab\xe9c"), Err(Misfit::NotUtf8 { at: 3 })),
            (Cell::Blob(7), Err(Misfit::Binary)),
        ] {
            assert_eq!(text_of(cell, &mut String::new()), text, "{cell:?}");
        }
    }
}
