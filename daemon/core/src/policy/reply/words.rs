//! The words of a reply in English, Russian, Bulgarian and Estonian.

/// What a word means, whatever its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Done,
    Snooze,
    NotAProblem,
    To,
}

/// The longer of two words that begin alike comes first.
const WORDS: &[(&str, Meaning)] = &[
    ("it is done", Meaning::Done),
    ("done", Meaning::Done),
    ("snooze", Meaning::Snooze),
    ("not a problem", Meaning::NotAProblem),
    ("to", Meaning::To),
    ("готово", Meaning::Done),
    ("сделано", Meaning::Done),
    ("выполнено", Meaning::Done),
    ("направено", Meaning::Done),
    ("отложить", Meaning::Snooze),
    ("отложи", Meaning::Snooze),
    ("это не проблема", Meaning::NotAProblem),
    ("не проблема", Meaning::NotAProblem),
    ("не е проблем", Meaning::NotAProblem),
    ("кому", Meaning::To),
    ("на", Meaning::To),
    ("tehtud", Meaning::Done),
    ("valmis", Meaning::Done),
    ("lükka edasi", Meaning::Snooze),
    ("pole probleem", Meaning::NotAProblem),
    ("ei ole probleem", Meaning::NotAProblem),
    ("kellele", Meaning::To),
];

const ALL: &[&str] = &["all", "все", "всё", "всички", "kõik"];

/// The word that a line begins with, and what follows it.
pub(super) fn meaning(line: &str) -> Option<(Meaning, &str)> {
    WORDS.iter().find_map(|(word, meaning)| Some((*meaning, after(line, word)?)))
}

/// What follows "all".
pub(super) fn all(line: &str) -> Option<&str> {
    ALL.iter().find_map(|word| after(line, word)).map(|rest| rest.trim_start_matches([':', ' ']))
}

/// What follows a word at the beginning of a line, whatever its case; not where the line's word is longer.
pub(super) fn after<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = line.chars();
    for expected in word.chars() {
        let found = rest.next()?;
        if !found.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
    }
    let rest = rest.as_str();
    (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
}
