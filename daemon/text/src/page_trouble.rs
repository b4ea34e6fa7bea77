//! Word to operators: each trouble with every word said, and the words around them all. One letter may speak of
//! several kinds of trouble; each has its own subject, lead and outlook.

use kaizend_core::{
    domain::{CouldNotLook, ServiceTrouble, TellBecause, Unheard},
    policy::{breaker::Held, people::PeopleTrouble},
};
use serde::Serialize;

use crate::{
    Letter, Trouble, argument,
    clean::clean_shape,
    clean_line,
    finding_words::text,
    page::{Speaker, count, lines, total},
    page_held,
    page_item::Pair,
    page_look, page_people,
};

/// Lines of a report that a mail shows.
const REPORT: usize = 60;

const NOT_RELOADED: &str = "trouble-not-reloaded";
const UNHEARD: &str = "trouble-unheard";
const REFUSED: &str = "trouble-refused";

#[derive(Debug, Serialize)]
pub(crate) struct TroubleEntry {
    check: String,
    pub(crate) sentence: String,
    /// Lines whose spaces matter.
    report: Vec<String>,
    /// What the sentence introduces, line by line.
    list: Vec<String>,
    facts: Vec<Pair>,
    todo: Vec<String>,
}

/// What sort of trouble it is, in the order in which a letter speaks of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Matter {
    Held,
    Refused,
    NotReloaded,
    Look,
    People,
    Silent,
    Unheard,
}

const MATTERS: [Matter; 7] = [
    Matter::Held,
    Matter::Refused,
    Matter::NotReloaded,
    Matter::Silent,
    Matter::Unheard,
    Matter::Look,
    Matter::People,
];

impl Matter {
    fn of(trouble: &Trouble) -> Self {
        match trouble.because {
            TellBecause::Held => Self::Held,
            TellBecause::Refused => Self::Refused,
            TellBecause::NotReloaded => Self::NotReloaded,
            TellBecause::PeopleWrong => Self::People,
            TellBecause::WasSilent => Self::Silent,
            TellBecause::Unheard => Self::Unheard,
            _ => Self::Look,
        }
    }

    /// How many of the letter's troubles are of this sort. What is only counted is taken for a check.
    fn count(self, letter: &Letter) -> u64 {
        let shown = letter.troubles.iter().filter(|trouble| Self::of(trouble) == self).count() as u64;
        if self == Self::Look { shown + total(letter) - letter.troubles.len() as u64 } else { shown }
    }

    /// The end of its messages' ids.
    fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Refused => "refused",
            Self::NotReloaded => "not-reloaded",
            Self::Look => "operator",
            Self::People => "people",
            Self::Silent => "was-silent",
            Self::Unheard => "unheard",
        }
    }
}

impl TroubleEntry {
    pub(crate) fn of(trouble: &Trouble, say: &mut Speaker) -> Self {
        let since = trouble.since.map(|since| Pair {
            label: say.bare("fact-since"),
            value: say.words.local(say.voice).instant(since, &say.voice.zone),
        });
        let entry = Self {
            check: clean_line(trouble.check),
            sentence: clean_line(trouble.detail),
            report: Vec::new(),
            list: Vec::new(),
            facts: since.into_iter().collect(),
            todo: trouble.runbook.map(lines).unwrap_or_default(),
        };
        match Matter::of(trouble) {
            Matter::Look => entry.of_look(trouble, say),
            Matter::Held => Self { check: say.bare("head-held"), ..entry.of_mailing(trouble, say) },
            Matter::Refused => Self {
                check: say.bare("head-refused"),
                sentence: say.own(REFUSED, vec![("reply", text(trouble.detail))]),
                todo: vec![attribute(REFUSED, "todo", 0, say)],
                ..entry
            },
            Matter::NotReloaded => Self {
                check: say.bare("head-configuration"),
                sentence: say.bare(NOT_RELOADED),
                report: report(trouble.detail, say),
                todo: vec![attribute(NOT_RELOADED, "todo", 0, say)],
                ..entry
            },
            Matter::People => {
                let (sentence, list) = of_people(trouble.detail, say);
                Self { check: say.bare("head-people"), sentence, list, ..entry }
            }
            Matter::Silent | Matter::Unheard => entry.of_service(trouble, say),
        }
    }
}

/// Details that are not understood are an earlier version's, and are shown as they stand.
impl TroubleEntry {
    fn of_look(self, trouble: &Trouble, say: &mut Speaker) -> Self {
        let Some(why) = CouldNotLook::from_detail(trouble.detail) else { return self };
        let mut todo = vec![page_look::todo(&why, say)];
        todo.extend(self.todo);
        Self {
            sentence: page_look::sentence(&why, say),
            list: page_look::quotation(&why, say).into_iter().collect(),
            todo,
            ..self
        }
    }

