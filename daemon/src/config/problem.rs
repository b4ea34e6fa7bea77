//! What is wrong with a configuration, and how it is printed: for people like a compiler does (place, line,
//! caret, hint), for programs as JSON.
//!
//! A quoted line may hold a secret that should not have been there. Whatever follows `password =`, or stands
//! before the `@` of a URL, is printed as asterisks, so that a report can be pasted anywhere.

use std::fmt;

use serde::Serialize;

/// Whether a configuration can be used in spite of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    Error,
    Warning,
}

/// One thing to mend or to know, and where. Lines and columns count from 1, columns in characters; both are
/// absent when the problem is the file itself, the column when it is the whole line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub file: String,
    pub line: Option<usize>,
    pub column: Option<usize>,
    pub message: String,
    pub hint: Option<String>,
    pub severity: Severity,
    /// The offending line and the part of it that is marked.
    #[serde(skip)]
    pub(super) quote: Option<Quote>,
}

/// A line of a file with the characters that are marked: `from` counts from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    pub(super) line: String,
    pub(super) from: usize,
    pub(super) width: usize,
}

/// All problems of a configuration, in the order of files and lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub(super) Vec<Problem>);

impl Problem {
    /// A problem of a line of company data, or of a file that the configuration names.
    pub fn in_line(
        file: &str,
        line: usize,
        severity: Severity,
        message: impl Into<String>,
        hint: Option<String>,
    ) -> Self {
        let (file, line, column, quote) = (file.to_owned(), Some(line), None, None);
        Self { file, line, column, message: message.into(), hint, severity, quote }
    }
}

impl FromIterator<Problem> for Problems {
    fn from_iter<I: IntoIterator<Item = Problem>>(problems: I) -> Self {
        Self(problems.into_iter().collect())
    }
}

impl Problems {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    pub fn errors(&self) -> usize {
        self.0.iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    pub fn warnings(&self) -> usize {
        self.0.len() - self.errors()
    }

    /// Adds what a later stage found (`validate --online` after `load`).
    pub fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    /// In the order of files and lines; problems of a file as a whole come first.
    pub(super) fn sort(&mut self) {
        self.0.sort_by(|left, right| {
            (&left.file, left.line, left.column).cmp(&(&right.file, right.line, right.column))
        });
    }

    /// `[{file, line, column, message, hint, severity}]`, indented.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(&self.0).expect("strings and numbers always become JSON")
    }
}

impl std::error::Error for Problems {}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            writeln!(f, "{problem}")?;
        }
        let count = |number: usize, word: &str| match number {
            1 => format!("1 {word}"),
            _ => format!("{number} {word}s"),
        };
        match (self.errors(), self.warnings()) {
            (0, 0) => f.write_str("no problems"),
            (errors, 0) => f.write_str(&count(errors, "error")),
            (0, warnings) => f.write_str(&count(warnings, "warning")),
            (errors, warnings) => {
                write!(f, "{}, {}", count(errors, "error"), count(warnings, "warning"))
            }
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        writeln!(f, "{word}: {}", self.message)?;
        let margin = self.line.map_or(1, |line| line.to_string().len());
        match (self.line, self.column) {
            (Some(line), Some(column)) => {
                writeln!(f, "{:margin$}--> {}:{line}:{column}", "", self.file)?;
            }
            (Some(line), None) => writeln!(f, "{:margin$}--> {}:{line}", "", self.file)?,
            _ => writeln!(f, "{:margin$}--> {}", "", self.file)?,
        }
        if let (Some(line), Some(quote)) = (self.line, &self.quote) {
            quote.print(f, line, margin)?;
        }
        match &self.hint {
            Some(hint) => writeln!(f, "{:margin$} = hint: {hint}", ""),
            None => Ok(()),
        }
    }
}

/// Longer lines are shown only around the mark.
const SHOWN: usize = 140;
const BEFORE: usize = 50;

