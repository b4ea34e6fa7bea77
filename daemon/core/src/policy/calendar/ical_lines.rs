//! The lines of an iCalendar text: unfolded, and split into name and value (RFC 5545, 3.1).

/// One property. Parameters (`;VALUE=DATE`) are dropped: the value's own form says what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Property {
    /// Of its first line, counted from one.
    pub(super) line: usize,
    /// In upper case.
    pub(super) name: String,
    pub(super) value: String,
}

impl Property {
    /// Lines without a colon are left out, as every reader of such files does.
    pub(super) fn of_text(text: &str) -> Vec<Self> {
        let mut unfolded: Vec<(usize, String)> = Vec::new();
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            match (line.strip_prefix([' ', '\t']), unfolded.last_mut()) {
                (Some(more), Some((_, last))) => last.push_str(more),
                _ => unfolded.push((index + 1, line.to_owned())),
            }
        }
        unfolded.iter().filter_map(|(line, text)| Self::of_line(*line, text)).collect()
    }

    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.name == name && self.value.eq_ignore_ascii_case(value)
    }

    fn of_line(line: usize, text: &str) -> Option<Self> {
        let colon = colon_outside_quotes(text)?;
        let name = text[..colon].split(';').next().unwrap_or_default().trim().to_uppercase();
        Some(Self { line, name, value: text[colon + 1..].trim().to_owned() })
    }
}

/// A parameter's value may hold a colon, if it is quoted.
fn colon_outside_quotes(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(index, c)| {
        quoted ^= c == '"';
        (c == ':' && !quoted).then_some(index)
    })
}
