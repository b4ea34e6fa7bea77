//! What a plugin declares about itself, as constants: what it reads, its parameters, and what it can find.
//!
//! The macros `slot!`, `params!` and `plugin!` fill these in. In the sandbox they become the custom section that the
//! daemon reads without running any code (see `section`); natively the test host checks fixtures against them.

/// The version of the contract (`wit/check.wit`) that this SDK speaks.
pub const API: &str = "0.1.0";

/// All that a plugin declares.
#[derive(Clone, Copy, Debug)]
pub struct Manifest {
    /// The plugin's name: its package's name.
    pub id: &'static str,
    /// The plugin's own version.
    pub version: &'static str,
    /// One sentence in English: what it looks for.
    pub about: &'static str,
    /// State written under another number is not given to the plugin.
    pub state_version: u32,
    /// What it asks to read.
    pub slots: &'static [Slot],
    /// What the operator may set.
    pub params: &'static [Param],
    /// What it can find.
    pub topics: &'static [Topic],
    /// Fluent catalogues: language and text.
    pub messages: &'static [(&'static str, &'static str)],
}

/// A slot: what a plugin asks to read. The operator binds a dataset to it.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// As in `datasets = { promises = "…" }`.
    pub name: &'static str,
    /// What its rows are.
    pub about: &'static str,
    /// The operator may leave it unbound: it then has no rows.
    pub optional: bool,
    /// Several datasets may be bound.
    pub list: bool,
    /// The columns it reads; no other column reaches the plugin.
    pub columns: &'static [Column],
    /// The columns that order its rows; empty for the source's own order.
    pub order: &'static [&'static str],
    /// Set when the rows are promises, which the daemon then records.
    pub ledger: Option<Ledger>,
}

/// One column of a slot.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// As in the dataset: `moved-by`.
    pub name: &'static str,
    /// What it means.
    pub about: &'static str,
    /// What it must hold.
    pub kind: Ask,
    /// The dataset may lack it.
    pub optional: bool,
    /// Its values may be null.
    pub nullable: bool,
}

/// Which columns of a slot make a promise. The daemon adds `first-promised` and `moves` to what can be read.
#[derive(Clone, Copy, Debug)]
pub struct Ledger {
    /// The identity of a promise.
    pub key: &'static [&'static str],
    /// The moment promised.
    pub promised: &'static str,
    /// The moment it was kept; null while it is open.
    pub kept: &'static str,
    /// Who asked for the latest move.
    pub moved_by: Option<&'static str>,
}

/// One parameter.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// As in `params = { warn-before = "…" }`.
    pub name: &'static str,
    /// What it does.
    pub about: &'static str,
    /// Its form.
    pub kind: ParamKind,
    /// In the form that configuration uses; without one the operator must set it.
    pub default: Option<&'static str>,
}

/// A kind of thing that the plugin can find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Part of a finding's identity.
    pub name: &'static str,
    /// What it means.
    pub about: &'static str,
    /// Whether it is open while seen, or a past fact.
    pub kind: TopicKind,
    /// From least to most advanced; empty when the topic has none.
    pub stages: &'static [&'static str],
}

/// What a plugin accepts in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ask {
    /// Any text.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Real,
    /// Yes or no.
    Boolean,
    /// Calendar days.
    Date,
    /// Points in time.
    Instant,
    /// Amounts with their currency.
    Money,
    /// An identity: text or integer in the source, canonical text in the plugin.
    Key,
    /// A day or an instant, whichever the company keeps.
    When,
}

/// The form of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParamKind {
    /// Any text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Real,
    /// `true` or `false`.
    Boolean,
    /// A length of time with its unit.
    Span,
}

/// What being found means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TopicKind {
    /// Open while it is seen.
    Condition,
    /// A past fact, told once.
    Happened,
    /// A condition whose last stage is a past fact: a promise that was kept late.
    Both,
}

impl Manifest {
    /// A slot by its name.
    pub fn slot(&self, name: &str) -> Option<&'static Slot> {
        self.slots.iter().find(|slot| slot.name == name)
    }

    /// A topic by its name.
    pub fn topic(&self, name: &str) -> Option<&'static Topic> {
        self.topics.iter().find(|topic| topic.name == name)
    }
}

impl Slot {
    /// A column by its name.
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

impl Ask {
    /// The ask of a word of the contract.
    pub fn named(name: &str) -> Option<Self> {
        const ALL: [Ask; 9] = [
            Ask::Text,
            Ask::Integer,
            Ask::Real,
            Ask::Boolean,
            Ask::Date,
            Ask::Instant,
            Ask::Money,
            Ask::Key,
            Ask::When,
        ];
        ALL.into_iter().find(|ask| ask.name() == name)
    }

    /// The word of the contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Instant => "instant",
            Self::Money => "money",
            Self::Key => "key",
            Self::When => "when",
        }
    }
}

impl ParamKind {
    /// The word of the manifest.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Boolean => "boolean",
            Self::Span => "span",
        }
    }
}

impl TopicKind {
    /// The word of the manifest.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Condition => "condition",
            Self::Happened => "happened",
            Self::Both => "both",
        }
    }
}
