//! What a fixture expects, and how it differs from what a run said. Used for native runs and for the sandbox alike.
//!
//! Values are compared by their canonical text, so `1998-05-30` and `"1998-05-30"` mean the same.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::cell::Cell;
use super::told::{Told, ToldFinding};

/// The `[expect]` table of a fixture.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Expect {
    /// All findings; without it and without `counts`, there must be none.
    #[serde(default)]
    pub findings: Vec<ExpectedFinding>,
    /// All findings, counted by `topic/stage` (or `topic`).
    #[serde(default)]
    pub counts: BTreeMap<String, u64>,
    /// All measures.
    #[serde(default)]
    pub measures: Option<Vec<ExpectedMeasure>>,
    /// All attributes.
    #[serde(default)]
    pub attributes: Option<Vec<ExpectedAttribute>>,
    /// All that was looked at and fine.
    #[serde(default)]
    pub fine: Option<Vec<ExpectedFine>>,
    /// The check must fail, with this in its error.
    #[serde(default)]
    pub fails: Option<String>,
}

/// A finding; what is not given is not compared.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "the fields are those of a finding; the fixture's format is documented in one place"
)]
pub struct ExpectedFinding {
    pub topic: String,
    pub key: Vec<String>,
    #[serde(default)]
    pub stage: String,
    pub severity: Option<u8>,
    pub happened: Option<toml::Value>,
    pub worth: Option<String>,
    #[serde(default)]
    pub about: BTreeMap<String, String>,
    #[serde(default)]
    pub facts: toml::Table,
    #[serde(default)]
    pub without: Vec<String>,
    #[serde(default)]
    pub links: BTreeMap<String, Vec<String>>,
}

/// A measure of one group and day.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "the fields are those of a measure; the fixture's format is documented in one place"
)]
pub struct ExpectedMeasure {
    pub name: String,
    #[serde(default)]
    pub group: String,
    pub day: toml::Value,
    pub good: u64,
    pub total: u64,
}

/// A fact about a client or person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "the fields are those of an attribute; the fixture's format is documented in one place"
)]
pub struct ExpectedAttribute {
    pub role: String,
    pub id: String,
    pub name: String,
    pub value: String,
}

/// Something that was looked at, and fine.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "topic and key; the fixture's format is documented in one place")]
pub struct ExpectedFine {
    pub topic: String,
    pub key: Vec<String>,
}

impl Expect {
    /// All that differs, a sentence each; nothing when the run said what it should.
    pub fn compare(&self, told: &Told) -> Vec<String> {
        let mut complaints = Vec::new();
        match (&self.fails, &told.error) {
            (Some(part), Some(error)) if error.contains(part.as_str()) => return complaints,
            (Some(part), error) => {
                return vec![format!("should fail with `{part}`, and ended with {error:?}")];
            }
            (None, Some(error)) => return vec![format!("failed: {error}")],
            (None, None) => {}
        }
        if self.counts.is_empty() {
            self.compare_findings(told, &mut complaints);
        } else {
            compare_sets("count", &set(&self.counts), &set(&counts(told)), &mut complaints);
        }
        if let Some(measures) = &self.measures {
            let expected = measures.iter().map(|m| {
                line(&[&m.name, &m.group, &text(&m.day), &m.good.to_string(), &m.total.to_string()])
            });
            let told = told.measures.iter().map(|((name, group, day), (good, total))| {
                line(&[name, group, &day.to_string(), &good.to_string(), &total.to_string()])
            });
            compare_sets(
                "measure",
                &expected.collect::<Vec<_>>(),
                &told.collect::<Vec<_>>(),
                &mut complaints,
            );
        }
        if let Some(attributes) = &self.attributes {
            let expected = attributes.iter().map(|a| line(&[&a.role, &a.id, &a.name, &a.value]));
            let told = told.attributes.iter().map(|((role, id, name), value)| line(&[role, id, name, value]));
            compare_sets(
                "attribute",
                &expected.collect::<Vec<_>>(),
                &told.collect::<Vec<_>>(),
                &mut complaints,
            );
        }
        if let Some(fine) = &self.fine {
            let expected = fine.iter().map(|fine| line(&[&fine.topic, &fine.key.join(", ")]));
            let told = told.fine.iter().map(|(topic, key)| line(&[topic, &key.join(", ")]));
            compare_sets("fine", &expected.collect::<Vec<_>>(), &told.collect::<Vec<_>>(), &mut complaints);
        }
        complaints
    }

