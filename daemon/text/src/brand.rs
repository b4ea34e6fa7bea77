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

impl Brand {
    pub fn new(company: impl Into<String>) -> Self {
        Self { company: company.into(), colour: None, postal_address: None }
    }

    /// The colour to draw with, as `#rrggbb`. It stands inside a style, so only six hexadecimal digits pass.
    /// White words stand on it, on buttons, so a light one is drawn darker.
    pub(crate) fn drawn_colour(&self) -> String {
        let mut channels = self.colour.as_deref().and_then(channels).unwrap_or(DEFAULT_COLOUR);
        while contrast_to_white(channels) < LEAST_CONTRAST {
            channels = channels.map(|channel| channel - channel.div_ceil(20));
        }
        let [red, green, blue] = channels;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

/// A quiet blue that keeps a contrast of 7:1 against white.
const DEFAULT_COLOUR: [u8; 3] = [0x1f, 0x4e, 0x79];

/// What WCAG 2.2 asks of words of any size (success criterion 1.4.3).
const LEAST_CONTRAST: f64 = 4.5;

fn channels(text: &str) -> Option<[u8; 3]> {
    let is_six = |digits: &&str| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let digits = text.strip_prefix('#').filter(is_six)?;
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([red, green, blue])
}

/// WCAG's contrast ratio, from 1 to 21.
fn contrast_to_white(channels: [u8; 3]) -> f64 {
    let [red, green, blue] = channels.map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_six_digits_are_a_colour() {
        for (colour, drawn) in [
            (Some("#1A6B54"), "#1a6b54"),
            (Some("red;background:url(http://x)"), "#1f4e79"),
            (Some("#abc"), "#1f4e79"),
            (Some("#+1a6b5"), "#1f4e79"),
            (None, "#1f4e79"),
        ] {
            let brand = Brand { colour: colour.map(str::to_owned), ..Brand::new("Northwind") };
            assert_eq!(brand.drawn_colour(), drawn);
        }
    }

    #[test]
    fn white_words_are_readable_on_any_colour() {
        for colour in ["#ffffff", "#ffd500", "#00aa11", "#7fb2e5", "#ff0000", "#000000"] {
            let brand = Brand { colour: Some(colour.to_owned()), ..Brand::new("Northwind") };
            let drawn = channels(&brand.drawn_colour()).expect("a drawn colour has six digits");
            assert!(contrast_to_white(drawn) >= LEAST_CONTRAST, "{colour} is drawn as {drawn:?}");
        }
    }
}
