//! The plain-text part: lines that any mail program and any terminal can show.

/// Mail lines stay within 78 columns (RFC 5322, 2.1.1).
const WIDTH: usize = 78;

/// Breaks each line of `text` at spaces, with every line after `indent` spaces. Long words stay whole: an
/// address cut in two is of no use.
pub(crate) fn wrap(text: &str, indent: usize) -> String {
    let margin = " ".repeat(indent);
    let lines = text.lines().flat_map(|line| broken(line, WIDTH.saturating_sub(indent)));
    lines.map(|line| format!("{margin}{line}")).collect::<Vec<_>>().join("\n")
}

/// `Label:   value`, the value beginning at column `at` and staying there when it needs several lines.
pub(crate) fn labelled(label: &str, value: &str, at: usize) -> String {
    let head = format!("{label}:");
    let gap = " ".repeat(at.saturating_sub(head.chars().count()).max(1));
    let below = format!("\n{}", " ".repeat(at));
    let lines: Vec<String> = value.lines().flat_map(|line| broken(line, WIDTH.saturating_sub(at))).collect();
    format!("{head}{gap}{}", lines.join(&below))
}

/// A heading with a line of the same length below it.
pub(crate) fn heading(text: &str) -> String {
    format!("{text}\n{}", "-".repeat(text.chars().count().min(WIDTH)))
}

fn broken(line: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    // Only a real space breaks: a no-break space keeps a number and its unit together.
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let current = lines.last_mut().expect("there is always a line");
        let taken = current.chars().count();
        if taken == 0 {
            current.push_str(word);
        } else if taken + 1 + word.chars().count() <= width {
            current.push(' ');
            current.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_words_stay_whole() {
        let address = format!("https://k.example/{}", "x".repeat(100));
        let text = format!("{} {address} ende", "слово ".repeat(30));
        let wrapped = wrap(&text, 2);
        assert!(wrapped.lines().all(|line| line.starts_with("  ")));
        assert!(wrapped.lines().all(|line| line.chars().count() <= 78 || line.trim() == address));
        assert!(wrapped.contains(&address));
    }

    #[test]
    fn a_paragraph_keeps_its_own_line_breaks() {
        assert_eq!(wrap("Call first.\n\nThen repair.", 0), "Call first.\n\nThen repair.");
        assert_eq!(heading("Was уже"), "Was уже\n-------");
    }

    #[test]
    fn a_long_value_stays_in_its_column() {
        let shown = labelled("Client", &"Vins et alcools ".repeat(8), 12);
        assert!(shown.starts_with("Client:     Vins"));
        assert!(
            shown.lines().skip(1).all(|line| line.starts_with("            ") && line.chars().count() <= 78)
        );
        assert_eq!(labelled("A very long label", "v", 4), "A very long label: v");
    }
}
