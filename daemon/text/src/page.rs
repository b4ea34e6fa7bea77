//! A letter with every word said: what the templates lay out, and nothing else.
//!
//! Templates see only finished sentences. So an operator's own template can move things about, but cannot
//! change what is told, and a mail's text part and HTML part cannot tell different facts.

use std::collections::BTreeSet;

use kaizend_core::domain::{Fact, NoticeKind, TellBecause};
use serde::Serialize;

use crate::{
    Letter, LifeSign, Missing, RenderError, Rendered, Scope, Sentence, Stationery, Sum, Voice, Words,
    argument, clean_line,
    finding_words::{named, text},
    page_baseline,
    page_item::Entry,
    page_sign::SignEntry,
    page_trouble::{self, TroubleEntry},
    reason::addressed,
};

/// The context of every template.
#[derive(Debug, Serialize)]
pub(crate) struct Page {
    pub(crate) language: String,
    /// `ltr` or `rtl`.
    direction: &'static str,
    pub(crate) subject: String,
    pub(crate) preheader: String,
    company: String,
    colour: String,
    postal_address: Vec<String>,
    greeting: Option<String>,
    /// What the mail is about, where the items do not say it by themselves.
    lead: Option<String>,
    items: Vec<Entry>,
    troubles: Vec<TroubleEntry>,
    sums: Vec<String>,
    more: Option<String>,
    as_of: Option<String>,
    next: String,
    why: Vec<String>,
    foot: String,
    heads: Heads,
    /// A sign of life, and nothing else.
    sign: Option<SignEntry>,
}

#[derive(Debug, Serialize)]
struct Heads {
    todo: String,
    next: String,
    why: String,
    versions: String,
    promised: String,
    seen: String,
    list: String,
    sums: String,
}

/// Says messages to one reader, and notes what a catalogue lacks.
pub(crate) struct Speaker<'a> {
    pub(crate) words: &'a Words,
    pub(crate) voice: &'a Voice,
    pub(crate) missing: &'a mut BTreeSet<Missing>,
}

impl Speaker<'_> {
    pub(crate) fn own(&mut self, id: &str, args: Vec<(&str, Fact)>) -> String {
        let sentence = self.words.own(id, &named(args), self.voice);
        self.note(sentence)
    }

    pub(crate) fn bare(&mut self, id: &str) -> String {
        self.own(id, Vec::new())
    }

    pub(crate) fn attribute(&mut self, id: &str, name: &str, args: Vec<(&str, Fact)>) -> String {
        let sentence = self.words.say(Scope::Daemon, id, Some(name), &named(args), self.voice);
        self.note(sentence)
    }

    pub(crate) fn note(&mut self, sentence: Sentence) -> String {
        self.missing.extend(sentence.missing);
        sentence.text
    }
}

impl Page {
    pub(crate) fn of(letter: &Letter, words: &Words, missing: &mut BTreeSet<Missing>) -> Self {
        let mut say = Speaker { words, voice: &letter.to.voice, missing };
        let items: Vec<Entry> = letter.items.iter().map(|item| Entry::of(item, &mut say)).collect();
        let troubles: Vec<TroubleEntry> =
            letter.troubles.iter().map(|trouble| TroubleEntry::of(trouble, &mut say)).collect();
        let greeting = letter.to.name.as_deref().map(|name| say.own("greeting", vec![("name", text(name))]));
        let as_of = letter.as_of.map(|as_of| say.own("as-of", vec![("at", argument::at(as_of.at))]));
        let sums = letter.sums.iter().map(|sum| sum_line(sum, &mut say)).collect();
        let foot = vec![("company", text(&letter.brand.company)), ("at", argument::at(letter.looked_at))];
        Self {
            subject: subject(letter, &items, &mut say),
            preheader: preheader(letter, &items, &troubles),
            lead: lead(letter, &mut say),
            more: (letter.more > 0).then(|| say.own("more", vec![("count", count(letter.more.into()))])),
            next: next(letter, &mut say),
            why: why(letter, &mut say),
            foot: say.own("foot", foot),
            heads: Heads::of(page_baseline::head(letter, &mut say), &mut say),
            language: letter.to.voice.language.as_str().to_owned(),
            direction: direction(letter.to.voice.language.as_str()),
            company: clean_line(&letter.brand.company),
            colour: letter.brand.drawn_colour(),
            postal_address: letter.brand.postal_address.iter().flat_map(|text| lines(text)).collect(),
            greeting,
            items,
            troubles,
            as_of,
            sums,
            sign: None,
        }
    }

    pub(crate) fn of_sign(sign: &LifeSign, words: &Words, missing: &mut BTreeSet<Missing>) -> Self {
        let mut say = Speaker { words, voice: &sign.voice, missing };
        let company = || vec![("company", text(&sign.brand.company))];
        let foot = company().into_iter().chain([("at", argument::at(sign.until))]).collect();
        let lead = say.bare("lead-life-sign");
        Self {
            subject: say.own("subject-life-sign", vec![("trouble", count(sign.could_not_look))]),
            preheader: lead.clone(),
            lead: Some(lead),
            more: None,
            next: say.own("next-life-sign", vec![("time", text(&sign.daily_at))]),
            why: vec![say.own("addressed-life-sign", company())],
            foot: say.own("foot", foot),
            heads: Heads::of(String::new(), &mut say),
            language: sign.voice.language.as_str().to_owned(),
            direction: direction(sign.voice.language.as_str()),
            company: clean_line(&sign.brand.company),
            colour: sign.brand.drawn_colour(),
            postal_address: sign.brand.postal_address.iter().flat_map(|text| lines(text)).collect(),
            greeting: None,
            items: Vec::new(),
            troubles: Vec::new(),
            sums: Vec::new(),
            as_of: None,
            sign: Some(SignEntry::of(sign, &mut say)),
        }
    }