impl Quote {
    fn print(&self, f: &mut fmt::Formatter<'_>, number: usize, margin: usize) -> fmt::Result {
        let shown: Vec<char> = conceal(&self.line).chars().map(|c| if c == '\t' { ' ' } else { c }).collect();
        let first = if shown.len() > SHOWN { self.from.saturating_sub(BEFORE) } else { 0 };
        let last = shown.len().min(first + SHOWN);
        let text: String = shown[first.min(last)..last].iter().collect();
        let (lead, tail) = (if first > 0 { "…" } else { "" }, if last < shown.len() { "…" } else { "" });
        let indent = self.from - first + lead.chars().count();
        let width = self.width.min(last.saturating_sub(self.from)).max(1);
        writeln!(f, "{:margin$} |", "")?;
        writeln!(f, "{number} | {lead}{text}{tail}")?;
        writeln!(f, "{:margin$} | {:indent$}{}", "", "", "^".repeat(width))
    }
}

/// Puts an asterisk for each character of a secret in a line of TOML, so that columns stay true.
pub(super) fn conceal(line: &str) -> String {
    let mut shown: Vec<char> = line.chars().collect();
    conceal_after_keys(&mut shown);
    conceal_in_urls(&mut shown);
    shown.into_iter().collect()
}

/// `password = "…"`: the text between the quotes. A table (`password = { env = … }`) is no secret.
fn conceal_after_keys(line: &mut [char]) {
    for word in ["password", "token", "secret"] {
        let mut at = 0;
        while let Some(found) = find(&line[at..], word) {
            at += found + word.len();
            let skipped = line[at..].iter().take_while(|c| " \t=".contains(**c)).count();
            let start = at + skipped;
            let quote = line.get(start).copied();
            if line[at..start].contains(&'=') && matches!(quote, Some('"' | '\'')) {
                let inside = line[start + 1..].iter().take_while(|c| Some(**c) != quote).count();
                line[start + 1..start + 1 + inside].fill('*');
                at = start + 1 + inside;
            }
        }
    }
}

/// `scheme://user:secret@host`: what stands between the colon and the last `@` of the authority.
fn conceal_in_urls(line: &mut [char]) {
    let mut at = 0;
    while let Some(found) = find(&line[at..], "://") {
        let start = at + found + 3;
        let ends = |c: &char| c.is_whitespace() || "/\"'".contains(*c);
        let end = line[start..].iter().position(ends).map_or(line.len(), |length| start + length);
        if let Some(host) = line[start..end].iter().rposition(|c| *c == '@')
            && let Some(colon) = line[start..start + host].iter().position(|c| *c == ':')
        {
            line[start + colon + 1..start + host].fill('*');
        }
        at = end;
    }
}

fn find(line: &[char], word: &str) -> Option<usize> {
    let word: Vec<char> = word.chars().collect();
    line.windows(word.len()).position(|part| part == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_quoted_lines_are_concealed() {
        for (line, shown) in [
            (r#"password = "hunter2" # x"#, r#"password = "*******" # x"#),
            (r#"t = { password='a', host = "b" }"#, r#"t = { password='*', host = "b" }"#),
            (r#"password = { env = "SMTP" }"#, r#"password = { env = "SMTP" }"#),
            (r#"password = "open"#, r#"password = "****"#),
            (r#"url = "postgres://k:s3c@ret@db/x""#, r#"url = "postgres://k:*******@db/x""#),
            (r#"url = "https://example.org/a@b:c""#, r#"url = "https://example.org/a@b:c""#),
        ] {
            assert_eq!(conceal(line), shown);
        }
    }

    #[test]
    fn a_long_line_is_shown_around_its_mark() {
        let line = format!("{}wrong{}", "a".repeat(300), "b".repeat(300));
        let problem = Problem {
            file: "k.toml".to_owned(),
            line: Some(7),
            column: Some(301),
            message: "no".to_owned(),
            hint: None,
            severity: Severity::Error,
            quote: Some(Quote { line, from: 300, width: 5 }),
        };
        let printed = problem.to_string();
        let lines: Vec<&str> = printed.lines().collect();
        let mark = lines[4].find('^').unwrap();
        assert_eq!(lines[4].matches('^').count(), 5);
        assert!(lines[3].chars().skip(mark).collect::<String>().starts_with("wrong"), "{printed}");
        assert!(lines[3].chars().count() < 160);
    }
}
