//! Routes: what the operator says about findings of a kind: who hears, on which ladder, how much it matters.
//!
//! For each of the three the first route counts that fits and says it, so a list reads from the special to the
//! general. The answer bears the route's name, so that a mail and `explain` can say why.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{ladder::Ladder, pattern::Pattern};
use crate::domain::{CheckId, Person, PersonId, Rung, Severity, Sighting};

#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    pub name: String,
    pub matching: Matching,
    pub to: Option<To>,
    pub ladder: Option<Arc<Ladder>>,
    pub severity: Option<Raise>,
}

/// What a finding must be for a route to fit. Each part that is empty fits everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matching {
    pub check: Vec<Pattern>,
    pub topic: Vec<Pattern>,
    pub stage: Vec<Pattern>,
    /// At least this severe, as the plugin says it.
    pub severity: Option<Severity>,
    pub labels: BTreeMap<String, Vec<Pattern>>,
    /// What checks know of its client: `rank`, `orders` …
    pub client: BTreeMap<String, Vec<Pattern>>,
    pub team: Vec<Pattern>,
    pub branch: Vec<Pattern>,
    pub role: Vec<Pattern>,
}

/// Who hears in the owner's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    Rung(Rung),
    Person(PersonId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raise {
    To(Severity),
    By(u8),
}

/// What is known of clients, by check: `rank` is A, B or C, `orders` how many there were.
pub trait Clients {
    fn attribute(&self, client: &str, name: &str) -> Option<&str>;
}

impl Clients for BTreeMap<(String, String), String> {
    fn attribute(&self, client: &str, name: &str) -> Option<&str> {
        self.get(&(client.to_owned(), name.to_owned())).map(String::as_str)
    }
}

/// One finding as routes see it.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    pub check: &'a CheckId,
    pub seen: &'a Sighting,
    pub owner: Option<&'a Person>,
    pub clients: &'a dyn Clients,
}

/// What the routes say of one finding, each with the name of the route that says it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Routed<'a> {
    pub to: Option<(&'a To, &'a str)>,
    pub ladder: Option<(&'a Arc<Ladder>, &'a str)>,
    pub severity: Option<(Raise, &'a str)>,
}

/// What of clients the routes ask for: nothing else has to be known of them.
pub fn asked_of_clients(routes: &[Route]) -> BTreeSet<String> {
    routes.iter().flat_map(|route| route.matching.client.keys().cloned()).collect()
}

/// Asks the routes in their order.
pub fn routed<'a>(routes: &'a [Route], case: Case<'_>) -> Routed<'a> {
    let mut routed = Routed::default();
    for route in routes.iter().filter(|route| route.matching.fits(case)) {
        let name = route.name.as_str();
        routed.to = routed.to.or(route.to.as_ref().map(|to| (to, name)));
        routed.ladder = routed.ladder.or(route.ladder.as_ref().map(|ladder| (ladder, name)));
        routed.severity = routed.severity.or(route.severity.map(|raise| (raise, name)));
    }
    routed
}

impl Matching {
    pub fn fits(&self, case: Case<'_>) -> bool {
        let Case { check, seen, owner, clients } = case;
        let person = |field: fn(&Person) -> Option<&str>| owner.and_then(field);
        let client = |name: &str| seen.about.get("client").and_then(|client| clients.attribute(client, name));
        any(&self.check, Some(check.as_str()))
            && any(&self.topic, Some(&seen.topic))
            && any(&self.stage, Some(&seen.stage))
            && self.severity.is_none_or(|least| seen.severity >= least)
            && self.labels.iter().all(|(label, fit)| any(fit, seen.labels.get(label).map(String::as_str)))
            && self.client.iter().all(|(name, fit)| any(fit, client(name)))
            && any(&self.team, person(|person| person.team.as_deref()))
            && any(&self.branch, person(|person| person.branch.as_deref()))
            && any(&self.role, person(|person| person.role.as_deref()))
    }
}

/// Whether a value fits one of the patterns; no pattern fits everything, also what has no value.
fn any(patterns: &[Pattern], value: Option<&str>) -> bool {
    patterns.is_empty() || value.is_some_and(|value| patterns.iter().any(|pattern| pattern.fits(value)))
}

