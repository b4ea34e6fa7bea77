//! The demo: a made-up company with a known number of each problem, played through the daemon's own rounds.

use std::{collections::BTreeMap, fs, path::Path};

use kaizend_tests::{ends_with, kaizend};
use mail_parser::MessageParser;
use serde_json::Value;

fn play(folder: &Path, days: &str) -> Value {
    let printed =
        ends_with(0, kaizend().args(["--format", "json", "demo", "--days", days, "--dir"]).arg(folder));
    serde_json::from_str(&printed).expect("one JSON document")
}

/// Bytes of each mail by the name of its file.
fn mails(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder.join("mails")).expect("a folder of mails");
    let read = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().expect("a name in ASCII");
        (name, fs::read(entry.path()).expect("a mail is read"))
    };
    entries.flatten().map(read).collect()
}

fn kaizend_in(folder: &Path, arguments: &[&str]) -> String {
    ends_with(0, kaizend().arg("--config").arg(folder.join("kaizend.toml")).args(arguments))
}

#[test]
fn what_was_planted_is_found_and_told() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("sewell");
    let report = play(&folder, "7");

    let rows = report["found"].as_array().expect("a list");
    let first_looks: Vec<_> = rows
        .iter()
        .filter(|row| !row["planted"].is_null())
        .map(|row| {
            assert_eq!(row["planted"], row["first-look"], "{row}");
            (row["check"].as_str(), row["what"].as_str(), row["first-look"].as_u64())
        })
        .collect();
    let planted = [
        ("late-orders", "due-soon", 6),
        ("late-orders", "overdue", 9),
        ("late-orders", "kept-late", 41),
        ("repeat-orders", "repeat", 18),
        ("best-clients", "contact", 5),
    ];
    assert_eq!(first_looks, planted.map(|(check, what, count)| (Some(check), Some(what), Some(count))));

    let mails = mails(&folder);
    let told = report["told"].as_array().expect("a list");
    assert_eq!(told.iter().filter_map(|row| row["mails"].as_u64()).sum::<u64>(), mails.len() as u64);
    assert!(told.len() >= 10, "every advisor and seller hears something: {told:?}");
    assert!(told.iter().all(|row| row["findings"].as_u64() > Some(0)), "{told:?}");
    for (name, bytes) in &mails {
        let mail = MessageParser::default().parse(bytes).unwrap_or_else(|| panic!("{name} is no mail"));
        let to = mail.to().and_then(|to| to.first()).and_then(|to| to.address()).unwrap_or_default();
        assert!(to.ends_with("@sewell.example"), "{name}: {to}");
        let (text, html) = (mail.body_text(0).unwrap_or_default(), mail.body_html(0).unwrap_or_default());
        assert!(text.contains("kaizend") && html.contains("<html"), "{name}: {text}");
        assert!(!text.contains('\u{fffd}'), "{name}: {text}");
    }

    // A promise that was moved counts as missed against its first date.
    let [first, latest] = ["kept-first", "kept-latest"].map(|measure| {
        let rows = report["reliability"].as_array().expect("a list");
        let row = rows.iter().find(|row| row["measure"] == measure).expect("the measure is there");
        row["during"]["total"].as_u64().unwrap_or(0) - row["during"]["good"].as_u64().unwrap_or(0)
    });
    assert!(first > latest, "{first} misses of the first date, {latest} of the latest");
}

#[test]
fn the_folder_can_be_looked_into_afterwards() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("sewell");
    let report = play(&folder, "4");
    let open: u64 =
        report["found"].as_array().into_iter().flatten().filter_map(|row| row["open"].as_u64()).sum();
    let listed = kaizend_in(&folder, &["--format", "json", "findings", "list"]);
    assert_eq!(listed.lines().count() as u64, open);
    let example = report["example"]["fingerprint"].as_str().expect("an example");
    let shown = kaizend_in(&folder, &["findings", "show", example]);
    assert!(shown.contains(example) && shown.contains("late-orders"), "{shown}");
    kaizend_in(&folder, &["status", "--fail-on-trouble"]);
}

#[test]
fn the_same_seed_writes_the_same_mails_and_replaces_the_earlier_demo() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("sewell");
    play(&folder, "3");
    let once = mails(&folder);
    assert!(once.len() > 10, "{:?}", once.keys());
    play(&folder, "3");
    assert!(once == mails(&folder), "{:?} {:?}", once.keys(), mails(&folder).keys());
}

#[test]
fn a_folder_that_is_no_demo_is_left_alone() {
    let place = tempfile::tempdir().expect("a folder");
    let letter = place.path().join("letter.txt");
    fs::write(&letter, "dear").expect("a file is written");
    for taken in [place.path(), letter.as_path()] {
        ends_with(2, kaizend().args(["demo", "--dir"]).arg(taken));
    }
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 1);
    assert_eq!(fs::read_to_string(&letter).expect("it is there"), "dear");
}
