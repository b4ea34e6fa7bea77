//! One finding in words: its sentence, its short title, what to do first, and how it stands.
//!
//! The convention with plugins: the message of a finding is `<topic>-<stage>`, or `<topic>` where that is
//! missing or the topic has no stages. Its value is the sentence; `.title` is the short form for subjects and
//! lists, `.todo` what to do first. `.resolved` is how it ended: a phrase for a stage that ends as a past fact
//! ("kept 3 days late"), a sentence for a condition that went away ("There was contact again.").

use std::collections::BTreeMap;

use kaizend_core::domain::{Fact, Finding, HowResolved, Sighting, State};

use crate::{Scope, Sentence, Voice, Words, argument, clean_line, local::days_of};

/// Names by role (`client`, `owner` …) of the people and clients that one finding is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    pub fn with(mut self, role: &str, name: impl Into<String>) -> Self {
        self.0.insert(role.to_owned(), name.into());
        self
    }

    /// The name of whom the finding is about in that role, or the id where no name is known.
    pub(crate) fn of<'a>(&'a self, role: &str, seen: &'a Sighting) -> Option<&'a str> {
        self.0.get(role).or_else(|| seen.about.get(role)).map(String::as_str)
    }
}

impl Words {
    /// The arguments of a finding's messages: its evidence; a name or id for each role it is about; `key`
    /// (`10248`, or parts joined by ` · `) and `worth`. Evidence wins over the others.
    pub fn finding_args(seen: &Sighting, names: &Names) -> BTreeMap<String, Fact> {
        let mut args = seen.evidence.clone();
        for role in seen.about.keys().chain(names.0.keys()) {
            if let Some(name) = names.of(role, seen) {
                args.entry(role.clone()).or_insert_with(|| Fact::Text(name.to_owned()));
            }
        }
        args.entry("key".to_owned()).or_insert_with(|| Fact::Text(seen.key.join(" · ")));
        if let Some(worth) = &seen.worth {
            args.entry("worth".to_owned()).or_insert_with(|| Fact::Money(worth.clone()));
        }
        args
    }

    /// The columns that the operator wants shown of the finding's row: a label and the value, for one reader. The
    /// label is the column's name, `order_date` as "Order date".
    pub fn finding_columns(&self, seen: &Sighting, voice: &Voice) -> Vec<(String, String)> {
        let local = self.local(voice);
        seen.columns().map(|(name, fact)| (column_label(name), argument::shown(fact, local, voice))).collect()
    }

    /// "Order 10248 for Vins et alcools was promised for 31 May 1998 and is 3 days overdue."
    pub fn finding_sentence(&self, plugin: &str, seen: &Sighting, names: &Names, voice: &Voice) -> Sentence {
        let args = Self::finding_args(seen, names);
        let scope = Scope::Plugin(plugin);
        message_ids(seen, &seen.stage)
            .find_map(|id| self.try_say(scope, &id, None, &args, voice))
            .unwrap_or_else(|| self.say(scope, &message_id(seen, &seen.stage), None, &args, voice))
    }

    /// "Order 10248 is overdue": for subjects and lists; the sentence where there is no title.
    pub fn finding_title(&self, plugin: &str, seen: &Sighting, names: &Names, voice: &Voice) -> Sentence {
        self.attribute(plugin, seen, &seen.stage, "title", names, voice)
            .unwrap_or_else(|| self.finding_sentence(plugin, seen, names, voice))
    }

    /// What to do first, where the plugin says so.
    pub fn finding_todo(
        &self,
        plugin: &str,
        seen: &Sighting,
        names: &Names,
        voice: &Voice,
    ) -> Option<Sentence> {
        self.attribute(plugin, seen, &seen.stage, "todo", names, voice)
    }

