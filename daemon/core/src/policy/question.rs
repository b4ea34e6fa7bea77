//! What a check asks: its plugin, params and datasets with their queries and columns, as one digest.
//!
//! Another digest is another question, and what its first look meets was already wrong. Schedule, ladder and
//! texts are no part of it.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::domain::{CheckMemory, DatasetName, First};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question<'a> {
    pub plugin: &'a str,
    /// The plugin's version.
    pub version: &'a str,
    /// In canonical form, defaults included: writing a default down changes nothing.
    pub params: &'a BTreeMap<String, String>,
    /// The bound datasets by slot, in the order of the binding.
    pub slots: BTreeMap<&'a str, Vec<Bound<'a>>>,
}

/// A dataset as far as it decides what the plugin sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound<'a> {
    pub dataset: &'a DatasetName,
    /// The query, or the file and its reading.
    pub query: &'a str,
    pub key: &'a [String],
    /// The declared columns: name to form (kind, format, zone) as text.
    pub columns: &'a BTreeMap<String, String>,
}

impl Question<'_> {
    /// 64 hexadecimal digits. Each text goes in with its length and each list with its count, so that no two
    /// questions run into one.
    pub fn digest(&self) -> String {
        let mut digest = Parts(Sha256::new());
        digest.text(self.plugin);
        digest.text(self.version);
        digest.map(self.params);
        digest.count(self.slots.len());
        for (slot, datasets) in &self.slots {
            digest.text(slot);
            digest.count(datasets.len());
            for bound in datasets {
                digest.text(bound.dataset.as_str());
                digest.text(bound.query);
                digest.count(bound.key.len());
                bound.key.iter().for_each(|column| digest.text(column));
                digest.map(bound.columns);
            }
        }
        hex::encode(digest.0.finalize())
    }
}

/// Whether a look under this question is the first of the check, or of the question.
pub fn first(memory: &CheckMemory, question: &str) -> Option<First> {
    match memory.question.as_deref() {
        None => Some(First::OfCheck),
        Some(before) if before != question => Some(First::OfQuestion),
        Some(_) => None,
    }
}

struct Parts(Sha256);

impl Parts {
    fn count(&mut self, count: usize) {
        self.0.update((count as u64).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.update(text.as_bytes());
    }

    fn map(&mut self, map: &BTreeMap<String, String>) {
        self.count(map.len());
        for (name, value) in map {
            self.text(name);
            self.text(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn digest(version: &str, params: &[(&str, &str)], query: &str, columns: &[(&str, &str)]) -> String {
        let (params, columns) = (map(params), map(columns));
        let dataset = DatasetName::from("promises");
        let bound = Bound { dataset: &dataset, query, key: &["id".to_owned()], columns: &columns };
        let slots = BTreeMap::from([("promises", vec![bound])]);
        Question { plugin: "missed-promises", version, params: &params, slots }.digest()
    }

    #[test]
    fn every_part_counts_and_none_runs_into_the_next() {
        let asked = [
            digest("1.0.0", &[("warn", "2")], "select 1", &[]),
            digest("1.0.1", &[("warn", "2")], "select 1", &[]),
            digest("1.0.0", &[("warn", "3")], "select 1", &[]),
            digest("1.0.0", &[("war", "n2")], "select 1", &[]),
            digest("1.0.0", &[("warn", "2")], "select 12", &[]),
            digest("1.0.0", &[("warn", "2")], "select 1", &[("kept", "date")]),
            digest("1.0.0", &[], "select 1", &[("warn", "2")]),
        ];
        let different: std::collections::BTreeSet<_> = asked.iter().collect();
        assert_eq!(different.len(), asked.len());
    }

    #[test]
    fn the_digest_outlives_a_release() {
        // If this fails, every check of every company meets a new baseline with the next release.
        let asked = digest("1.0.0", &[("warn", "2")], "select 1", &[("kept", "date")]);
        assert_eq!(asked, "04379a3ed7a184c603e0271fa5ebb3e3755bed681a90265e85a425ec7259de5d");
    }

    #[test]
    fn a_look_is_the_first_until_one_was_believed() {
        let asked = |question: Option<&str>| CheckMemory {
            question: question.map(str::to_owned),
            ..CheckMemory::default()
        };
        assert_eq!(first(&asked(None), "q"), Some(First::OfCheck));
        assert_eq!(first(&asked(Some("p")), "q"), Some(First::OfQuestion));
        assert_eq!(first(&asked(Some("q")), "q"), None);
    }
}
