//! The order a slot may be opened in, and the check that a source kept it.
//!
//! Texts by their UTF-8 bytes, everything else by value, nulls last; never a locale.

use std::cmp::Ordering;

use super::{Batch, Column, Values};

/// Compares two rows by the columns `by` (indices into the batch's columns).
pub fn compare_rows(left: (&Batch, usize), right: (&Batch, usize), by: &[usize]) -> Ordering {
    by.iter()
        .map(|&at| compare((&left.0.columns[at], left.1), (&right.0.columns[at], right.1)))
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

fn compare(left: (&Column, usize), right: (&Column, usize)) -> Ordering {
    match (left.0.is_null(left.1), right.0.is_null(right.1)) {
        (false, false) => compare_values(left, right),
        (left, right) => left.cmp(&right),
    }
}

/// Each row of an ordered slot passes here, so values are compared where they lie.
fn compare_values((left, l): (&Column, usize), (right, r): (&Column, usize)) -> Ordering {
    match (&left.values, &right.values) {
        (Values::Text(left), Values::Text(right)) => left.get_bytes(l).cmp(right.get_bytes(r)),
        (Values::Integer(left), Values::Integer(right)) | (Values::Instant(left), Values::Instant(right)) => {
            left[l].cmp(&right[r])
        }
        (Values::Real(left), Values::Real(right)) => left[l].total_cmp(&right[r]),
        (Values::Boolean(left), Values::Boolean(right)) => left[l].cmp(&right[r]),
        (Values::Date(left), Values::Date(right)) => left[l].cmp(&right[r]),
        (
            Values::Money { minor_units: left, currencies: of_left },
            Values::Money { minor_units: right, currencies: of_right },
        ) => of_left.get_bytes(l).cmp(of_right.get_bytes(r)).then(left[l].cmp(&right[r])),
        // A column has one kind, so two kinds cannot meet; their canonical texts still give one answer.
        _ => {
            let text = |column: &Column, row| column.value(row).map(|value| value.canonical().into_owned());
            text(left, l).cmp(&text(right, r))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Texts;
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

    #[test]
    fn each_kind_is_ordered_by_its_value() {
        let money = |minor_units: Vec<i64>, currencies: [&str; 2]| Values::Money {
            minor_units,
            currencies: currencies.iter().collect(),
        };
        for (rising, falling) in [
            (Values::Integer(vec![-2, 10]), Values::Integer(vec![10, 9])),
            (Values::Real(vec![-0.5, 0.25]), Values::Real(vec![f64::INFINITY, 1.0])),
            (Values::Boolean(vec![0, 1]), Values::Boolean(vec![1, 0])),
            (Values::Date(vec![-1, 0]), Values::Date(vec![1, 0])),
            (Values::Instant(vec![9, 10]), Values::Instant(vec![10, 9])),
            (money(vec![9, 1], ["BGN", "EUR"]), money(vec![2, 1], ["EUR", "EUR"])),
        ] {
            let batch =
                |values: Values| Batch { len: 2, member: 0, columns: vec![Column { values, nulls: None }] };
            assert_eq!(first_disorder(None, &batch(rising), &[0]), None);
            assert_eq!(first_disorder(None, &batch(falling), &[0]), Some(1));
        }
    }
}
