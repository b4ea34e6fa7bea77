//! Patterns of names in routes and silences: `late-*`. Only `*` is special: any letters, also none.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pattern(String);

impl Pattern {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the whole text fits. Capitals count, because names of data do.
    pub fn fits(&self, text: &str) -> bool {
        let mut parts = self.0.split('*');
        let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
        let Some(last) = parts.next_back() else { return rest.is_empty() };
        for part in parts {
            match rest.find(part) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
        rest.ends_with(last)
    }
}

impl From<&str> for Pattern {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_letters() {
        for (pattern, text, fits) in [
            ("late-orders", "late-orders", true),
            ("late-orders", "late-orders-2", false),
            ("late-*", "late-orders", true),
            ("late-*", "late-", true),
            ("late-*", "too-late-", false),
            ("*-orders", "late-orders", true),
            ("*", "", true),
            ("l*e*s", "late-orders", true),
            ("l*e*s", "late-order", false),
            ("*ab", "aab", true),
            ("a*a", "a", false),
            ("a*b*b", "ab", false),
            ("Late-*", "late-orders", false),
            ("сро*", "срок", true),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(Pattern::from(pattern).fits(text), fits, "{pattern} and {text}");
        }
    }
}
