//! A look of the check: how much of it can be believed, what it saw, and the decision about each finding.

use std::{collections::BTreeMap, convert::Infallible, sync::Arc};

use jiff::SignedDuration;
use kaizend_core::{
    domain::{Completeness, Fact, Fingerprint, Hindrance, Look, Outcome, RunId, Sighting},
    policy::{
        decide::{Seen, Verdict, merge},
        doubt::{self, RowBounds},
        outage::{self, Ended},
        question,
        reconcile::{Rule, reconcile},
    },
    rows::FaultClass,
};

use crate::{
    company::Company,
    counts::count,
    plan,
    world::{How, Order, Stage, World},
};

/// Rows of a look that nobody doubts, and the fewest that the operator expects.
const ROWS: u64 = 100;
const BOUNDS: RowBounds = RowBounds { min: 5, shrink_at_most: 0.5 };

impl Company {
    pub(crate) fn look(&mut self, world: &World, how: How) {
        self.runs += 1;
        // Reading takes its time: no look falls on the very moment at which a window opens.
        self.now += SignedDuration::from_secs(1);
        let rows = match how {
            How::Doubtful { rows } => rows,
            _ => ROWS,
        };
        let rows = BTreeMap::from([("promises".to_owned(), rows)]);
        let question = format!("question {}", self.question);
        let outcome = self.outcome(how, &question, &rows);
        let check = plan::check();
        let ended = Ended {
            check: &check,
            run: RunId(self.runs),
            question: &question,
            outcome: &outcome,
            rows: &rows,
        };
        let (memory, notice) = outage::remember(&self.memory, &ended, self.now);
        let could_look = matches!(how, How::Complete | How::Partial { .. });
        self.heard_of_outage(could_look, notice.as_ref());
        let first = question::first(&self.memory, &question);
        self.memory = memory;
        if let Some(notice) = notice {
            self.add_notice(notice);
        }
        let believed = outcome.looked();
        let completeness = match outcome {
            Outcome::Completed { look } => look,
            _ => Completeness::Partial,
        };
        if first.is_some() && completeness == Completeness::Complete {
            count("look: of another question");
        }
        let look = Look { run: RunId(self.runs), at: self.now, completeness, first };
        self.judged(world, how, &look, believed);
    }

    /// Decides what this look may decide, and no more.
    fn judged(&mut self, world: &World, how: How, look: &Look, believed: bool) {
        match how {
            How::Failed { .. } => {
                count("look: failed");
                self.changes_nothing("a failed look changes nothing", |company| {
                    if believed {
                        company.decide(world, How::Complete, look);
                    }
                });
            }
            How::Doubtful { .. } => {
                count("look: doubtful");
                self.changes_nothing("a doubtful look changes nothing", |company| {
                    company.decide(world, How::Complete, look);
                });
            }
            How::Partial { .. } => {
                count("look: partial");
                let before = self.known();
                self.decide(world, how, look);
                self.absence_said_nothing(how, &before);
            }
            How::Complete => {
                count("look: complete");
                self.decide(world, how, look);
                self.what_is_gone_is_closed(world);
            }
        }
    }

    fn outcome(&self, how: How, question: &str, rows: &BTreeMap<String, u64>) -> Outcome {
        let message = "the database is locked".to_owned();
        match how {
            How::Failed { timed_out: true } => Outcome::TimedOut { message },
            How::Failed { timed_out: false } => {
                Outcome::failed(Hindrance::Source(FaultClass::Locked), message)
            }
            _ => {
                let bounds = BTreeMap::from([("promises".to_owned(), BOUNDS)]);
                let partial = matches!(how, How::Partial { .. });
                Outcome::Completed {
                    look: doubt::judge(&self.memory, question, rows, &bounds, BTreeMap::new(), partial),
                }
            }
        }
    }

    /// Joins what is known with what was seen, and decides each finding.
    fn decide(&mut self, world: &World, how: How, look: &Look) {
        let seen: BTreeMap<Fingerprint, Verdict> = World::numbers()
            .filter(|number| how.reads(*number))
            .filter_map(|number| self.verdict(world, how, number))
            .collect();
        let known = self.findings.values().map(|known| &known.finding);
        let known: Vec<_> = known
            .filter(|finding| finding.is_open() || seen.contains_key(&finding.fingerprint))
            .cloned()
            .map(Ok::<_, Infallible>)
            .collect();
        let seen = seen.into_iter().map(|(fingerprint, verdict)| Ok(Seen { fingerprint, verdict }));
        let (rule, router) = (self.rule(), self.router());
        for pair in merge(known.into_iter(), seen) {
            let pair = pair.expect("both rise by fingerprint");
            if let Some(decision) = reconcile(&rule, pair.known.as_ref(), pair.seen.as_ref(), look, &router) {
                self.write(decision);
            }
        }
    }

    fn verdict(&self, world: &World, how: How, number: u8) -> Option<(Fingerprint, Verdict)> {
        match world.orders.get(&number) {
            Some(order) => {
                let sighting = self.sighting(world, number, *order);
                let fingerprint = sighting.fingerprint(&plan::check());
                Some((fingerprint, Verdict::Wrong(Box::new(sighting))))
            }
            None => matches!(how, How::Partial { .. }).then(|| (fingerprint(number), Verdict::Fine)),
        }
    }

    fn sighting(&self, world: &World, number: u8, order: Order) -> Sighting {
        let (stage, stage_rank, happened) = match order.stage {
            Stage::DueSoon => ("due-soon", 1, None),
            Stage::Overdue => ("overdue", 2, None),
            Stage::KeptLate { old: true } => {
                ("kept-late", 3, Some(world.start - SignedDuration::from_hours(60 * 24)))
            }
            // Its date is corrected with each look.
            Stage::KeptLate { old: false } => {
                ("kept-late", 3, Some(self.now - SignedDuration::from_hours(24)))
            }
        };
        let owner = order.owner.map(|owner| ("owner".to_owned(), plan::person_of(owner).to_string()));
        let waits = order.client_moves.then(|| ("waiting-on".to_owned(), Fact::Text("client".to_owned())));
        Sighting {
            topic: "promise".to_owned(),
            key: vec![number.to_string()],
            stage: stage.to_owned(),
            stage_rank,
            happened,
            about: owner.into_iter().collect(),
            severity: order.severity,
            worth: None,
            evidence: waits.into_iter().collect(),
            links: Vec::new(),
            row: None,
            labels: BTreeMap::new(),
        }
    }

    pub(crate) fn rule(&self) -> Rule {
        Rule {
            check: plan::check(),
            baseline: self.baseline,
            look_back: "30 days".parse().expect("it is a length of time"),
            settle: "1 working day".parse().expect("it is a length of time"),
            calendar: Arc::clone(&self.hours.0),
            owing: Arc::clone(&self.plan.owing),
        }
    }
}

pub(crate) fn fingerprint(number: u8) -> Fingerprint {
    Fingerprint::of(&plan::check(), "promise", &[number.to_string()])
}
