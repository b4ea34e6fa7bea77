//! The log of one run: bounded, and what did not fit is counted.

use crate::{LogLine, limits::bytes};

/// Bytes of one line that are kept.
const LINE_BYTES: usize = 4 << 10;

#[derive(Debug)]
pub(crate) struct Journal {
    room: usize,
    lines: Vec<LogLine>,
    dropped: u64,
}

impl Journal {
    pub(crate) fn new(room: usize) -> Self {
        Self { room, lines: Vec::new(), dropped: 0 }
    }

    pub(crate) fn note(&mut self, level: u8, text: &str) {
        let text = text.trim_end();
        let kept = &text[..text.floor_char_boundary(LINE_BYTES)];
        // A line costs its text and a little for itself, so that empty lines have a bound too.
        let cost = kept.len() + 16;
        if cost > self.room {
            self.dropped += 1;
            self.room = 0;
            return;
        }
        self.room -= cost;
        let text = if kept.len() < text.len() {
            format!("{kept} … (cut: the line has {})", bytes(text.len()))
        } else {
            kept.to_owned()
        };
        self.lines.push(LogLine { level: if level == 0 { 3 } else { level.min(3) }, text });
    }

    pub(crate) fn into_parts(self) -> (Vec<LogLine>, u64) {
        (self.lines, self.dropped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_cut_and_many_are_counted() {
        let mut journal = Journal::new(10_000);
        journal.note(2, "first\n");
        journal.note(9, &"ä".repeat(5_000));
        for _ in 0..3 {
            journal.note(1, &"x".repeat(4_000));
        }
        let (lines, dropped) = journal.into_parts();
        assert_eq!((lines[0].level, lines[0].text.as_str()), (2, "first"));
        assert_eq!(lines[1].level, 3);
        assert!(lines[1].text.ends_with("ä … (cut: the line has 9.8 KiB)"), "{}", lines[1].text);
        assert_eq!((lines.len(), dropped), (3, 2));
    }
}
