//! What the daemon refuses of what a check says, so that a fixture cannot pass natively and fail in the sandbox.
//!
//! The daemon's own rules are in its host room; these are the ones that an author can break by mistake.

use super::told::ToldFinding;
use crate::manifest::{Manifest, TopicKind};

/// Why a finding cannot be said.
pub(super) fn check_finding(manifest: &Manifest, finding: &ToldFinding) -> Result<(), String> {
    let name = &finding.topic;
    check_thing(manifest, name, &finding.key)?;
    let Some(topic) = manifest.topic(name) else { return Ok(()) };
    let wrong = match (topic.kind, finding.happened) {
        (TopicKind::Condition, Some(_)) => "has happened at an instant, and its topic is a condition",
        (TopicKind::Happened, None) => "does not say when it happened, and its topic is a past fact",
        _ if finding.stage.is_empty() && !topic.stages.is_empty() => "has no stage, and its topic has stages",
        _ if !finding.stage.is_empty() && !topic.stages.contains(&finding.stage.as_str()) => {
            "has a stage that its topic does not name"
        }
        _ => {
            let strange = finding.links.iter().find(|(_, slot, _)| manifest.slot(slot).is_none());
            return strange.map_or(Ok(()), |(_, slot, _)| {
                Err(format!("the finding links to `{slot}`, which is no slot of the plugin"))
            });
        }
    };
    Err(format!("the finding `{name}` ({}) {wrong}", finding.key.join(", ")))
}

/// Why a topic and key name nothing.
pub(super) fn check_thing(manifest: &Manifest, topic: &str, key: &[String]) -> Result<(), String> {
    if manifest.topic(topic).is_none() {
        return Err(format!("the manifest does not declare the topic `{topic}`"));
    }
    if key.iter().all(String::is_empty) {
        return Err(
            "the plugin names a thing by an empty key, which would make all such things one".to_owned()
        );
    }
    Ok(())
}

/// Why a measure counts nothing.
pub(super) fn check_measure(name: &str, good: u64, total: u64) -> Result<(), String> {
    if name.is_empty() {
        return Err("the plugin measures something without a name".to_owned());
    }
    if good > total {
        return Err(format!("the plugin measures `{name}` as {good} good out of {total}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Instant, Topic};

    const MANIFEST: Manifest = Manifest {
        id: "late",
        version: "1.0.0",
        about: "",
        state_version: 1,
        slots: &[],
        params: &[],
        topics: &[
            Topic::condition("stale", "", &[]),
            Topic::happened("repeat", "", &[]),
            Topic::both("promise", "", &["overdue", "kept-late"]),
        ],
        messages: &[],
    };

    fn finding(topic: &str, key: &str, stage: &str, happened: bool) -> ToldFinding {
        ToldFinding {
            topic: topic.to_owned(),
            key: vec![key.to_owned()],
            stage: stage.to_owned(),
            happened: happened.then_some(Instant::from_micros(0)),
            ..ToldFinding::default()
        }
    }

    #[test]
    fn what_the_daemon_refuses_is_refused_here() {
        for (finding, said) in [
            (finding("stale", "1", "", false), ""),
            (finding("repeat", "1", "", true), ""),
            (finding("promise", "1", "overdue", false), ""),
            (finding("promise", "1", "kept-late", true), ""),
            (finding("late", "1", "", false), "does not declare the topic `late`"),
            (finding("stale", "", "", false), "an empty key"),
            (finding("stale", "1", "", true), "its topic is a condition"),
            (finding("repeat", "1", "", false), "does not say when it happened"),
            (finding("promise", "1", "", false), "has no stage"),
            (finding("stale", "1", "overdue", false), "a stage that its topic does not name"),
        ] {
            let why = check_finding(&MANIFEST, &finding).err().unwrap_or_default();
            assert!(why.contains(said) && why.is_empty() == said.is_empty(), "{finding:?}: {why}");
        }
        let links = vec![("earlier".to_owned(), "orders".to_owned(), vec!["1".to_owned()])];
        let linked = ToldFinding { links, ..finding("stale", "1", "", false) };
        assert!(check_finding(&MANIFEST, &linked).is_err_and(|why| why.contains("links to `orders`")));
    }

    #[test]
    fn a_measure_has_a_name_and_no_more_good_than_all() {
        assert_eq!(check_measure("kept", 2, 2), Ok(()));
        assert!(check_measure("kept", 3, 2).is_err());
        assert!(check_measure("", 1, 2).is_err());
    }
}
