//! Digests: SHA-256 over fields, each preceded by its length, so that the bounds between fields count.
//!
//! A value is its type's letter and its bytes: `t` text, `b` bytes, `i` integer (8 bytes, little endian),
//! `r` real (the same of its bits). A field is the length of that (8 bytes, little endian), then that.

use std::{fmt, str::FromStr};

use rusqlite::{Connection, functions::FunctionFlags, types::ValueRef};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// 32 bytes; shown as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AuditDigest([u8; 32]);

/// Not 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no digest of the audit: those have 64 hexadecimal digits; `kaizend audit head` prints one"
)]
pub struct AuditDigestError {
    text: String,
}

/// Digests fields one after the other.
#[derive(Default)]
pub(crate) struct Fields(Sha256);

impl Fields {
    pub(crate) fn value(&mut self, value: ValueRef<'_>) {
        match value {
            ValueRef::Null => self.field(b'n', &[]),
            ValueRef::Integer(number) => self.field(b'i', &number.to_le_bytes()),
            ValueRef::Real(number) => self.field(b'r', &number.to_bits().to_le_bytes()),
            ValueRef::Text(text) => self.field(b't', text),
            ValueRef::Blob(bytes) => self.field(b'b', bytes),
        }
    }

    pub(crate) fn finish(self) -> AuditDigest {
        AuditDigest(self.0.finalize().into())
    }

    fn field(&mut self, letter: u8, bytes: &[u8]) {
        self.0.update((bytes.len() as u64 + 1).to_le_bytes());
        self.0.update([letter]);
        self.0.update(bytes);
    }
}

/// Teaches a connection `audit_digest(table, column, value, …)`: the digest of the table's name and of each
/// column that is not null, with its name. So a column that is added later, and null, changes no digest.
pub(crate) fn register(connection: &Connection) -> Result<(), rusqlite::Error> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("audit_digest", -1, flags, |context| {
        let mut fields = Fields::default();
        fields.value(context.get_raw(0));
        for column in (1..context.len().saturating_sub(1)).step_by(2) {
            let value = context.get_raw(column + 1);
            if value != ValueRef::Null {
                fields.value(context.get_raw(column));
                fields.value(value);
            }
        }
        Ok(fields.finish().0)
    })
}

impl AuditDigest {
    /// Stands before the first row.
    pub(crate) const NONE: Self = Self([0; 32]);

    /// `None` when there are not 32 bytes.
    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for AuditDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for AuditDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuditDigest({})", hex::encode(&self.0[..6]))
    }
}

impl FromStr for AuditDigest {
    type Err = AuditDigestError;

    fn from_str(text: &str) -> Result<Self, AuditDigestError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim(), &mut bytes)
            .map_err(|_| AuditDigestError { text: text.to_owned() })?;
        Ok(Self(bytes))
    }
}

impl Serialize for AuditDigest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(arguments: &str) -> AuditDigest {
        let connection = Connection::open_in_memory().unwrap();
        register(&connection).unwrap();
        let bytes: Vec<u8> =
            connection.query_row(&format!("SELECT audit_digest({arguments})"), [], |row| row.get(0)).unwrap();
        AuditDigest::from_slice(&bytes).unwrap()
    }

    #[test]
    fn every_part_of_a_row_counts_and_a_column_without_a_value_does_not() {
        let whole = digest("'t', 'a', 1, 'b', 'x'");
        for (name, other) in [
            ("another table", "'u', 'a', 1, 'b', 'x'"),
            ("another column", "'t', 'c', 1, 'b', 'x'"),
            ("another value", "'t', 'a', 2, 'b', 'x'"),
            ("another type", "'t', 'a', '1', 'b', 'x'"),
            ("bytes in the place of text", "'t', 'a', 1, 'b', x'78'"),
            ("another bound", "'t', 'a', 1, 'bx', ''"),
            ("a column less", "'t', 'a', 1"),
        ] {
            assert_ne!(digest(other), whole, "{name}");
        }
        assert_eq!(digest("'t', 'a', 1, 'later', NULL, 'b', 'x'"), whole);
    }

    /// The formula, by hand: what a released version wrote must verify for ever.
    #[test]
    fn the_formula_of_a_released_version_never_changes() {
        let bytes = b"\x02\0\0\0\0\0\0\0tt\x02\0\0\0\0\0\0\0ta\x09\0\0\0\0\0\0\0i\x01\0\0\0\0\0\0\0";
        assert_eq!(digest("'t', 'a', 1").as_bytes().as_slice(), Sha256::digest(bytes).as_slice());
    }

    #[test]
    fn digests_are_read_as_they_are_shown() {
        let digest = digest("'t'");
        assert_eq!(digest.to_string().parse(), Ok(digest));
        for wrong in ["", "abcd", &"g".repeat(64), &"a".repeat(65)] {
            assert!(wrong.parse::<AuditDigest>().is_err(), "{wrong}");
        }
    }
}
