//! Every command of the README is run: a `$` line of a `console` block must end with 0, in a copy of the project.

use std::{fs, path::Path, process::Command};

use kaizend_tests::{project, target};

fn console_lines(page: &str) -> Vec<String> {
    let text = fs::read_to_string(project().join(page)).expect("the page is there");
    text.split("```")
        .filter_map(|block| block.strip_prefix("console\n"))
        .flat_map(str::lines)
        .filter_map(|line| line.strip_prefix("$ "))
        .map(str::to_owned)
        .collect()
}

/// A folder in which the pages' relative paths lead where they say.
fn scene(folder: &Path) {
    for name in ["config", "plugin-sdk", "plugins"] {
        std::os::unix::fs::symlink(project().join(name), folder.join(name)).expect("a link is made");
    }
    fs::create_dir_all(folder.join("bin")).expect("a folder is made");
    std::os::unix::fs::symlink(target().join("debug/kaizend"), folder.join("bin/kaizend"))
        .expect("a link is made");
}

fn run_all(page: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    scene(folder.path());
    let path =
        format!("{}:{}", folder.path().join("bin").display(), std::env::var("PATH").unwrap_or_default());
    let lines = console_lines(page);
    assert!(!lines.is_empty(), "{page} shows no command");
    for line in lines {
        let output = Command::new("bash")
            .args(["-c", &line])
            .current_dir(folder.path())
            .env("PATH", &path)
            .env("CARGO_TARGET_DIR", target().join("author"))
            .env_remove("KAIZEND_CONFIG")
            .output()
            .expect("bash starts");
        assert!(
            output.status.success(),
            "{page}: `{line}` ended with {:?}\n{}\n{}",
            output.status.code(),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn every_command_of_the_readme_works() {
    run_all("README.md");
}

#[test]
fn every_make_target_of_the_readme_exists() {
    let readme = fs::read_to_string(project().join("README.md")).expect("the README is there");
    let makefile = fs::read_to_string(project().join("Makefile")).expect("the Makefile is there");
    let named: Vec<&str> = readme.lines().filter_map(|line| line.strip_prefix("make ")).collect();
    assert_eq!(named, ["demo", "test"]);
    for name in named {
        assert!(makefile.contains(&format!("\n{name}:")), "make {name}");
    }
}
