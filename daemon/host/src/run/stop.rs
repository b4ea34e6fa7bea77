//! A run that ends early, with whose fault it is and the sentence that says so.

use kaizend_core::{
    domain::FailureClass,
    rows::{Fault, FaultClass},
};

use crate::Failure;

/// Travels as an error through the engine, past the plugin, which cannot catch it: a plugin that overlooked a
/// fault would take what it could not read for nothing wrong.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Stop {
    class: FailureClass,
    message: String,
    fault: Option<FaultClass>,
}

impl Stop {
    /// The plugin broke the contract or its own manifest.
    pub(crate) fn plugin(message: impl Into<String>) -> Self {
        Self { class: FailureClass::Plugin, message: message.into(), fault: None }
    }

    pub(crate) fn limit(message: impl Into<String>) -> Self {
        Self { class: FailureClass::Limit, message: message.into(), fault: None }
    }

    /// Manifest and bound datasets do not fit.
    pub(crate) fn binding(message: impl Into<String>) -> Self {
        Self { class: FailureClass::Binding, message: message.into(), fault: None }
    }

    pub(crate) fn source(fault: Fault) -> Self {
        Self { class: FailureClass::Source, message: fault.message, fault: Some(fault.class) }
    }

    pub(crate) fn interrupted(message: impl Into<String>) -> Self {
        Self { class: FailureClass::Interrupted, message: message.into(), fault: None }
    }

    pub(crate) fn into_failure(self) -> Failure {
        Failure { class: self.class, message: self.message, fault: self.fault }
    }
}
