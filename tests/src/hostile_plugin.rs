//! The plugin that misbehaves as it is told, built as an author builds.

use std::{path::PathBuf, sync::LazyLock};

use crate::{ends_with, kaizend, project, target};

static BUILT: LazyLock<PathBuf> = LazyLock::new(|| {
    let out = target().join("hostile");
    ends_with(
        0,
        kaizend()
            .args(["plugin", "build"])
            .arg(project().join("tests/hostile-plugin"))
            .arg("--out")
            .arg(&out)
            .env("CARGO_TARGET_DIR", target()),
    );
    out.join("hostile.wasm")
});

/// Where it lies; built once.
pub fn hostile_plugin() -> PathBuf {
    BUILT.clone()
}
