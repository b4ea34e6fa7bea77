//! Amounts in minor units: exact from texts and integers, rounded half away from zero from reals.

use super::{Cell, Decimal, Misfit, number::pointed, trimmed};
use crate::dataset::ColumnSpec;

/// How the amounts of a column are kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Amounts {
    /// Digits of the minor unit.
    decimals: u8,
    /// The source keeps whole minor units already.
    in_minor_units: bool,
    decimal: Decimal,
}

/// The value of `format` for money that is kept in whole minor units.
pub(crate) const MINOR_UNITS: &str = "minor-units";

/// More digits than any currency has; 10^18 is the largest power of ten in an i64.
const MOST_DECIMALS: u8 = 18;

impl Amounts {
    pub(super) fn new(spec: &ColumnSpec, decimal: Decimal) -> Self {
        let in_minor_units = spec.format.as_deref() == Some(MINOR_UNITS);
        Self { decimals: spec.decimals.unwrap_or(2).min(MOST_DECIMALS), in_minor_units, decimal }
    }

    pub(super) fn minor_units(&self, cell: Cell<'_>) -> Result<i64, Misfit> {
        let digits = if self.in_minor_units { 0 } else { self.decimals };
        let scale = 10_i64.pow(digits.into());
        match cell {
            Cell::Integer(value) => value.checked_mul(scale).ok_or(Misfit::TooLarge),
            Cell::Real(value) => from_real(value, scale, digits),
            Cell::Text(bytes) => from_text(&pointed(trimmed(bytes)?, self.decimal)?, digits),
            Cell::Blob(_) | Cell::Null => Err(Misfit::NoNumber),
        }
    }
}

/// Above this, a double has no room left for the fraction that rounding looks at.
const SAFE: f64 = 1e12;

fn from_real(value: f64, scale: i64, digits: u8) -> Result<i64, Misfit> {
    if !value.is_finite() {
        return Err(Misfit::NoNumber);
    }
    let scaled = value * scale as f64;
    // 12.345 is stored as 12.3450000000000006 and 1.005 as 1.00499999999999989: near a half, the shortest
    // decimal text is what the company wrote.
    let near_half = (scaled.fract().abs() - 0.5).abs() < 1e-3;
    if scaled.abs() < SAFE && !near_half {
        return Ok(scaled.round() as i64);
    }
    from_text(&value.to_string(), digits)
}

/// Exact decimal arithmetic on the written digits; further digits round half away from zero.
fn from_text(text: &str, digits: u8) -> Result<i64, Misfit> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    if whole.len() + fraction.len() == 0 {
        return Err(Misfit::NoNumber);
    }
    let kept = fraction.bytes().chain(std::iter::repeat(b'0')).take(digits.into());
    let mut units: i64 = 0;
    for byte in whole.bytes().chain(kept) {
        let digit = digit(byte)?;
        units = units.checked_mul(10).and_then(|units| units.checked_add(digit)).ok_or(Misfit::TooLarge)?;
    }
    for byte in fraction.bytes() {
        digit(byte)?;
    }
    let up = fraction.as_bytes().get(usize::from(digits)).is_some_and(|byte| *byte >= b'5');
    units = units.checked_add(i64::from(up)).ok_or(Misfit::TooLarge)?;
    Ok(if negative { -units } else { units })
}

fn digit(byte: u8) -> Result<i64, Misfit> {
    if byte.is_ascii_digit() { Ok(i64::from(byte - b'0')) } else { Err(Misfit::NoNumber) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amounts(decimals: Option<u8>, format: Option<&str>, decimal: Decimal) -> Amounts {
        Amounts::new(
            &ColumnSpec { decimals, format: format.map(str::to_owned), ..Default::default() },
            decimal,
        )
    }

    #[test]
    fn amounts_are_exact_and_round_half_away() {
        let euro = amounts(None, None, Decimal::Point);
        for (cell, units) in [
            (Cell::Integer(12), Ok(1200)),
            (Cell::Integer(i64::MAX), Err(Misfit::TooLarge)),
            (Cell::Real(12.34), Ok(1234)),
            (Cell::Real(1.005), Ok(101)),
            (Cell::Real(-1.005), Ok(-101)),
            (Cell::Real(2.675), Ok(268)),
            (Cell::Real(0.1 + 0.2), Ok(30)),
            (Cell::Real(1e300), Err(Misfit::TooLarge)),
            (Cell::Real(f64::INFINITY), Err(Misfit::NoNumber)),
            (Cell::Text(b"12.34"), Ok(1234)),
            (Cell::Text(b"12"), Ok(1200)),
            (Cell::Text(b".5"), Ok(50)),
            (Cell::Text(b"-0.005"), Ok(-1)),
            (Cell::Text(b"12.344999"), Ok(1234)),
            (Cell::Text(b"92233720368547758.08"), Err(Misfit::TooLarge)),
            (Cell::Text(b"12.3x"), Err(Misfit::NoNumber)),
            (Cell::Text(b"12.344x"), Err(Misfit::NoNumber)),
            (Cell::Text(b"."), Err(Misfit::NoNumber)),
            (Cell::Text(b"12,34"), Err(Misfit::CommaForPoint)),
        ] {
            assert_eq!(euro.minor_units(cell), units, "{cell:?}");
        }
    }

    #[test]
    fn currencies_differ_in_digits() {
        for (decimals, cell, units) in
            [(0, Cell::Real(1499.5), 1500), (3, Cell::Text(b"1.2345"), 1235), (3, Cell::Integer(2), 2000)]
        {
            assert_eq!(amounts(Some(decimals), None, Decimal::Point).minor_units(cell), Ok(units));
        }
        let cents = amounts(None, Some(MINOR_UNITS), Decimal::Point);
        assert_eq!(cents.minor_units(Cell::Integer(1234)), Ok(1234));
        let comma = amounts(None, None, Decimal::Comma);
        assert_eq!(comma.minor_units(Cell::Text(b"1.234,56")), Ok(123_456));
    }
}
