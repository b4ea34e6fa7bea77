//! A person's word about a finding, as it comes through the daemon's one door.

use jiff::SignedDuration;
use kaizend_core::{
    domain::{PersonId, RunId},
    policy::{
        act::{self, Act, Refused, Terms},
        route::Router,
    },
};

use crate::{company::Company, counts::count, look::fingerprint, plan, world::Word};

impl Company {
    pub(crate) fn say(&mut self, order: u8, by: &PersonId, word: Word) {
        let fingerprint = fingerprint(order);
        let known = self.findings.get(&fingerprint).map(|known| &known.finding);
        let Some(finding) = known.filter(|_| self.people.contains_key(by)) else {
            return count("act: refused");
        };
        let (word, name) = self.word(word);
        let owing = self.plan.owing.clone();
        let trusted = "2 working days".parse().expect("it is a length of time");
        let terms = Terms { done_is_trusted: trusted, owing: &owing, put_off: 0 };
        let router = Router { run: RunId(finding.changed_by.0), ..self.router() };
        match act::act(finding, &word, by, terms, &router) {
            Ok(decision) => {
                count(name);
                assert_eq!(decision.by.as_ref(), Some(by), "a word that nobody said");
                self.witness.spoken_of(fingerprint);
                self.write(decision);
            }
            Err(refused) => {
                count("act: refused");
                assert_eq!(refused == Refused::Closed, !finding.is_open(), "{refused}");
            }
        }
    }

    fn word(&self, word: Word) -> (Act, &'static str) {
        let until = |hours| self.now + SignedDuration::from_hours(hours);
        let said = |text: &str, said: bool| if said { text.to_owned() } else { "  ".to_owned() };
        let cause = |given: bool| given.then(|| "parts came late".to_owned());
        match word {
            Word::Acknowledge { hours, waiting } => {
                (Act::Acknowledge { until: until(hours), waiting }, "act: acknowledge")
            }
            Word::Snooze { hours } => (Act::Snooze { until: until(hours), reason: None }, "act: snooze"),
            Word::Done { cause: given } => (Act::Done { cause: cause(given) }, "act: done"),
            Word::Dismiss { reason } => (Act::Dismiss { reason: said("agreed", reason) }, "act: dismiss"),
            Word::Resolve { reason, cause: given } => {
                let reason = said("the check is wrong", reason);
                (Act::Resolve { reason, cause: cause(given) }, "act: resolve")
            }
            Word::Assign { to } => (Act::Assign { to: plan::person_of(to) }, "act: assign"),
            Word::Differently { reason } => {
                (Act::Differently { because: said("the client asked", reason) }, "act: differently")
            }
            Word::Explain => (Act::Explain { cause: "parts came late".to_owned() }, "act: explain"),
            Word::Apologised { level } => (Act::Apologised { level }, "act: apologised"),
        }
    }
}
