//! Imports that a check cannot have, and which dependency usually brings them in.

use std::fmt;

/// An import from outside of kaizend's contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignImport {
    /// As the file names it: `wasi:cli/stdout@0.2.3`, `env.getrandom`.
    pub name: String,
    /// What it is, and what to look for.
    pub hint: &'static str,
}

/// Those of `imports` that the daemon does not serve.
pub(crate) fn foreign_imports<'a>(imports: impl IntoIterator<Item = &'a str>) -> Vec<ForeignImport> {
    imports
        .into_iter()
        .filter(|name| !name.starts_with("kaizend:check/"))
        .map(|name| ForeignImport { name: name.to_owned(), hint: hint(name) })
        .collect()
}

const HINTS: &[(&str, &str)] = &[
    (
        "getrandom",
        "this is randomness, from the crate `getrandom`: find who needs it with `cargo tree -i getrandom`; a check \
         gives the same answer for the same data, so leave it out (hash maps: use BTreeMap)",
    ),
    (
        "wbindgen",
        "this is wasm-bindgen, which serves web pages: usually `chrono` with its default feature `wasmbind`, or \
         `getrandom`, `uuid` or `instant` with their `js` feature; find it with `cargo tree -i wasm-bindgen`",
    ),
    (
        "wbg",
        "this is wasm-bindgen, which serves web pages: usually `chrono` with its default feature `wasmbind`, or \
         `getrandom`, `uuid` or `instant` with their `js` feature; find it with `cargo tree -i wasm-bindgen`",
    ),
    ("js_sys", "this is wasm-bindgen, which serves web pages; find it with `cargo tree -i wasm-bindgen`"),
    (
        "wasi",
        "this is WASI (files, network, clocks, environment), which a check does not get: build for the target \
         wasm32-unknown-unknown, as `kaizend plugin build` does",
    ),
    (
        "env.",
        "this is a function that is declared and nowhere defined, usually from a C library: look for a crate named \
         `…-sys` in `cargo tree`, or for an `extern \"C\"` block",
    ),
    ("kaizend:", "this is another contract of kaizend than the one for checks"),
];

fn hint(name: &str) -> &'static str {
    HINTS.iter().find(|(part, _)| name.contains(part)).map_or(
        "it is not part of the contract `kaizend:check`: find the dependency that declares it, and leave it out",
        |(_, hint)| hint,
    )
}

impl fmt::Display for ForeignImport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.name, self.hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_import_names_what_to_look_for() {
        for (import, word) in [
            ("wasi:cli/stdout@0.2.3", "WASI"),
            ("wasi_snapshot_preview1.fd_write", "WASI"),
            ("__wbindgen_placeholder__.__wbindgen_throw", "chrono"),
            ("env.__getrandom_v03_custom", "getrandom"),
            ("wasi:random/random@0.2.0", "WASI"),
            ("env.sqlite3_open", "-sys"),
            ("acme:tools/socket", "not part of the contract"),
        ] {
            let found = foreign_imports([import, "kaizend:check/rows@0.1.0"]);
            assert_eq!(found.len(), 1, "{import}");
            assert!(found[0].to_string().contains(word), "{}", found[0]);
        }
    }
}
