//! The forms of a page: one for each thing that may be said, each with its own button.

use kaizend_core::domain::Verb;
use serde::Serialize;

use super::{ItemShown, Moments, Offer};
use crate::{
    argument, clean_line, clean_text,
    page::{Speaker, count},
};

/// One form. It is sent to the page's own address.
#[derive(Debug, Serialize)]
pub(super) struct Form {
    pub(super) verb: &'static str,
    pub(super) nonce: String,
    pub(super) head: Option<String>,
    pub(super) is_open: bool,
    pub(super) hint: Option<String>,
    /// What goes with it unseen: names and values.
    pub(super) hidden: Vec<(String, String)>,
    pub(super) fields: Vec<Field>,
    pub(super) button: String,
}

impl Form {
    /// A button and nothing else.
    pub(super) fn bare(verb: &'static str, nonce: &str, button: String) -> Self {
        Self {
            verb,
            nonce: nonce.to_owned(),
            head: None,
            is_open: true,
            hint: None,
            hidden: Vec::new(),
            fields: Vec::new(),
            button,
        }
    }
}

/// One question of a form.
#[derive(Debug, Serialize)]
pub(super) struct Field {
    /// `choice`, `text` or `person`.
    kind: &'static str,
    name: &'static str,
    label: String,
    options: Vec<Choice>,
    /// The label of a date beside the choices.
    date: Option<String>,
    typed: String,
    /// What invites to other words than the choices.
    other: Option<String>,
}

#[derive(Debug, Serialize)]
struct Choice {
    value: String,
    label: String,
    is_chosen: bool,
}

impl Offer<'_> {
    pub fn verb(&self) -> Verb {
        match self {
            Self::Done { .. } => Verb::Done,
            Self::Snooze(_) => Verb::Snooze,
            Self::Dismiss => Verb::Dismiss,
            Self::Assign { .. } => Verb::Assign,
            Self::Apologised { .. } => Verb::Apologised,
            Self::Explain { .. } => Verb::Explain,
            Self::Differently => Verb::Differently,
        }
    }
}

/// The forms of an item; the first stands open unless another one was asked for.
pub(super) fn forms(shown: &ItemShown, say: &mut Speaker) -> Vec<Form> {
    let verbs: Vec<Verb> = shown.offers.iter().map(Offer::verb).collect();
    let open = shown.open.filter(|open| verbs.contains(open)).or_else(|| verbs.first().copied());
    let form = |offer: &Offer| {
        let verb = offer.verb();
        let id = message(verb);
        Form {
            verb: verb.word(),
            nonce: shown.nonce.to_owned(),
            head: Some(say.bare(id)),
            is_open: open == Some(verb),
            hint: hint(verb).then(|| say.attribute(id, "hint", Vec::new())),
            hidden: Vec::new(),
            fields: fields(offer, shown, say),
            button: say.attribute(id, "button", Vec::new()),
        }
    };
    shown.offers.iter().map(form).collect()
}

fn message(verb: Verb) -> &'static str {
    match verb {
        Verb::Done => "web-done",
        Verb::Snooze => "web-snooze",
        Verb::Dismiss => "web-dismiss",
        Verb::Assign => "web-assign",
        Verb::Apologised => "web-apologised",
        Verb::Explain => "web-explain",
        Verb::Differently => "web-differently",
    }
}

fn hint(verb: Verb) -> bool {
    matches!(verb, Verb::Done | Verb::Assign | Verb::Apologised | Verb::Differently)
}

fn fields(offer: &Offer, shown: &ItemShown, say: &mut Speaker) -> Vec<Field> {
    let typed = |name: &str| shown.typed.get(name).map(|text| clean_text(text)).unwrap_or_default();
    match offer {
        Offer::Done { causes: None } | Offer::Apologised { .. } => Vec::new(),
        Offer::Done { causes: Some(causes) } => {
            vec![cause(say.attribute("web-done", "cause", Vec::new()), causes, typed("cause"), say)]
        }
        Offer::Explain { causes } => {
            vec![cause(say.attribute("web-explain", "cause", Vec::new()), causes, typed("cause"), say)]
        }
        Offer::Snooze(moments) => snooze(moments, &typed("when"), &typed("date"), typed("reason"), say),
        Offer::Dismiss => {
            vec![words("reason", say.attribute("web-dismiss", "reason", Vec::new()), typed("reason"))]
        }
        Offer::Differently => {
            vec![words("because", say.attribute("web-differently", "because", Vec::new()), typed("because"))]
        }
        Offer::Assign { people } => {
            let chosen = typed("to");
            let nobody =
                Choice { value: String::new(), label: say.bare("web-choose"), is_chosen: chosen.is_empty() };
            let somebody = people.iter().map(|(id, name)| Choice {
                value: clean_line(id),
                label: clean_line(name),
                is_chosen: *id == chosen,
            });
            let options = std::iter::once(nobody).chain(somebody).collect();
            let label = say.attribute("web-assign", "to", Vec::new());
            vec![Field { options, ..field("person", "to", label) }]
        }
    }
}

fn snooze(moments: &Moments, when: &str, date: &str, reason: String, say: &mut Speaker) -> Vec<Field> {
    let named = [("today", moments.today), ("tomorrow", moments.tomorrow), ("monday", moments.monday)];
    let mut options = Vec::new();
    for (value, at) in named {
        let Some(at) = at else { continue };
        let label = say.attribute("web-snooze", value, vec![("at", argument::at(at))]);
        options.push(Choice { value: value.to_owned(), label, is_chosen: when == value });
    }
    if when.is_empty()
        && let Some(first) = options.first_mut()
    {
        first.is_chosen = true;
    }
    options.push(Choice {
        value: "date".to_owned(),
        label: say.attribute("web-snooze", "date", Vec::new()),
        is_chosen: when == "date",
    });
    let label = say.attribute("web-snooze", "until", Vec::new());
    let date_label = say.attribute("web-snooze", "date", Vec::new());
    let mut fields = vec![Field {
        options,
        date: Some(date_label),
        typed: clean_line(date),
        ..field("choice", "when", label)
    }];
    if let Some(times) = moments.reason_after {
        let times = vec![("count", count(times as u64))];
        fields.push(words("reason", say.attribute("web-snooze", "reason", times), reason));
    }
    fields
}

/// A cause: one of the known ones, or other words.
fn cause(label: String, causes: &[String], typed: String, say: &mut Speaker) -> Field {
    let options: Vec<Choice> = causes
        .iter()
        .map(|cause| Choice {
            value: clean_line(cause),
            label: clean_line(cause),
            is_chosen: *cause == typed,
        })
        .collect();
    let kind = if options.is_empty() { "text" } else { "choice" };
    let is_other = options.iter().all(|option| !option.is_chosen);
    let other = (!options.is_empty()).then(|| say.bare("web-cause-other"));
    Field {
        options,
        other,
        typed: if is_other { typed } else { String::new() },
        ..field(kind, "cause", label)
    }
}

fn words(name: &'static str, label: String, typed: String) -> Field {
    Field { typed, ..field("text", name, label) }
}

fn field(kind: &'static str, name: &'static str, label: String) -> Field {
    Field { kind, name, label, options: Vec::new(), date: None, typed: String::new(), other: None }
}
