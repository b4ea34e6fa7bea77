//! What a miss leaves owed: how many apologise, by when, and whether its cause is asked.
//!
//! Severity decides how many levels owe an apology: the one who erred, then *also* the manager, then *also* the
//! director (practice 16). Elapsed time adds a level only when nobody acts, which is the ladder's.

use serde::{Deserialize, Serialize};

use super::route::Router;
use crate::domain::{Apology, ApologyLevel, Cause, Finding, PersonId, Rung, Severity, Span};

/// What one check asks after a miss; the default asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Owing {
    pub apology: Option<ApologyRule>,
    /// Whether a miss closes only with its cause.
    pub cause: bool,
    /// Causes that people choose from; others are taken too.
    pub causes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ApologyRule {
    /// Stages that let the client down; a past fact always does.
    pub stages: Vec<String>,
    /// How many levels apologise, by severity from note to urgent.
    pub levels: [u8; 4],
    pub within: Span,
}

const LEVELS: [(ApologyLevel, Rung); 3] = [
    (ApologyLevel::Owner, Rung::Owner),
    (ApologyLevel::Manager, Rung::Manager),
    (ApologyLevel::Director, Rung::Director),
];

impl Owing {
    /// Whether the finding as it is lets a client down.
    pub fn is_miss(&self, finding: &Finding) -> bool {
        let stages = self.apology.as_ref().map(|rule| rule.stages.as_slice()).unwrap_or_default();
        finding.seen.happened.is_some() || stages.contains(&finding.seen.stage)
    }

    /// Adds what the finding now leaves owed; what was owed before stays as it was. Gives the levels that are new.
    pub fn add(&self, finding: &mut Finding, router: &Router) -> Vec<Apology> {
        if !self.is_miss(finding) {
            return Vec::new();
        }
        if self.cause && finding.owed.cause.is_none() {
            let of = router.responsible(finding).ok().map(|(id, _)| id);
            finding.owed.cause = Some(Cause::Asked { of, at: router.now });
        }
        let Some(rule) = &self.apology else { return Vec::new() };
        let owner = router.responsible(finding).ok().map(|(id, _)| id);
        let mut new = Vec::new();
        for (level, rung) in LEVELS.into_iter().take(levels(rule, finding.seen.severity)) {
            let known = finding.owed.apologies.iter().any(|apology| apology.level == level);
            let by = router.office.named(rung, owner.as_ref(), router.fallback.as_ref());
            let Some(by) = by.filter(|by| !known && !owes(finding, by)) else { continue };
            let due = router.office.calendar_of(&by).add(router.now, rule.within);
            let apology = Apology { level, by, since: router.now, due, late_told: false, done: None };
            finding.owed.apologies.push(apology.clone());
            new.push(apology);
        }
        new
    }
}

fn levels(rule: &ApologyRule, severity: Severity) -> usize {
    usize::from(rule.levels[usize::from(severity.level() - 1)])
}

/// Somebody who is manager and director at once apologises once.
fn owes(finding: &Finding, by: &PersonId) -> bool {
    finding.owed.apologies.iter().any(|apology| apology.by == *by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Sighting;
    use crate::policy::samples::{at, kept_late, open, promise, router};

    fn owing() -> Owing {
        let within = Span::WorkingDays(1);
        let apology = ApologyRule { stages: vec!["overdue".to_owned()], levels: [0, 1, 2, 3], within };
        Owing { apology: Some(apology), ..Owing::default() }
    }

    fn names(apologies: &[Apology]) -> Vec<(ApologyLevel, &str)> {
        apologies.iter().map(|apology| (apology.level, apology.by.as_str())).collect()
    }

    #[test]
    fn severity_decides_how_many_apologise() {
        use ApologyLevel::*;
        let severe = |stage: &str, severity| Sighting { severity, ..promise(stage) };
        let of =
            |owner: &str, seen: Sighting| Sighting { about: [("owner".into(), owner.into())].into(), ..seen };
        for (name, seen, expected) in [
            ("a warning", severe("due-soon", Severity::High), vec![]),
            ("a note", severe("overdue", Severity::Note), vec![]),
            ("normal", severe("overdue", Severity::Normal), vec![(Owner, "5")]),
            ("high", severe("overdue", Severity::High), vec![(Owner, "5"), (Manager, "2")]),
            (
                "urgent",
                severe("overdue", Severity::Urgent),
                vec![(Owner, "5"), (Manager, "2"), (Director, "1")],
            ),
            ("a fact", kept_late("2026-11-20T00:00:00Z"), vec![(Owner, "5")]),
            (
                "the manager's own",
                of("2", severe("overdue", Severity::Urgent)),
                vec![(Owner, "2"), (Manager, "1")],
            ),
            ("the director's own", of("1", severe("overdue", Severity::Urgent)), vec![(Owner, "1")]),
        ] {
            let mut finding = open(seen);
            let new = owing().add(&mut finding, &router());
            assert_eq!(names(&new), expected, "{name}");
            assert_eq!(names(&finding.owed.apologies), expected, "{name}");
            assert!(owing().add(&mut finding, &router()).is_empty(), "{name}: said once");
        }
    }

    #[test]
    fn a_rise_adds_a_level_and_keeps_the_others_as_they_were() {
        let mut finding = open(promise("overdue"));
        owing().add(&mut finding, &router());
        finding.owed.apologies[0].done = Some(at("2026-11-24T09:00:00Z"));
        finding.seen.severity = Severity::High;
        let new = owing().add(&mut finding, &router());
        assert_eq!(names(&new), [(ApologyLevel::Manager, "2")]);
        assert!(finding.owed.apologies[0].done.is_some());
        assert!(!finding.owed.is_settled());
    }

    #[test]
    fn the_deadline_is_working_time() {
        let mut finding = open(promise("overdue"));
        let friday = at("2026-11-27T10:00:00Z");
        let new = owing().add(&mut finding, &Router { now: friday, ..router() });
        assert_eq!(new[0].due, at("2026-11-30T10:00:00Z"));
    }

    #[test]
    fn a_cause_is_asked_once() {
        let asks = Owing { cause: true, ..Owing::default() };
        let mut finding = open(kept_late("2026-11-20T00:00:00Z"));
        asks.add(&mut finding, &router());
        assert!(matches!(&finding.owed.cause, Some(Cause::Asked { of: Some(of), .. }) if of.as_str() == "5"));
        let given =
            Cause::Given { text: "parts late".into(), by: "5".into(), at: at("2026-11-24T09:00:00Z") };
        finding.owed.cause = Some(given.clone());
        asks.add(&mut finding, &router());
        assert_eq!(finding.owed.cause, Some(given));
    }
}