    /// Text and HTML of a page whose every word is said.
    pub(crate) fn lay_out(
        self,
        layout: &str,
        voice: &Voice,
        stationery: &Stationery,
        missing: BTreeSet<Missing>,
    ) -> Result<Rendered, RenderError> {
        let (text, html, faults) = stationery.lay_out(layout, &self)?;
        Ok(Rendered {
            subject: self.subject,
            preheader: self.preheader,
            text,
            html,
            language: voice.language.clone(),
            missing: missing.into_iter().collect(),
            faults,
        })
    }
}

impl Heads {
    fn of(list: String, say: &mut Speaker) -> Self {
        Self {
            todo: say.bare("head-todo"),
            next: say.bare("head-next"),
            why: say.bare("head-why"),
            versions: say.bare("head-versions"),
            promised: say.bare("head-promised"),
            seen: say.bare("head-seen"),
            list,
            sums: say.bare("head-sums"),
        }
    }
}

fn sum_line(sum: &Sum, say: &mut Speaker) -> String {
    let check = text(&clean_line(sum.check));
    let numbers = [("open", sum.open), ("one", sum.one), ("two", sum.two)];
    let numbers = numbers.into_iter().map(|(name, number)| (name, count(number)));
    say.own("sum", std::iter::once(("check", check)).chain(numbers).collect())
}

pub(crate) fn total(letter: &Letter) -> u64 {
    (letter.items.len() + letter.troubles.len()) as u64 + u64::from(letter.more)
}

pub(crate) fn count(number: u64) -> Fact {
    Fact::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// Subjects carry no age and no number of reminders, so that they stay the same while the finding does.
fn subject(letter: &Letter, items: &[Entry], say: &mut Speaker) -> String {
    let number = count(total(letter));
    match letter.kind {
        NoticeKind::Baseline => page_baseline::subject(letter, &checks(letter), say),
        NoticeKind::Operator => page_trouble::subject(letter, &checks(letter), say),
        _ => match items {
            [only] if letter.more == 0 => only.title.clone(),
            _ => say.own("subject-digest", vec![("count", number)]),
        },
    }
}

/// The checks that a letter speaks of, each once, in the order of the items.
fn checks(letter: &Letter) -> String {
    let mut names: Vec<String> = Vec::new();
    let items = letter.items.iter().map(|item| item.check);
    for name in items.chain(letter.troubles.iter().map(|trouble| trouble.check)).map(clean_line) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let cut = names.len() > 3;
    names.truncate(3);
    if cut { format!("{} …", names.join(", ")) } else { names.join(", ") }
}

fn preheader(letter: &Letter, items: &[Entry], troubles: &[TroubleEntry]) -> String {
    let said = match (letter.kind, items, troubles) {
        (NoticeKind::Operator, _, [first, ..]) => first.sentence.clone(),
        (NoticeKind::Reminder, [only], _) => format!("{}: {}", only.because, only.sentence),
        _ => items.iter().take(3).map(|item| item.title.as_str()).collect::<Vec<_>>().join(" · "),
    };
    let mut shown: String = said.chars().take(140).collect();
    if shown.len() < said.len() {
        shown.push('…');
    }
    shown
}

fn lead(letter: &Letter, say: &mut Speaker) -> Option<String> {
    let number = vec![("count", count(total(letter)))];
    match letter.kind {
        NoticeKind::Baseline => Some(page_baseline::lead(letter, say)),
        NoticeKind::Operator => Some(page_trouble::lead(letter, say)),
        _ if total(letter) > 1 => Some(say.own("lead-digest", number)),
        _ => None,
    }
}

fn next(letter: &Letter, say: &mut Speaker) -> String {
    let past = letter.more == letter.more_facts
        && letter.items.iter().all(|item| item.because == TellBecause::Happened);
    let number = vec![("count", count(total(letter)))];
    match letter.kind {
        NoticeKind::Baseline => page_baseline::next(letter, say),
        NoticeKind::Operator => page_trouble::next(letter, say),
        _ if past => say.own("next-happened", number),
        _ if letter.items.iter().any(|item| item.company.climbs.is_some()) => say.own("next-climbs", number),
        _ => say.own("next-condition", number),
    }
}

/// Each reason once, in the order of the items.
fn why(letter: &Letter, say: &mut Speaker) -> Vec<String> {
    if letter.kind == NoticeKind::Operator {
        return vec![say.own("addressed-operators", vec![("company", text(&letter.brand.company))])];
    }
    let mut reasons = Vec::new();
    for item in &letter.items {
        let reason = addressed(item, say);
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}

fn direction(language: &str) -> &'static str {
    match language.split('-').next() {
        Some("ar" | "he" | "fa" | "ur" | "yi") => "rtl",
        _ => "ltr",
    }
}

/// The lines of a text of several, cleaned; empty ones are left out.
pub(crate) fn lines(text: &str) -> Vec<String> {
    text.lines().map(clean_line).filter(|line| !line.is_empty()).take(40).collect()
}
