//! The order a slot may be opened in, and the check that a source kept it.
//!
//! Texts by their UTF-8 bytes, everything else by value, nulls last; never a locale.

use std::cmp::Ordering;

use super::{Batch, Value};

/// Compares two rows by the columns `by` (indices into the batch's columns).
pub fn compare_rows(left: (&Batch, usize), right: (&Batch, usize), by: &[usize]) -> Ordering {
    by.iter()
        .map(|&column| compare(left.0.value(column, left.1), right.0.value(column, right.1)))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// The first row of `batch` that comes before its predecessor; `last` is the last row of the batch before.
pub fn first_disorder(last: Option<(&Batch, usize)>, batch: &Batch, by: &[usize]) -> Option<usize> {
    (0..batch.len).find(|&row| {
        let before = if row == 0 { last } else { Some((batch, row - 1)) };
        before.is_some_and(|before| compare_rows(before, (batch, row), by).is_gt())
    })
}

fn compare(left: Option<Value<'_>>, right: Option<Value<'_>>) -> Ordering {
    match (left, right) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(left), Some(right)) => compare_values(left, right),
    }
}

fn compare_values(left: Value<'_>, right: Value<'_>) -> Ordering {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => left.as_bytes().cmp(right.as_bytes()),
        (Value::Integer(left), Value::Integer(right)) | (Value::Instant(left), Value::Instant(right)) => {
            left.cmp(&right)
        }
        (Value::Real(left), Value::Real(right)) => left.total_cmp(&right),
        (Value::Boolean(left), Value::Boolean(right)) => left.cmp(&right),
        (Value::Date(left), Value::Date(right)) => left.cmp(&right),
        (
            Value::Money { minor_units: left, currency: of_left },
            Value::Money { minor_units: right, currency: of_right },
        ) => of_left.cmp(of_right).then(left.cmp(&right)),
        // A column has one kind, so two kinds cannot meet; their canonical texts still give one answer.
        (left, right) => left.canonical().cmp(&right.canonical()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Column, Texts, Values};
    use super::*;

    fn batch(texts: &[&str], nulls: Option<Vec<u8>>) -> Batch {
        let values = Values::Text(texts.iter().collect::<Texts>());
        Batch { len: texts.len(), member: 0, columns: vec![Column { values, nulls }] }
    }

    #[test]
    fn bytes_decide_and_nulls_come_last() {
        assert_eq!(first_disorder(None, &batch(&["B", "a", "ä", ""], Some(vec![0b1000])), &[0]), None);
        assert_eq!(first_disorder(None, &batch(&["a", "B"], None), &[0]), Some(1));
        let before = batch(&["c"], None);
        assert_eq!(first_disorder(Some((&before, 0)), &batch(&["b"], None), &[0]), Some(0));
    }
}
