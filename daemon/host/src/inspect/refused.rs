//! Why a file is not taken as a plugin: what is wrong with it, and what its author can do.

use kaizend_core::rows::ManifestError;

use super::{ForeignImport, MAX_PLUGIN_BYTES, contract::CONTRACT};
use crate::limits::bytes;

/// The reason for refusing a plugin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    #[error(
        "the file has {}, and a plugin may have {}: build it with `kaizend plugin build`, which leaves out debug \
         information",
        bytes(*size), bytes(MAX_PLUGIN_BYTES)
    )]
    TooLarge { size: usize },
    #[error("the file is not WebAssembly: it begins otherwise than each WebAssembly file does")]
    NotWasm,
    #[error(
        "the file is a core module of WebAssembly and not yet a component: `kaizend plugin build` makes the component"
    )]
    CoreModule,
    #[error("the file is cut off at byte {at}: copy or build it again")]
    CutOff { at: usize },
    #[error("the file is not valid WebAssembly, at byte {at}: {why}")]
    Invalid { at: usize, why: String },
    #[error("it needs what a check does not get: {}", list(imports))]
    Foreign { imports: Vec<ForeignImport> },
    #[error("it does not export the function `check`: write it with the SDK's `plugin!` macro")]
    NoCheck,
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    #[error("its manifest contradicts itself: {why}")]
    Contradiction { why: String },
    #[error("{whose} names the contract version `{version}`, which is not three numbers such as {CONTRACT}")]
    OddVersion { whose: String, version: String },
    #[error(
        "it was built for version {version} of the contract, and this kaizend serves {CONTRACT}: build it again with \
         the current SDK"
    )]
    OldContract { version: String },
    #[error(
        "it was built for version {version} of the contract, and this kaizend serves {CONTRACT}: it needs a newer kaizend"
    )]
    NewContract { version: String },
    #[error(
        "it needs a newer kaizend than {}, because it uses {what}, which this one does not have",
        env!("CARGO_PKG_VERSION")
    )]
    NeedsNewer { what: String },
    #[error("it could not be compiled: {why}")]
    NotCompiled { why: String },
}

fn list(imports: &[ForeignImport]) -> String {
    const SHOWN: usize = 5;
    let mut words: Vec<String> = imports.iter().take(SHOWN).map(ToString::to_string).collect();
    if imports.len() > SHOWN {
        words.push(format!("and {} more", imports.len() - SHOWN));
    }
    words.join("; ")
}
