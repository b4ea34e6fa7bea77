//! A short name for what must not stand in a link itself.

use sha2::{Digest, Sha256};

/// SHA-256.
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The first eight bytes of it: enough to compare what a token says with what is known, under its signature.
pub(crate) fn short(text: &str) -> [u8; 8] {
    let whole = digest(text.as_bytes());
    std::array::from_fn(|at| whole[at])
}
