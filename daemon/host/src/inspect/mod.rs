//! What a plugin file is, before anything of it is compiled or run.
//!
//! The file may come from anywhere: it is bounded, validated as a whole, and read. Whatever it asks for beyond
//! kaizend's own contract is refused here and named.

mod contract;
mod foreign;
mod manifest_rules;
mod refused;
mod scan;

use kaizend_core::rows::Manifest;
use sha2::{Digest, Sha256};

pub use foreign::ForeignImport;
pub(crate) use foreign::foreign_imports;
pub(crate) use manifest_rules::{FIRST_PROMISED, MOVES};
pub use refused::Refused;
pub(crate) use scan::{core_imports, exports_check};

/// The largest plugin file that is looked at. Plugins of the SDK have 20–100 KiB.
pub const MAX_PLUGIN_BYTES: usize = 16 << 20;

/// A plugin file that may be loaded.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspected {
    pub manifest: Manifest,
    /// Of the file, in 64 hexadecimal digits.
    pub sha256: String,
    /// Bytes of the file.
    pub size: usize,
    /// The interfaces it uses: `kaizend:check/rows@0.1.0`.
    pub imports: Vec<String>,
}

/// Reads and judges a plugin file. Never compiles or runs any of it.
///
/// # Errors
/// The first reason why it cannot be a plugin, in words for a stranger.
pub fn inspect(bytes: &[u8]) -> Result<Inspected, Refused> {
    if bytes.len() > MAX_PLUGIN_BYTES {
        return Err(Refused::TooLarge { size: bytes.len() });
    }
    let found = scan::scan(bytes)?;
    let foreign = foreign_imports(found.imports.iter().map(String::as_str));
    if !foreign.is_empty() {
        return Err(Refused::Foreign { imports: foreign });
    }
    if !found.exports_check {
        return Err(Refused::NoCheck);
    }
    let manifest = Manifest::from_section(&found.section)?;
    contract::check_version("its manifest", &manifest.api)?;
    for import in &found.imports {
        if let Some((name, version)) = import.split_once('@') {
            contract::check_version(&format!("its import `{name}`"), version)?;
        }
    }
    manifest_rules::check(&manifest)?;
    Ok(Inspected {
        manifest,
        sha256: hex::encode(Sha256::digest(bytes)),
        size: bytes.len(),
        imports: found.imports,
    })
}
