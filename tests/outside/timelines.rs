//! Each story of `tests/timelines` comes to exactly the mails that it names, and `explain` ends as it says: played by
//! the rounds of `simulate` and by the loops of `serve` alike.

use std::{collections::BTreeMap, fs, path::PathBuf};

use kaizend_tests::{Ended, Story, project};

fn stories() -> Vec<PathBuf> {
    let folder = project().join("tests/timelines");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder of stories")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "story"))
        .collect();
    paths.sort();
    paths
}

#[tokio::test(flavor = "multi_thread")]
async fn every_story_comes_to_its_mails() {
    let mut failed = Vec::new();
    for path in stories() {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let story = Story::read(&path);
        failed.extend(differences(&format!("{name}, simulated"), &story, &story.simulated().await));
        failed.extend(differences(&format!("{name}, served"), &story, &story.served().await));
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

/// `simulate --recorded`: the stories in which nobody but the data speaks, without their data.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_looks_recorded_comes_to_the_same_mails() {
    let (mut failed, mut played) = (Vec::new(), 0);
    for path in stories() {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let story = Story::read(&path);
        if let Some(ended) = story.recorded().await {
            played += 1;
            failed.extend(differences(&format!("{name}, recorded"), &story, &ended));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
    assert!(played >= 10, "only {played} stories are of data alone");
}

fn differences(name: &str, story: &Story, ended: &Ended) -> Vec<String> {
    let mut failed = Vec::new();
    let mut wanted = story.wanted.clone();
    wanted.sort();
    if ended.mails != wanted {
        let lines = |lines: &[String]| lines.join("\n    ");
        failed.push(format!(
            "{name}\n  wanted:\n    {}\n  came:\n    {}",
            lines(&wanted),
            lines(&ended.mails)
        ));
    }
    let came = |order: &String| ended.outlooks.get(order).cloned().unwrap_or_default();
    let outlooks: BTreeMap<_, _> = story.outlooks.keys().map(|order| (order.clone(), came(order))).collect();
    if outlooks != story.outlooks {
        failed.push(format!("{name}: next\n  wanted {:?}\n  came   {outlooks:?}", story.outlooks));
    }
    failed
}
