//! What a plugin may say at all, whichever function it says it with: topics of its manifest, keys that tell
//! things apart, names that fit into tables and mails, instants that exist.

use jiff::Timestamp;
use kaizend_core::rows::{Manifest, Topic};

use crate::{limits::bytes, run::Stop};

/// Parts of a key.
const KEY_PARTS: usize = 16;
/// Bytes of one part of a key.
const KEY_BYTES: usize = 1024;
/// Bytes of a name: of a topic, a role, a fact, a measure.
const NAME_BYTES: usize = 200;

/// The topic of this name in the manifest.
pub(super) fn known_topic<'a>(manifest: &'a Manifest, name: &str) -> Result<&'a Topic, Stop> {
    let unknown = || {
        let names: Vec<String> = manifest.topics.iter().map(|topic| topic.name.clone()).collect();
        let name: String = name.escape_debug().take(NAME_BYTES).collect();
        Stop::plugin(format!(
            "the plugin speaks of `{name}`, which is no topic of its manifest (it names {})",
            listed(&names)
        ))
    };
    manifest.topic(name).ok_or_else(unknown)
}

/// A key tells things apart: it has parts, and not all of them are empty.
pub(super) fn check_key(key: &[String]) -> Result<(), Stop> {
    if key.iter().all(String::is_empty) {
        return Err(Stop::plugin(
            "the plugin names a thing by an empty key, which would make all such things one",
        ));
    }
    if key.len() > KEY_PARTS {
        return Err(Stop::plugin(format!(
            "the plugin names a thing by a key of {} parts: {KEY_PARTS} are the most",
            key.len()
        )));
    }
    match key.iter().find(|part| part.len() > KEY_BYTES) {
        Some(part) => Err(Stop::plugin(format!(
            "a part of the plugin's key has {}: {} is the most",
            bytes(part.len()),
            bytes(KEY_BYTES)
        ))),
        None => Ok(()),
    }
}

/// Names are said by plugins and written into tables and mails.
pub(super) fn check_name(name: &str) -> Result<(), Stop> {
    if name.is_empty() || name.len() > NAME_BYTES {
        let name: String = name.escape_debug().take(40).collect();
        return Err(Stop::plugin(format!(
            "the plugin uses the name `{name}`: a name has 1 to {NAME_BYTES} bytes"
        )));
    }
    Ok(())
}

pub(super) fn instant(micros: i64) -> Result<Timestamp, Stop> {
    Timestamp::from_microsecond(micros).map_err(|_| {
        Stop::plugin(format!("the plugin names an instant {micros} µs from 1970, which no calendar has"))
    })
}

pub(super) fn listed(names: &[String]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
