//! A page with every word said: what its template lays out, and nothing else.

use std::collections::BTreeSet;

use kaizend_core::{
    domain::Finding,
    policy::{press::Doubt, undo::Stays},
};
use serde::Serialize;

use super::{
    Asked, ItemShown, Lack, Listed, Recorded, Screen, Shows,
    form::{self, Form},
};
use crate::{
    Item, Missing, Words, argument, clean_line, clean_text,
    finding_words::text,
    page::{Speaker, count, direction},
    page_item::{Entry, Pair},
    reason::addressed,
};

/// The context of the template.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Sheet {
    language: String,
    direction: &'static str,
    company: String,
    colour: String,
    title: String,
    /// What is wrong with what was sent.
    problem: Option<String>,
    paragraphs: Vec<String>,
    entry: Option<Entry>,
    /// How it stands, and why the reader gets it: below the item's own facts.
    facts: Vec<Pair>,
    heads: Heads,
    forms: Vec<Form>,
    list: Vec<Row>,
    links: Vec<Way>,
    foot: String,
}

#[derive(Debug, Default, Serialize)]
struct Heads {
    todo: String,
    versions: String,
    promised: String,
    seen: String,
    act: String,
}

/// One item of a list.
#[derive(Debug, Serialize)]
struct Row {
    title: String,
    sentence: String,
    state: String,
    url: String,
}

#[derive(Debug, Serialize)]
struct Way {
    label: String,
    url: String,
}

impl Sheet {
    pub(super) fn of(screen: &Screen, words: &Words, missing: &mut BTreeSet<Missing>) -> Self {
        let mut say = Speaker { words, voice: &screen.voice, missing };
        let sheet = match &screen.shows {
            Shows::Item(shown) => item(shown, &mut say),
            Shows::Again(asked) => again(asked, &mut say),
            Shows::Recorded(recorded) => thanks(recorded, &mut say),
            Shows::TakeBack { said, nonce } => Self {
                title: say.bare("web-undo"),
                paragraphs: vec![said.sentence(&mut say)],
                forms: vec![Form::bare("take-back", nonce, say.attribute("web-undo", "button", Vec::new()))],
                ..Self::default()
            },
            Shows::TakenBack { item } => Self {
                title: say.bare("web-undone"),
                paragraphs: vec![say.attribute("web-undone", "why", Vec::new())],
                links: vec![Way { label: say.bare("web-to-item"), url: item.clone() }],
                ..Self::default()
            },
            Shows::Stays { why, item } => Self {
                title: say.bare("web-stays"),
                paragraphs: vec![say.attribute("web-stays", stays(*why), Vec::new())],
                links: vec![Way { label: say.bare("web-to-item"), url: item.clone() }],
                ..Self::default()
            },
            Shows::List { listed, more } => list(listed, *more, &mut say),
            Shows::OneADay { is_chosen, verb, nonce } => {
                let id = if *is_chosen { "web-usual" } else { "web-fewer" };
                Self {
                    title: say.bare(id),
                    paragraphs: vec![say.attribute(id, "why", Vec::new())],
                    forms: vec![Form::bare(verb, nonce, say.attribute(id, "button", Vec::new()))],
                    ..Self::default()
                }
            }
            Shows::Refused => Self {
                title: say.bare("web-refused"),
                paragraphs: ["why", "todo"].map(|part| say.attribute("web-refused", part, Vec::new())).into(),
                ..Self::default()
            },
            Shows::Trouble => Self {
                title: say.bare("web-trouble"),
                paragraphs: vec![say.attribute("web-trouble", "why", Vec::new())],
                ..Self::default()
            },
        };
        let company = text(&screen.brand.company);
        let foot = match screen.reader {
            Some(name) => say.own("web-foot", vec![("company", company), ("name", text(name))]),
            None => say.own("web-foot-plain", vec![("company", company)]),
        };
        let language = screen.voice.language.as_str().to_owned();
        Self {
            direction: direction(&language),
            language,
            company: clean_line(&screen.brand.company),
            colour: screen.brand.drawn_colour(),
            foot,
            ..sheet
        }
    }
}

