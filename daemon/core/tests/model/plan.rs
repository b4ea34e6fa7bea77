//! The company and its configuration: eight people on three levels, one of them overseas, and four plans between
//! which a reload changes.

use std::{collections::BTreeMap, sync::Arc};

use jiff::tz::TimeZone;
use kaizend_core::{
    domain::{CheckId, Person, PersonId, Rung, Severity, Span},
    policy::{
        breaker::Breaker,
        calendar::{Calendar, Holidays, Week},
        ladder::{Ladder, Step},
        owing::{ApologyRule, Owing},
        routes::{Matching, Raise, Route, To},
        tell::Caps,
    },
};

use crate::oracle::{HOLIDAYS, SOFIA};

/// Director, manager, five below, and one without an address.
pub(crate) const PEOPLE: [&str; 8] = ["1", "2", "5", "6", "7", "9", "overseas", "mute"];
const OVERSEAS: &str = "America/New_York";

/// What a reload changes.
pub(crate) struct Plan {
    pub(crate) ladder: Option<Arc<Ladder>>,
    pub(crate) routes: Arc<Vec<Route>>,
    pub(crate) caps: Caps,
    pub(crate) breaker: Breaker,
    pub(crate) owing: Arc<Owing>,
}

pub(crate) fn check() -> CheckId {
    CheckId::from("late-orders")
}

pub(crate) fn person_of(number: u8) -> PersonId {
    PersonId::new(PEOPLE.get(usize::from(number)).copied().unwrap_or("stranger"))
}

pub(crate) fn people() -> BTreeMap<PersonId, Person> {
    let person = |id: &&str| {
        let manager = match *id {
            "1" => None,
            "2" => Some("1"),
            _ => Some("2"),
        };
        Person {
            email: (*id != "mute").then(|| format!("{id}@northwind.example")),
            manager: manager.map(PersonId::from),
            timezone: (*id == "overseas").then(|| OVERSEAS.to_owned()),
            ..Person::new(PersonId::from(*id), format!("Person {id}"))
        }
    };
    PEOPLE.iter().map(person).map(|person| (person.id.clone(), person)).collect()
}

/// The company's calendar, and that of its person overseas.
pub(crate) fn calendars() -> (Arc<Calendar>, Arc<Calendar>) {
    let zone = |name| TimeZone::get(name).expect("the model's zones exist");
    let days = HOLIDAYS.map(|day| day.to_string());
    let holidays = Holidays::parse(days.iter().map(String::as_str)).expect("they are days");
    let sofia = Calendar::new(zone(SOFIA), Week::office(), holidays);
    let overseas = sofia.in_zone(zone(OVERSEAS));
    (Arc::new(sofia), Arc::new(overseas))
}

pub(crate) fn plan(number: u8) -> Plan {
    let caps = |letters, urgent| Caps { letters, urgent, urgent_from: Severity::Urgent };
    let mut plan = Plan {
        ladder: Some(Arc::new(ladder())),
        routes: Arc::default(),
        caps: caps(Some(3), 2),
        breaker: Breaker::default(),
        owing: Arc::default(),
    };
    match number {
        0 => {}
        1 => {
            plan.routes = Arc::new(vec![vip()]);
            plan.ladder = Some(Arc::new(steep()));
            plan.caps = caps(Some(1), 1);
            plan.owing = Arc::new(Owing { cause: true, ..apologies() });
        }
        2 => {
            plan.routes = Arc::new(vec![to_the_manager()]);
            plan.ladder = None;
            plan.caps = caps(None, 3);
            plan.breaker.mails = Some(2);
            plan.owing = Arc::new(apologies());
        }
        _ => {
            plan.routes = Arc::new(vec![worse()]);
            plan.ladder = Some(Arc::new(steep()));
            plan.caps = caps(Some(2), 1);
        }
    }
    plan
}

fn step(to: Rung, after: Option<Span>, repeat: Vec<Span>) -> Step {
    Step { to, after, repeat }
}

fn ladder() -> Ladder {
    let days = Span::WorkingDays;
    let steps = vec![
        step(Rung::Owner, None, vec![days(1), days(2), days(4)]),
        step(Rung::Manager, Some(days(3)), vec![days(1)]),
        step(Rung::Director, Some(days(6)), Vec::new()),
    ];
    Ladder { name: "default".to_owned(), steps, never: vec!["due-soon".to_owned()] }
}

/// Climbs by the hour, to the operators at last, and carries warnings too.
fn steep() -> Ladder {
    let (hours, days) = (|hours: u32| Span::WorkingMinutes(hours * 60), Span::WorkingDays);
    let steps = vec![
        step(Rung::Owner, None, vec![hours(2)]),
        step(Rung::Manager, Some(hours(4)), Vec::new()),
        step(Rung::Director, Some(days(1)), vec![hours(4)]),
        step(Rung::Operators, Some(days(2)), Vec::new()),
    ];
    Ladder { name: "steep".to_owned(), steps, never: Vec::new() }
}

fn route(name: &str, matching: Matching) -> Route {
    Route { name: name.to_owned(), matching, to: None, ladder: None, severity: None }
}

/// What is severe and overdue is urgent.
fn vip() -> Route {
    let matching =
        Matching { stage: vec!["overdue".into()], severity: Some(Severity::High), ..Matching::default() };
    Route { severity: Some(Raise::To(Severity::Urgent)), ..route("vip", matching) }
}

fn to_the_manager() -> Route {
    let matching = Matching { severity: Some(Severity::High), ..Matching::default() };
    Route { to: Some(To::Rung(Rung::Manager)), ..route("to the manager", matching) }
}

fn worse() -> Route {
    Route { severity: Some(Raise::By(1)), ..route("worse", Matching::default()) }
}

fn apologies() -> Owing {
    let rule = ApologyRule {
        stages: vec!["overdue".to_owned()],
        levels: [0, 1, 2, 3],
        within: Span::WorkingDays(1),
    };
    Owing { apology: Some(rule), causes: vec!["parts came late".to_owned()], ..Owing::default() }
}
