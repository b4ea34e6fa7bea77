//! What kept a check from looking, as facts: whoever reads it may speak any language, and the words are the text
//! room's. What a database or a plugin said itself travels beside it, and is only ever quoted.

use serde::{Deserialize, Serialize};

use super::{Completeness, Doubt, FailureClass, Outcome};
use crate::rows::FaultClass;

/// What sort of thing ended a run, as the room knows it that met it. Each has words in the catalogues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hindrance {
    /// The data could not be read.
    Source(FaultClass),
    /// The plugin panicked.
    Panic,
    /// It broke a rule of WebAssembly, or gave up without a word.
    Trap,
    /// It answered that it cannot answer.
    NoAnswer,
    /// It asked for or said what the contract or its own manifest does not allow.
    Contract,
    /// It used up its processor time.
    Cpu,
    Memory,
    Stack,
    /// It found more than may be kept.
    Findings,
    /// Another of its limits: texts, handles, what it keeps between runs.
    Bound,
    /// The run did not end in time.
    Wall,
    /// Configuration and plugin do not fit.
    Binding,
    /// The daemon's own store could not keep what the run said.
    Store,
    /// The run was given up before it ended.
    GivenUp,
}

impl Hindrance {
    pub fn class(self) -> FailureClass {
        match self {
            Self::Source(_) => FailureClass::Source,
            Self::Panic | Self::Trap | Self::NoAnswer | Self::Contract => FailureClass::Plugin,
            Self::Cpu | Self::Memory | Self::Stack | Self::Findings | Self::Bound | Self::Wall => {
                FailureClass::Limit
            }
            Self::Binding => FailureClass::Binding,
            Self::Store => FailureClass::Store,
            Self::GivenUp => FailureClass::Interrupted,
        }
    }
}

/// As much as is true of every failure of the class: stores still hold runs of versions that kept no more.
impl From<FailureClass> for Hindrance {
    fn from(class: FailureClass) -> Self {
        match class {
            FailureClass::Source => Self::Source(FaultClass::Interrupted),
            FailureClass::Plugin => Self::NoAnswer,
            FailureClass::Limit => Self::Bound,
            FailureClass::Binding => Self::Binding,
            FailureClass::Store => Self::Store,
            FailureClass::Interrupted => Self::GivenUp,
        }
    }
}

/// Why a look is no look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "could-not-look")]
pub enum CouldNotLook {
    /// It went through, and cannot be believed.
    Doubtful { slot: String, doubt: Doubt },
    /// It did not go through. `words` are the log's: of a database, a plugin, or kaizend.
    Failed { hindrance: Hindrance, words: String },
}

impl CouldNotLook {
    /// `None` when the run looked, or when it says nothing about the data: the daemon did not look, or was stopped
    /// while looking.
    pub fn of(outcome: &Outcome) -> Option<Self> {
        match outcome {
            Outcome::Completed { look: Completeness::Doubtful { slot, doubt } } => {
                Some(Self::Doubtful { slot: slot.clone(), doubt: doubt.clone() })
            }
            Outcome::Completed { look: Completeness::Complete | Completeness::Partial }
            | Outcome::Failed { class: FailureClass::Interrupted, .. }
            | Outcome::Skipped { .. } => None,
            Outcome::Failed { class, hindrance, message } => {
                let hindrance = hindrance.unwrap_or_else(|| (*class).into());
                Some(Self::Failed { hindrance, words: message.clone() })
            }
            Outcome::TimedOut { message } => {
                Some(Self::Failed { hindrance: Hindrance::Wall, words: message.clone() })
            }
        }
    }

    /// What the command line says of it.
    pub fn sentence(&self) -> String {
        match self {
            Self::Doubtful { slot, doubt } => doubt.sentence(slot),
            Self::Failed { words, .. } => words.clone(),
        }
    }

    /// The detail of the notice that carries it.
    pub fn detail(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads the detail of such a notice. Versions before this one wrote sentences, which are none.
    pub fn from_detail(detail: &str) -> Option<Self> {
        serde_json::from_str(detail).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [Hindrance; 15] = [
        Hindrance::Source(FaultClass::Locked),
        Hindrance::Source(FaultClass::Changed),
        Hindrance::Panic,
        Hindrance::Trap,
        Hindrance::NoAnswer,
        Hindrance::Contract,
        Hindrance::Cpu,
        Hindrance::Memory,
        Hindrance::Stack,
        Hindrance::Findings,
        Hindrance::Bound,
        Hindrance::Wall,
        Hindrance::Binding,
        Hindrance::Store,
        Hindrance::GivenUp,
    ];

    #[test]
    fn what_travels_arrives() {
        for hindrance in KINDS {
            let failed = CouldNotLook::Failed { hindrance, words: "said \"so\"".to_owned() };
            assert_eq!(CouldNotLook::from_detail(&failed.detail()), Some(failed));
        }
        let doubt = Doubt::Empty { before: 830 };
        let doubtful = CouldNotLook::Doubtful { slot: "promises".to_owned(), doubt };
        assert_eq!(CouldNotLook::from_detail(&doubtful.detail()), Some(doubtful));
        for sentence in ["", "source shop: the database is locked", "{}"] {
            assert_eq!(CouldNotLook::from_detail(sentence), None, "{sentence}");
        }
    }

    #[test]
    fn only_a_run_that_says_something_of_the_data_could_not_look() {
        let completed = |look| Outcome::Completed { look };
        for outcome in [
            completed(Completeness::Complete),
            completed(Completeness::Partial),
            Outcome::Skipped { why: crate::domain::SkipReason::Overlap },
            Outcome::failed(Hindrance::GivenUp, "the daemon stopped"),
        ] {
            assert_eq!(CouldNotLook::of(&outcome), None, "{outcome:?}");
        }
        for hindrance in KINDS.into_iter().filter(|kind| *kind != Hindrance::GivenUp) {
            let failed = CouldNotLook::Failed { hindrance, words: "because".to_owned() };
            assert_eq!(CouldNotLook::of(&Outcome::failed(hindrance, "because")), Some(failed));
        }
        let timed_out = CouldNotLook::of(&Outcome::TimedOut { message: "5 min".to_owned() });
        assert!(matches!(timed_out, Some(CouldNotLook::Failed { hindrance: Hindrance::Wall, .. })));
    }

    /// Runs of earlier versions are kept with their class alone.
    #[test]
    fn a_run_of_an_earlier_version_says_what_its_class_tells() {
        let kept = r#"{"outcome":"failed","class":"limit","message":"too much"}"#;
        let outcome: Outcome = serde_json::from_str(kept).unwrap();
        let bound = CouldNotLook::Failed { hindrance: Hindrance::Bound, words: "too much".to_owned() };
        assert_eq!(CouldNotLook::of(&outcome), Some(bound));
        for class in KINDS.map(Hindrance::class) {
            assert_eq!(Hindrance::from(class).class(), class);
        }
    }
}
