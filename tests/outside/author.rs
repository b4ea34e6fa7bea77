//! The first five minutes of a plugin's author.

use std::{fs, path::Path, process::Command};

use kaizend_tests::{ends_with, kaizend, project, target};

fn new_plugin(folder: &Path) {
    ends_with(
        0,
        kaizend()
            .args(["plugin", "new", "greeting", "--dir"])
            .arg(folder)
            .arg("--sdk")
            .arg(project().join("plugin-sdk")),
    );
}

fn build(folder: &Path) -> String {
    let printed = ends_with(
        0,
        kaizend()
            .args(["--format", "json", "plugin", "build"])
            .arg(folder.join("greeting"))
            .arg("--out")
            .arg(folder)
            .env("CARGO_TARGET_DIR", folder.join("target")),
    );
    let built: serde_json::Value = serde_json::from_str(&printed).expect("one JSON line");
    built["sha256"].as_str().expect("a digest").to_owned()
}

#[test]
fn a_new_plugin_passes_its_tests_builds_alike_and_runs_in_the_sandbox() {
    let (one, two) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    new_plugin(one.path());
    new_plugin(two.path());
    let tests = Command::new("cargo")
        .args(["test", "--quiet"])
        .current_dir(one.path().join("greeting"))
        .env("CARGO_TARGET_DIR", target().join("author"))
        .output()
        .expect("cargo starts");
    assert!(tests.status.success(), "{}", String::from_utf8_lossy(&tests.stderr));
    assert_eq!(build(one.path()), build(two.path()), "two folders, the same bytes");
    let said = ends_with(0, kaizend().args(["plugin", "inspect"]).arg(one.path().join("greeting.wasm")));
    assert!(said.contains("reads"), "{said}");
    ends_with(
        0,
        kaizend()
            .args(["plugin", "test"])
            .arg(one.path().join("greeting"))
            .env("CARGO_TARGET_DIR", target().join("author")),
    );
}

#[test]
fn the_shipped_plugins_pass_their_fixtures_in_the_sandbox() {
    for entry in fs::read_dir(project().join("plugins")).expect("there are plugins").flatten() {
        ends_with(0, kaizend().args(["plugin", "test"]).arg(entry.path()));
    }
}

#[test]
fn a_name_that_cannot_be_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    ends_with(2, kaizend().args(["plugin", "new", "Bad Name", "--dir"]).arg(folder.path()));
}
