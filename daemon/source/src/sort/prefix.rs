//! The first eight bytes of a row's order: most comparisons end there, without touching the batches.

use kaizend_core::rows::{Batch, Value};

/// A number that is never larger for an earlier row. Equal numbers say nothing.
pub(super) fn prefix(batch: &Batch, row: usize, by: &[usize]) -> u64 {
    let Some(first) = by.first() else { return 0 };
    match batch.value(*first, row) {
        None => u64::MAX,
        Some(Value::Text(text)) => of_text(text),
        Some(Value::Integer(value) | Value::Instant(value)) => of_integer(value),
        Some(Value::Date(value)) => of_integer(value.into()),
        Some(Value::Boolean(value)) => value.into(),
        Some(Value::Real(value)) => of_real(value),
        // Money orders by its currency first.
        Some(Value::Money { currency, .. }) => of_text(currency),
        Some(_) => 0,
    }
}

fn of_text(text: &str) -> u64 {
    let mut bytes = [0; 8];
    let taken = text.len().min(8);
    bytes[..taken].copy_from_slice(&text.as_bytes()[..taken]);
    u64::from_be_bytes(bytes)
}

fn of_integer(value: i64) -> u64 {
    value.cast_unsigned() ^ (1 << 63)
}

/// The order of `f64::total_cmp`.
fn of_real(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits >> 63 == 1 { !bits } else { bits | (1 << 63) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_grow_with_the_order() {
        let texts = ["", "a", "aa", "abcdefgh", "abcdefghi", "b", "ä"];
        assert!(texts.map(of_text).is_sorted());
        assert!([i64::MIN, -1, 0, 1, i64::MAX].map(of_integer).is_sorted());
        assert!([f64::NEG_INFINITY, -1.5, -0.0, 0.0, 1e-9, 7.0, f64::INFINITY].map(of_real).is_sorted());
    }
}
