//! Runs: when, why, and how they ended.

use serde::{Deserialize, Serialize};

use super::{Completeness, Hindrance};

/// What asked for a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    Schedule,
    /// Missed while the daemon was down.
    CatchUp,
    /// `kaizend run`.
    Hand,
    /// The facts are looked at again before mails go out.
    Recheck,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunState {
    Requested,
    Running,
    Completed,
    Failed,
    TimedOut,
    Skipped,
}

/// How a run ended. Only `Completed` lets anything count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "outcome")]
pub enum Outcome {
    Completed {
        look: Completeness,
    },
    Failed {
        class: FailureClass,
        /// Runs of earlier versions are kept without it.
        #[serde(default)]
        hindrance: Option<Hindrance>,
        message: String,
    },
    TimedOut {
        message: String,
    },
    Skipped {
        why: SkipReason,
    },
}

/// Whose fault a failed run is: decides whom the operator's mail points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FailureClass {
    /// The data could not be read.
    Source,
    /// The plugin panicked, trapped, or returned an error.
    Plugin,
    /// A limit was reached.
    Limit,
    /// Configuration and plugin do not fit.
    Binding,
    /// The daemon stopped before the run ended.
    Interrupted,
    /// The daemon's own store could not keep what the run said.
    Store,
}

/// Why an occurrence did not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SkipReason {
    /// An earlier run of the check was still going.
    Overlap,
    /// Missed while down; a newer occurrence ran instead.
    Coalesced,
    /// Missed while down, and the check has `catch-up = "none"`.
    NoCatchUp,
    /// Missed while down, beyond the cap of `catch-up = "all"`.
    Expired,
}

impl Outcome {
    pub fn failed(hindrance: Hindrance, message: impl Into<String>) -> Self {
        Self::Failed { class: hindrance.class(), hindrance: Some(hindrance), message: message.into() }
    }

    pub fn state(&self) -> RunState {
        match self {
            Self::Completed { .. } => RunState::Completed,
            Self::Failed { .. } => RunState::Failed,
            Self::TimedOut { .. } => RunState::TimedOut,
            Self::Skipped { .. } => RunState::Skipped,
        }
    }

    /// One word for logs and lists: a look that is doubtful is not called completed.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Completed { look: Completeness::Complete } => "completed",
            Self::Completed { look: Completeness::Partial } => "partial",
            Self::Completed { look: Completeness::Doubtful { .. } } => "doubtful",
            Self::Failed { .. } => "failed",
            Self::TimedOut { .. } => "timed-out",
            Self::Skipped { .. } => "skipped",
        }
    }

    /// Whether the look can be believed at all; a doubtful one is *could not look*.
    pub fn looked(&self) -> bool {
        matches!(self, Self::Completed { look: Completeness::Complete | Completeness::Partial })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Doubt;

    #[test]
    fn only_a_look_that_is_believed_is_called_a_look() {
        let completed = |look| Outcome::Completed { look };
        let doubt = Doubt::Empty { before: 830 };
        for (outcome, word, looked) in [
            (completed(Completeness::Complete), "completed", true),
            (completed(Completeness::Partial), "partial", true),
            (completed(Completeness::Doubtful { slot: "promises".to_owned(), doubt }), "doubtful", false),
            (Outcome::TimedOut { message: String::new() }, "timed-out", false),
            (Outcome::Skipped { why: SkipReason::Overlap }, "skipped", false),
        ] {
            assert_eq!((outcome.word(), outcome.looked()), (word, looked));
        }
    }
}
