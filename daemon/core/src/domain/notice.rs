//! Notices: one finding, one person, one reason to tell; and the reasons for not telling.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CheckId, Fingerprint, PersonId, RunId};

/// What sort of word a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NoticeKind {
    /// Something to do.
    Reminder,
    /// What was already wrong when a check first looked, or looked in a new way.
    Baseline,
    /// To operators: a check could not look, or the like.
    Operator,
}

/// Who gets it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "to", content = "person")]
pub enum Addressee {
    Person(PersonId),
    /// Every address of `[company] operators`.
    Operators,
}

/// Why this addressee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "because")]
#[non_exhaustive]
pub enum AddressedBecause {
    Owner,
    /// The fallback of the check hears it, because the finding has no owner.
    NoOwner,
    /// The fallback hears it, because nobody in the people's dataset has the owner's id.
    UnknownOwner {
        owner: String,
    },
    /// The fallback hears it, because the owner has no usable address.
    NoAddress {
        owner: String,
    },
    /// The fallback gets a copy of every baseline list.
    Fallback,
    /// Nobody else is left.
    LastResort,
}

/// Why it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TellBecause {
    New,
    Worse,
    Reopened,
    DoneButStillThere,
    /// An acknowledgement or a snooze came to its end, and it is still there.
    SilenceEnded,
    /// It is this person's now.
    HandedOver,
    Happened,
    Baseline,
    /// Something is wrong with the data about people.
    PeopleWrong,
    CouldNotLook,
}

/// Why it is not told, or not now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum WithheldBecause {
    AlreadyTold,
    /// Known since the baseline, and not worse.
    Baseline,
    BaselineQuiet,
    TooOld,
    NotWorse,
    Acknowledged,
    Snoozed,
    DoneTrusted,
    Dismissed,
    /// It was resolved before the mail went.
    Resolved,
    /// The reminder's window has not opened yet.
    WaitsForWindow,
    /// Over the person's cap for the day: it goes with the next digest.
    OverCap,
    ContinuesEpisode,
}

/// A decided wish to tell somebody something: written in the transaction that decided it, sent later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Notice {
    pub check: CheckId,
    /// `None` for notices to operators about the check itself.
    pub finding: Option<Fingerprint>,
    pub episode: u32,
    pub kind: NoticeKind,
    pub to: Addressee,
    pub addressed: AddressedBecause,
    pub because: TellBecause,
    pub run: RunId,
    /// When it may go: the next window of the person, or at once.
    pub due: Timestamp,
    /// For notices to operators: the sentence.
    #[serde(default)]
    pub detail: Option<String>,
}
