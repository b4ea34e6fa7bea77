//! Letters to look at: what `kaizend mail preview` shows, and what the tests compare.
//!
//! The people are Northwind's, the words are the catalogues `sample.ftl`, and everything is said in the four
//! shipped languages. Nothing here is ever sent to a client.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use kaizend_core::{
    domain::{
        AddressedBecause, CheckId, Climb, CouldNotLook, Fact, Finding, Fingerprint, Hindrance, Language,
        Moment, Money, NoticeKind, Owed, PersonId, PromiseVersion, RunId, Severity, Sighting, State,
        TellBecause,
    },
    policy::people::{PeopleTrouble, Place, Problem, Wrong},
    rows::FaultClass,
};

use crate::{Brand, InCompany, Item, Letter, Link, Names, Recipient, Trouble, Voice, Words, WordsBuilder};

/// The id under which [`Samples::words`] puts the sample catalogues.
pub const SAMPLE_PLUGIN: &str = "sample";

/// 1998-05-31.
const PROMISED: i32 = 10_377;

const MESSAGES: [(&str, &str); 4] = [
    ("en", include_str!("../messages/en/sample.ftl")),
    ("ru", include_str!("../messages/ru/sample.ftl")),
    ("bg", include_str!("../messages/bg/sample.ftl")),
    ("et", include_str!("../messages/et/sample.ftl")),
];

/// What is late in the samples: client, order, days, worth in cents, severity.
const LATE: [(&str, &str, i64, i64, Severity); 5] = [
    ("Vins et alcools Chevalier", "10248", 5, 44_000, Severity::High),
    ("Frédérique Citeaux & fils", "10251", 2, 65_406, Severity::Normal),
    ("Щипка и Ко", "10260", 1, 150_470, Severity::Normal),
    ("Ana Trujillo Emparedados", "10308", 21, 8_880, Severity::Normal),
    ("Hungry Owl All-Night Grocers", "10298", 0, 312_700, Severity::Note),
];

/// Findings that stand for real ones.
#[derive(Clone, Debug)]
pub struct Samples {
    brand: Brand,
    findings: Vec<Finding>,
    /// What is wrong with the data about people.
    people: String,
    /// Why a check could not look.
    locked: String,
    now: Timestamp,
}

impl Samples {
    pub fn new(brand: Brand) -> Self {
        let now: Timestamp = "1998-06-05T06:00:00Z".parse().expect("a constant instant");
        let opened: Timestamp = "1998-06-01T06:00:00Z".parse().expect("a constant instant");
        let findings = LATE.map(|late| finding(late, opened)).into();
        let people = PeopleTrouble::of(&wrong_people()).detail();
        let words = "source shop: /srv/shop.db was locked by another program for 5 s".to_owned();
        let hindrance = Hindrance::Source(FaultClass::Locked);
        let locked = CouldNotLook::Failed { hindrance, words }.detail();
        Self { brand, findings, people, locked, now }
    }

    /// Adds the sample catalogues to others.
    pub fn words(builder: WordsBuilder) -> WordsBuilder {
        let messages = MESSAGES.map(|(language, source)| (language.to_owned(), source.to_owned()));
        builder.plugin(SAMPLE_PLUGIN, &BTreeMap::from(messages))
    }

    /// The catalogues of a company that speaks English, with the samples'.
    pub fn own_words() -> Words {
        Self::words(Words::builder(&Language::from("en"))).build().0
    }

