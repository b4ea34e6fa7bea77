//! The keys that sign links. The newest signs; each verifies what it has signed. No text shows a key.

use std::fmt;

use ring::{
    hmac,
    rand::{SecureRandom, SystemRandom},
};

/// 32 random bytes, as they are kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

/// The system gave no random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the system gives no random bytes, so no key for links can be made")]
pub struct NoRandomness;

/// One key with its number.
#[derive(Clone)]
pub struct Key {
    kid: u32,
    key: hmac::Key,
}

/// Every key in force, the newest first.
#[derive(Clone, Debug, Default)]
pub struct Keyring(Vec<Key>);

impl Secret {
    /// A new one.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn make() -> Result<Self, NoRandomness> {
        let mut bytes = vec![0; 32];
        SystemRandom::new().fill(&mut bytes).map_err(|_| NoRandomness)?;
        Ok(Self(bytes))
    }

    /// For the store, and nobody else.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Key {
    pub fn new(kid: u32, secret: &[u8]) -> Self {
        Self { kid, key: hmac::Key::new(hmac::HMAC_SHA256, secret) }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl Keyring {
    /// The newest comes first.
    pub fn new(keys: impl IntoIterator<Item = Key>) -> Self {
        Self(keys.into_iter().collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of the key that signs, and what it makes of a text. `None` without any key.
    pub(crate) fn sign(&self, text: &[u8]) -> Option<(u32, Vec<u8>)> {
        let key = self.0.first()?;
        Some((key.kid, hmac::sign(&key.key, text).as_ref().to_vec()))
    }

    /// Whether the key of that number signed the text; compared in constant time.
    pub(crate) fn verifies(&self, kid: u32, text: &[u8], mac: &[u8]) -> bool {
        let key = self.0.iter().find(|key| key.kid == kid);
        key.is_some_and(|key| hmac::verify(&key.key, text, mac).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_shows_a_key() {
        let secret = Secret(b"very secret bytes".to_vec());
        let ring = Keyring::new([Key::new(7, b"very secret bytes")]);
        let shown = format!("{secret:?} {ring:?}");
        assert_eq!(shown, "Secret(…) Keyring([Key { kid: 7, .. }])");
        assert_ne!(Secret::make().unwrap(), Secret::make().unwrap());
    }
}
