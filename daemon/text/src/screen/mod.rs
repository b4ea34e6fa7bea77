//! The pages behind the links of mails, in the reader's words: a finding with what may be said of it, the question
//! whether it was really them, what was recorded, a list of open items, and what cannot be shown.
//!
//! As with mails, templates see finished sentences only. Nothing here decides, and nothing is remembered.

mod form;
mod said;
mod sheet;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use kaizend_core::{
    domain::{ApologyLevel, Verb},
    policy::{press::Doubt, undo::Stays},
};

pub use said::{Said, SaidStanding};
pub(crate) use sheet::Sheet;

use crate::{Brand, Item, RenderError, Stationery, Voice, Words};

/// A page for one reader.
#[derive(Clone, Debug)]
pub struct Screen<'a> {
    pub voice: Voice,
    pub brand: &'a Brand,
    /// As whom the page speaks; nobody where the link is not in order.
    pub reader: Option<&'a str>,
    pub shows: Shows<'a>,
}

/// What a page is about.
#[derive(Clone, Debug)]
pub enum Shows<'a> {
    Item(Box<ItemShown<'a>>),
    Again(Asked<'a>),
    Recorded(Recorded<'a>),
    TakeBack {
        said: Said<'a>,
        nonce: &'a str,
    },
    TakenBack {
        item: String,
    },
    Stays {
        why: Stays,
        item: String,
    },
    /// Open items, and how many more there are.
    List {
        listed: Vec<Listed<'a>>,
        more: usize,
    },
    /// Whether the reader gets one letter a day, and the word that changes it.
    OneADay {
        is_chosen: bool,
        verb: &'static str,
        nonce: &'a str,
    },
    Refused,
    Trouble,
}

/// A finding, and what its reader may say of it.
#[derive(Clone, Debug)]
pub struct ItemShown<'a> {
    pub item: Item<'a>,
    /// Nothing may be said any more where there is none.
    pub offers: Vec<Offer<'a>>,
    /// What the form that was sent lacks.
    pub lacks: Option<Lack>,
    /// What was typed, so that nobody types it twice.
    pub typed: &'a BTreeMap<String, String>,
    /// Which form stands open.
    pub open: Option<Verb>,
    pub nonce: &'a str,
    /// The address of the reader's own list.
    pub list: String,
}

/// One thing that may be said.
#[derive(Clone, Debug, PartialEq)]
pub enum Offer<'a> {
    /// With the known causes, where one is asked for.
    Done {
        causes: Option<&'a [String]>,
    },
    Snooze(Moments),
    Dismiss,
    /// To one of these: id and name.
    Assign {
        people: Vec<(String, String)>,
    },
    Apologised {
        level: ApologyLevel,
    },
    Explain {
        causes: &'a [String],
    },
    Differently,
}

/// When something may come back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    pub today: Option<Timestamp>,
    pub tomorrow: Option<Timestamp>,
    pub monday: Option<Timestamp>,
    /// How often it was put off already, where that asks for a reason.
    pub reason_after: Option<usize>,
}

/// Why a form was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    Reason,
    When,
    Person,
    Cause,
    /// What it says is not owed any more.
    Nothing,
    Long,
}

/// Whether it was really the reader.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    pub because: Doubt,
    pub title: String,
    pub verb: Verb,
    /// What was sent, to be sent again.
    pub typed: &'a BTreeMap<String, String>,
    pub nonce: &'a str,
}

/// A word that was taken.
#[derive(Clone, Debug)]
pub struct Recorded<'a> {
    pub said: Said<'a>,
    pub undo: String,
    pub undo_until: Timestamp,
    pub list: String,
}

/// One line of a list.
#[derive(Clone, Debug)]
pub struct Listed<'a> {
    pub item: Item<'a>,
    pub link: String,
}

impl Screen<'_> {
    /// The whole document. What a catalogue lacks is said by its id, as in mails.
    pub fn render(&self, words: &Words, stationery: &Stationery) -> Result<String, RenderError> {
        let mut missing = BTreeSet::new();
        stationery.sheet(&Sheet::of(self, words, &mut missing))
    }
}