    /// How it stands: "open since 31 May 1998", "resolved: kept 3 days late".
    pub fn finding_state(&self, plugin: &str, finding: &Finding, names: &Names, voice: &Voice) -> Sentence {
        let (id, args) = match &finding.state {
            State::Open { since, .. } => ("state-open", vec![("at", day(*since, voice))]),
            State::Acknowledged { by, .. } => ("state-acknowledged", vec![("who", text(by.as_str()))]),
            State::Snoozed { until, .. } => ("state-snoozed", vec![("until", argument::at(*until))]),
            State::Done { by, at, .. } => {
                ("state-done", vec![("who", text(by.as_str())), ("at", day(*at, voice))])
            }
            State::Dismissed { by, reason, .. } => {
                ("state-dismissed", vec![("who", text(by.as_str())), ("reason", text(reason))])
            }
            State::Owing { since, .. } => ("state-owing", vec![("at", day(*since, voice))]),
            State::Resolved { how, .. } => return self.ending(plugin, finding, how, names, voice),
        };
        self.own(id, &named(args), voice)
    }

    /// What is said in the place of a finding whose content was forgotten: "forgotten on 31 May 1998".
    pub fn finding_forgotten(&self, finding: &Finding, voice: &Voice) -> Option<Sentence> {
        let at = finding.forgotten?;
        Some(self.own("finding-forgotten", &named(vec![("at", day(at, voice))]), voice))
    }

    /// Title and state in one line: "Order 10248 is overdue – open since 31 May 1998".
    pub fn finding_line(&self, plugin: &str, finding: &Finding, names: &Names, voice: &Voice) -> String {
        let title = self
            .finding_forgotten(finding, voice)
            .unwrap_or_else(|| self.finding_title(plugin, &finding.seen, names, voice))
            .text;
        format!("{title} – {}", self.finding_state(plugin, finding, names, voice).text)
    }

    fn ending(
        &self,
        plugin: &str,
        finding: &Finding,
        how: &HowResolved,
        names: &Names,
        voice: &Voice,
    ) -> Sentence {
        let seen = &finding.seen;
        let said = |stage: &str| self.attribute(plugin, seen, stage, "resolved", names, voice);
        let ended = |id: &str, how: String| self.own(id, &named(vec![("how", Fact::Text(how))]), voice);
        match how {
            HowResolved::EndedAs { stage } => {
                ended("state-ended", said(stage).map_or_else(|| stage.clone(), |s| s.text))
            }
            HowResolved::Recorded => self.own("state-recorded", &BTreeMap::new(), voice),
            HowResolved::NoLongerAsked => self.own("state-no-longer-asked", &BTreeMap::new(), voice),
            HowResolved::ByHand { by, reason } => {
                let args = vec![("who", text(by.as_str())), ("reason", text(reason))];
                self.own("state-by-hand", &named(args), voice)
            }
            // The plugin may know what the end of the last stage seen means: "There was contact again."
            _ => match said(&seen.stage) {
                Some(sentence) => ended("state-ended-well", sentence.text),
                None => self.own("state-no-longer-seen", &BTreeMap::new(), voice),
            },
        }
    }

    fn attribute(
        &self,
        plugin: &str,
        seen: &Sighting,
        stage: &str,
        name: &str,
        names: &Names,
        voice: &Voice,
    ) -> Option<Sentence> {
        let args = Self::finding_args(seen, names);
        message_ids(seen, stage)
            .find_map(|id| self.try_say(Scope::Plugin(plugin), &id, Some(name), &args, voice))
    }
}

fn message_id(seen: &Sighting, stage: &str) -> String {
    if stage.is_empty() { seen.topic.clone() } else { format!("{}-{stage}", seen.topic) }
}

fn message_ids(seen: &Sighting, stage: &str) -> impl Iterator<Item = String> {
    let topic = (!stage.is_empty()).then(|| seen.topic.clone());
    std::iter::once(message_id(seen, stage)).chain(topic)
}

/// A column's name as a person writes it.
fn column_label(name: &str) -> String {
    let name = clean_line(&name.replace('_', " "));
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

pub(crate) fn named(args: Vec<(&str, Fact)>) -> BTreeMap<String, Fact> {
    args.into_iter().map(|(name, fact)| (name.to_owned(), fact)).collect()
}

pub(crate) fn text(text: &str) -> Fact {
    Fact::Text(text.to_owned())
}

/// The day of an instant, where the reader is.
fn day(at: jiff::Timestamp, voice: &Voice) -> Fact {
    Fact::Date(days_of(at, &voice.zone))
}

#[cfg(test)]
mod tests;
