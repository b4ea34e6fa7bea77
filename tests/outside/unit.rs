//! The systemd unit as systemd itself judges it.

use std::process::Command;

use kaizend_tests::project;

fn unit() -> std::path::PathBuf {
    project().join("config/systemd/kaizend.service")
}

/// The unit with a program that exists, because `verify` looks for it.
#[test]
fn systemd_accepts_the_unit() {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("kaizend.service");
    let text = std::fs::read_to_string(unit()).expect("the unit is there");
    std::fs::write(&copy, text.replace("/usr/bin/kaizend", "/bin/true")).expect("a copy is written");
    let output = Command::new("systemd-analyze")
        .args(["verify", "--man=no"])
        .arg(&copy)
        .output()
        .expect("systemd-analyze starts: apt-get install -y systemd");
    let said = String::from_utf8_lossy(&output.stderr);
    let about_us: Vec<&str> = said.lines().filter(|line| line.contains("kaizend.service")).collect();
    assert!(output.status.success() && about_us.is_empty(), "{said}");
}

#[test]
fn the_sandbox_is_tight() {
    let output = Command::new("systemd-analyze")
        .args(["security", "--offline=true", "--no-pager"])
        .arg(unit())
        .output()
        .expect("systemd-analyze starts: apt-get install -y systemd");
    let said = String::from_utf8_lossy(&output.stdout);
    let verdict = said.lines().find(|line| line.contains("Overall exposure level")).unwrap_or_default();
    let exposure: f64 = verdict
        .split_whitespace()
        .find_map(|word| word.parse().ok())
        .unwrap_or_else(|| panic!("no exposure in:\n{said}\n{}", String::from_utf8_lossy(&output.stderr)));
    assert!(exposure <= 1.5, "{verdict}");
}
