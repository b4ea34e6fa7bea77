//! Turns the bytes of a file into UTF-8, and stops at the first byte that is none of its encoding.
//!
//! Nothing is replaced: a name with a question mark in it would be another name.

use std::{
    io::{self, Read},
    str::FromStr,
};

use encoding_rs::{Decoder, DecoderResult};

use super::damage::Damage;

/// How a file's characters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

/// A name that is no encoding.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{name}` is no encoding: write `utf-8`, `utf-16le`, `windows-1251`, `windows-1252`, `iso-8859-15` …"
)]
pub struct UnknownEncoding {
    name: String,
}

impl Default for Encoding {
    fn default() -> Self {
        Self(encoding_rs::UTF_8)
    }
}

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    /// Any label of the WHATWG encoding standard.
    fn from_str(name: &str) -> Result<Self, UnknownEncoding> {
        let known = encoding_rs::Encoding::for_label_no_replacement(name.as_bytes());
        known.map(Self).ok_or_else(|| UnknownEncoding { name: name.to_owned() })
    }
}

/// Bytes read from the file at a time.
const CHUNK: usize = 64 << 10;

/// Reads UTF-8 from a file of any encoding.
pub(super) struct Utf8<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// The part of `raw` that is not decoded yet.
    left: std::ops::Range<usize>,
    /// Bytes of the file decoded so far.
    decoded: u64,
    at_end: bool,
    /// What comes after the text before it was handed on.
    then: Then,
}

enum Then {
    GoOn,
    End,
    Fail(Damage),
}

impl<R: Read> Utf8<R> {
    pub(super) fn new(inner: R, encoding: Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.0.new_decoder_with_bom_removal(),
            raw: vec![0; CHUNK],
            left: 0..0,
            decoded: 0,
            at_end: false,
            then: Then::GoOn,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        if self.left.is_empty() && !self.at_end {
            let read = self.inner.read(&mut self.raw)?;
            self.left = 0..read;
            self.at_end = read == 0;
        }
        Ok(())
    }

    /// Decodes what is left into `text` and says how much that gave.
    fn decode(&mut self, text: &mut [u8]) -> usize {
        let raw = &self.raw[self.left.clone()];
        let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(raw, text, self.at_end);
        self.left.start += read;
        self.decoded += read as u64;
        match result {
            DecoderResult::InputEmpty if self.at_end => self.then = Then::End,
            DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, after) => {
                let back = usize::from(length) + usize::from(after);
                let byte = self.left.start.checked_sub(back).map(|at| self.raw[at]);
                self.then = Then::Fail(self.damage(self.decoded - back as u64, byte));
            }
        }
        written
    }

    /// `byte` is the first foreign one; unknown when it came with an earlier chunk.
    fn damage(&self, before: u64, byte: Option<u8>) -> Damage {
        let utf16 = before == 0 && matches!(byte, Some(0xff | 0xfe));
        let advice = if utf16 {
            "it begins like UTF-16, so say `encoding = \"utf-16le\"`"
        } else {
            "say the `encoding` it has, such as \"windows-1251\", or export it again"
        };
        Damage::Encoding { at: before + 1, encoding: self.decoder.encoding().name(), advice }
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, text: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.then, Then::GoOn) {
                Then::GoOn => self.refill()?,
                Then::End => {
                    self.then = Then::End;
                    return Ok(0);
                }
                Then::Fail(damage) => return Err(damage.into()),
            }
            let written = self.decode(text);
            if written > 0 {
                return Ok(written);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], encoding: &str) -> Result<String, Damage> {
        let mut text = String::new();
        let mut reader = Utf8::new(bytes, encoding.parse().unwrap());
        reader.read_to_string(&mut text).map(|_| text).map_err(|error| Damage::from(&error))
    }

    #[test]
    fn texts_come_out_as_utf8() {
        for (bytes, encoding, text) in [
            (b"caf\xc3\xa9".as_slice(), "utf-8", "café"),
            (b"\xef\xbb\xbfid", "utf-8", "id"),
            (b"\xd1\xee\xf4\xe8\xff", "windows-1251", "София"),
            (b"\xff\xfei\0d\0", "utf-16le", "id"),
            (b"", "utf-8", ""),
        ] {
            assert_eq!(read(bytes, encoding).as_deref(), Ok(text), "{encoding}");
        }
    }

    #[test]
    fn the_first_foreign_byte_is_named() {
        for (bytes, expected, advised) in [
            (b"ab\xe9c".as_slice(), 3, "windows-1251"),
            (b"\xff\xfei\0", 1, "utf-16le"),
            (b"cut off \xc3", 9, "windows-1251"),
        ] {
            let Err(Damage::Encoding { at, advice, .. }) = read(bytes, "utf-8") else { panic!("{bytes:?}") };
            assert_eq!(at, expected);
            assert!(advice.contains(advised), "{advice}");
        }
        let long = [vec![b'x'; 3 * CHUNK], vec![0xe9, b'x']].concat();
        let Err(Damage::Encoding { at, .. }) = read(&long, "utf-8") else { panic!() };
        assert_eq!(at, 3 * CHUNK as u64 + 1);
    }

    #[test]
    fn an_encoding_has_a_known_name() {
        assert!("cp1251".parse::<Encoding>().is_ok());
        assert!("latin-99".parse::<Encoding>().unwrap_err().to_string().contains("`latin-99`"));
    }
}
