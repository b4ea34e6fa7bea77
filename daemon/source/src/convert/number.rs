//! Whole numbers and reals, from numbers and from texts.

use std::borrow::Cow;

use super::{Cell, Misfit, trimmed};

/// What separates the fraction in texts. With a comma, dots, blanks and narrow blanks may group thousands;
/// with a point nothing may, because `1,234` could then mean two things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Decimal {
    #[default]
    Point,
    Comma,
}

pub(super) fn integer(cell: Cell<'_>) -> Result<i64, Misfit> {
    match cell {
        Cell::Integer(value) => Ok(value),
        Cell::Real(value) => whole(value),
        Cell::Text(bytes) => integer_text(trimmed(bytes)?),
        Cell::Blob(_) | Cell::Null => Err(Misfit::NoInteger),
    }
}

pub(super) fn real(cell: Cell<'_>, decimal: Decimal) -> Result<f64, Misfit> {
    match cell {
        Cell::Integer(value) => Ok(value as f64),
        Cell::Real(value) => Ok(value),
        Cell::Text(bytes) => {
            let text = trimmed(bytes)?;
            let value: f64 = pointed(text, decimal)?.parse().map_err(|_| Misfit::NoNumber)?;
            // Rust reads "inf" and "nan", and turns 1e999 into infinity.
            if value.is_finite() { Ok(value) } else { Err(Misfit::NoNumber) }
        }
        Cell::Blob(_) | Cell::Null => Err(Misfit::NoNumber),
    }
}

/// The number with a decimal point and without grouping.
pub(super) fn pointed(text: &str, decimal: Decimal) -> Result<Cow<'_, str>, Misfit> {
    match decimal {
        Decimal::Point if text.contains(',') => Err(Misfit::CommaForPoint),
        Decimal::Point => Ok(Cow::Borrowed(text)),
        Decimal::Comma => ungrouped(text).map(Cow::Owned),
    }
}

const GROUPING: [char; 4] = ['.', ' ', '\u{a0}', '\u{202f}'];

/// `1.234,56` becomes `1234.56`; a group that has not three digits is refused.
fn ungrouped(text: &str) -> Result<String, Misfit> {
    let (whole, fraction) = text.split_once(',').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let mut groups = whole.split(GROUPING);
    let mut number = groups.next().unwrap_or_default().to_owned();
    for group in groups {
        if group.len() != 3 || !group.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Misfit::NoNumber);
        }
        number.push_str(group);
    }
    if let Some(fraction) = fraction {
        number.push('.');
        number.push_str(fraction);
    }
    Ok(number)
}

fn integer_text(text: &str) -> Result<i64, Misfit> {
    text.parse().map_err(|_| {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        if digits.bytes().all(|byte| byte.is_ascii_digit()) { Misfit::TooLarge } else { Misfit::NoInteger }
    })
}

fn whole(value: f64) -> Result<i64, Misfit> {
    if value.fract() != 0.0 {
        Err(Misfit::NoInteger)
    } else if value.abs() < i64::MAX as f64 {
        Ok(value as i64)
    } else {
        Err(Misfit::TooLarge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_whole() {
        for (cell, value) in [
            (Cell::Integer(-7), Ok(-7)),
            (Cell::Real(5.0), Ok(5)),
            (Cell::Real(5.5), Err(Misfit::NoInteger)),
            (Cell::Real(1e19), Err(Misfit::TooLarge)),
            (Cell::Real(f64::NAN), Err(Misfit::NoInteger)),
            (Cell::Text(b" 42 "), Ok(42)),
            (Cell::Text(b"-0042"), Ok(-42)),
            (Cell::Text(b"9223372036854775807"), Ok(i64::MAX)),
            (Cell::Text(b"9223372036854775808"), Err(Misfit::TooLarge)),
            (Cell::Text(b"12abc"), Err(Misfit::NoInteger)),
            (Cell::Text(b"1e3"), Err(Misfit::NoInteger)),
            (Cell::Text(b""), Err(Misfit::Empty)),
            (Cell::Blob(3), Err(Misfit::NoInteger)),
        ] {
            assert_eq!(integer(cell), value, "{cell:?}");
        }
    }

    #[test]
    fn decimal_commas_are_read_only_where_they_are_declared() {
        for (text, decimal, value) in [
            ("12.5", Decimal::Point, Ok(12.5)),
            ("1,234", Decimal::Point, Err(Misfit::CommaForPoint)),
            ("inf", Decimal::Point, Err(Misfit::NoNumber)),
            ("1e999", Decimal::Point, Err(Misfit::NoNumber)),
            ("12,5", Decimal::Comma, Ok(12.5)),
            ("-1.234.567,25", Decimal::Comma, Ok(-1_234_567.25)),
            ("1 234,5", Decimal::Comma, Ok(1234.5)),
            ("1\u{a0}234", Decimal::Comma, Ok(1234.0)),
            ("12.5", Decimal::Comma, Err(Misfit::NoNumber)),
            ("1,2,3", Decimal::Comma, Err(Misfit::NoNumber)),
        ] {
            assert_eq!(real(Cell::Text(text.as_bytes()), decimal), value, "{text}");
        }
    }
}
