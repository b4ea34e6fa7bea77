//! Word to operators: each trouble with every word said, and the words around them all.

use kaizend_core::domain::TellBecause;
use serde::Serialize;

use crate::{
    Letter, Scope, Trouble,
    clean::clean_shape,
    clean_line,
    finding_words::{named, text},
    page::{Speaker, count, lines, total},
    page_item::Pair,
};

/// Lines of a report that a mail shows.
const REPORT: usize = 60;

const NOT_RELOADED: &str = "trouble-not-reloaded";

#[derive(Debug, Serialize)]
pub(crate) struct TroubleEntry {
    check: String,
    pub(crate) sentence: String,
    /// Lines whose spaces matter.
    report: Vec<String>,
    facts: Vec<Pair>,
    todo: Vec<String>,
}

impl TroubleEntry {
    pub(crate) fn of(trouble: &Trouble, say: &mut Speaker) -> Self {
        let since = trouble.since.map(|since| Pair {
            label: say.bare("fact-since"),
            value: say.words.local(say.voice).instant(since, &say.voice.zone),
        });
        let facts = since.into_iter().collect();
        if is_reload(trouble) {
            return Self {
                check: say.bare("head-configuration"),
                sentence: say.bare(NOT_RELOADED),
                report: report(trouble.detail, say),
                facts,
                todo: vec![attribute("todo", 0, say)],
            };
        }
        Self {
            check: clean_line(trouble.check),
            sentence: clean_line(trouble.detail),
            report: Vec::new(),
            facts,
            todo: trouble.runbook.map(lines).unwrap_or_default(),
        }
    }
}

pub(crate) fn subject(letter: &Letter, check: &str, say: &mut Speaker) -> String {
    match (reloads(letter), total(letter)) {
        (0, all) => say.own("subject-operator", vec![("count", count(all)), ("check", text(check))]),
        (reloads, all) if reloads == all => say.bare("subject-not-reloaded"),
        (_, all) => say.own("subject-troubles", vec![("count", count(all))]),
    }
}

pub(crate) fn lead(letter: &Letter, say: &mut Speaker) -> String {
    let (reloads, all) = (reloads(letter), total(letter));
    let reload = (reloads > 0).then(|| say.bare("lead-not-reloaded"));
    let looks = (all > reloads).then(|| say.own("lead-operator", vec![("count", count(all - reloads))]));
    reload.into_iter().chain(looks).collect::<Vec<_>>().join(" ")
}

pub(crate) fn next(letter: &Letter, say: &mut Speaker) -> String {
    let (reloads, all) = (reloads(letter), total(letter));
    let reload = (reloads > 0).then(|| say.bare("next-not-reloaded"));
    let looks = (all > reloads).then(|| say.bare("next-operator"));
    reload.into_iter().chain(looks).collect::<Vec<_>>().join(" ")
}

/// How many of the letter's troubles are a refused configuration. What is only counted is taken for a check.
fn reloads(letter: &Letter) -> u64 {
    letter.troubles.iter().filter(|trouble| is_reload(trouble)).count() as u64
}

fn is_reload(trouble: &Trouble) -> bool {
    trouble.because == TellBecause::NotReloaded
}

/// The report of `kaizend validate`: pieces of the file, with marks below them.
fn report(detail: &str, say: &mut Speaker) -> Vec<String> {
    let mut report: Vec<String> = detail.lines().take(REPORT).map(clean_shape).collect();
    let left = detail.lines().count().saturating_sub(REPORT) as u64;
    if left > 0 {
        report.push(attribute("more", left, say));
    }
    report
}

fn attribute(name: &str, number: u64, say: &mut Speaker) -> String {
    let args = named(vec![("count", count(number))]);
    let sentence = say.words.say(Scope::Daemon, NOT_RELOADED, Some(name), &args, say.voice);
    say.note(sentence)
}
