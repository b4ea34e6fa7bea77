//! A finding while a plugin writes it, and the rules that a finished one keeps.

use std::collections::BTreeMap;

use kaizend_core::{
    domain::{Fact, Link, Money, Severity, Sighting},
    rows::{Manifest, TopicKind},
};

use super::rules::{check_key, check_name, instant, known_topic, listed};
use crate::{limits::bytes, run::Stop, slots::NamedRow};

/// A resource of the plugin: `finding` in the contract.
#[derive(Debug)]
#[expect(unreachable_pub, reason = "the generated bindings re-export it as public within this room")]
pub struct Draft {
    sighting: Sighting,
    /// Bytes of all texts in it.
    size: usize,
    limit: usize,
}

/// Facts, roles, labels or links of one finding.
const PARTS: usize = 64;

impl Draft {
    pub(crate) fn new(
        manifest: &Manifest,
        topic: String,
        key: Vec<String>,
        limit: usize,
    ) -> Result<Self, Stop> {
        known_topic(manifest, &topic)?;
        check_key(&key)?;
        let size = topic.len() + key.iter().map(String::len).sum::<usize>();
        let sighting = Sighting {
            topic,
            key,
            stage: String::new(),
            stage_rank: 0,
            happened: None,
            about: BTreeMap::new(),
            severity: Severity::default(),
            worth: None,
            evidence: BTreeMap::new(),
            links: Vec::new(),
            row: None,
            labels: BTreeMap::new(),
        };
        let mut draft = Self { sighting, size: 0, limit };
        draft.grow(size)?;
        Ok(draft)
    }

    pub(crate) fn stage(&mut self, manifest: &Manifest, name: String) -> Result<(), Stop> {
        let topic = known_topic(manifest, &self.sighting.topic)?;
        let rank = topic.rank(&name);
        if rank == 0 {
            return Err(self.wrong(&format!(
                "has the stage `{}`, which its manifest does not name for this topic (it names {})",
                name.escape_debug(),
                listed(&topic.stages)
            )));
        }
        self.sighting.stage_rank = u32::try_from(rank).unwrap_or(u32::MAX);
        self.sighting.stage = name;
        Ok(())
    }

    pub(crate) fn happened(&mut self, micros: i64) -> Result<(), Stop> {
        self.sighting.happened = Some(instant(micros)?);
        Ok(())
    }

    pub(crate) fn about(&mut self, role: String, id: String) -> Result<(), Stop> {
        self.grow(role.len() + id.len())?;
        check_name(&role)?;
        self.sighting.about.insert(role, id);
        self.check_parts(self.sighting.about.len())
    }

    pub(crate) fn severity(&mut self, level: u8) {
        self.sighting.severity = Severity::from_plugin(level);
    }

    pub(crate) fn worth(&mut self, minor_units: i64, currency: String) -> Result<(), Stop> {
        self.grow(currency.len())?;
        self.sighting.worth = Some(Money { minor_units, currency });
        Ok(())
    }

    pub(crate) fn row(&mut self, row: NamedRow) -> Result<(), Stop> {
        let NamedRow { key, labels, evidence } = row;
        let size: usize = key.iter().flat_map(|row| &row.key).map(String::len).sum();
        self.grow(size + labels.iter().map(|(name, text)| name.len() + text.len()).sum::<usize>())?;
        self.sighting.row = key;
        self.sighting.labels = labels;
        evidence.into_iter().try_for_each(|(name, fact)| self.add(name, fact))
    }

    pub(crate) fn fact(&mut self, name: String, fact: Fact) -> Result<(), Stop> {
        check_name(&name)?;
        if matches!(fact, Fact::Real(value) if !value.is_finite()) {
            return Err(self.wrong(&format!("has a fact `{name}` that is no number")));
        }
        self.add(name, fact)
    }

    fn add(&mut self, name: String, fact: Fact) -> Result<(), Stop> {
        let text = match &fact {
            Fact::Text(text) => text.len(),
            Fact::Money(money) => money.currency.len(),
            _ => 0,
        };
        self.grow(name.len() + text)?;
        self.sighting.evidence.insert(name, fact);
        self.check_parts(self.sighting.evidence.len())
    }

    pub(crate) fn link(&mut self, manifest: &Manifest, link: Link) -> Result<(), Stop> {
        self.grow(link.name.len() + link.slot.len() + link.key.iter().map(String::len).sum::<usize>())?;
        if manifest.slot(&link.slot).is_none() {
            let slot = link.slot.escape_debug();
            return Err(self.wrong(&format!("links to the slot `{slot}`, which its manifest does not name")));
        }
        check_key(&link.key)?;
        self.sighting.links.push(link);
        self.check_parts(self.sighting.links.len())
    }

    /// The finished finding, if it is one that its topic allows.
    pub(crate) fn finish(self, manifest: &Manifest) -> Result<Sighting, Stop> {
        let topic = known_topic(manifest, &self.sighting.topic)?;
        let wrong = match (topic.kind, self.sighting.happened) {
            (TopicKind::Condition, Some(_)) => {
                Some("has happened at an instant, and its topic is a condition")
            }
            (TopicKind::Happened, None) => {
                Some("does not say when it happened, and its topic is a past fact")
            }
            _ if self.sighting.stage.is_empty() && !topic.stages.is_empty() => {
                Some("has no stage, and its topic has stages")
            }
            _ => None,
        };
        wrong.map_or(Ok(()), |what| Err(self.wrong(what)))?;
        Ok(self.sighting)
    }

    fn grow(&mut self, more: usize) -> Result<(), Stop> {
        self.size = self.size.saturating_add(more);
        if self.size <= self.limit {
            return Ok(());
        }
        let (has, most) = (bytes(self.size), bytes(self.limit));
        Err(Stop::limit(self.said(&format!("has {has} of texts, and {most} is the most"))))
    }

    fn check_parts(&self, count: usize) -> Result<(), Stop> {
        if count <= PARTS {
            return Ok(());
        }
        Err(Stop::limit(self.said(&format!("has more than {PARTS} facts, roles or links"))))
    }

    fn wrong(&self, what: &str) -> Stop {
        Stop::plugin(self.said(what))
    }

    fn said(&self, what: &str) -> String {
        let key: String = self.sighting.key.join(", ").chars().take(80).collect();
        format!(
            "the plugin's finding `{}` ({}) {what}",
            self.sighting.topic.escape_debug(),
            key.escape_debug()
        )
    }
}
