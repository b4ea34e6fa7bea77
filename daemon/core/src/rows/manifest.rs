//! A plugin's manifest: what it is, what it asks to read, its parameters, and what it can say.
//!
//! The SDK's macros write it into the custom section [`MANIFEST_SECTION`] as records: a `u32` (little-endian)
//! length and the name, then a `u32` length and the body. The record `manifest` is this type as JSON; a
//! record `messages/<language>` is a Fluent catalogue. The daemon reads both without running any code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Ask;
use crate::domain::Span;

/// The custom section of a plugin that holds its manifest and messages.
pub const MANIFEST_SECTION: &str = "kaizend";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Manifest {
    /// The plugin's name, as in `plugin = "missed-promises"`.
    pub id: String,
    /// The plugin's own version (semver).
    pub version: String,
    /// The version of the contract it was built for.
    pub api: String,
    /// One sentence in English: what it looks for.
    pub about: String,
    /// State written under another number is not given to the plugin.
    #[serde(default)]
    pub state_version: u32,
    pub slots: Vec<SlotAsk>,
    #[serde(default)]
    pub params: Vec<ParamAsk>,
    pub topics: Vec<Topic>,
    /// Fluent catalogues by language; filled from the section's `messages/…` records.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub messages: BTreeMap<String, String>,
}

/// What a plugin wants to read: the operator binds one dataset to it, or several where `list` is set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SlotAsk {
    pub name: String,
    #[serde(default)]
    pub about: String,
    #[serde(default)]
    pub optional: bool,
    /// Several datasets may be bound.
    #[serde(default)]
    pub list: bool,
    pub columns: Vec<ColumnAsk>,
    /// Set when the rows are promises, which the host then records.
    #[serde(default)]
    pub ledger: Option<LedgerColumns>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ColumnAsk {
    pub name: String,
    pub kind: Ask,
    #[serde(default)]
    pub about: String,
    /// The dataset may lack the column: the plugin then sees only nulls.
    #[serde(default)]
    pub optional: bool,
    /// The plugin copes with nulls. A null elsewhere fails the run and names the row.
    #[serde(default)]
    pub nullable: bool,
}

/// Which columns of a slot make a promise. The host adds `first-promised` (of `promised`'s kind) and `moves`
/// (integer) to what the plugin can read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LedgerColumns {
    pub key: Vec<String>,
    pub promised: String,
    pub kept: String,
    /// Who asked for the latest move (`client` excuses it), where the company records that.
    #[serde(default)]
    pub moved_by: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ParamAsk {
    pub name: String,
    pub kind: ParamKind,
    /// In the form that configuration uses; absent = the operator must set it.
    #[serde(default)]
    pub default: Option<String>,
    pub about: String,
}

/// The form of a parameter. A plugin receives it as canonical text: decimal numbers, `true`/`false`, and for
/// spans the text of [`crate::domain::Span`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ParamKind {
    Text,
    Integer,
    Real,
    Boolean,
    /// A length of time with its unit: `"2 working days"`, `"36h"`.
    Span,
}

impl ParamKind {
    /// The one text of a value, however it was written: a default that is written down is the same question as
    /// one that is not. `None` when the text is no value of this kind.
    pub fn canonical(self, text: &str) -> Option<String> {
        let bare = text.trim();
        match self {
            Self::Text => Some(text.to_owned()),
            Self::Integer => bare.parse::<i64>().ok().map(|number| number.to_string()),
            Self::Real => {
                bare.parse().ok().filter(|number: &f64| number.is_finite()).map(|number| number.to_string())
            }
            Self::Boolean => bare.parse::<bool>().ok().map(|yes| yes.to_string()),
            Self::Span => bare.parse::<Span>().ok().map(|span| span.to_string()),
        }
    }
}

/// A kind of thing the plugin can find.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Topic {
    pub name: String,
    #[serde(default)]
    pub about: String,
    pub kind: TopicKind,
    /// From least to most advanced; empty when the topic has none. The message of a finding is
    /// `<topic>-<stage>`, or `<topic>` without stages; its short form is the attribute `.title`.
    #[serde(default)]
    pub stages: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TopicKind {
    /// Open while it is seen.
    Condition,
    /// A past fact, told once.
    Happened,
    /// A condition whose last stage is a past fact: a promise that was kept late.
    Both,
}

