//! Rows as RFC 4180 has them: a comma between cells, CRLF after a row, quotes around what needs them.
//!
//! A spreadsheet calculates a cell that begins like a formula, and what is in the company's data may have been written by
//! anybody. So a text that begins so gets an apostrophe before it (OWASP, "CSV Injection").

use std::io::{self, Write};

use serde_json::Value;

/// With what a spreadsheet begins a formula, also full-width; a tab or an end of line before one is passed over.
const FORMULA: [char; 11] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Between several values in one cell.
const BETWEEN: &str = " · ";

pub(super) fn head(out: &mut impl Write, names: &[&str]) -> io::Result<()> {
    write!(out, "{}\r\n", names.join(","))
}

pub(super) fn row(out: &mut impl Write, cells: &[Value]) -> io::Result<()> {
    for (number, cell) in cells.iter().enumerate() {
        if number > 0 {
            out.write_all(b",")?;
        }
        write!(out, "{}", quoted(&shown(cell)))?;
    }
    out.write_all(b"\r\n")
}

/// A cell's text. Numbers are as they are: a minus is no formula there.
fn shown(cell: &Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) => harmless(text),
        Value::Array(parts) => {
            let parts: Vec<&str> = parts.iter().filter_map(Value::as_str).collect();
            harmless(&parts.join(BETWEEN))
        }
        Value::Object(fields) if fields.is_empty() => String::new(),
        Value::Object(_) | Value::Bool(_) | Value::Number(_) => cell.to_string(),
    }
}

fn harmless(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_cell_is_read_back_as_it_was_written() {
        for (name, cell, written) in [
            ("nothing", Value::Null, ""),
            ("a text", json!("order 1"), "order 1"),
            ("a comma", json!("Müller, Söhne"), "\"Müller, Söhne\""),
            ("quotes", json!("the \"best\""), "\"the \"\"best\"\"\""),
            ("two lines", json!("one\r\ntwo"), "\"one\r\ntwo\""),
            ("a number", json!(-5), "-5"),
            ("yes", json!(true), "true"),
            ("several", json!(["5", "7"]), "5 · 7"),
            ("none of several", json!([]), ""),
            (
                "fields",
                json!({ "what": { "text": "a, b" } }),
                "\"{\"\"what\"\":{\"\"text\"\":\"\"a, b\"\"}}\"",
            ),
            ("no fields", json!({}), ""),
        ] {
            assert_eq!(quoted(&shown(&cell)), written, "{name}");
        }
    }

    #[test]
    fn no_text_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\u{ff1d}1", "\u{ff0d}1"] {
            assert_eq!(shown(&json!(text)), format!("'{text}"));
            assert_eq!(shown(&json!([text, "b"])), format!("'{text} · b"));
        }
        assert_eq!(shown(&json!("a=1")), "a=1");
        assert!(shown(&json!({ "=1": 2 })).starts_with('{'), "an object begins with its brace");
    }
}
