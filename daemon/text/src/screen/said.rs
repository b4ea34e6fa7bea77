//! What somebody said from a mail, in one sentence: for the page that thanks, and for the next mail.

use jiff::Timestamp;
use kaizend_core::domain::{Finding, Verb};

use crate::{Names, argument, clean_line, finding_words::text, page::Speaker};

/// One word that was said.
#[derive(Clone, Debug, PartialEq)]
pub struct Said<'a> {
    pub verb: Verb,
    pub standing: SaidStanding,
    pub finding: &'a Finding,
    pub plugin: &'a str,
    pub names: Names,
    /// A reason, a cause, a person's name.
    pub note: Option<String>,
    /// Until when it was put off.
    pub until: Option<Timestamp>,
}

/// Whether it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaidStanding {
    Recorded,
    Unconfirmed,
    TakenBack,
}

impl Said<'_> {
    pub(crate) fn sentence(&self, say: &mut Speaker) -> String {
        let forgotten = say.words.finding_forgotten(self.finding, say.voice);
        let title = forgotten.unwrap_or_else(|| {
            say.words.finding_title(self.plugin, &self.finding.seen, &self.names, say.voice)
        });
        let title = say.note(title);
        let note = clean_line(self.note.as_deref().unwrap_or_default());
        let id = match (self.standing, self.verb) {
            (SaidStanding::Unconfirmed, _) => "said-unconfirmed",
            (SaidStanding::TakenBack, _) => "said-taken-back",
            (_, Verb::Done) => "said-done",
            (_, Verb::Snooze) => "said-snooze",
            (_, Verb::Dismiss) => "said-dismiss",
            (_, Verb::Assign) => "said-assign",
            (_, Verb::Apologised) => "said-apologised",
            (_, Verb::Explain) => "said-explain",
            (_, Verb::Differently) => "said-differently",
        };
        let mut args = vec![("title", text(&title)), ("note", text(&note))];
        args.extend(self.until.map(|until| ("until", argument::at(until))));
        say.own(id, args)
    }
}
