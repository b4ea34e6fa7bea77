//! Notices: one finding, one person, one reason to tell; and the reasons for not telling.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{ApologyLevel, CheckId, Fingerprint, PersonId, RunId};

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
    /// To whoever stands above the owner: nothing happened for too long.
    Escalation,
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
    /// A person said that it is this one's.
    Assigned {
        by: PersonId,
    },
    /// A route of the configuration names this one.
    Route {
        route: String,
    },
    /// In the place of somebody who is away.
    Substitute {
        of: PersonId,
        /// The last day of the absence.
        until: Option<Date>,
    },
    /// The owner is away, and so is every substitute.
    OwnerAway {
        owner: PersonId,
    },
    /// A step of the ladder: this one stands above the owner.
    Above {
        owner: PersonId,
        rung: Rung,
    },
    /// The client is owed an apology by this one.
    OwesApology {
        level: ApologyLevel,
    },
}

/// Who a step of a ladder tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rung {
    Owner,
    Manager,
    Director,
    Fallback,
    Operators,
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
    /// It was told before and nothing happened.
    Repeat,
    /// It climbs: nothing happened for as long as the ladder gives.
    NothingHappened,
    /// To operators: a mailing is held until they have looked.
    Held,
    /// An apology is owed.
    ApologyOwed,
    /// An apology was owed, and its time is over.
    ApologyLate,
    /// A new configuration was refused.
    NotReloaded,
    /// To operators: the heartbeat does not arrive.
    Unheard,
    /// To operators: the daemon was silent for a while.
    WasSilent,
    /// To operators: the mail server refuses us, and sending stands still.
    Refused,
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
    /// A silence covers it.
    Silenced,
    /// The breaker holds the whole mailing until an operator has looked.
    Breaker,
    /// Its stage does not climb.
    QuietStage,
    ContinuesEpisode,
    /// The word that caused it was taken back before it was told.
    TakenBack,
    /// The company had it forgotten before it was told.
    Forgotten,
    /// Its mail was refused, because the address does not work.
    CameBack,
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
    /// It does not wait for the window, and goes in a mail of its own.
    #[serde(default)]
    pub urgent: bool,
    /// The step of the ladder that it takes.
    #[serde(default)]
    pub step: Option<u32>,
    /// For notices to operators: what happened, as facts in the form of their own kind. Earlier versions wrote
    /// sentences.
    #[serde(default)]
    pub detail: Option<String>,
}

impl Notice {
    /// Word to the operators about the daemon itself or a check, at once.
    pub fn to_operators(
        check: CheckId,
        because: TellBecause,
        run: RunId,
        now: Timestamp,
        detail: String,
    ) -> Self {
        Self {
            check,
            finding: None,
            episode: 0,
            kind: NoticeKind::Operator,
            to: Addressee::Operators,
            addressed: AddressedBecause::LastResort,
            because,
            run,
            due: now,
            urgent: false,
            step: None,
            detail: Some(detail),
        }
    }
}
