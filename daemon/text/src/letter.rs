//! A letter: what is told to one reader, as plain values, before it has words.
//!
//! The caller decides what goes in, in which order, and how many (`more` counts the rest). The letter decides
//! nothing; it is laid out by [`Letter::render`].

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use kaizend_core::domain::{AddressedBecause, Finding, NoticeKind, PromiseVersion, TellBecause};

use crate::{Brand, Missing, Names, RenderError, Rendered, Said, Stationery, Voice, Words, page::Page};

/// One mail to one reader.
#[derive(Clone, Debug)]
pub struct Letter<'a> {
    /// A reminder of several items is laid out as a digest.
    pub kind: NoticeKind,
    pub to: Recipient,
    pub brand: &'a Brand,
    /// Most pressing first. Empty for letters to operators.
    pub items: Vec<Item<'a>>,
    /// For operators: checks that could not look, and what else needs their hand.
    pub troubles: Vec<Trouble<'a>>,
    /// For a director: how each check's findings stand on their ladders.
    pub sums: Vec<Sum<'a>>,
    /// What the reader said from earlier mails, and is told that it is recorded.
    pub said: Vec<Said<'a>>,
    /// The address of the reader's own list of open items.
    pub list: Option<String>,
    /// Whether answers by mail are read.
    pub takes_replies: bool,
    /// How many more there are than `items` shows.
    pub more: u32,
    /// How many of `more` are past facts.
    pub more_facts: u32,
    /// When the data was looked at.
    pub looked_at: Timestamp,
    /// Set when the facts could not be checked again just before sending.
    pub as_of: Option<AsOf>,
}

/// The reader.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipient {
    pub name: Option<String>,
    pub voice: Voice,
}

/// One finding in a letter.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    pub finding: &'a Finding,
    /// The plugin whose catalogue says it.
    pub plugin: &'a str,
    /// The check's title as people call it, or its id.
    pub check: &'a str,
    pub names: Names,
    /// Every version of the promise, oldest first; empty where it is none or never moved.
    pub versions: Vec<PromiseVersion>,
    pub addressed: AddressedBecause,
    pub because: TellBecause,
    /// The check's own `runbook`.
    pub runbook: Option<&'a str>,
    /// At most three are shown.
    pub links: Vec<Link>,
    /// Where its reader can say something about it.
    pub actions: Option<Actions>,
    pub company: InCompany,
}

/// What a reader should know of the others, and of what comes next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InCompany {
    /// Names of who else heard of it.
    pub others: Vec<String>,
    /// When it climbs if nothing happens, and to whom.
    pub climbs: Option<Climbs>,
    /// Until when this reader owes the client an apology.
    pub owes_until: Option<Timestamp>,
    /// How often it was put off, and the last reason, for whoever stands above.
    pub put_off: Option<(u64, String)>,
    /// Whether the cause of the miss is asked of this reader.
    pub asks_cause: bool,
    /// Names of people by the ids that the reason for telling bears.
    pub people: BTreeMap<String, String>,
}

/// The next step of the ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Climbs {
    /// Empty for the operators.
    pub to: String,
    /// Whether that is who leads the reader; not so for a substitute.
    pub is_manager: bool,
    pub at: Timestamp,
}

/// The address of an item's page; the same with a form that stands open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actions {
    pub page: String,
}

/// How one check's open findings stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum<'a> {
    pub check: &'a str,
    pub open: u64,
    /// Climbed at least one level.
    pub one: u64,
    pub two: u64,
}

/// A button: `https` and `mailto` only; others are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub label: String,
    pub url: String,
}

/// Something that needs an operator: a check that could not look, a configuration that was refused, wrong data about
/// people, a mailing that is held.
#[derive(Clone, Debug)]
pub struct Trouble<'a> {
    pub because: TellBecause,
    pub check: &'a str,
    /// What happened, as facts in the core's own form; a report line by line where a configuration was refused. Stores
    /// still hold sentences of earlier versions, which are shown as they stand.
    pub detail: &'a str,
    pub since: Option<Timestamp>,
    pub runbook: Option<&'a str>,
}

/// The age of the facts of a letter that goes although they could not be checked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf {
    pub at: Timestamp,
}

impl Letter<'_> {
    /// Lays the letter out in the reader's language. The same letter gives the same text, always.
    pub fn render(&self, words: &Words, stationery: &Stationery) -> Result<Rendered, RenderError> {
        let mut missing = BTreeSet::<Missing>::new();
        let page = Page::of(self, words, &mut missing);
        page.lay_out(self.layout(), &self.to.voice, stationery, missing)
    }

    /// The template's name without its ending.
    fn layout(&self) -> &'static str {
        match self.kind {
            NoticeKind::Baseline => "baseline",
            NoticeKind::Operator => "operator",
            _ if self.items.len() == 1 && self.more == 0 => "reminder",
            _ => "digest",
        }
    }
}

#[cfg(test)]
mod tests;
