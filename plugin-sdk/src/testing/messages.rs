//! Whether a plugin's messages say all that it can find, in every language it ships.
//!
//! A finding's message is `<topic>-<stage>` (or `<topic>`): its value is the sentence, `.title` a short form for subjects
//! and lists, `.todo` what to do first. `measure-<name>` names a measure.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Pattern};
use fluent_syntax::parser;

use crate::manifest::{Manifest, Topic};

/// All that is missing or cannot be read, a sentence each.
pub fn check_messages(manifest: &Manifest) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut catalogues = BTreeMap::new();
    for (language, text) in manifest.messages {
        match read(text) {
            Ok(ids) => drop(catalogues.insert(*language, ids)),
            Err(errors) => {
                complaints.extend(errors.iter().map(|error| format!("messages/{language}.ftl: {error}")));
            }
        }
    }
    if !manifest.messages.iter().any(|(language, _)| *language == "en") {
        complaints.push("messages/en.ftl: a plugin needs its messages in English".to_owned());
    }
    let mut all: BTreeSet<String> = manifest.topics.iter().flat_map(needed).collect();
    all.extend(catalogues.values().flatten().cloned());
    for (language, ids) in &catalogues {
        for id in all.difference(ids) {
            complaints.push(format!("messages/{language}.ftl: `{id}` is missing"));
        }
    }
    complaints
}

fn needed(topic: &Topic) -> Vec<String> {
    let stages = topic.stages.iter().map(|stage| format!("{}-{stage}", topic.name));
    let ids: Vec<String> =
        if topic.stages.is_empty() { vec![topic.name.to_owned()] } else { stages.collect() };
    let parts = ids.iter().flat_map(|id| [id.clone(), format!("{id}.title"), format!("{id}.todo")]);
    parts.collect()
}

/// The ids and attributes of a catalogue.
fn read(text: &str) -> Result<BTreeSet<String>, Vec<String>> {
    let resource = parser::parse(text).map_err(|(_, errors)| {
        let line = |at: usize| text[..at.min(text.len())].lines().count().max(1);
        errors
            .iter()
            .map(|error| format!("line {}: {}", line(error.pos.start), error.kind))
            .collect::<Vec<_>>()
    })?;
    let mut ids = BTreeSet::new();
    for entry in resource.body {
        if let Entry::Message(message) = entry {
            let id = message.id.name;
            if message.value.as_ref().is_some_and(|Pattern { elements }| !elements.is_empty()) {
                ids.insert(id.to_owned());
            }
            ids.extend(message.attributes.iter().map(|attribute| format!("{id}.{}", attribute.id.name)));
        }
    }
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(messages: &'static [(&'static str, &'static str)]) -> Vec<String> {
        const LATE: Topic = Topic::condition("late", "", &[]);
        check_messages(&Manifest {
            id: "late",
            version: "1.0.0",
            about: "",
            state_version: 1,
            slots: &[],
            params: &[],
            topics: &[LATE],
            messages,
        })
    }

    const EN: &str = "late = Late\n    .title = Late\n    .todo = Call.\n";

    #[test]
    fn every_language_says_the_same_things() {
        assert_eq!(complaints(&[("en", EN)]), Vec::<String>::new());
        for (messages, complaint) in [
            (&[("bg", EN)] as &[_], "messages/en.ftl: a plugin needs its messages in English"),
            (&[("en", "late = Late\n    .todo = Call.\n")], "messages/en.ftl: `late.title` is missing"),
            (
                &[("en", EN), ("bg", "late = Късно\n    .title = Късно\n")],
                "messages/bg.ftl: `late.todo` is missing",
            ),
            (
                &[("bg", EN), ("en", "late = Late\n    .title = Late\n    .todo = Call.\nmore = More\n")],
                "messages/bg.ftl: `more` is missing",
            ),
        ] {
            assert_eq!(complaints(messages), [complaint]);
        }
        assert!(
            complaints(&[("en", "late = Late\n  .title = { $x\n")])[0].starts_with("messages/en.ftl: line ")
        );
    }
}