    fn of_mailing(self, trouble: &Trouble, say: &mut Speaker) -> Self {
        let Some(held) = Held::from_detail(trouble.detail) else { return self };
        Self {
            sentence: page_held::sentence(&held, say),
            list: vec![page_held::reason(&held, say)],
            todo: vec![page_held::todo(say)],
            ..self
        }
    }

    /// The service's own trouble.
    fn of_service(self, trouble: &Trouble, say: &mut Speaker) -> Self {
        match ServiceTrouble::from_detail(trouble.detail) {
            Some(ServiceTrouble::Silent { from, until }) => Self {
                check: say.bare("head-was-silent"),
                sentence: say.own(
                    "trouble-was-silent",
                    vec![("from", argument::at(from)), ("until", argument::at(until))],
                ),
                facts: Vec::new(),
                ..self
            },
            Some(ServiceTrouble::Unheard { since, why }) => Self {
                check: say.bare("head-unheard"),
                sentence: say.own(UNHEARD, vec![("since", argument::at(since))]),
                list: vec![unheard(why, say)],
                facts: Vec::new(),
                todo: vec![attribute(UNHEARD, "todo", 0, say)],
                ..self
            },
            None => self,
        }
    }
}

/// What is wrong with the data about people. Stores still hold notices of versions that wrote it as English
/// sentences: the first says how many there are, each further line is a problem.
fn of_people(detail: &str, say: &mut Speaker) -> (String, Vec<String>) {
    if let Some(trouble) = PeopleTrouble::from_detail(detail) {
        return (page_people::sentence(&trouble, say), page_people::list(&trouble, say));
    }
    let (sentence, list) = detail.split_once('\n').unwrap_or((detail, ""));
    (clean_line(sentence), lines(list))
}

fn unheard(why: Unheard, say: &mut Speaker) -> String {
    let (name, number) = match why {
        Unheard::Status(status) => ("status", status),
        Unheard::TooLate => ("too-late", 0),
        Unheard::NoSuchHost => ("no-such-host", 0),
        Unheard::Refused => ("refused", 0),
        Unheard::NoRoute => ("no-route", 0),
        Unheard::CutOff => ("cut-off", 0),
        Unheard::NotTrusted => ("not-trusted", 0),
        Unheard::Tls => ("tls", 0),
        Unheard::NoCertificates => ("no-certificates", 0),
        Unheard::NotHttp => ("not-http", 0),
    };
    attribute(UNHEARD, name, number.into(), say)
}

pub(crate) fn subject(letter: &Letter, check: &str, say: &mut Speaker) -> String {
    let mut matters = MATTERS.into_iter().filter(|matter| matter.count(letter) > 0);
    let number = count(total(letter));
    match (matters.next(), matters.next()) {
        (Some(Matter::Look), None) | (None, _) => {
            say.own("subject-operator", vec![("count", number), ("check", text(check))])
        }
        (Some(only), None) => say.bare(&format!("subject-{}", only.word())),
        (Some(_), Some(_)) => say.own("subject-troubles", vec![("count", number)]),
    }
}

pub(crate) fn lead(letter: &Letter, say: &mut Speaker) -> String {
    each("lead", letter, say)
}

pub(crate) fn next(letter: &Letter, say: &mut Speaker) -> String {
    each("next", letter, say)
}

/// One message for each sort of trouble that the letter speaks of.
fn each(id: &str, letter: &Letter, say: &mut Speaker) -> String {
    let of_it = MATTERS.into_iter().map(|matter| (matter, matter.count(letter))).filter(|(_, n)| *n > 0);
    let said: Vec<String> = of_it
        .map(|(matter, number)| say.own(&format!("{id}-{}", matter.word()), vec![("count", count(number))]))
        .collect();
    said.join(" ")
}

/// The report of `kaizend validate`: pieces of the file, with marks below them.
fn report(detail: &str, say: &mut Speaker) -> Vec<String> {
    let mut report: Vec<String> = detail.lines().take(REPORT).map(clean_shape).collect();
    let left = detail.lines().count().saturating_sub(REPORT) as u64;
    if left > 0 {
        report.push(attribute(NOT_RELOADED, "more", left, say));
    }
    report
}

fn attribute(id: &str, name: &str, number: u64, say: &mut Speaker) -> String {
    say.attribute(id, name, vec![("count", count(number))])
}
