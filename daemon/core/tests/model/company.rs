//! The system under test: the real policies around a store in memory, which keeps findings, notices and mails as
//! `kaizend-store` does. Each step of the world becomes what `kaizend serve` would make of it.

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use kaizend_core::{
    domain::{
        Addressee, CheckMemory, Decision, Finding, Fingerprint, Notice, Person, PersonId, RunId, Severity,
        Silence, Telling, WithheldBecause,
    },
    policy::{
        calendar::Calendar, climb, office::Office, reconcile::Baseline, route::Router, window::Windows,
    },
};
use proptest_state_machine::StateMachineTest;

use crate::{
    counts::count,
    plan::{self, Plan},
    promises::Memory,
    world::{Silenced, Step, World},
};

pub(crate) struct Company {
    pub(crate) now: Timestamp,
    pub(crate) baseline: Baseline,
    pub(crate) plan: Plan,
    pub(crate) people: BTreeMap<PersonId, Person>,
    pub(crate) hours: (Arc<Calendar>, Arc<Calendar>),
    pub(crate) findings: BTreeMap<Fingerprint, Known>,
    pub(crate) notices: Vec<Row>,
    pub(crate) mails: Vec<Posted>,
    pub(crate) silences: Vec<(Silenced, Silence)>,
    pub(crate) memory: CheckMemory,
    pub(crate) question: u32,
    pub(crate) runs: i64,
    /// What the promises remember.
    pub(crate) witness: Memory,
}

/// A finding, and when time alone may change something.
pub(crate) struct Known {
    pub(crate) finding: Finding,
    pub(crate) next: Option<Timestamp>,
    /// Its notices, by their place.
    pub(crate) notices: Vec<usize>,
}

pub(crate) struct Row {
    pub(crate) notice: Notice,
    pub(crate) decided_at: Timestamp,
    pub(crate) due: Timestamp,
    pub(crate) state: NoticeState,
    pub(crate) withheld: Option<WithheldBecause>,
    pub(crate) settled_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoticeState {
    Due,
    Composed,
    Withheld,
}

/// A mail to somebody, as the day's caps count it.
pub(crate) struct Posted {
    pub(crate) to: Addressee,
    pub(crate) at: Timestamp,
    pub(crate) urgent: bool,
    pub(crate) to_operators: bool,
}

impl StateMachineTest for Company {
    type SystemUnderTest = Self;
    type Reference = World;

    fn init_test(world: &World) -> Self {
        Self {
            now: world.start,
            baseline: world.baseline,
            plan: plan::plan(0),
            people: plan::people(),
            hours: plan::calendars(),
            findings: BTreeMap::new(),
            notices: Vec::new(),
            mails: Vec::new(),
            silences: Vec::new(),
            memory: CheckMemory::default(),
            question: 1,
            runs: 0,
            witness: Memory::default(),
        }
    }

    fn apply(mut company: Self, world: &World, step: Step) -> Self {
        match step {
            Step::Look { how, .. } => company.look(world, how),
            Step::AnotherQuestion => company.question += 1,
            Step::Clock(leap) => company.leap(leap),
            Step::Round => {
                count("round: by hand");
                company.round();
            }
            Step::Serve { rounds } => company.serve(rounds),
            Step::Act { order, by, word } => company.say(order, &plan::person_of(by), word),
            Step::Silence { of, hours } => company.silence(of, hours),
            Step::EndSilence { which } => company.end_silence(usize::from(which)),
            Step::Reload { plan } => company.reload(plan::plan(plan)),
            Step::Leave { who } => {
                count("people: one leaves");
                company.people.remove(&plan::person_of(who));
                company.witness.people_changed = true;
            }
            Step::ComeBack { who } => {
                count("people: one comes back");
                let id = plan::person_of(who);
                company.witness.people_changed = true;
                company.people.extend(plan::people().remove(&id).map(|person| (id, person)));
            }
            Step::Away { who, from, days, substitute } => company.away(who, from, days, substitute),
        }
        company
    }

    fn check_invariants(company: &Self, world: &World) {
        company.nothing_is_lost(world);
    }
}

impl Company {
    pub(crate) fn router(&self) -> Router {
        let (company, overseas) = self.hours.clone();
        let hours = move |person: Option<&Person>| match person.and_then(|person| person.timezone.as_ref()) {
            Some(_) => Arc::clone(&overseas),
            None => Arc::clone(&company),
        };
        Router {
            office: Office {
                people: Arc::new(self.people.clone()),
                hours: Arc::new(hours),
                windows: windows(),
                director: Some(PersonId::from("1")),
                urgent: Severity::Urgent,
            },
            routes: Arc::clone(&self.plan.routes),
            clients: Arc::new(BTreeMap::<(String, String), String>::new()),
            ladder: self.plan.ladder.clone(),
            fallback: Some(PersonId::from("9")),
            run: RunId(self.runs),
            now: self.now,
        }
    }

    /// Writes one decision, as the store does in one transaction.
    pub(crate) fn write(&mut self, decision: Decision) {
        let fingerprint = decision.finding.fingerprint;
        self.decided(&decision);
        let Decision { finding, next, telling, .. } = decision;
        let first = self.notices.len();
        if let Telling::Tell(notices) = telling {
            for notice in notices {
                self.add_notice(notice);
            }
        }
        let known = self.findings.entry(fingerprint).or_insert_with(|| Known {
            finding: finding.clone(),
            next: None,
            notices: Vec::new(),
        });
        known.notices.extend(first..self.notices.len());
        (known.finding, known.next) = (finding, next);
    }

    pub(crate) fn add_notice(&mut self, notice: Notice) {
        let (decided_at, due) = (self.now, notice.due);
        let state = NoticeState::Due;
        self.notices.push(Row { notice, decided_at, due, state, withheld: None, settled_at: None });
    }

    /// The notices of a finding's present episode, as climbing needs them.
    pub(crate) fn words(&self, known: &Known) -> Vec<climb::Word> {
        let rows = known.notices.iter().map(|number| &self.notices[*number]);
        rows.filter(|row| row.notice.episode == known.finding.episode)
            .map(|row| climb::Word {
                kind: row.notice.kind,
                decided_at: row.decided_at,
                due: row.due,
                left_at: row.settled_at.filter(|_| row.state == NoticeState::Composed),
                waits: row.state == NoticeState::Due,
            })
            .collect()
    }
}

pub(crate) fn windows() -> Windows {
    Windows::parse(&["09:00", "14:00"]).expect("they are times of day")
}
