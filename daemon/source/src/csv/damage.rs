//! What can be wrong with the text of a CSV file itself. It travels through the parser as an I/O error.

use std::io;

use kaizend_core::rows::{Fault, FaultClass};

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Damage {
    #[error("its byte {at} is not {encoding}: {advice}")]
    Encoding { at: u64, encoding: &'static str, advice: &'static str },
    #[error("the quote opened in line {line} is never closed: the file is cut off, or needs another `quote`")]
    OpenQuote { line: u64 },
    #[error(
        "line {line}: text follows a closing quote: the quote should be doubled, or needs another `quote`"
    )]
    AfterQuote { line: u64 },
    #[error(
        "the record that begins in line {line} has over {mib} MiB: a quote is not closed, or this is no CSV file"
    )]
    RecordTooLong { line: u64, mib: usize },
    #[error("line {line} has {found} fields where the first line has {expected}")]
    Ragged { line: u64, found: usize, expected: usize },
    #[error("it is empty: not even a header")]
    Empty,
    #[error("it cannot be read: {0}")]
    Io(String),
}

impl Damage {
    pub(super) fn fault(&self, source: &str, path: &std::path::Path) -> Fault {
        let class = match self {
            Self::Encoding { .. } => FaultClass::Value,
            Self::Io(_) => FaultClass::Interrupted,
            Self::RecordTooLong { .. } => FaultClass::Limit,
            _ => FaultClass::Damaged,
        };
        Fault::new(class, format!("source {source}: {}: {self}", path.display()))
    }
}

impl From<Damage> for io::Error {
    fn from(damage: Damage) -> Self {
        Self::new(io::ErrorKind::InvalidData, damage)
    }
}

impl From<&io::Error> for Damage {
    fn from(error: &io::Error) -> Self {
        let own = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>());
        own.cloned().unwrap_or_else(|| Self::Io(error.to_string()))
    }
}

impl From<&csv::Error> for Damage {
    fn from(error: &csv::Error) -> Self {
        match error.kind() {
            csv::ErrorKind::Io(error) => error.into(),
            _ => Self::Io(error.to_string()),
        }
    }
}
