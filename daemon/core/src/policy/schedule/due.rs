//! Which occurrences are due now, and what becomes of each: it runs, or it is left out for a stated reason.
//!
//! Each answer becomes a row with the unique key (check, due time), written in the transaction that queues its
//! run. Nothing here remembers anything: the newest row is the memory, and timers only decide when to ask.

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Overlap, Schedule};
use crate::domain::{CheckId, SkipReason, Trigger};

/// At most so many occurrences of one check are listed one by one in one answer; see `unlisted_since`.
const LISTED: usize = 200;

/// An occurrence that is later than this was missed while the daemon was down or asleep.
const ON_TIME: SignedDuration = SignedDuration::from_secs(90);

/// A check's place in the plan.
#[derive(Clone, Debug)]
pub struct Entry {
    pub check: CheckId,
    pub schedule: Schedule,
    pub zone: TimeZone,
    pub catch_up: CatchUp,
    pub overlap: Overlap,
    pub jitter: Jitter,
    /// When the check was first planned: a check without any occurrence yet starts here, never in its history.
    pub since: Timestamp,
}

/// What becomes of occurrences that were missed while the daemon was down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CatchUp {
    /// One run for the newest; older ones are coalesced into it.
    #[default]
    Latest,
    /// The newest so many run, each; older ones expire.
    All { cap: u16 },
    /// None runs.
    None,
}

/// Spreads checks that are due at the same moment: each starts a little later, always by the same amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Jitter {
    most: u32,
}

impl Jitter {
    /// Half a minute: enough to spread the 09:00 crowd, too little to be noticed.
    pub const USUAL: Self = Self { most: 30 };
    pub const OFF: Self = Self { most: 0 };

    /// A jitter from zero to `seconds`, at most 600.
    pub fn up_to(seconds: u32) -> Self {
        Self { most: seconds.min(600) }
    }

    /// How much later than planned `check` starts.
    pub fn of(self, check: &CheckId) -> SignedDuration {
        let digest = Sha256::digest(check.as_str().as_bytes());
        let number = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
        SignedDuration::from_secs(i64::from(number % (self.most + 1)))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OccurrenceDecision {
    pub check: CheckId,
    /// The moment of the schedule, without jitter: the occurrence's identity together with the check.
    pub due: Timestamp,
    pub fate: Fate,
    /// Set on the oldest of very many skipped ones: it stands for all others after this instant as well.
    pub unlisted_since: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Run(Trigger),
    Skip(SkipReason),
}

/// Every occurrence that came due and is not known yet, check by check, oldest first.
///
/// `newest` holds the due time of each check's newest known occurrence. Asking again with the answers known
/// gives nothing; a clock that was set back gives nothing until it has caught up.
pub fn due(
    entries: &[Entry],
    newest: &BTreeMap<CheckId, Timestamp>,
    now: Timestamp,
) -> Vec<OccurrenceDecision> {
    entries.iter().flat_map(|entry| entry.due(newest.get(&entry.check).copied(), now)).collect()
}

/// When to ask again at the latest: the first moment at which `due` has something new to say.
pub fn next_wake(
    entries: &[Entry],
    newest: &BTreeMap<CheckId, Timestamp>,
    now: Timestamp,
) -> Option<Timestamp> {
    entries.iter().filter_map(|entry| entry.next_start(newest.get(&entry.check).copied(), now)).min()
}

impl Entry {
    fn due(&self, newest: Option<Timestamp>, now: Timestamp) -> Vec<OccurrenceDecision> {
        let after = newest.unwrap_or(self.since);
        let (due, unlisted) = self.newest_between(after, earlier(now, self.jitter.of(&self.check)));
        let count = due.len();
        let fates = due.into_iter().enumerate().map(|(index, due)| OccurrenceDecision {
            check: self.check.clone(),
            due,
            fate: self.fate(due, count - 1 - index, now),
            unlisted_since: (index == 0 && unlisted).then_some(after),
        });
        fates.collect()
    }

    /// `newer` is how many later occurrences are due as well.
    fn fate(&self, due: Timestamp, newer: usize, now: Timestamp) -> Fate {
        let on_time = due >= earlier(now, self.jitter.of(&self.check) + ON_TIME);
        let run = Fate::Run(if on_time { Trigger::Schedule } else { Trigger::CatchUp });
        match self.catch_up {
            CatchUp::None if on_time && newer == 0 => run,
            CatchUp::None if on_time => Fate::Skip(SkipReason::Coalesced),
            CatchUp::None => Fate::Skip(SkipReason::NoCatchUp),
            CatchUp::Latest if newer == 0 => run,
            CatchUp::Latest => Fate::Skip(SkipReason::Coalesced),
            CatchUp::All { cap } if newer < usize::from(cap).clamp(1, LISTED) => run,
            CatchUp::All { .. } => Fate::Skip(SkipReason::Expired),
        }
    }

    /// The newest occurrences after `after` up to `until`, at most `LISTED`, and whether there are older ones.
    ///
    /// The search begins shortly before `until` and doubles its reach, so that a year of missed minutes costs
    /// no more than the last hours of them.
    fn newest_between(&self, after: Timestamp, until: Timestamp) -> (VecDeque<Timestamp>, bool) {
        let mut reach = SignedDuration::from_mins(10);
        loop {
            let from = earlier(until, reach).max(after);
            let mut found = VecDeque::new();
            let mut more = false;
            for next in self.schedule.between(from, until, &self.zone) {
                found.push_back(next.at);
                if found.len() > LISTED {
                    found.pop_front();
                    more = true;
                }
            }
            if from <= after {
                return (found, more);
            }
            if more || found.len() == LISTED {
                let older = self
                    .schedule
                    .next(after, &self.zone)
                    .is_some_and(|first| Some(&first.at) < found.front());
                return (found, older);
            }
            reach = reach.saturating_mul(2);
        }
    }

    fn next_start(&self, newest: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
        let jitter = self.jitter.of(&self.check);
        let after = newest.unwrap_or(self.since).max(earlier(now, jitter));
        self.schedule.next(after, &self.zone)?.at.checked_add(jitter).ok()
    }
}

fn earlier(instant: Timestamp, by: SignedDuration) -> Timestamp {
    instant.checked_sub(by).unwrap_or(Timestamp::MIN)
}
