//! Findings: what a check has to say about one thing. Topic and key are a finding's identity; everything else may
//! change from run to run without making it another finding.

use crate::host::report;
use crate::manifest::{Topic, TopicKind};
use crate::slot::AsRow;
use crate::{Date, Instant, Money, Result, When};

/// How much a finding matters. *Urgent* is not a plugin's to say: it comes from the operator's routes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// To be dealt with.
    #[default]
    Normal,
    /// To be dealt with first.
    High,
}

/// A topic, at one of its stages: what a finding is made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    topic: &'static str,
    name: &'static str,
}

/// One finding, built up and then emitted. Nothing of it counts unless the check ends well.
#[derive(Debug)]
#[must_use = "a finding that is not emitted is lost"]
pub struct Finding {
    finding: report::Finding,
}

/// A value that can be a fact of a finding: an argument of its message, and evidence.
pub trait Fact {
    #[doc(hidden)]
    fn add(self, name: &str, finding: &Finding);
}

impl Topic {
    /// A topic that is open while it is seen. `stages` from least to most advanced, or none.
    pub const fn condition(name: &'static str, about: &'static str, stages: &'static [&'static str]) -> Self {
        Self { name, about, kind: TopicKind::Condition, stages }
    }

    /// A topic of past facts, each told once.
    pub const fn happened(name: &'static str, about: &'static str, stages: &'static [&'static str]) -> Self {
        Self { name, about, kind: TopicKind::Happened, stages }
    }

    /// A condition whose last stage is a past fact.
    pub const fn both(name: &'static str, about: &'static str, stages: &'static [&'static str]) -> Self {
        Self { name, about, kind: TopicKind::Both, stages }
    }

    /// One of its stages. In a constant, a stage that is not declared does not compile.
    pub const fn stage(&self, name: &'static str) -> Stage {
        let mut at = 0;
        while at < self.stages.len() {
            if same(self.stages[at], name) {
                return Stage { topic: self.name, name };
            }
            at += 1;
        }
        panic!("the topic does not declare this stage")
    }

    /// The topic itself, for one that declares no stages.
    pub const fn alone(&self) -> Stage {
        assert!(self.stages.is_empty(), "the topic has stages: say which");
        Stage { topic: self.name, name: "" }
    }
}

const fn same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut at = 0;
    while at < left.len() && at < right.len() && left[at] == right[at] {
        at += 1;
    }
    at == left.len() && at == right.len()
}

impl Severity {
    /// One more, up to the highest that a plugin can say.
    #[must_use]
    pub const fn more(self) -> Self {
        match self {
            Self::Note => Self::Normal,
            Self::Normal | Self::High => Self::High,
        }
    }

    const fn level(self) -> u8 {
        match self {
            Self::Note => 1,
            Self::Normal => 2,
            Self::High => 3,
        }
    }
}

impl Finding {
    /// A finding about the thing with this key.
    pub fn new(stage: Stage, key: &[&str]) -> Self {
        let finding = report::Finding::new(stage.topic, &owned(key));
        if !stage.name.is_empty() {
            finding.stage(stage.name);
        }
        Self { finding }
    }

    /// It is a past fact, true once, at this moment (of a day: its start).
    pub fn happened(self, at: When) -> Self {
        self.finding.happened(at.start().micros());
        self
    }

    /// Whom or what it is about: `owner`, `client`, `item` … Nothing is said for `None`.
    pub fn about<'a>(self, role: &str, id: impl Into<Option<&'a str>>) -> Self {
        if let Some(id) = id.into() {
            self.finding.about(role, id);
        }
        self
    }

    /// How much it matters; [`Severity::Normal`] unless said.
    pub fn severity(self, severity: Severity) -> Self {
        self.finding.severity(severity.level());
        self
    }

    /// What is at stake. Nothing is said for `None`.
    pub fn worth<'a>(self, worth: impl Into<Option<Money<'a>>>) -> Self {
        if let Some(worth) = worth.into() {
            self.finding.worth(worth.minor_units, worth.currency);
        }
        self
    }

    /// The row it comes from: the daemon adds the operator's labels and evidence columns, which the plugin never sees.
    pub fn row<'a>(self, row: &impl AsRow<'a>) -> Self {
        let at = row.at();
        self.finding.row(at.batch, at.row);
        self
    }

    /// A fact: an argument of its message, and evidence. Nothing is said for `None`.
    pub fn fact(self, name: &str, value: impl Fact) -> Self {
        value.add(name, &self);
        self
    }

    /// Another row that belongs to it: the earlier order, the earlier miss.
    pub fn link(self, name: &str, slot: &str, key: &[&str]) -> Self {
        self.finding.link(name, slot, &owned(key));
        self
    }

    /// Says it. An error when the operator's limit of findings is reached.
    pub fn emit(self) -> Result {
        report::emit(self.finding).map_err(Into::into)
    }
}

pub(crate) fn owned(key: &[&str]) -> Vec<String> {
    key.iter().map(|&part| part.to_owned()).collect()
}

macro_rules! fact {
    ($type:ty, |$value:ident, $name:ident, $finding:ident| $add:expr) => {
        impl Fact for $type {
            fn add(self, $name: &str, $finding: &Finding) {
                let $value = self;
                $add;
            }
        }
    };
}

fact!(&str, |value, name, finding| finding.finding.text(name, value));
fact!(&String, |value, name, finding| finding.finding.text(name, value));
fact!(i64, |value, name, finding| finding.finding.integer(name, value));
fact!(i32, |value, name, finding| finding.finding.integer(name, value.into()));
fact!(f64, |value, name, finding| finding.finding.real(name, value));
fact!(Date, |value, name, finding| finding.finding.date(name, value.days()));
fact!(Instant, |value, name, finding| finding.finding.instant(name, value.micros()));
fact!(Money<'_>, |value, name, finding| finding.finding.money(name, value.minor_units, value.currency));

impl Fact for When {
    fn add(self, name: &str, finding: &Finding) {
        match self.instant() {
            Some(instant) => instant.add(name, finding),
            None => self.day().add(name, finding),
        }
    }
}

impl<F: Fact> Fact for Option<F> {
    fn add(self, name: &str, finding: &Finding) {
        if let Some(value) = self {
            value.add(name, finding);
        }
    }
}
