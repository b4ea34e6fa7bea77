//! The lines of an iCalendar text: unfolded, and split into name, parameters and value (RFC 5545, 3.1).

/// One property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Property {
    /// Of its first line, counted from one.
    pub(super) line: usize,
    /// In upper case; empty for a line that is no property.
    pub(super) name: String,
    /// In upper case: `VALUE=DATE;TZID=EUROPE/SOFIA`.
    pub(super) parameters: String,
    /// Of a line that is no property, the line.
    pub(super) value: String,
}

impl Property {
    /// Every line that is not empty. One without a colon comes with an empty name: it says something, and nobody
    /// can tell what.
    pub(super) fn of_text(text: &str) -> Vec<Self> {
        let mut unfolded: Vec<(usize, String)> = Vec::new();
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            match (line.strip_prefix([' ', '\t']), unfolded.last_mut()) {
                (Some(more), Some((_, last))) => last.push_str(more),
                _ => unfolded.push((index + 1, line.to_owned())),
            }
        }
        let said = unfolded.iter().filter(|(_, text)| !text.trim().is_empty());
        said.map(|(line, text)| Self::of_line(*line, text)).collect()
    }

    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.name == name && self.value.eq_ignore_ascii_case(value)
    }

    fn of_line(line: usize, text: &str) -> Self {
        let Some(colon) = colon_outside_quotes(text) else {
            let value = text.trim().to_owned();
            return Self { line, name: String::new(), parameters: String::new(), value };
        };
        let head = text[..colon].to_uppercase();
        let (name, parameters) = head.split_once(';').unwrap_or((&head, ""));
        let value = text[colon + 1..].trim().to_owned();
        Self { line, name: name.trim().to_owned(), parameters: parameters.to_owned(), value }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_within_quotes_ends_no_name_and_one_after_them_does() {
        let text = "DTSTART;X-SAID=\"at 9:00\";VALUE=DATE:20260303\r\nSUMMARY:Half a day: \"no\":\r\n  more";
        let properties = Property::of_text(text);
        let said: Vec<_> = properties.iter().map(|p| (p.line, p.name.as_str(), p.value.as_str())).collect();
        assert_eq!(said, [(1, "DTSTART", "20260303"), (2, "SUMMARY", "Half a day: \"no\": more")]);
        assert_eq!(properties[0].parameters, "X-SAID=\"AT 9:00\";VALUE=DATE");
    }
}
