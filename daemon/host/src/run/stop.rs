//! A run that ends early, with what hindered it and the sentence that says so.

use kaizend_core::{domain::Hindrance, rows::Fault};

use crate::Failure;

/// Travels as an error through the engine, past the plugin, which cannot catch it: a plugin that overlooked a
/// fault would take what it could not read for nothing wrong.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Stop {
    hindrance: Hindrance,
    message: String,
}

impl Stop {
    pub(crate) fn of(hindrance: Hindrance, message: impl Into<String>) -> Self {
        Self { hindrance, message: message.into() }
    }

    /// The plugin broke the contract or its own manifest.
    pub(crate) fn plugin(message: impl Into<String>) -> Self {
        Self::of(Hindrance::Contract, message)
    }

    /// A limit that has no name of its own among the hindrances.
    pub(crate) fn limit(message: impl Into<String>) -> Self {
        Self::of(Hindrance::Bound, message)
    }

    /// Manifest and bound datasets do not fit.
    pub(crate) fn binding(message: impl Into<String>) -> Self {
        Self::of(Hindrance::Binding, message)
    }

    pub(crate) fn source(fault: Fault) -> Self {
        Self::of(Hindrance::Source(fault.class), fault.message)
    }

    pub(crate) fn interrupted(message: impl Into<String>) -> Self {
        Self::of(Hindrance::GivenUp, message)
    }

    pub(crate) fn into_failure(self) -> Failure {
        Failure { hindrance: self.hindrance, message: self.message }
    }
}
