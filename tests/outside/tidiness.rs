//! The house is as `daemon/ARCHITECTURE.md` says, and the rules of the style that a machine can check hold.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use kaizend_tests::project;

/// Every file of the project that git knows or would add.
fn files() -> Vec<PathBuf> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(project())
        .output()
        .expect("git lists the files");
    String::from_utf8(listed.stdout)
        .expect("paths are UTF-8")
        .lines()
        .map(PathBuf::from)
        .filter(|path| project().join(path).is_file())
        .collect()
}

fn rust_files() -> impl Iterator<Item = (PathBuf, String)> {
    files().into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs")).map(|path| {
        let text = fs::read_to_string(project().join(&path)).expect("a source file is UTF-8");
        (path, text)
    })
}

fn architecture() -> String {
    fs::read_to_string(project().join("daemon/ARCHITECTURE.md")).expect("the map is there")
}

#[test]
fn the_map_names_every_room() {
    let map = architecture();
    let rooms: BTreeSet<PathBuf> = files()
        .iter()
        .filter(|path| path.ends_with("Cargo.toml") && path.components().count() > 1)
        .filter(|path| !path.starts_with("plugin-sdk/template"))
        .filter_map(|path| path.parent().map(Path::to_owned))
        .collect();
    for room in rooms {
        assert!(map.contains(&format!("`{}`", room.display())), "the map does not name {}", room.display());
    }
}

#[test]
fn the_map_names_nothing_that_is_not_there() {
    for named in architecture().split('`').skip(1).step_by(2) {
        let looks_like_a_path =
            named.contains('/') && !named.contains([' ', '<', '*']) && !named.starts_with("kaizend");
        if looks_like_a_path {
            assert!(project().join(named).exists(), "the map names {named}, which is not there");
        }
    }
}

#[test]
fn the_top_level_is_what_was_agreed() {
    let top: BTreeSet<String> = files()
        .iter()
        .filter_map(|path| path.components().next())
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    let agreed = [
        "CHANGELOG.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "Makefile",
        "README.md",
        "config",
        "daemon",
        "deny.toml",
        "plugin-sdk",
        "plugins",
        "rustfmt.toml",
        "tests",
    ];
    assert_eq!(top, agreed.map(str::to_owned).into());
}

#[test]
fn the_core_knows_no_io_and_no_clock() {
    let banned =
        ["tokio", "wasmtime", "lettre", "rusqlite", "std::fs", "std::net", "std::env", "::now()", "async fn"];
    for (path, text) in rust_files().filter(|(path, _)| path.starts_with("daemon/core/src")) {
        for word in banned {
            assert!(!text.contains(word), "{} holds `{word}`", path.display());
        }
    }
}

#[test]
fn every_file_says_why_it_exists() {
    let generated = |path: &Path| path.ends_with("bindings.rs");
    for (path, text) in rust_files().filter(|(path, _)| !generated(path)) {
        assert!(text.starts_with("//!"), "{} does not begin with //!", path.display());
    }
}

#[test]
fn no_file_has_a_name_that_says_nothing() {
    let empty = ["util", "utils", "helper", "helpers", "common", "misc", "errors"];
    for path in files() {
        for part in path.with_extension("").components() {
            let part = part.as_os_str().to_string_lossy();
            assert!(!empty.contains(&part.as_ref()), "{}", path.display());
        }
    }
}

#[test]
fn no_type_has_a_name_that_says_nothing() {
    let empty = [
        "Manager",
        "Handler",
        "Processor",
        "Helper",
        "Util",
        "Common",
        "Info",
        "Data",
        "Alert",
        "Job",
        "Task",
    ];
    for (path, text) in rust_files().filter(|(path, _)| !path.ends_with("bindings.rs")) {
        for line in text.lines() {
            let mut words =
                line.trim_start().trim_start_matches("pub ").split(|c: char| !c.is_alphanumeric());
            if !matches!(words.next(), Some("struct" | "enum" | "trait" | "type")) {
                continue;
            }
            let name = words.next().unwrap_or_default();
            let words = camel_words(name);
            assert!(!words.iter().any(|word| empty.contains(&word.as_str())), "{}: {name}", path.display());
        }
    }
}

/// `DatasetSpec` is `Dataset` and `Spec`.
fn camel_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for letter in name.chars() {
        match words.last_mut() {
            Some(word) if !letter.is_uppercase() => word.push(letter),
            _ => words.push(letter.to_string()),
        }
    }
    words
}
