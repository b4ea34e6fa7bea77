//! An expectations file: what a simulation must come to. Each entry counts the mails, or the steps of ladders, that
//! fit everything it names.
//!
//! ```toml
//! [[mails]]
//! to = "5"                 # a person's id, or "operators"
//! day = "1998-02-10"
//! kind = "digest"
//! subject = "*10865*"
//! count = 1                # or at-least, at-most
//!
//! [[steps]]
//! finding = "10865"
//! event = "climbed"        # or "skipped"
//! to = "5"
//! at-least = 1
//! ```

use std::path::Path;

use jiff::civil::Date;
use kaizend_core::policy::pattern::Pattern;
use serde::Deserialize;

use super::report::{Report, Sent, Step};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Expectations {
    #[serde(default)]
    mails: Vec<Mails>,
    #[serde(default)]
    steps: Vec<Steps>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Mails {
    to: Option<String>,
    day: Option<Date>,
    kind: Option<String>,
    subject: Option<Pattern>,
    count: Option<usize>,
    at_least: Option<usize>,
    at_most: Option<usize>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Steps {
    to: Option<String>,
    day: Option<Date>,
    finding: Option<Pattern>,
    event: Option<String>,
    why: Option<String>,
    count: Option<usize>,
    at_least: Option<usize>,
    at_most: Option<usize>,
}

impl Expectations {
    /// # Errors
    /// What is wrong with the file, and where.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))?;
        toml::from_str(&text).map_err(|why| format!("{}: {why}", path.display()))
    }

    /// A sentence for each expectation that is not met.
    pub(super) fn unmet(&self, report: &Report) -> Vec<String> {
        let mails = self.mails.iter().map(|expected| {
            let found = report.mails.iter().filter(|mail| expected.fits(mail)).count();
            judge(found, [expected.count, expected.at_least, expected.at_most], &format!("{expected:?}"))
        });
        let steps = self.steps.iter().map(|expected| {
            let found = report.steps.iter().filter(|step| expected.fits(step)).count();
            judge(found, [expected.count, expected.at_least, expected.at_most], &format!("{expected:?}"))
        });
        mails.chain(steps).flatten().collect()
    }
}

impl Mails {
    fn fits(&self, mail: &Sent) -> bool {
        self.to.as_ref().is_none_or(|to| *to == mail.to)
            && self.day.is_none_or(|day| day == mail.day)
            && self.kind.as_ref().is_none_or(|kind| *kind == mail.kind)
            && self.subject.as_ref().is_none_or(|subject| subject.fits(&mail.subject))
    }
}

impl Steps {
    fn fits(&self, step: &Step) -> bool {
        self.to.as_ref().is_none_or(|to| Some(to) == step.to.as_ref())
            && self.day.is_none_or(|day| day == step.day)
            && self.finding.as_ref().is_none_or(|finding| finding.fits(&step.key))
            && self.event.as_ref().is_none_or(|event| *event == step.event)
            && self.why.as_ref().is_none_or(|why| *why == step.why)
    }
}

/// An entry that names no number expects at least one.
fn judge(found: usize, [count, at_least, at_most]: [Option<usize>; 3], expected: &str) -> Option<String> {
    let none_named = count.is_none() && at_least.is_none() && at_most.is_none();
    let met = count.is_none_or(|count| found == count)
        && at_least.is_none_or(|least| found >= least)
        && at_most.is_none_or(|most| found <= most)
        && (!none_named || found > 0);
    (!met).then(|| format!("found {found}: {expected}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_judged() {
        for (found, numbers, met) in [
            (1, [None, None, None], true),
            (0, [None, None, None], false),
            (2, [Some(2), None, None], true),
            (3, [Some(2), None, None], false),
            (0, [Some(0), None, None], true),
            (3, [None, Some(2), Some(4)], true),
            (5, [None, Some(2), Some(4)], false),
        ] {
            assert_eq!(judge(found, numbers, "").is_none(), met, "{found} {numbers:?}");
        }
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("expect.toml");
        std::fs::write(&path, "[[mails]]\nwho = \"5\"\n").unwrap();
        let why = Expectations::read(&path).unwrap_err();
        assert!(why.contains("line 2") && why.contains("who"), "{why}");
    }
}
