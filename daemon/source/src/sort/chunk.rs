//! Some rows as bytes on disk, and back. Only this process reads them, so there is no version and no checksum.

use std::{fs::File, io, os::unix::fs::FileExt};

use kaizend_core::rows::{Batch, Column, Kind, Texts, Values};

/// Appends a batch to `bytes`: its length, then its columns.
pub(super) fn write(batch: &Batch, bytes: &mut Vec<u8>) {
    let start = bytes.len();
    put(bytes, 0);
    put(bytes, batch.len);
    for column in &batch.columns {
        match &column.nulls {
            None => bytes.push(0),
            Some(nulls) => {
                bytes.push(1);
                bytes.extend_from_slice(nulls);
            }
        }
        write_values(&column.values, bytes);
    }
    let length = (bytes.len() - start - 4) as u32;
    bytes[start..start + 4].copy_from_slice(&length.to_le_bytes());
}

fn write_values(values: &Values, bytes: &mut Vec<u8>) {
    match values {
        Values::Text(texts) => write_texts(texts, bytes),
        Values::Integer(values) | Values::Instant(values) => {
            values.iter().for_each(|value| bytes.extend_from_slice(&value.to_le_bytes()));
        }
        Values::Real(values) => values.iter().for_each(|value| bytes.extend_from_slice(&value.to_le_bytes())),
        Values::Boolean(values) => bytes.extend_from_slice(values),
        Values::Date(values) => values.iter().for_each(|value| bytes.extend_from_slice(&value.to_le_bytes())),
        Values::Money { minor_units, currencies } => {
            minor_units.iter().for_each(|value| bytes.extend_from_slice(&value.to_le_bytes()));
            write_texts(currencies, bytes);
        }
        _ => unreachable!("chunks are written from the kinds that a builder makes"),
    }
}

fn write_texts(texts: &Texts, bytes: &mut Vec<u8>) {
    texts.offsets.iter().for_each(|offset| bytes.extend_from_slice(&offset.to_le_bytes()));
    bytes.extend_from_slice(&texts.bytes);
}

fn put(bytes: &mut Vec<u8>, number: usize) {
    bytes.extend_from_slice(&(number as u32).to_le_bytes());
}

/// Reads the batch at `at`, and says where the next begins.
pub(super) fn read(file: &File, at: u64, kinds: &[Kind]) -> io::Result<(Batch, u64)> {
    let mut length = [0; 4];
    file.read_exact_at(&mut length, at)?;
    let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
    file.read_exact_at(&mut bytes, at + 4)?;
    let next = at + 4 + bytes.len() as u64;
    let mut rest = Rest(&bytes);
    let len = rest.number()? as usize;
    let columns = kinds.iter().map(|kind| rest.column(*kind, len)).collect::<io::Result<_>>()?;
    Ok((Batch { len, member: 0, columns }, next))
}

/// What is left to decode.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take(&mut self, length: usize) -> io::Result<&[u8]> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(io::ErrorKind::UnexpectedEof)?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self) -> io::Result<u32> {
        Ok(self.many(1, u32::from_le_bytes)?[0])
    }

    fn many<const N: usize, T>(&mut self, len: usize, decode: fn([u8; N]) -> T) -> io::Result<Vec<T>> {
        let (values, _) = self.take(len * N)?.as_chunks::<N>();
        Ok(values.iter().map(|bytes| decode(*bytes)).collect())
    }

    fn column(&mut self, kind: Kind, len: usize) -> io::Result<Column> {
        let nulls = if self.take(1)?[0] == 0 { None } else { Some(self.take(len.div_ceil(8))?.to_vec()) };
        let values = match kind {
            Kind::Integer => Values::Integer(self.many(len, i64::from_le_bytes)?),
            Kind::Instant => Values::Instant(self.many(len, i64::from_le_bytes)?),
            Kind::Real => Values::Real(self.many(len, f64::from_le_bytes)?),
            Kind::Boolean => Values::Boolean(self.take(len)?.to_vec()),
            Kind::Date => Values::Date(self.many(len, i32::from_le_bytes)?),
            Kind::Money => {
                let minor_units = self.many(len, i64::from_le_bytes)?;
                Values::Money { minor_units, currencies: self.texts(len)? }
            }
            _ => Values::Text(self.texts(len)?),
        };
        Ok(Column { values, nulls })
    }

    fn texts(&mut self, len: usize) -> io::Result<Texts> {
        let offsets = self.many(len + 1, u32::from_le_bytes)?;
        let bytes = self.take(offsets[len] as usize)?.to_vec();
        Ok(Texts { offsets, bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn every_kind_survives_the_disk() {
        let texts = |of: &[&str]| of.iter().collect::<Texts>();
        let values = [
            Values::Text(texts(&["a", "", "äöü"])),
            Values::Integer(vec![1, -2, i64::MAX]),
            Values::Real(vec![0.5, -0.0, 1e300]),
            Values::Boolean(vec![0, 1, 1]),
            Values::Date(vec![-1, 0, 20_780]),
            Values::Instant(vec![0, 1, -1]),
            Values::Money { minor_units: vec![1, 2, 3], currencies: texts(&["EUR", "BGN", ""]) },
        ];
        let kinds: Vec<Kind> = values.iter().map(Values::kind).collect();
        let with_nulls = |(at, values)| Column { values, nulls: (at % 2 == 0).then(|| vec![0b101]) };
        let columns = values.into_iter().enumerate().map(with_nulls).collect();
        let batch = Batch { len: 3, member: 0, columns };
        let mut bytes = vec![0xff; 5];
        write(&batch, &mut bytes);
        write(&batch, &mut bytes);
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        let (first, next) = read(&file, 5, &kinds).unwrap();
        let (second, end) = read(&file, next, &kinds).unwrap();
        assert_eq!((&first, &second, end), (&batch, &batch, bytes.len() as u64));
    }
}
