//! Truth as databases and files write it.

use super::{Cell, Misfit, trimmed};

/// 0 and 1, and the words of usual exports, in any case.
pub(super) fn boolean(cell: Cell<'_>) -> Result<bool, Misfit> {
    match cell {
        Cell::Integer(0) => Ok(false),
        Cell::Integer(1) => Ok(true),
        Cell::Text(bytes) => word(trimmed(bytes)?).ok_or(Misfit::NoBoolean),
        _ => Err(Misfit::NoBoolean),
    }
}

fn word(text: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(&["1", "true", "t", "yes", "y"]) {
        Some(true)
    } else if is(&["0", "false", "f", "no", "n"]) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truth_has_few_words() {
        for (cell, truth) in [
            (Cell::Integer(1), Ok(true)),
            (Cell::Integer(0), Ok(false)),
            (Cell::Integer(2), Err(Misfit::NoBoolean)),
            (Cell::Text(b"Yes"), Ok(true)),
            (Cell::Text(b" FALSE "), Ok(false)),
            (Cell::Text(b"maybe"), Err(Misfit::NoBoolean)),
            (Cell::Text(b""), Err(Misfit::Empty)),
            (Cell::Real(1.0), Err(Misfit::NoBoolean)),
        ] {
            assert_eq!(boolean(cell), truth, "{cell:?}");
        }
    }
}
