//! How the company appears in its mails.

use serde::{Deserialize, Serialize};

/// Name, colour and postal address of the company whose word is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Brand {
    pub company: String,
    /// `#rrggbb`; anything else counts as not set. Used for the line above the mail and for its buttons.
    #[serde(default)]
    pub colour: Option<String>,
    /// One line, or several separated by line breaks.
    #[serde(default)]
    pub postal_address: Option<String>,
}

/// A quiet blue that keeps a contrast of 7:1 against white.
const DEFAULT_COLOUR: &str = "#1f4e79";

impl Brand {
    pub fn new(company: impl Into<String>) -> Self {
        Self { company: company.into(), colour: None, postal_address: None }
    }

    /// The colour to draw with. It stands inside a style, so only six hexadecimal digits pass.
    pub(crate) fn drawn_colour(&self) -> &str {
        self.colour.as_deref().filter(|colour| is_colour(colour)).unwrap_or(DEFAULT_COLOUR)
    }
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_six_digits_are_a_colour() {
        for (colour, drawn) in [
            (Some("#00AA11"), "#00AA11"),
            (Some("red;background:url(http://x)"), DEFAULT_COLOUR),
            (Some("#abc"), DEFAULT_COLOUR),
            (None, DEFAULT_COLOUR),
        ] {
            let brand = Brand { colour: colour.map(str::to_owned), ..Brand::new("Northwind") };
            assert_eq!(brand.drawn_colour(), drawn);
        }
    }
}
