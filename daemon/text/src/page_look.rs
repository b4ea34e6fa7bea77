//! Why a check could not look, said to an operator: what sort of thing it was, what to do, and the log's own words as
//! a quotation. Those may be a database's or a plugin's, in whatever language, so nobody can say them in another.

use kaizend_core::{
    domain::{CouldNotLook, Doubt, Fact, Hindrance},
    rows::FaultClass,
};

use crate::{
    argument,
    finding_words::text,
    page::{Speaker, count},
};

/// What happened.
pub(crate) fn sentence(why: &CouldNotLook, say: &mut Speaker) -> String {
    match why {
        CouldNotLook::Doubtful { slot, doubt } => {
            let (id, mut facts) = doubtful(doubt);
            facts.push(("slot", text(slot)));
            let seen = say.own(id, facts);
            format!("{seen} {}", say.bare("doubt-decides-nothing"))
        }
        CouldNotLook::Failed { hindrance, .. } => say.bare(failed(*hindrance)),
    }
}

/// The log's words, word for word.
pub(crate) fn quotation(why: &CouldNotLook, say: &mut Speaker) -> Option<String> {
    match why {
        CouldNotLook::Failed { words, .. } => Some(say.own("word-for-word", vec![("words", text(words))])),
        CouldNotLook::Doubtful { .. } => None,
    }
}

/// What to do.
pub(crate) fn todo(why: &CouldNotLook, say: &mut Speaker) -> String {
    let id = match why {
        CouldNotLook::Doubtful { doubt, .. } => doubtful(doubt).0,
        CouldNotLook::Failed { hindrance, .. } => failed(*hindrance),
    };
    say.attribute(id, "todo", Vec::new())
}

/// Settings are shown as the configuration writes them.
fn doubtful(doubt: &Doubt) -> (&'static str, Vec<(&'static str, Fact)>) {
    match doubt {
        Doubt::Empty { before } => ("doubt-empty", vec![("before", count(*before))]),
        Doubt::Shrunk { rows, before } => {
            ("doubt-shrunk", vec![("rows", count(*rows)), ("before", count(*before))])
        }
        Doubt::TooFew { rows, min } => {
            ("doubt-too-few", vec![("rows", count(*rows)), ("min", text(&min.to_string()))])
        }
        Doubt::Stale { column, newest, within } => (
            "doubt-stale",
            vec![
                ("column", text(column)),
                ("newest", argument::at(*newest)),
                ("within", text(&within.to_string())),
            ],
        ),
    }
}

/// The id of the message; its `.todo` says what to do.
fn failed(hindrance: Hindrance) -> &'static str {
    match hindrance {
        Hindrance::Source(class) => match class {
            FaultClass::Missing => "failed-missing",
            FaultClass::Locked => "failed-locked",
            FaultClass::Permission => "failed-permission",
            FaultClass::Query => "failed-query",
            FaultClass::Column => "failed-column",
            FaultClass::Value => "failed-value",
            FaultClass::Order => "failed-order",
            FaultClass::Limit => "failed-limit",
            FaultClass::Full => "failed-full",
            FaultClass::Interrupted => "failed-interrupted",
            FaultClass::Changed => "failed-changed",
            FaultClass::Damaged => "failed-damaged",
        },
        Hindrance::Panic => "failed-panic",
        Hindrance::Trap => "failed-trap",
        Hindrance::NoAnswer => "failed-no-answer",
        Hindrance::Contract => "failed-contract",
        Hindrance::Cpu => "failed-cpu",
        Hindrance::Memory => "failed-memory",
        Hindrance::Stack => "failed-stack",
        Hindrance::Findings => "failed-findings",
        Hindrance::Bound => "failed-bound",
        Hindrance::Wall => "failed-wall",
        Hindrance::Binding => "failed-binding",
        Hindrance::Store => "failed-store",
        Hindrance::GivenUp => "failed-given-up",
    }
}

#[cfg(test)]
mod tests;
