//! A reply by mail: which words about the findings of a mail its first lines say. The words of all four languages are
//! understood in every reply, because people answer in the language that they think in.
//!
//! ```text
//! done                       2 done: parts were late          all done
//! snooze 3d                  snooze tomorrow                  snooze 12.3.: the part comes then
//! not a problem: agreed with the client
//! to boris@northwind.example
//! ```
//!
//! Nothing is guessed: a line is a word of these as a whole, or none. What follows the words (thanks, a signature, the
//! mail that is answered) is left alone.

mod when;
mod words;

#[cfg(test)]
mod tests;

pub use when::When;
use words::{Meaning, meaning};

/// How many lines may come before the first word: a greeting, say.
const GREETING: usize = 3;

/// How long a reason may be, in characters.
const LONGEST_REASON: usize = 2_000;

/// One word about one finding, or about each, of the mail that is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    pub about: About,
    pub verb: Verb,
}

/// Which of the findings that the mail showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// No number was said: right where the mail showed one.
    TheOne,
    /// Its number in the mail, from 1.
    Number(u32),
    All,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verb {
    Done {
        /// Why it went wrong, where that was said.
        cause: Option<String>,
    },
    Snooze {
        until: When,
        /// Asked for where it was put off often.
        reason: Option<String>,
    },
    NotAProblem {
        reason: String,
    },
    /// Somebody else answers for it: by mail address, as it was written.
    To {
        address: String,
    },
}

/// Why nothing is done. The first line that counts is quoted, cut to what fits a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotUnderstood {
    /// There is no text above the mail that is answered.
    Empty,
    NoWord {
        line: String,
    },
    NoReason {
        line: String,
    },
    NoMoment {
        line: String,
    },
    NoAddress {
        line: String,
    },
}

/// The words of a reply, from its text without the mail that it answers.
///
/// # Errors
/// When its first lines hold no word, or one that lacks what it needs. Then none of it counts.
pub fn read(text: &str) -> Result<Vec<Command>, NotUnderstood> {
    let mut lines = text.lines().map(str::trim).skip_while(|line| line.is_empty()).peekable();
    let Some(first) = lines.peek().copied() else { return Err(NotUnderstood::Empty) };
    let mut commands: Vec<Command> = Vec::new();
    let (mut before, mut goes_on) = (0, false);
    for line in lines {
        match command(line)? {
            Some(command) => {
                commands.push(command);
                goes_on = true;
            }
            None if line.is_empty() => goes_on = false,
            None if commands.is_empty() => {
                before += 1;
                if before > GREETING {
                    break;
                }
            }
            None if goes_on && commands.last_mut().is_some_and(|last| last.takes_more(line)) => {}
            None => break,
        }
    }
    if commands.is_empty() { Err(NotUnderstood::NoWord { line: quoted(first) }) } else { Ok(commands) }
}

impl Command {
    /// A reason may be longer than its line.
    fn takes_more(&mut self, line: &str) -> bool {
        let text = match &mut self.verb {
            Verb::NotAProblem { reason } => reason,
            Verb::Done { cause: Some(text) } | Verb::Snooze { reason: Some(text), .. } => text,
            Verb::Done { cause: None } | Verb::Snooze { reason: None, .. } | Verb::To { .. } => return false,
        };
        *text = cut(&format!("{text} {line}"), LONGEST_REASON);
        true
    }
}

/// The word that a line is; `None` when it is none.
fn command(line: &str) -> Result<Option<Command>, NotUnderstood> {
    let (about, rest) = about(line);
    let Some((meaning, rest)) = meaning(rest) else { return Ok(None) };
    let said = rest.trim_start_matches([':', ',', '-', '–', '—', ' ']).trim();
    let follows_colon = rest.trim_start().starts_with(':');
    let verb = match meaning {
        Meaning::Done if said.trim_matches(['.', '!', ' ']).is_empty() => Verb::Done { cause: None },
        Meaning::Done if follows_colon => Verb::Done { cause: Some(cut(said, LONGEST_REASON)) },
        Meaning::NotAProblem if said.is_empty() => {
            return Err(NotUnderstood::NoReason { line: quoted(line) });
        }
        Meaning::NotAProblem if follows_colon => Verb::NotAProblem { reason: cut(said, LONGEST_REASON) },
        // A sentence that begins like a word is a sentence.
        Meaning::Done | Meaning::NotAProblem => return Ok(None),
        Meaning::Snooze => {
            let (moment, reason) = said.split_once(':').unwrap_or((said, ""));
            let Some(until) = When::read(moment) else {
                return Err(NotUnderstood::NoMoment { line: quoted(line) });
            };
            let reason = Some(reason.trim()).filter(|reason| !reason.is_empty());
            Verb::Snooze { until, reason: reason.map(|reason| cut(reason, LONGEST_REASON)) }
        }
        Meaning::To => {
            let address = said.trim_matches(['<', '>', '.', ' ']).trim_start_matches("mailto:");
            let is_one = address.contains('@') && !address.contains(char::is_whitespace);
            if !is_one {
                // "To be honest, …" is no word.
                let meant = said.contains('@') || said.is_empty();
                return if meant { Err(NotUnderstood::NoAddress { line: quoted(line) }) } else { Ok(None) };
            }
            Verb::To { address: address.to_owned() }
        }
    };
    Ok(Some(Command { about, verb }))
}

/// The number in front, or "all".
fn about(line: &str) -> (About, &str) {
    let numbered = line.trim_start_matches(['#', '№', ' ']);
    let digits = numbered.find(|c: char| !c.is_ascii_digit()).unwrap_or(numbered.len());
    if let Ok(number @ 1..) = numbered[..digits].parse::<u32>() {
        return (About::Number(number), numbered[digits..].trim_start_matches(['.', ')', ':', ' ']));
    }
    match words::all(line) {
        Some(rest) => (About::All, rest),
        None => (About::TheOne, line),
    }
}

fn quoted(line: &str) -> String {
    cut(line, 120)
}

/// At most so many characters; what is cut is shown to be.
fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    text.chars().take(longest - 1).chain(['…']).collect()
}
