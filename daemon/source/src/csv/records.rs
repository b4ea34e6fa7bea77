//! The records of a file, one after the other, each with as many fields as the first.

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::{Settings, damage::Damage, encoding::Utf8, file::State, watch::Watch};

/// Bytes that the parser buffers.
const BUFFER: usize = 64 << 10;

/// Reads records; the names of the columns are known from the start.
pub(super) struct Records {
    reader: Reader<Box<dyn std::io::Read + Send>>,
    pub(super) names: Vec<String>,
    record: ByteRecord,
    /// The first record is a row: there is no header.
    first_is_row: bool,
    /// Added to the parser's line of each record after the first: after CR LF it has not counted the LF yet.
    uncounted: u64,
}

impl Records {
    pub(super) fn open(state: &State, settings: &Settings) -> Result<Self, Damage> {
        let text: Box<dyn std::io::Read + Send> =
            Box::new(Watch::new(Utf8::new(state.reader(), settings.encoding), settings));
        let mut reader = ReaderBuilder::new()
            .delimiter(settings.delimiter)
            .quote(settings.quote.unwrap_or(b'"'))
            .quoting(settings.quote.is_some())
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER)
            .from_reader(text);
        let mut record = ByteRecord::new();
        if !reader.read_byte_record(&mut record).map_err(|error| Damage::from(&error))? {
            return Err(Damage::Empty);
        }
        let inside = record.iter().flatten().filter(|&&byte| byte == b'\n').count() as u64;
        let uncounted = u64::from(reader.position().line() == 1 + inside);
        let names = record.iter().enumerate().map(|(at, field)| {
            let name = if settings.header {
                String::from_utf8_lossy(field).trim().to_owned()
            } else {
                String::new()
            };
            if name.is_empty() { format!("column{}", at + 1) } else { name }
        });
        let names = names.collect();
        Ok(Self { reader, names, record, first_is_row: !settings.header, uncounted })
    }

    /// The next record and its line; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<(&ByteRecord, u64)>, Damage> {
        let is_first = std::mem::take(&mut self.first_is_row);
        let read = is_first
            || self.reader.read_byte_record(&mut self.record).map_err(|error| Damage::from(&error))?;
        if !read {
            return Ok(None);
        }
        let uncounted = if is_first { 0 } else { self.uncounted };
        let line = self.record.position().map_or(0, csv::Position::line) + uncounted;
        let (found, expected) = (self.record.len(), self.names.len());
        if found != expected {
            return Err(Damage::Ragged { line, found, expected });
        }
        Ok(Some((&self.record, line)))
    }
}
