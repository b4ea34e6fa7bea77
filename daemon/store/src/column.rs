//! How values of the core become columns, and back: one place, so that each kind is written in one way only.
//!
//! Instants are microseconds; structures are JSON; an enum without fields is its bare word.

use jiff::Timestamp;
use kaizend_core::domain::Fingerprint;
use rusqlite::{Row, types::FromSql};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::StoreError;

/// Microseconds since 1970-01-01T00:00:00Z.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// The instant of a column.
pub(crate) fn instant(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(|why| unreadable("an instant", &why))
}

pub(crate) fn instant_if(micros: Option<i64>) -> Result<Option<Timestamp>, StoreError> {
    micros.map(instant).transpose()
}

/// A structure as JSON.
pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|why| unreadable(std::any::type_name::<T>(), &why))
}

/// A structure from JSON.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|why| unreadable(std::any::type_name::<T>(), &why))
}

pub(crate) fn from_json_if<T: DeserializeOwned>(text: Option<String>) -> Result<Option<T>, StoreError> {
    text.map(|text| from_json(&text)).transpose()
}

/// An enum without fields as its bare word; a tagged one as its JSON.
pub(crate) fn word<T: Serialize>(value: &T) -> Result<String, StoreError> {
    match serde_json::to_value(value).map_err(|why| unreadable(std::any::type_name::<T>(), &why))? {
        Value::String(word) => Ok(word),
        other => Ok(other.to_string()),
    }
}

/// The enum of a bare word.
pub(crate) fn from_word<T: DeserializeOwned>(word: String) -> Result<T, StoreError> {
    serde_json::from_value(Value::String(word)).map_err(|why| unreadable(std::any::type_name::<T>(), &why))
}

/// The word of a tagged enum's case: what its `tag` field says.
pub(crate) fn case<T: Serialize>(value: &T, tag: &str) -> Result<String, StoreError> {
    let value = serde_json::to_value(value).map_err(|why| unreadable(std::any::type_name::<T>(), &why))?;
    let case = value.get(tag).and_then(Value::as_str);
    case.map(str::to_owned).ok_or_else(|| unreadable(std::any::type_name::<T>(), &format!("no `{tag}`")))
}

pub(crate) fn fingerprint(bytes: Vec<u8>) -> Result<Fingerprint, StoreError> {
    let length = bytes.len();
    let bytes = bytes.try_into().map_err(|_| unreadable("a fingerprint", &format!("{length} bytes")))?;
    Ok(Fingerprint::from_bytes(bytes))
}

/// A column by its name: an order of columns that changes cannot mix two of them up.
pub(crate) fn get<T: FromSql>(row: &Row<'_>, name: &str) -> Result<T, StoreError> {
    Ok(row.get(name)?)
}

fn unreadable(what: &str, why: &dyn std::fmt::Display) -> StoreError {
    StoreError::Unreadable { what: what.to_owned(), why: why.to_string() }
}