    /// A letter of a kind with so many findings (at most five are shown, the rest is `more`) in a language.
    pub fn letter(&self, kind: NoticeKind, count: u32, language: &str) -> Letter<'_> {
        let zone = TimeZone::get("Europe/Sofia").unwrap_or(TimeZone::UTC);
        let shown = self.findings.len().min(count as usize);
        let operator = kind == NoticeKind::Operator;
        let items = self.findings.iter().take(if operator { 0 } else { shown });
        let troubles = if operator { vec![self.trouble(); shown] } else { Vec::new() };
        Letter {
            kind,
            to: Recipient {
                name: (!operator).then(|| "Nancy Davolio".to_owned()),
                voice: Voice::new(language, zone),
            },
            brand: &self.brand,
            items: items.enumerate().map(|(nth, finding)| item(finding, kind, nth)).collect(),
            troubles,
            sums: Vec::new(),
            said: Vec::new(),
            list: None,
            takes_replies: true,
            more: count - shown as u32,
            more_facts: 0,
            looked_at: self.now,
            as_of: None,
        }
    }

    pub(crate) fn brand(&self) -> &Brand {
        &self.brand
    }

    /// When the samples are told.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Wrong data about people, as operators hear of it.
    pub fn people(&self) -> Trouble<'_> {
        Trouble {
            check: "[people]",
            because: TellBecause::PeopleWrong,
            detail: &self.people,
            since: Some(self.now),
            runbook: None,
        }
    }

    fn trouble(&self) -> Trouble<'_> {
        Trouble {
            because: TellBecause::CouldNotLook,
            check: "Late orders",
            detail: &self.locked,
            since: Some(self.now),
            runbook: Some("Ask the warehouse whether their nightly import is still running."),
        }
    }
}

fn wrong_people() -> [Problem; 2] {
    let wrong = |line, person, wrong| Problem {
        place: Place::File { file: "staff.csv".to_owned(), line },
        person: Some(PersonId::from(person)),
        wrong,
        also: None,
    };
    let managers = ["5", "6", "5"].map(PersonId::from).into();
    [wrong(4, "5", Wrong::Cycle { managers }), wrong(9, "9", Wrong::NoAddress)]
}

fn item(finding: &Finding, kind: NoticeKind, nth: usize) -> Item<'_> {
    let moved = nth == 0 && kind == NoticeKind::Reminder;
    Item {
        finding,
        plugin: SAMPLE_PLUGIN,
        check: "Late orders",
        names: Names::default().with("client", LATE[nth].0).with("owner", "Nancy Davolio"),
        versions: if moved { versions(finding.opened_at) } else { Vec::new() },
        addressed: if nth == 1 { AddressedBecause::NoOwner } else { AddressedBecause::Owner },
        because: match kind {
            NoticeKind::Baseline => TellBecause::Baseline,
            _ if nth == 1 => TellBecause::Worse,
            _ => TellBecause::New,
        },
        runbook: moved.then_some("Then ask the warehouse for the new date, and write it into the order."),
        links: vec![Link {
            label: "Northwind · 10248".into(),
            url: "https://shop.northwind.example/orders/10248?a=1&b=2".into(),
        }]
        .into_iter()
        .filter(|_| moved)
        .collect(),
        actions: None,
        company: InCompany::default(),
    }
}

fn versions(seen_at: Timestamp) -> Vec<PromiseVersion> {
    let version = |nth: i32, moved_by: Option<&str>| PromiseVersion {
        promised: Moment::Date(PROMISED - 14 + 7 * nth),
        seen_at: seen_at - SignedDuration::from_hours(24 * 7 * (3 - i64::from(nth))),
        run: RunId(i64::from(nth)),
        moved_by: moved_by.map(str::to_owned),
    };
    vec![version(0, None), version(1, None), version(2, Some("Vins et alcools"))]
}

fn finding(
    (client, order, days, cents, severity): (&str, &str, i64, i64, Severity),
    opened: Timestamp,
) -> Finding {
    let check = CheckId::from("late-orders");
    let key = vec![order.to_owned()];
    Finding {
        fingerprint: Fingerprint::of(&check, "promise", &key),
        check,
        seen: Sighting {
            topic: "promise".into(),
            key,
            stage: "overdue".into(),
            stage_rank: 2,
            happened: None,
            about: BTreeMap::from([("client".into(), client.into()), ("owner".into(), "1".into())]),
            severity,
            worth: Some(Money { minor_units: cents, currency: "EUR".into() }),
            evidence: BTreeMap::from([
                ("what".into(), Fact::Text(format!("#{order}"))),
                ("days".into(), Fact::Integer(days)),
                ("promised".into(), Fact::Date(PROMISED)),
            ]),
            links: Vec::new(),
            row: None,
            labels: BTreeMap::new(),
        },
        state: State::Open { since: opened },
        episode: 1,
        opened_at: opened,
        baseline: false,
        told: None,
        assigned: None,
        climb: Climb::default(),
        owed: Owed::default(),
        changed_by: RunId(1),
        spoken: None,
        forgotten: None,
    }
}
