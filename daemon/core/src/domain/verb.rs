//! What a page behind a link in a mail lets its reader say of a finding.

use serde::{Deserialize, Serialize};

/// One thing that a reader may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verb {
    Done,
    Snooze,
    Dismiss,
    Assign,
    Apologised,
    Explain,
    Differently,
}

/// Which of them a link allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verbs(u16);

impl Verb {
    pub const ALL: [Self; 7] = [
        Self::Done,
        Self::Snooze,
        Self::Dismiss,
        Self::Assign,
        Self::Apologised,
        Self::Explain,
        Self::Differently,
    ];

    /// As forms, links and the store write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Snooze => "snooze",
            Self::Dismiss => "dismiss",
            Self::Assign => "assign",
            Self::Apologised => "apologised",
            Self::Explain => "explain",
            Self::Differently => "differently",
        }
    }

    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.word() == word)
    }

    /// Links that are out there bear these numbers: one that was given never means anything else.
    fn bit(self) -> u16 {
        1 << match self {
            Self::Done => 0,
            Self::Snooze => 1,
            Self::Dismiss => 2,
            Self::Assign => 3,
            Self::Apologised => 4,
            Self::Explain => 5,
            Self::Differently => 6,
        }
    }
}

impl Verbs {
    pub fn all() -> Self {
        Verb::ALL.into_iter().collect()
    }

    pub fn contains(self, verb: Verb) -> bool {
        self.0 & verb.bit() != 0
    }

    pub fn bits(self) -> u16 {
        self.0
    }

    pub fn from_bits(bits: u16) -> Self {
        Self(bits)
    }
}

impl FromIterator<Verb> for Verbs {
    fn from_iter<I: IntoIterator<Item = Verb>>(verbs: I) -> Self {
        Self(verbs.into_iter().fold(0, |bits, verb| bits | verb.bit()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_verb_has_its_word_and_its_number() {
        for (number, verb) in Verb::ALL.into_iter().enumerate() {
            assert_eq!(Verb::of_word(verb.word()), Some(verb));
            let only: Verbs = [verb].into_iter().collect();
            assert_eq!(only.bits(), 1 << number, "links that are out there say {verb:?} so");
            assert!(Verb::ALL.into_iter().all(|other| only.contains(other) == (other == verb)));
        }
        assert_eq!(Verb::of_word("resolve"), None);
    }
}
