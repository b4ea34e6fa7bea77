//! A letter with every word said: what the templates lay out, and nothing else.
//!
//! Templates see only finished sentences. So an operator's own template can move things about, but cannot
//! change what is told, and a mail's text part and HTML part cannot tell different facts.

use std::collections::BTreeSet;

use jiff::Timestamp;
use kaizend_core::domain::{Fact, NoticeKind, TellBecause};
use serde::Serialize;

use crate::{
    Brand, Letter, LifeSign, Missing, NotTaken, RenderError, Rendered, Scope, Sentence, Stationery, Sum,
    Voice, Words, argument, clean_line,
    finding_words::{named, text},
    page_baseline,
    page_item::Entry,
    page_not_taken::NotTakenEntry,
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
    /// What the reader said from earlier mails.
    said: Vec<String>,
    /// The reader's own list of open items.
    list: Option<OwnList>,
    more: Option<String>,
    as_of: Option<String>,
    next: String,
    /// What can be answered, where answers are read.
    reply: Option<String>,
    why: Vec<String>,
    foot: String,
    heads: Heads,
    /// A sign of life, and nothing else.
    sign: Option<SignEntry>,
    /// What of a reply was not taken, and nothing else.
    not_taken: Option<NotTakenEntry>,
}

#[derive(Debug, Serialize)]
struct OwnList {
    label: String,
    url: String,
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
    said: String,
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
        let said = letter.said.iter().map(|said| said.sentence(&mut say)).collect();
        let list = letter.list.clone().map(|url| OwnList { label: say.bare("act-list"), url });
        Self {
            subject: subject(letter, &items, &mut say),
            preheader: preheader(letter, &items, &troubles),
            lead: lead(letter, &mut say),
            more: (letter.more > 0).then(|| say.own("more", vec![("count", count(letter.more.into()))])),
            next: next(letter, &mut say),
            reply: reply(letter, &mut say),
            why: why(letter, &mut say),
            heads: Heads::of(page_baseline::head(letter, &mut say), &mut say),
            greeting,
            items,
            troubles,
            as_of,
            sums,
            said,
            list,
            ..Self::blank(letter.brand, letter.looked_at, &mut say)
        }
    }

    pub(crate) fn of_sign(sign: &LifeSign, words: &Words, missing: &mut BTreeSet<Missing>) -> Self {
        let mut say = Speaker { words, voice: &sign.voice, missing };
        let lead = say.bare("lead-life-sign");
        Self {
            subject: say.own("subject-life-sign", vec![("trouble", count(sign.could_not_look))]),
            preheader: lead.clone(),
            lead: Some(lead),
            next: say.own("next-life-sign", vec![("time", text(&sign.daily_at))]),
            why: vec![say.own("addressed-life-sign", vec![("company", text(&sign.brand.company))])],
            sign: Some(SignEntry::of(sign, &mut say)),
            ..Self::blank(sign.brand, sign.until, &mut say)
        }
    }

    pub(crate) fn of_not_taken(reply: &NotTaken, words: &Words, missing: &mut BTreeSet<Missing>) -> Self {
        let mut say = Speaker { words, voice: &reply.to.voice, missing };
        let lead = say.own("lead-not-taken", vec![("count", count(reply.taken.into()))]);
        let name = reply.to.name.as_deref();
        Self {
            subject: say.own("subject-not-taken", vec![("subject", text(&clean_line(reply.subject)))]),
            preheader: lead.clone(),
            greeting: name.map(|name| say.own("greeting", vec![("name", text(name))])),
            lead: Some(lead),
            next: say.bare("next-not-taken"),
            why: vec![say.bare("addressed-not-taken")],
            not_taken: Some(NotTakenEntry::of(reply, &mut say)),
            ..Self::blank(reply.brand, reply.at, &mut say)
        }
    }

    /// What every mail of the company has, and nothing told yet.
    fn blank(brand: &Brand, at: Timestamp, say: &mut Speaker) -> Self {
        let language = say.voice.language.as_str();
        let foot = vec![("company", text(&brand.company)), ("at", argument::at(at))];
        Self {
            language: language.to_owned(),
            direction: direction(language),
            subject: String::new(),
            preheader: String::new(),
            company: clean_line(&brand.company),
            colour: brand.drawn_colour(),
            postal_address: brand.postal_address.iter().flat_map(|text| lines(text)).collect(),
            greeting: None,
            lead: None,
            items: Vec::new(),
            troubles: Vec::new(),
            sums: Vec::new(),
            said: Vec::new(),
            list: None,
            more: None,
            as_of: None,
            next: String::new(),
            reply: None,
            why: Vec::new(),
            foot: say.own("foot", foot),
            heads: Heads::of(String::new(), say),
            sign: None,
            not_taken: None,
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
            said: say.bare("head-said"),
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

/// How a mail about findings can be answered.
fn reply(letter: &Letter, say: &mut Speaker) -> Option<String> {
    let about = letter.takes_replies && !letter.items.is_empty();
    about.then(|| say.own("reply", vec![("count", count(letter.items.len() as u64))]))
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

pub(crate) fn direction(language: &str) -> &'static str {
    match language.split('-').next() {
        Some("ar" | "he" | "fa" | "ur" | "yi") => "rtl",
        _ => "ltr",
    }
}

/// The lines of a text of several, cleaned; empty ones are left out.
pub(crate) fn lines(text: &str) -> Vec<String> {
    text.lines().map(clean_line).filter(|line| !line.is_empty()).take(40).collect()
}
