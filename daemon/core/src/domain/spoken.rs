//! A person's word about a finding that the data has closed. A closed finding has no room for it in its state; but
//! what is back before it has settled goes on with its episode, and then the word holds as if nothing had been gone.

use serde::{Deserialize, Serialize};

use super::State;

/// A state that a person's word made: taken on, put off, done, or no problem. Nothing else can be in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "State", into = "State")]
pub struct Spoken(State);

/// A state that nobody's word made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nobody's word makes a finding open, owing or resolved")]
pub struct NobodysWord;

impl Spoken {
    pub fn state(&self) -> &State {
        &self.0
    }

    /// For those who blank what is to be forgotten: it stays a word of the same kind.
    pub(crate) fn blank(&mut self, blank: impl FnOnce(&mut State)) {
        blank(&mut self.0);
    }
}

impl TryFrom<State> for Spoken {
    type Error = NobodysWord;

    fn try_from(state: State) -> Result<Self, NobodysWord> {
        match state {
            State::Acknowledged { .. }
            | State::Snoozed { .. }
            | State::Done { .. }
            | State::Dismissed { .. } => Ok(Self(state)),
            State::Open { .. } | State::Owing { .. } | State::Resolved { .. } => Err(NobodysWord),
        }
    }
}

impl From<Spoken> for State {
    fn from(spoken: Spoken) -> Self {
        spoken.0
    }
}
