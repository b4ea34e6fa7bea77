//! The TOML parser's complaints, in words that help: what stands twice is shown with its first place, and said
//! once for a whole table.

use std::ops::Range;

use super::files::File;

/// One complaint about a file's text.
pub(super) struct Mistake {
    pub(super) span: Range<usize>,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

/// The parser's errors in the order of the text. Keys of a table that stands twice are echoes of its header.
pub(super) fn mistakes<'e>(
    file: &File,
    errors: impl Iterator<Item = (Range<usize>, &'e str)>,
) -> Vec<Mistake> {
    let mut errors: Vec<_> = errors.collect();
    errors.sort_by_key(|(span, _)| span.start);
    let mut twice: Option<usize> = None;
    let mut mistakes = Vec::new();
    for (span, message) in errors {
        let header = header_above(&file.text, span.start);
        if message != DUPLICATE {
            mistakes.push(Mistake { span, message: message.to_owned(), hint: hint(message) });
        } else if is_header(&file.text, span.start) {
            twice = header;
            mistakes.push(duplicate(file, span));
        } else if twice.is_none() || twice != header {
            mistakes.push(duplicate(file, span));
        }
    }
    mistakes
}

const DUPLICATE: &str = "duplicate key";

fn hint(message: &str) -> Option<String> {
    message.contains("string values must be quoted").then(|| "texts stand between double quotes".to_owned())
}

fn duplicate(file: &File, span: Range<usize>) -> Mistake {
    let name = file.text.get(span.clone()).unwrap_or_default();
    let line = line_at(&file.text, span.start);
    let head = line.split('=').next().unwrap_or(line).trim();
    let first = file.text.lines().position(|other| other.trim_start().starts_with(head));
    let hint = match first {
        Some(first) if is_header(&file.text, span.start) => {
            format!("first defined at {}:{}; merge the two, or rename one", file.shown, first + 1)
        }
        _ => "a key may stand once in its table: remove one of the two".to_owned(),
    };
    Mistake { span, message: format!("`{name}` is defined twice"), hint: Some(hint) }
}

/// The byte at which the line of the table's header begins, for what stands at `at` or below it.
fn header_above(text: &str, at: usize) -> Option<usize> {
    let end = at + line_at(text, at).len();
    let mut start = 0;
    let mut found = None;
    for line in text.get(..end.min(text.len())).unwrap_or(text).split_inclusive('\n') {
        if line.trim_start().starts_with('[') {
            found = Some(start);
        }
        start += line.len();
    }
    found
}

fn is_header(text: &str, at: usize) -> bool {
    line_at(text, at).trim_start().starts_with('[')
}

fn line_at(text: &str, at: usize) -> &str {
    let at = at.min(text.len());
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default()
}
