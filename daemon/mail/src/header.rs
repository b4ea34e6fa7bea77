//! Text from data, made fit to stand in a header.
//!
//! A display name with a line break makes lettre panic; an escape, a bidirectional override or 1,200
//! characters without a space pass it and do harm later. So every header text goes through here first.

use kaizend_text::clean_line;
use unicode_normalization::UnicodeNormalization;

/// The longest header text, in characters. Encoded and folded, it stays far below a line's 998 bytes.
const LONGEST: usize = 150;

/// One line in NFC without control characters or bidirectional overrides, at most 150 characters.
pub(crate) fn header_text(text: &str) -> String {
    let text: String = clean_line(text).nfc().collect();
    match text.char_indices().nth(LONGEST) {
        None => text,
        Some((at, _)) => {
            let kept: String = text[..at].chars().take(LONGEST - 1).collect();
            format!("{}…", kept.trim_end())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::header_text;

    #[test]
    fn no_text_can_end_its_header() {
        for (given, kept) in [
            ("Anna\r\nBcc: all@example.org", "Anna Bcc: all@example.org"),
            ("Anna\u{0}\u{1b}[0m\u{7f}\u{85}", "Anna[0m"),
            ("a\u{2028}b\u{2029}c", "a b c"),
            ("\u{202e}evil\u{2066}", "evil"),
            ("e\u{301}", "é"),
            (" \t ", ""),
        ] {
            assert_eq!(header_text(given), kept, "{given:?}");
        }
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(header_text(&"x".repeat(1200)).chars().count(), 150);
        assert_eq!(header_text(&"ж".repeat(150)).chars().count(), 150);
        assert!(header_text(&"ж".repeat(151)).ends_with('…'));
    }
}
