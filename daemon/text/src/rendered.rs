//! A mail in words, before it is bytes.

use kaizend_core::domain::Language;

use crate::{Missing, StationeryFault};

/// What a letter became: the same facts in plain text and in HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Stable per finding and stage, so that mail programs keep a finding's mails together.
    pub subject: String,
    /// What mail programs show beside the subject.
    pub preheader: String,
    /// Complete by itself; lines of at most 78 columns, except for long words.
    pub text: String,
    /// A whole document; styles are in its head until the mail is composed.
    pub html: String,
    pub language: Language,
    /// Messages that a catalogue should have had: for the operator.
    pub missing: Vec<Missing>,
    /// The operator's templates that could not be used; the built-in ones were.
    pub faults: Vec<StationeryFault>,
}

/// Why a letter could not be laid out at all: a fault of kaizend's own templates.
#[derive(Debug, thiserror::Error)]
#[error("the built-in template `{template}` failed: {source}; please report this as a bug of kaizend")]
pub struct RenderError {
    pub template: String,
    #[source]
    pub source: minijinja::Error,
}
