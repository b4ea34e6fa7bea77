//! The files of a configuration: the one that was named, and those it includes.
//!
//! Only the first file may say `include`. A pattern's folder is literal, its last part may hold `*` and `?`;
//! the files of one pattern are read in the order of their names, so that two machines agree.

use std::{
    fs, io,
    ops::Range,
    path::{Path, PathBuf},
};

use super::problem::Quote;

/// Larger files and longer lists are surely a mistake (a database named as an include).
const LARGEST: u64 = 4 << 20;
const MOST_FILES: usize = 1000;

#[derive(Debug)]
pub(super) struct File {
    /// As messages name it.
    pub(super) shown: String,
    /// What relative paths in it are relative to.
    pub(super) folder: PathBuf,
    pub(super) text: String,
}

/// A stretch of one file's text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) file: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Place {
    pub(super) fn of(file: usize, span: Range<usize>) -> Self {
        Self { file, start: span.start, end: span.end }
    }
}

/// Why a file could not be read: the sentence, and what to do.
pub(super) struct Unreadable {
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

impl File {
    pub(super) fn read(path: &Path) -> Result<Self, Unreadable> {
        let shown = path.display().to_string();
        let size = fs::metadata(path).map_err(|error| unreadable(&shown, &error))?.len();
        if size > LARGEST {
            return Err(Unreadable {
                message: format!("`{shown}` has {size} bytes: a configuration file has at most {LARGEST}"),
                hint: Some("is it really a configuration file?".to_owned()),
            });
        }
        let bytes = fs::read(path).map_err(|error| unreadable(&shown, &error))?;
        let text = String::from_utf8(bytes).map_err(|error| Unreadable {
            message: format!(
                "`{shown}` is not UTF-8 text: byte {} does not fit",
                error.utf8_error().valid_up_to() + 1
            ),
            hint: Some("save it with the encoding UTF-8".to_owned()),
        })?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self { shown, folder, text })
    }

    /// The line and column (from 1, in characters) of a byte, and the line itself with the mark on it.
    pub(super) fn locate(&self, start: usize, end: usize) -> (usize, usize, Quote) {
        let boundary = |byte: usize| self.text.floor_char_boundary(byte);
        let (start, end) = (boundary(start), boundary(end));
        let line_start = self.text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line = self.text[line_start..].lines().next().unwrap_or_default();
        let from = self.text[line_start..start].chars().count();
        // A mark ends with its line, and the end of a line is marked too.
        let marked = self.text.get(start..end.min(line_start + line.len())).unwrap_or_default();
        let number = self.text[..line_start].matches('\n').count() + 1;
        (number, from + 1, Quote { line: line.to_owned(), from, width: marked.chars().count().max(1) })
    }
}

/// The files that a pattern of `include` names, below `folder`.
pub(super) fn matching(folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, Unreadable> {
    let whole = folder.join(pattern);
    let name = whole.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    if !name.contains(['*', '?']) {
        return Ok(vec![whole]);
    }
    let parent = whole.parent().unwrap_or(Path::new(""));
    let entries = fs::read_dir(if parent.as_os_str().is_empty() { Path::new(".") } else { parent })
        .map_err(|error| unreadable(&parent.display().to_string(), &error))?;
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(&parent.display().to_string(), &error))?;
        if entry.file_name().to_str().is_some_and(|candidate| fits(&name, candidate)) {
            found.push(parent.join(entry.file_name()));
        }
    }
    if found.len() > MOST_FILES {
        return Err(Unreadable {
            message: format!("`{pattern}` names {} files: at most {MOST_FILES} are read", found.len()),
            hint: None,
        });
    }
    found.sort();
    Ok(found)
}

/// Whether a file's name fits a pattern with `*` and `?`; hidden files only fit a pattern that names the dot.
fn fits(pattern: &str, name: &str) -> bool {
    fn rest(pattern: &[char], name: &[char]) -> bool {
        match pattern.split_first() {
            None => name.is_empty(),
            Some(('*', after)) => (0..=name.len()).any(|skipped| rest(after, &name[skipped..])),
            Some(('?', after)) => !name.is_empty() && rest(after, &name[1..]),
            Some((c, after)) => name.first() == Some(c) && rest(after, &name[1..]),
        }
    }
    let chars = |text: &str| text.chars().collect::<Vec<_>>();
    (!name.starts_with('.') || pattern.starts_with('.')) && rest(&chars(pattern), &chars(name))
}

fn unreadable(shown: &str, error: &io::Error) -> Unreadable {
    let (why, hint) = match error.kind() {
        io::ErrorKind::NotFound => ("it does not exist".to_owned(), None),
        io::ErrorKind::PermissionDenied => (
            "permission is denied".to_owned(),
            Some("the user that runs kaizend must be allowed to read it".to_owned()),
        ),
        io::ErrorKind::IsADirectory => (
            "it is a folder".to_owned(),
            Some("name a file, or a pattern such as \"checks/*.toml\"".to_owned()),
        ),
        _ => (error.to_string(), None),
    };
    Unreadable { message: format!("cannot read `{shown}`: {why}"), hint }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_whole_names() {
        for (pattern, name, does) in [
            ("*.toml", "late.toml", true),
            ("*.toml", ".late.toml", false),
            ("*.toml", "late.toml.bak", false),
            ("l?te.*", "late.toml", true),
            ("l?te.*", "late", false),
            ("*", "anything", true),
        ] {
            assert_eq!(fits(pattern, name), does, "{pattern} {name}");
        }
    }

    #[test]
    fn places_count_characters_not_bytes() {
        let text = "a = 1\nимя = \"ж\" # x\r\nlast".to_owned();
        let at = text.find('ж').unwrap();
        let file = File { shown: "k".to_owned(), folder: PathBuf::new(), text };
        let (line, column, quote) = file.locate(at, at + 2);
        assert_eq!((line, column, quote.width), (2, 8, 1));
        assert_eq!(quote.line, "имя = \"ж\" # x");
        assert_eq!(file.locate(9_999, 10_000).0, 3);
    }
}