    fn compare_findings(&self, told: &Told, complaints: &mut Vec<String>) {
        let mut left: Vec<&ToldFinding> = told.findings.iter().collect();
        for expected in &self.findings {
            match left.iter().position(|told| told.topic == expected.topic && told.key == expected.key) {
                Some(at) => expected.compare(left.remove(at), complaints),
                None => complaints.push(format!("{} was not found", expected.name())),
            }
        }
        for told in left {
            complaints.push(format!(
                "{} {:?} {} was found, and should not be: {:?}",
                told.topic, told.key, told.stage, told.facts
            ));
        }
    }
}

impl ExpectedFinding {
    fn name(&self) -> String {
        format!("{} {:?}", self.topic, self.key)
    }

    fn compare(&self, told: &ToldFinding, complaints: &mut Vec<String>) {
        let mut differs = |what: &str, expected: Option<String>, told: Option<String>| {
            if expected != told {
                let show = |value: Option<String>| value.unwrap_or_else(|| "nothing".to_owned());
                complaints.push(format!(
                    "{}: {what} should be {}, and is {}",
                    self.name(),
                    show(expected),
                    show(told)
                ));
            }
        };
        differs("stage", Some(self.stage.clone()), Some(told.stage.clone()));
        if let Some(severity) = self.severity {
            differs("severity", Some(severity.to_string()), Some(told.severity.to_string()));
        }
        if let Some(happened) = &self.happened {
            // A day in the fixture is its first instant.
            let expected = text(happened);
            let expected = if expected.len() == 10 { format!("{expected}T00:00:00Z") } else { expected };
            differs("happened", Some(expected), told.happened.map(|at| at.to_string()));
        }
        if let Some(worth) = &self.worth {
            differs("worth", Some(worth.clone()), told.worth.as_ref().map(Cell::to_string));
        }
        for (role, id) in &self.about {
            differs(role, Some(id.clone()), told.about.get(role).cloned());
        }
        for (name, value) in &self.facts {
            differs(&format!("fact `{name}`"), Some(text(value)), told.facts.get(name).map(Cell::to_string));
        }
        for name in &self.without {
            differs(&format!("fact `{name}`"), None, told.facts.get(name).map(Cell::to_string));
        }
        for (name, key) in &self.links {
            let link = told.links.iter().find(|(told, ..)| told == name);
            differs(&format!("link `{name}`"), Some(key.join(", ")), link.map(|(_, _, key)| key.join(", ")));
        }
    }
}

fn counts(told: &Told) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for finding in &told.findings {
        let slash = if finding.stage.is_empty() { "" } else { "/" };
        *counts.entry(format!("{}{slash}{}", finding.topic, finding.stage)).or_default() += 1;
    }
    counts
}

fn set(counts: &BTreeMap<String, u64>) -> Vec<String> {
    counts.iter().map(|(name, count)| format!("{name} = {count}")).collect()
}

fn compare_sets(what: &str, expected: &[String], told: &[String], complaints: &mut Vec<String>) {
    complaints.extend(
        expected.iter().filter(|line| !told.contains(line)).map(|line| format!("{what} missing: {line}")),
    );
    complaints.extend(
        told.iter()
            .filter(|line| !expected.contains(line))
            .map(|line| format!("{what} not expected: {line}")),
    );
}

fn line(parts: &[&str]) -> String {
    parts.join(" · ")
}

fn text(value: &toml::Value) -> String {
    Cell::plain(value).map_or_else(|| value.to_string(), |cell| cell.to_string())
}
