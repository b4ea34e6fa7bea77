//! A finding's identity: SHA-256 over length-prefixed (check, topic, key parts), and nothing else.
//!
//! Never over stage, owner, dates, text or plugin version: those change while the problem stays the same.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::CheckId;

/// 32 bytes, ordered bytewise; shown as 64 hexadecimal digits, of which people type the first few.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    pub fn of<K: AsRef<str>>(check: &CheckId, topic: &str, key: &[K]) -> Self {
        let mut digest = Sha256::new();
        let mut part = |text: &str| {
            digest.update((text.len() as u64).to_le_bytes());
            digest.update(text.as_bytes());
        };
        part(check.as_str());
        part(topic);
        key.iter().for_each(|text| part(text.as_ref()));
        Self(digest.finalize().into())
    }

    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first twelve digits: what lists and mails show.
    pub fn short(&self) -> String {
        hex::encode(&self.0[..6])
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({})", self.short())
    }
}

impl FromStr for Fingerprint {
    type Err = hex::FromHexError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes)?;
        Ok(Self(bytes))
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_between_parts_count() {
        let check = CheckId::from("late");
        assert_ne!(
            Fingerprint::of(&check, "order", &["1", "23"]),
            Fingerprint::of(&check, "order", &["12", "3"])
        );
        assert_ne!(Fingerprint::of(&check, "order", &["1"]), Fingerprint::of(&check, "order", &["1", ""]));
    }

    #[test]
    fn the_identity_of_a_released_version_never_changes() {
        let fingerprint = Fingerprint::of(&CheckId::from("late-orders"), "promise", &["10248"]);
        assert_eq!(fingerprint.to_string().parse(), Ok(fingerprint));
        assert_eq!(fingerprint.short().len(), 12);
    }
}
