//! CSV files: exports of systems that cannot be asked directly.
//!
//! An empty field is null. A file that is cut off, ragged or of another encoding is refused rather than read
//! halfway, and so is one that changes while it is read: what is read is one state of the file.

mod damage;
mod encoding;
mod file;
mod read;
mod records;
mod watch;

use std::path::PathBuf;

pub use encoding::{Encoding, UnknownEncoding};
pub(crate) use read::{Held, describe};

pub use crate::convert::Decimal;

/// A CSV file and how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub path: PathBuf,
    /// Between fields: `,`, `;`, a tab.
    pub delimiter: u8,
    pub encoding: Encoding,
    /// The first line names the columns. Without it they are `column1`, `column2` …
    pub header: bool,
    /// Around fields that hold delimiters or line breaks; doubled inside. `None`: no field is quoted.
    pub quote: Option<u8>,
    pub decimal: Decimal,
    pub empty: Empty,
}

/// What an empty field of a text column is. In columns of other kinds it is null.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Empty {
    #[default]
    Null,
    /// A text without characters.
    Text,
}

impl Settings {
    /// A file as RFC 4180 describes it, in UTF-8, with a header.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            delimiter: b',',
            encoding: Encoding::default(),
            header: true,
            quote: Some(b'"'),
            decimal: Decimal::Point,
            empty: Empty::Null,
        }
    }
}
