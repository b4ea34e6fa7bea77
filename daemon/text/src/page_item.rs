//! One finding of a page, with every word said.

use kaizend_core::domain::{PromiseVersion, Verb};
use serde::Serialize;

use crate::{
    Actions, InCompany, Item, Link, argument, clean_line,
    finding_words::text,
    link,
    page::{Speaker, count, lines},
    reason::{because, severity},
};

#[derive(Debug, Serialize)]
pub(crate) struct Entry {
    pub(crate) title: String,
    pub(crate) sentence: String,
    /// Why now: "new", "got worse".
    pub(crate) because: String,
    severity: String,
    /// `note`, `normal`, `high` or `urgent`: a class of the style sheet.
    severity_class: &'static str,
    check: String,
    /// What to do first, line by line; the plugin's advice, then the check's runbook.
    todo: Vec<String>,
    facts: Vec<Pair>,
    versions: Vec<Version>,
    /// What the reader owes, when it climbs and to whom, who else heard.
    company: Vec<String>,
    links: Vec<Button>,
    /// Buttons by which the reader says something about it: at most three.
    actions: Vec<Button>,
}

/// A label and what it says.
#[derive(Debug, Serialize)]
pub(crate) struct Pair {
    pub(crate) label: String,
    pub(crate) value: String,
}

impl Pair {
    /// A number, written as the reader's language writes it.
    pub(crate) fn number(id: &str, number: u64, say: &mut Speaker) -> Self {
        let value = say.words.local(say.voice).numeral(&number.to_string());
        Self { label: say.bare(id), value }
    }
}

/// One version of a promise.
#[derive(Debug, Serialize)]
pub(crate) struct Version {
    promised: String,
    seen: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Button {
    label: String,
    url: String,
}

impl Entry {
    pub(crate) fn of(item: &Item, say: &mut Speaker) -> Self {
        let seen = &item.finding.seen;
        let (id, class) = severity(seen.severity);
        let title = say.words.finding_title(item.plugin, seen, &item.names, say.voice);
        let sentence = say.words.finding_sentence(item.plugin, seen, &item.names, say.voice);
        Self {
            title: say.note(title),
            sentence: say.note(sentence),
            because: say.bare(because(item.because)),
            severity: say.bare(id),
            severity_class: class,
            check: clean_line(item.check),
            todo: todo(item, say),
            facts: facts(item, say),
            versions: versions(&item.versions, say),
            company: company(&item.company, say),
            links: item.links.iter().filter_map(Button::of).take(3).collect(),
            actions: item.actions.as_ref().map(|actions| buttons(actions, say)).unwrap_or_default(),
        }
    }
}

impl Button {
    fn of(link: &Link) -> Option<Self> {
        let url = link::safe(&link.url)?;
        Some(Self { label: clean_line(&link.label), url: url.to_owned() })
    }
}

/// Links change nothing by themselves, which the dots say: each opens the page at one of its forms.
fn buttons(actions: &Actions, say: &mut Speaker) -> Vec<Button> {
    let ways = [("act-done", Some(Verb::Done)), ("act-later", Some(Verb::Snooze)), ("act-more", None)];
    let button = |(id, verb): (&str, Option<Verb>)| {
        let query = verb.map(|verb| format!("?to={}", verb.word())).unwrap_or_default();
        Button { label: say.bare(id), url: format!("{}{query}", actions.page) }
    };
    ways.map(button).into()
}

fn todo(item: &Item, say: &mut Speaker) -> Vec<String> {
    let advice = say.words.finding_todo(item.plugin, &item.finding.seen, &item.names, say.voice);
    let advice = advice.map(|sentence| say.note(sentence));
    advice.into_iter().chain(item.runbook.map(lines).unwrap_or_default()).collect()
}

/// What helps to find the thing and to weigh it. The sentence has said the rest.
fn facts(item: &Item, say: &mut Speaker) -> Vec<Pair> {
    let seen = &item.finding.seen;
    let local = say.words.local(say.voice);
    let since = local.day(item.finding.opened_at, &say.voice.zone);
    let values = [
        ("fact-client", item.names.of("client", seen).map(clean_line)),
        ("fact-owner", item.names.of("owner", seen).map(clean_line)),
        ("fact-worth", seen.worth.as_ref().map(|worth| local.money(worth))),
        ("fact-since", Some(since)),
        ("fact-check", Some(clean_line(item.check))),
        ("fact-reference", Some(item.finding.fingerprint.short())),
    ];
    let known = values.into_iter().filter_map(|(id, value)| Some((id, value?)));
    let columns = say.words.finding_columns(seen, say.voice);
    let columns = columns.into_iter().map(|(label, value)| Pair { label, value });
    known.map(|(id, value)| Pair { label: say.bare(id), value }).chain(columns).collect()
}

fn company(company: &InCompany, say: &mut Speaker) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(until) = company.owes_until {
        lines.push(say.own("owes-apology", vec![("until", argument::at(until))]));
    }
    if company.asks_cause {
        lines.push(say.bare("asks-cause"));
    }
    if let Some((times, reason)) = &company.put_off {
        lines.push(say.own("put-off", vec![("count", count(*times)), ("reason", text(reason))]));
    }
    if let Some(climbs) = &company.climbs {
        let id = match climbs.is_manager {
            _ if climbs.to.is_empty() => "climbs-to-operators",
            true => "climbs-to-manager",
            false => "climbs-to",
        };
        lines.push(say.own(id, vec![("name", text(&climbs.to)), ("at", argument::at(climbs.at))]));
    }
    if !company.others.is_empty() {
        let names: Vec<String> = company.others.iter().map(|name| clean_line(name)).collect();
        lines.push(say.own("told-too", vec![("names", text(&names.join(", ")))]));
    }
    lines
}

/// A promise that never moved has one version, which the sentence has told.
fn versions(versions: &[PromiseVersion], say: &mut Speaker) -> Vec<Version> {
    if versions.len() < 2 {
        return Vec::new();
    }
    versions.iter().map(|version| Version::of(version, say)).collect()
}

impl Version {
    fn of(version: &PromiseVersion, say: &mut Speaker) -> Self {
        let local = say.words.local(say.voice);
        let promised = local.moment(version.promised, &say.voice.zone);
        let seen = local.day(version.seen_at, &say.voice.zone);
        let promised = match &version.moved_by {
            Some(who) => say.own("version-moved-by", vec![("promised", text(&promised)), ("who", text(who))]),
            None => promised,
        };
        Self { promised, seen }
    }
}