impl Raise {
    /// Never beyond urgent.
    pub fn applied(self, severity: Severity) -> Severity {
        match self {
            Self::To(to) => to,
            Self::By(by) => severity.raised(by),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::samples::{promise, staff};

    fn patterns(texts: &[&str]) -> Vec<Pattern> {
        texts.iter().map(|text| Pattern::from(*text)).collect()
    }

    fn matching(part: impl FnOnce(&mut Matching)) -> Matching {
        let mut matching = Matching::default();
        part(&mut matching);
        matching
    }

    #[test]
    fn each_part_narrows() {
        let known = BTreeMap::from([(("ALFKI".to_owned(), "rank".to_owned()), "A".to_owned())]);
        let staff = staff();
        let seen = Sighting {
            about: [("client".to_owned(), "ALFKI".to_owned())].into(),
            labels: [("branch".to_owned(), "varna".to_owned())].into(),
            severity: Severity::Normal,
            ..promise("overdue")
        };
        let check = CheckId::from("late-orders");
        let case =
            Case { check: &check, seen: &seen, owner: staff.get(&PersonId::from("5")), clients: &known };
        for (name, matching, fits) in [
            ("nothing", Matching::default(), true),
            ("the check", matching(|m| m.check = patterns(&["late-*"])), true),
            ("another check", matching(|m| m.check = patterns(&["repeat*", "price"])), false),
            ("one of several", matching(|m| m.check = patterns(&["price", "late-*"])), true),
            ("the topic", matching(|m| m.topic = patterns(&["promise"])), true),
            ("another stage", matching(|m| m.stage = patterns(&["due-soon"])), false),
            ("severe enough", matching(|m| m.severity = Some(Severity::Normal)), true),
            ("not severe enough", matching(|m| m.severity = Some(Severity::High)), false),
            (
                "the label",
                matching(|m| m.labels = [("branch".to_owned(), patterns(&["varna"]))].into()),
                true,
            ),
            (
                "a label it has not",
                matching(|m| m.labels = [("car".to_owned(), patterns(&["*"]))].into()),
                false,
            ),
            ("the rank", matching(|m| m.client = [("rank".to_owned(), patterns(&["A", "B"]))].into()), true),
            ("another rank", matching(|m| m.client = [("rank".to_owned(), patterns(&["C"]))].into()), false),
            ("the owner's team", matching(|m| m.team = patterns(&["sales"])), true),
            ("another team", matching(|m| m.team = patterns(&["workshop"])), false),
            ("a role nobody has", matching(|m| m.role = patterns(&["*"])), false),
        ] {
            assert_eq!(matching.fits(case), fits, "{name}");
        }
        let nobody = Case { owner: None, ..case };
        assert!(!matching(|m| m.team = patterns(&["*"])).fits(nobody), "nobody is in no team");
    }

    #[test]
    fn the_first_that_says_it_counts_for_each_part() {
        let route = |name: &str, to: Option<To>, severity: Option<Raise>| Route {
            name: name.to_owned(),
            matching: Matching::default(),
            to,
            ladder: None,
            severity,
        };
        let routes = [
            route("severe", None, Some(Raise::By(1))),
            route("to the boss", Some(To::Rung(Rung::Manager)), Some(Raise::To(Severity::Note))),
            route("to 9", Some(To::Person(PersonId::from("9"))), None),
        ];
        let (check, seen, clients) = (CheckId::from("late-orders"), promise("overdue"), BTreeMap::new());
        let routed = routed(&routes, Case { check: &check, seen: &seen, owner: None, clients: &clients });
        assert_eq!(routed.to, Some((&To::Rung(Rung::Manager), "to the boss")));
        assert_eq!(routed.severity, Some((Raise::By(1), "severe")));
        assert_eq!(routed.ladder, None);
        assert!(asked_of_clients(&routes).is_empty());
        let mut asking = routes[0].clone();
        asking.matching.client = [("orders".to_owned(), patterns(&["1"]))].into();
        assert_eq!(asked_of_clients(&[asking]), ["orders".to_owned()].into());
    }

    #[test]
    fn severity_is_raised_up_to_urgent() {
        for (raise, before, after) in [
            (Raise::By(1), Severity::Note, Severity::Normal),
            (Raise::By(1), Severity::High, Severity::Urgent),
            (Raise::By(9), Severity::Note, Severity::Urgent),
            (Raise::To(Severity::Note), Severity::High, Severity::Note),
        ] {
            assert_eq!(raise.applied(before), after);
        }
    }
}
