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
    /// 1 where lines end in CR LF: when a record ends, the parser has not counted its LF yet.
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
        let uncounted = u64::from(reader.position().line() == 1 + breaks_inside(&record));
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
        let line = self.line();
        let (found, expected) = (self.record.len(), self.names.len());
        if found != expected {
            return Err(Damage::Ragged { line, found, expected });
        }
        Ok(Some((&self.record, line)))
    }

    /// Where the record begins. The parser tells where it began to look for it, which is before empty lines, and
    /// where it stands now.
    fn line(&self) -> u64 {
        let (from, to) =
            (self.record.position().map_or(0, csv::Position::line), self.reader.position().line());
        if to == from + 1 {
            return from + self.uncounted;
        }
        let own_break = 1 - self.uncounted;
        to.saturating_sub(breaks_inside(&self.record) + own_break)
    }
}

/// Line breaks within quotes.
fn breaks_inside(record: &ByteRecord) -> u64 {
    record.as_slice().iter().filter(|&&byte| byte == b'\n').count() as u64
}