fn item(shown: &ItemShown, say: &mut Speaker) -> Sheet {
    let finding = shown.item.finding;
    let forgotten = say.words.finding_forgotten(finding, say.voice);
    let facts = vec![
        Pair { label: say.bare("web-state"), value: state(&shown.item, finding, say) },
        Pair { label: say.bare("head-why"), value: addressed(&shown.item, say) },
    ];
    let (title, entry) = match forgotten {
        Some(sentence) => (say.note(sentence), None),
        None => {
            let entry = Entry::of(&shown.item, say);
            (entry.title.clone(), Some(entry))
        }
    };
    let paragraphs = if shown.offers.is_empty() { vec![say.bare("web-closed")] } else { Vec::new() };
    let nothing = shown.lacks.map(|_| say.bare("web-lacks"));
    let problem = shown.lacks.map(|lack| say.attribute("web-lacks", lacks(lack), Vec::new()));
    Sheet {
        title,
        problem: nothing.zip(problem).map(|(nothing, problem)| format!("{problem} {nothing}")),
        paragraphs,
        entry,
        facts,
        heads: Heads {
            todo: say.bare("head-todo"),
            versions: say.bare("head-versions"),
            promised: say.bare("head-promised"),
            seen: say.bare("head-seen"),
            act: say.bare("web-head-act"),
        },
        forms: form::forms(shown, say),
        links: vec![Way { label: say.bare("web-to-list"), url: shown.list.clone() }],
        ..Sheet::default()
    }
}

fn state(item: &Item, finding: &Finding, say: &mut Speaker) -> String {
    let state = say.words.finding_state(item.plugin, finding, &item.names, say.voice);
    say.note(state)
}

fn again(asked: &Asked, say: &mut Speaker) -> Sheet {
    let because = match asked.because {
        Doubt::TooSoon => "soon",
        Doubt::SeveralAtOnce => "several",
    };
    let hidden = asked.typed.iter().filter(|(name, _)| !matches!(name.as_str(), "nonce" | "verb"));
    Sheet {
        title: say.bare("web-again"),
        paragraphs: vec![clean_line(&asked.title), say.attribute("web-again", because, Vec::new())],
        forms: vec![Form {
            hidden: hidden.map(|(name, value)| (clean_line(name), clean_text(value))).collect(),
            ..Form::bare(asked.verb.word(), asked.nonce, say.attribute("web-again", "button", Vec::new()))
        }],
        ..Sheet::default()
    }
}

fn thanks(recorded: &Recorded, say: &mut Speaker) -> Sheet {
    let until = vec![("until", argument::at(recorded.undo_until))];
    Sheet {
        title: say.bare("web-recorded"),
        paragraphs: vec![recorded.said.sentence(say), say.attribute("web-recorded", "undo", until)],
        links: vec![
            Way { label: say.attribute("web-recorded", "link", Vec::new()), url: recorded.undo.clone() },
            Way { label: say.bare("web-to-list"), url: recorded.list.clone() },
        ],
        ..Sheet::default()
    }
}

fn list(listed: &[Listed], more: usize, say: &mut Speaker) -> Sheet {
    let row = |one: &Listed, say: &mut Speaker| {
        let seen = &one.item.finding.seen;
        let title = say.words.finding_title(one.item.plugin, seen, &one.item.names, say.voice);
        let sentence = say.words.finding_sentence(one.item.plugin, seen, &one.item.names, say.voice);
        Row {
            title: say.note(title),
            sentence: say.note(sentence),
            state: state(&one.item, one.item.finding, say),
            url: one.link.clone(),
        }
    };
    let total = listed.len() + more;
    let more = (more > 0).then(|| say.attribute("web-list", "more", vec![("count", count(more as u64))]));
    Sheet {
        title: say.own("web-list", vec![("count", count(total as u64))]),
        paragraphs: more.into_iter().collect(),
        list: listed.iter().map(|one| row(one, say)).collect(),
        ..Sheet::default()
    }
}

fn lacks(lack: Lack) -> &'static str {
    match lack {
        Lack::Reason => "reason",
        Lack::When => "when",
        Lack::Person => "person",
        Lack::Cause => "cause",
        Lack::Nothing => "nothing",
        Lack::Long => "long",
    }
}

fn stays(why: Stays) -> &'static str {
    match why {
        Stays::TooLate => "too-late",
        Stays::WentOn => "went-on",
        Stays::OthersHeard => "others-heard",
    }
}
