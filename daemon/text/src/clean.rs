//! Text from company data is never trusted to be text only.
//!
//! Control characters could end a header or colour a terminal; bidirectional overrides can show `fdp.exe` as
//! `exe.pdf`. Neither carries meaning in a sentence about an order, so both are dropped. Letters of every
//! script, combining marks and emoji stay as they are.

/// The longest piece of company data inside a sentence, in characters; what is beyond is cut with `…`.
const LONGEST: usize = 500;

/// One line: control characters dropped, white space folded to single spaces, at most 500 characters.
pub fn clean_line(text: &str) -> String {
    let shown = text.chars().filter(|c| c.is_whitespace() || !is_hidden(*c)).collect::<String>();
    cut(&shown.split_whitespace().collect::<Vec<_>>().join(" "), LONGEST)
}

/// Several lines, such as a runbook: every line cleaned, empty ones at the ends dropped, at most 40 lines.
pub fn clean_text(text: &str) -> String {
    let lines: Vec<String> = text.trim().lines().take(40).map(clean_line).collect();
    lines.join("\n")
}

/// One line whose spaces matter, such as a piece of a file with a mark below it: control characters dropped,
/// nothing folded, at most 500 characters.
pub(crate) fn clean_shape(text: &str) -> String {
    let shown: String =
        text.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| !is_hidden(*c)).collect();
    cut(&shown, LONGEST)
}

/// Whether a character steers a terminal, a header or the reading direction instead of being read.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}'
        )
        || ('\u{202A}'..='\u{202E}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
        || ('\u{FFF9}'..='\u{FFFB}').contains(&c)
        || ('\u{E0000}'..='\u{E007F}').contains(&c)
}

fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_dropped_and_what_is_read_stays() {
        for (given, shown) in [
            ("order\r\nBcc: all@example.org", "order Bcc: all@example.org"),
            ("\u{1b}[31mred\u{7f}\u{9b}", "[31mred"),
            ("invoice\u{202E}fdp.exe", "invoicefdp.exe"),
            ("  Frédérique\tCiteaux \u{2028} ", "Frédérique Citeaux"),
            ("Щипка & Ко 👩‍🔧", "Щипка & Ко 👩‍🔧"),
            ("a\u{0}b", "ab"),
        ] {
            assert_eq!(clean_line(given), shown, "{given:?}");
        }
    }

    #[test]
    fn a_mark_stays_below_what_it_marks() {
        for (given, shown) in
            [("  |  ^^^^", "  |  ^^^^"), ("3 | \tpath = 1\u{1b}[31m\r", "3 |  path = 1[31m")]
        {
            assert_eq!(clean_shape(given), shown, "{given:?}");
        }
    }

    #[test]
    fn long_data_is_cut_visibly() {
        let cut = clean_line(&"й".repeat(501));
        assert_eq!(cut.chars().count(), 501);
        assert!(cut.ends_with('…'));
        assert_eq!(clean_line(&"й".repeat(500)).chars().count(), 500);
    }

    #[test]
    fn a_runbook_keeps_its_lines() {
        assert_eq!(clean_text("\nCall first.\r\nThen\u{7} repair.\n"), "Call first.\nThen repair.");
    }
}
