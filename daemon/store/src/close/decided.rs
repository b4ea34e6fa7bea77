//! What the end of a run decided, counted: for the log, `run`'s last lines, and the row of the run.

use kaizend_core::{
    domain::{Event, NoticeId, Why, WithheldBecause},
    policy::ledger::LedgerEvent,
};
use serde::{Deserialize, Serialize};

use crate::Duplicates;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Closed {
    /// Fingerprints that the run saw, fine ones among them.
    pub seen: u64,
    /// What became of findings, by event and reason.
    pub decided: Vec<DecidedCount>,
    /// Why people were not told, where they were not.
    pub withheld: Vec<WithheldCount>,
    /// Notices about findings; kept in the answer, not in the run's row.
    #[serde(skip)]
    pub notices: Vec<NoticeId>,
    #[serde(skip)]
    pub operator_notices: Vec<NoticeId>,
    /// What happened to promises.
    pub ledger: Vec<LedgerCount>,
    pub duplicates: Duplicates,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct DecidedCount {
    pub event: Event,
    pub why: Why,
    pub count: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct WithheldCount {
    pub because: WithheldBecause,
    pub count: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct LedgerCount {
    pub event: LedgerEvent,
    pub count: u64,
}

impl Closed {
    /// How many findings had this event, for any reason.
    pub fn count(&self, event: Event) -> u64 {
        self.decided.iter().filter(|counted| counted.event == event).map(|counted| counted.count).sum()
    }

    /// Adds what another transaction of the same work decided.
    pub(crate) fn absorb(&mut self, other: Self) {
        for one in other.decided {
            let known =
                self.decided.iter_mut().find(|known| known.event == one.event && known.why == one.why);
            match known {
                Some(known) => known.count += one.count,
                None => self.decided.push(one),
            }
        }
        self.notices.extend(other.notices);
    }

    pub(super) fn add_decided(&mut self, event: Event, why: &Why) {
        match self.decided.iter_mut().find(|counted| counted.event == event && counted.why == *why) {
            Some(counted) => counted.count += 1,
            None => self.decided.push(DecidedCount { event, why: *why, count: 1 }),
        }
    }

    pub(super) fn add_withheld(&mut self, because: WithheldBecause) {
        match self.withheld.iter_mut().find(|counted| counted.because == because) {
            Some(counted) => counted.count += 1,
            None => self.withheld.push(WithheldCount { because, count: 1 }),
        }
    }

    pub(super) fn add_ledger(&mut self, event: LedgerEvent) {
        match self.ledger.iter_mut().find(|counted| counted.event == event) {
            Some(counted) => counted.count += 1,
            None => self.ledger.push(LedgerCount { event, count: 1 }),
        }
    }
}
