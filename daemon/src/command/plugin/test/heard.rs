//! What the host passes on of a plugin's words, in the shape in which fixtures compare it.

use kaizend_core::domain::{Fact, Money, Said, Sighting};
use kaizend_sdk::{
    Date, Instant,
    testing::{Cell, Told, ToldFinding},
};

/// Adds one thing said. Promises are the host's own words, and no fixture expects them.
pub(super) fn take(told: &mut Told, said: Said) {
    match said {
        Said::Sighting(sighting) => told.findings.push(finding(*sighting)),
        Said::Fine { topic, key } => told.fine.push((topic, key)),
        Said::Measure(key, more) => {
            let sum = told.measures.entry((key.measure, key.group, Date::from_days(key.day))).or_default();
            *sum = (sum.0.saturating_add(more.good), sum.1.saturating_add(more.total));
        }
        Said::Attribute(said) => {
            told.attributes.insert((said.role, said.id, said.name), said.value);
        }
        Said::State { key, value: Some(value) } => {
            told.state.insert(key, value);
        }
        Said::State { key, value: None } => {
            told.state.remove(&key);
        }
        _ => {}
    }
}

fn finding(sighting: Sighting) -> ToldFinding {
    ToldFinding {
        topic: sighting.topic,
        key: sighting.key,
        stage: sighting.stage,
        happened: sighting.happened.map(|at| Instant::from_micros(at.as_microsecond())),
        about: sighting.about,
        severity: sighting.severity.level(),
        worth: sighting.worth.map(amount),
        facts: sighting.evidence.into_iter().filter_map(|(name, fact)| Some((name, cell(fact)?))).collect(),
        links: sighting.links.into_iter().map(|link| (link.name, link.slot, link.key)).collect(),
    }
}

/// `None` for a kind of fact that fixtures do not know yet: they then miss it, and say so.
fn cell(fact: Fact) -> Option<Cell> {
    Some(match fact {
        Fact::Text(text) => Cell::Text(text),
        Fact::Integer(number) => Cell::Integer(number),
        Fact::Real(number) => Cell::Real(number),
        Fact::Date(day) => Cell::Date(Date::from_days(day)),
        Fact::Instant(micros) => Cell::Instant(Instant::from_micros(micros)),
        Fact::Money(money) => amount(money),
        _ => return None,
    })
}

fn amount(money: Money) -> Cell {
    Cell::Money(money.minor_units, money.currency)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use kaizend_core::domain::{Measure, MeasureKey, Severity};
    use kaizend_sdk::testing::Expect;

    use super::*;

    fn sighting() -> Sighting {
        Sighting {
            topic: "promise".to_owned(),
            key: vec!["7".to_owned()],
            stage: "kept-late".to_owned(),
            stage_rank: 3,
            happened: "1998-05-30T00:00:00Z".parse().ok(),
            about: BTreeMap::from([("client".to_owned(), "ALFKI".to_owned())]),
            severity: Severity::High,
            worth: Some(Money { minor_units: 1250, currency: "EUR".to_owned() }),
            evidence: BTreeMap::from([
                ("due".to_owned(), Fact::Date(10_376)),
                ("share".to_owned(), Fact::Real(0.5)),
                ("at".to_owned(), Fact::Instant(0)),
            ]),
            links: Vec::new(),
            row: None,
            labels: BTreeMap::new(),
        }
    }

    #[test]
    fn a_finding_meets_its_expectation() {
        let mut told = Told::default();
        take(&mut told, Said::Sighting(Box::new(sighting())));
        let expect = |severity: u8| -> Expect {
            toml::from_str(&format!(
                "[[findings]]
                topic = 'promise'
                key = ['7']
                stage = 'kept-late'
                happened = 1998-05-30
                severity = {severity}
                worth = '1250 EUR'
                about = {{ client = 'ALFKI' }}
                facts = {{ due = 1998-05-30, share = 0.5, at = 1970-01-01T00:00:00Z }}
                without = ['first']"
            ))
            .unwrap()
        };
        assert_eq!(expect(3).compare(&told), [""; 0]);
        assert_eq!(expect(2).compare(&told), ["promise [\"7\"]: severity should be 2, and is 3"]);
    }

    #[test]
    fn measures_add_up_and_state_is_what_remains() {
        let mut told = Told::default();
        let key = || MeasureKey { measure: "kept".to_owned(), group: String::new(), day: 3 };
        let state = |key: &str, value: Option<&[u8]>| Said::State {
            key: key.to_owned(),
            value: value.map(<[u8]>::to_vec),
        };
        for said in [
            Said::Measure(key(), Measure { good: 1, total: 2 }),
            Said::Measure(key(), Measure { good: 3, total: 3 }),
            state("seen", Some(b"1")),
            state("gone", Some(b"2")),
            state("gone", None),
        ] {
            take(&mut told, said);
        }
        assert_eq!(told.measures.values().collect::<Vec<_>>(), [&(4, 5)]);
        assert_eq!(told.state.into_iter().collect::<Vec<_>>(), [("seen".to_owned(), b"1".to_vec())]);
    }
}
