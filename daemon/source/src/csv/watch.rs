//! Watches the quotes of a CSV text on its way to the parser.
//!
//! The parser is lenient: it ends an open quote with the file and glues text to a closing quote. For us both
//! mean that rows are lost or mixed, so they must fail the reading. The record's length is bounded here too,
//! because a quote that is never closed would otherwise pull the whole file into memory.

use std::io::{self, Read};

use super::{Settings, damage::Damage};

/// Bytes of one record.
const LONGEST_RECORD: usize = 16 << 20;

/// Passes a text on, or fails. It changes one thing: a last line without a break gets one, so that every record
/// ends alike and its line can be told.
pub(super) struct Watch<R> {
    inner: R,
    delimiter: u8,
    quote: Option<u8>,
    state: State,
    line: u64,
    record_line: u64,
    record_bytes: usize,
    longest: usize,
    last: Option<u8>,
    /// Lines end in CR LF: there a break tells nothing, because the parser stops before its LF.
    cr_lf: bool,
}

#[derive(Clone, Copy)]
enum State {
    FieldStart,
    Plain,
    Quoted {
        since: u64,
    },
    /// After a quote inside of quotes: closed, or the first half of a doubled one.
    PerhapsClosed {
        since: u64,
    },
}

impl<R: Read> Watch<R> {
    pub(super) fn new(inner: R, settings: &Settings) -> Self {
        Self {
            inner,
            delimiter: settings.delimiter,
            quote: settings.quote,
            state: State::FieldStart,
            line: 1,
            record_line: 1,
            record_bytes: 0,
            longest: LONGEST_RECORD,
            last: None,
            cr_lf: false,
        }
    }

    fn watch(&mut self, text: &[u8]) -> Result<(), Damage> {
        for (at, &byte) in text.iter().enumerate() {
            self.state = self.next(byte)?;
            self.record_bytes += 1;
            if byte == b'\n' {
                let before = at.checked_sub(1).map_or(self.last, |before| Some(text[before]));
                self.cr_lf |= before == Some(b'\r');
                self.line += 1;
                if matches!(self.state, State::FieldStart) {
                    self.record_line = self.line;
                    self.record_bytes = 0;
                }
            }
        }
        self.last = text.last().copied().or(self.last);
        if self.record_bytes > self.longest {
            return Err(Damage::RecordTooLong { line: self.record_line, mib: self.longest >> 20 });
        }
        Ok(())
    }

    fn next(&self, byte: u8) -> Result<State, Damage> {
        let is_quote = Some(byte) == self.quote;
        let ends_field = byte == self.delimiter || byte == b'\n' || byte == b'\r';
        Ok(match self.state {
            State::Quoted { since } if is_quote => State::PerhapsClosed { since },
            State::Quoted { since } => State::Quoted { since },
            State::PerhapsClosed { since } if is_quote => State::Quoted { since },
            State::PerhapsClosed { .. } if !ends_field => return Err(Damage::AfterQuote { line: self.line }),
            State::FieldStart if is_quote => State::Quoted { since: self.line },
            _ if ends_field => State::FieldStart,
            _ => State::Plain,
        })
    }
}

impl<R: Read> Read for Watch<R> {
    fn read(&mut self, text: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(text)?;
        match self.state {
            State::Quoted { since } if read == 0 && !text.is_empty() => {
                Err(Damage::OpenQuote { line: since }.into())
            }
            _ if read == 0
                && !text.is_empty()
                && !self.cr_lf
                && self.last.is_some_and(|last| last != b'\n') =>
            {
                text[0] = b'\n';
                self.last = Some(b'\n');
                Ok(1)
            }
            _ => {
                self.watch(&text[..read])?;
                Ok(read)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watch(text: &str, longest: usize) -> Result<(), Damage> {
        let mut watch = Watch { longest, ..Watch::new(text.as_bytes(), &Settings::new("")) };
        io::copy(&mut watch, &mut io::sink()).map(|_| ()).map_err(|error| Damage::from(&error))
    }

    #[test]
    fn quotes_must_close() {
        for (text, expected) in [
            ("a,b\n1,\"x, \"\"y\"\"\n z\"\n", Ok(())),
            ("a\n5\" nails\n", Ok(())),
            ("a\n\"\"", Ok(())),
            ("a,b\r\n\"1\",\"2\"\r\n", Ok(())),
            ("a\n1\n\"never\n2\n", Err(Damage::OpenQuote { line: 3 })),
            ("a\n\"x\"y\n", Err(Damage::AfterQuote { line: 2 })),
        ] {
            assert_eq!(watch(text, LONGEST_RECORD), expected, "{text:?}");
        }
    }

    #[test]
    fn a_record_has_an_end() {
        let line = format!("a\n{}\n", "x".repeat(100));
        assert_eq!(watch(&line, 200), Ok(()));
        let unending = format!("a\n{}", "x".repeat(300));
        assert_eq!(watch(&unending, 200), Err(Damage::RecordTooLong { line: 2, mib: 0 }));
    }
}
