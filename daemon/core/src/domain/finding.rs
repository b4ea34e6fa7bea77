//! A finding: one problem with one thing, through its episodes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CheckId, Climb, Fingerprint, Owed, PersonId, RunId, Severity, Sighting, Spoken, Told};

/// Where a finding stands. Illegal mixes (done without a person, snoozed without an end) cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum State {
    #[serde(rename_all = "kebab-case")]
    Open { since: Timestamp },
    /// Somebody works on it. While `waiting` the clock of its ladder stands still: the client's turn.
    #[serde(rename_all = "kebab-case")]
    Acknowledged {
        by: PersonId,
        until: Timestamp,
        #[serde(default)]
        waiting: bool,
    },
    #[serde(rename_all = "kebab-case")]
    Snoozed { by: PersonId, until: Timestamp },
    #[serde(rename_all = "kebab-case")]
    Done { by: PersonId, at: Timestamp, trusted_until: Timestamp },
    #[serde(rename_all = "kebab-case")]
    Dismissed {
        by: PersonId,
        reason: String,
        /// What was no problem; anything worse is. Not known of a dismissal in an older store.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        how_bad: Option<HowBad>,
    },
    /// The data no longer shows it, or it is a past fact; but somebody still owes something for it.
    #[serde(rename_all = "kebab-case")]
    Owing { since: Timestamp, then: HowResolved },
    #[serde(rename_all = "kebab-case")]
    Resolved { at: Timestamp, how: HowResolved },
}

/// Why a finding was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "how")]
#[non_exhaustive]
pub enum HowResolved {
    /// A complete look no longer saw it, or a partial look saw that it is fine.
    NoLongerSeen,
    /// It was open, and then came to its end as a past fact: a promise kept late. Counts as a miss.
    EndedAs { stage: String },
    /// A past fact, written down.
    Recorded,
    /// The check's question changed and no longer covers it: never an improvement.
    NoLongerAsked,
    #[serde(rename_all = "kebab-case")]
    ByHand { by: PersonId, reason: String },
}

/// One problem with one thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Finding {
    pub fingerprint: Fingerprint,
    pub check: CheckId,
    /// What the last look that changed anything said.
    pub seen: Sighting,
    pub state: State,
    /// Counts its lives from 1; reopening after `settle` begins the next.
    pub episode: u32,
    pub opened_at: Timestamp,
    /// Known since a baseline: quiet until it gets worse.
    pub baseline: bool,
    /// When somebody was last told of it in this episode, and how bad it was then.
    pub told: Option<Told>,
    /// Somebody else answers for it than the data says, because a person said so. Outlives the episode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned: Option<Assigned>,
    /// How far its ladder was climbed in this episode.
    #[serde(default, skip_serializing_if = "Climb::is_empty")]
    pub climb: Climb,
    /// What is still owed before it may close: apologies, the cause of a miss.
    #[serde(default, skip_serializing_if = "Owed::is_empty")]
    pub owed: Owed,
    /// What somebody had said of it when the data closed it. It holds again if the finding is back before it has
    /// settled; an open finding has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spoken: Option<Spoken>,
    pub changed_by: RunId,
    /// When the company had its personal content forgotten (see [`crate::policy::forget`]); until a look sees it
    /// again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forgotten: Option<Timestamp>,
}

/// How bad a finding is: higher in either is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct HowBad {
    pub stage_rank: u32,
    pub severity: Severity,
}

/// Who answers for a finding by a person's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Assigned {
    pub to: PersonId,
    pub by: PersonId,
    pub at: Timestamp,
}

/// What happened to a finding, as a row of its history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Event {
    Opened,
    /// Stage, severity, worth or evidence changed.
    Changed,
    Resolved,
    /// Seen again within `settle`, or after a silence came to its end: the same episode goes on.
    Continued,
    /// Seen again after `settle`: a new episode.
    Reopened,
    /// A past fact, first seen and closed at once.
    Recorded,
    /// Somebody works on it until a moment that was given.
    Acknowledged,
    Snoozed,
    /// Somebody says that it is done; the data decides later.
    Done,
    Dismissed,
    /// Somebody else answers for it from now on.
    Assigned,
    /// Somebody did it differently, and says why.
    Differently,
    /// The cause of a miss was given.
    Explained,
    /// One of the apologies that were owed was made.
    Apologised,
    /// Somebody took a word back.
    TakenBack,
    /// The owner was reminded again.
    Reminded,
    /// The next step of the ladder was told.
    Climbed,
    /// A step of the ladder had nobody to tell.
    Skipped,
}

/// Why an event was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "why")]
#[non_exhaustive]
pub enum Why {
    FirstSeen,
    /// It was there when the check was first asked, or first asked in this way.
    Baseline,
    StageRose,
    StageFell,
    SeverityRose,
    SeverityFell,
    WorthChanged,
    EvidenceChanged,
    /// Somebody else answers for it now.
    OwnerChanged,
    /// A complete look did not see it.
    Absent,
    /// A partial look saw it and found nothing wrong.
    Fine,
    QuestionChanged,
    BecameFact,
    SeenAgain,
    /// The trust in a done-mark ran out and the data still shows it.
    DoneButStillThere,
    /// An acknowledgement or a snooze came to its end and the data still shows it.
    SilenceEnded,
    /// Older than the check's `look-back`: counted, not told.
    TooOld,
    /// A person closed it: the check is gone, say.
    ByHand,
    /// A person said so.
    SaidSo,
    /// Nothing happened for as long as the ladder gives.
    NothingHappened,
    /// The time that the ladder gives between two reminders is over.
    StillOpen,
    /// The person of this step answers for it anyway.
    StepIsOwner,
    /// The person of this step was told in this episode already.
    StepWasTold,
    /// Nobody is there for this step: no such person, or away without a substitute.
    NobodyThere,
    /// An apology is owed and its time is over.
    ApologyLate,
    /// Who answered for it is gone from the list of people.
    OwnerLeft,
    /// Everything that was owed is done.
    NothingOwed,
}

impl Finding {
    pub fn is_open(&self) -> bool {
        !matches!(self.state, State::Resolved { .. })
    }

    /// The worst that was told in this episode; what is known, where nobody was told.
    pub fn worst_told(&self) -> HowBad {
        match &self.told {
            Some(told) => told.how_bad(),
            None => HowBad::of(&self.seen),
        }
    }

    /// The last word of a person that the data may bring back: the state that it made, or, where the data has closed
    /// the finding, the one before.
    pub fn last_word(&self) -> Option<Spoken> {
        Spoken::try_from(self.state.clone()).ok().or_else(|| self.spoken.clone())
    }

    /// Who answers for it: by a person's word, else by the data.
    pub fn owner(&self) -> Option<&str> {
        self.assigned.as_ref().map(|assigned| assigned.to.as_str()).or_else(|| self.seen.owner())
    }
}

impl HowBad {
    pub fn of(seen: &Sighting) -> Self {
        Self { stage_rank: seen.stage_rank, severity: seen.severity }
    }

    /// As bad as the worse of both.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self {
            stage_rank: self.stage_rank.max(other.stage_rank),
            severity: self.severity.max(other.severity),
        }
    }

    pub fn is_exceeded_by(&self, seen: &Sighting) -> bool {
        seen.stage_rank > self.stage_rank || seen.severity > self.severity
    }
}