/// Why a plugin's manifest cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    #[error(
        "the plugin has no `{MANIFEST_SECTION}` section: build it with the SDK's `plugin!` macro and `kaizend plugin build`"
    )]
    Absent,
    #[error("the plugin's `{MANIFEST_SECTION}` section is cut off at byte {at}: build the plugin again")]
    CutOff { at: usize },
    #[error("the plugin's manifest cannot be read: {why}")]
    Unreadable { why: String },
}

impl Manifest {
    /// Reads the records of a `kaizend` section.
    pub fn from_section(section: &[u8]) -> Result<Self, ManifestError> {
        let mut manifest = None;
        let mut messages = BTreeMap::new();
        let mut rest = Records { bytes: section, at: 0 };
        while let Some((name, body)) = rest.next_record()? {
            match name.strip_prefix("messages/") {
                Some(language) => {
                    messages.insert(language.to_owned(), text(body)?.to_owned());
                }
                None if name == "manifest" => manifest = Some(body),
                None => {}
            }
        }
        let body = manifest.ok_or(ManifestError::Absent)?;
        let mut manifest: Self = serde_json::from_slice(body).map_err(unreadable)?;
        manifest.messages = messages;
        Ok(manifest)
    }

    pub fn slot(&self, name: &str) -> Option<&SlotAsk> {
        self.slots.iter().find(|slot| slot.name == name)
    }

    pub fn topic(&self, name: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.name == name)
    }
}

impl Topic {
    /// How far a stage has gone: later stages are worse. 0 for no or an unknown stage.
    pub fn rank(&self, stage: &str) -> usize {
        self.stages.iter().position(|name| name == stage).map_or(0, |at| at + 1)
    }
}

struct Records<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    fn next_record(&mut self) -> Result<Option<(&'a str, &'a [u8])>, ManifestError> {
        if self.at == self.bytes.len() {
            return Ok(None);
        }
        let name = text(self.take()?)?;
        Ok(Some((name, self.take()?)))
    }

    fn take(&mut self) -> Result<&'a [u8], ManifestError> {
        let cut_off = ManifestError::CutOff { at: self.at };
        let rest = &self.bytes[self.at..];
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(cut_off.clone())?;
        let length = u32::from_le_bytes(*length) as usize;
        let body = rest.get(..length).ok_or(cut_off)?;
        self.at += 4 + length;
        Ok(body)
    }
}

fn text(bytes: &[u8]) -> Result<&str, ManifestError> {
    std::str::from_utf8(bytes).map_err(unreadable)
}

fn unreadable(why: impl std::fmt::Display) -> ManifestError {
    ManifestError::Unreadable { why: why.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(name: &str, body: &str) -> Vec<u8> {
        [name, body]
            .iter()
            .flat_map(|part| [&(part.len() as u32).to_le_bytes(), part.as_bytes()].concat())
            .collect()
    }

    const MINIMAL: &str =
        r#"{"id":"late","version":"1.0.0","api":"0.1.0","about":"Late.","slots":[],"topics":[]}"#;

    #[test]
    fn records_may_come_in_any_order() {
        let section = [record("messages/en", "late = Late"), record("manifest", MINIMAL)].concat();
        let manifest = Manifest::from_section(&section).unwrap();
        assert_eq!(manifest.id, "late");
        assert_eq!(manifest.messages["en"], "late = Late");
    }

    #[test]
    fn a_parameter_has_one_text_however_it_is_written() {
        for (kind, written, canonical) in [
            (ParamKind::Integer, " 07", Some("7")),
            (ParamKind::Integer, "7.0", None),
            (ParamKind::Real, "0.50", Some("0.5")),
            (ParamKind::Real, "2", Some("2")),
            (ParamKind::Real, "inf", None),
            (ParamKind::Boolean, "true", Some("true")),
            (ParamKind::Boolean, "yes", None),
            (ParamKind::Span, "1 week", Some("7 days")),
            (ParamKind::Span, "48 hours ", Some("48h")),
            (ParamKind::Span, "soon", None),
            (ParamKind::Text, " as it is ", Some(" as it is ")),
        ] {
            assert_eq!(kind.canonical(written).as_deref(), canonical, "{kind:?} {written:?}");
        }
    }

    #[test]
    fn damage_is_named() {
        let section = record("manifest", MINIMAL);
        assert_eq!(
            Manifest::from_section(&section[..section.len() - 1]),
            Err(ManifestError::CutOff { at: 12 })
        );
        assert_eq!(Manifest::from_section(b""), Err(ManifestError::Absent));
    }
}
