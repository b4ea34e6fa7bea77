//! Why a cell cannot be what its column says, as the end of a sentence: "column `promised` holds
//! `31/02/2024`, which …".

use super::Cell;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Misfit {
    #[error("is not UTF-8 from its byte {at} on: repair the text in the source")]
    NotUtf8 { at: usize },
    #[error("is binary and no text")]
    Binary,
    #[error("says nothing: let the query give null instead, with `nullif(column, '')`")]
    Empty,
    #[error("is no date: dates are written 2026-11-23, or as the column's `format` says")]
    NoDate,
    #[error(
        "is no date and no instant: these are written 2026-11-23 or 2026-11-23 09:30, or as the column's `format` says"
    )]
    NoInstant,
    #[error("is no date in the format `{format}`")]
    NotInFormat { format: String },
    #[error(
        "is a number and no date: if it counts from 1970, say `format = \"unix\"` (seconds) or `\"unix-ms\"`"
    )]
    NumberForDate,
    #[error("is no whole number")]
    NoInteger,
    #[error("is no number")]
    NoNumber,
    #[error("is no number with a decimal point: if it has a decimal comma, say so in the source's settings")]
    CommaForPoint,
    #[error("is too large for its type")]
    TooLarge,
    #[error("is neither true nor false")]
    NoBoolean,
    #[error("is an amount without a currency: its currency column is empty")]
    NoCurrency,
}

/// Longest piece of a value that a message shows.
const SHOWN: usize = 40;

/// How a message shows a cell: short, one line, in back quotes.
pub(crate) fn shown(cell: Cell<'_>) -> String {
    match cell {
        Cell::Null => "null".to_owned(),
        Cell::Integer(value) => format!("`{value}`"),
        Cell::Real(value) => format!("`{value}`"),
        Cell::Blob(bytes) => format!("{bytes} bytes"),
        Cell::Text(b"") => "an empty text".to_owned(),
        Cell::Text(bytes) => {
            let text = String::from_utf8_lossy(bytes);
            let short: String =
                text.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
            let dots = if text.chars().nth(SHOWN).is_some() { "…" } else { "" };
            format!("`{short}{dots}`")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_show_little_and_one_line() {
        for (cell, text) in [
            (Cell::Text(b"31/02/2024"), "`31/02/2024`".to_owned()),
            (Cell::Text(b"a\nb"), "`a b`".to_owned()),
            (Cell::Text(b""), "an empty text".to_owned()),
            (Cell::Text(&[b'x'; 50]), format!("`{}…`", "x".repeat(40))),
            (Cell::Text(b"caf\xe9"), "`caf\u{fffd}`".to_owned()),
            (Cell::Blob(12), "12 bytes".to_owned()),
        ] {
            assert_eq!(shown(cell), text);
        }
    }
}
