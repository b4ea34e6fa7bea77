//! Each story of `tests/timelines` comes to exactly the mails that it names, and `explain` ends as it says.

use std::{collections::BTreeMap, fs, path::PathBuf};

use kaizend_tests::{Story, project};

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
        let ended = story.play().await;
        let mut wanted = story.wanted.clone();
        wanted.sort();
        if ended.mails != wanted {
            failed.push(format!(
                "{name}\n  wanted:\n    {}\n  came:\n    {}",
                wanted.join("\n    "),
                ended.mails.join("\n    ")
            ));
        }
        let outlooks: BTreeMap<_, _> = story
            .outlooks
            .keys()
            .map(|order| (order.clone(), ended.outlooks.get(order).cloned().unwrap_or_default()))
            .collect();
        if outlooks != story.outlooks {
            failed.push(format!("{name}: next\n  wanted {:?}\n  came   {outlooks:?}", story.outlooks));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}
