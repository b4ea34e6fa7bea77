//! First-time-right: how many jobs were not repeated, by the day of the job; for all, by who did it, and by thing.
//!
//! A job counts once it is decided: when the next one came, or when the time for a repeat is over.

use kaizend_sdk::prelude::*;

use crate::Order;

pub(crate) struct Rightness {
    right: Tally,
    by_thing: bool,
    /// The last day whose jobs are decided, but for that day's own.
    decided_before: Date,
    group: String,
}

impl Rightness {
    pub(crate) fn new(by_thing: bool, decided_before: Date) -> Self {
        Self { right: Tally::new("first-time-right"), by_thing, decided_before, group: String::new() }
    }

    /// Another order for the same thing followed.
    pub(crate) fn followed(&mut self, job: &Order, repeated: bool) -> Result {
        self.count(job, !repeated)
    }

    /// None followed so far.
    pub(crate) fn last(&mut self, job: &Order) -> Result {
        let known = job.client.is_some() && job.thing.is_some();
        if known && job.date.day() < self.decided_before { self.count(job, true) } else { Ok(()) }
    }

    fn count(&mut self, job: &Order, right: bool) -> Result {
        let day = job.date.day();
        self.right.count("", day, right)?;
        let thing = job.thing.filter(|_| self.by_thing);
        for (role, id) in [("owner:", job.owner), ("thing:", thing)] {
            if let Some(id) = id {
                self.group.clear();
                self.group.push_str(role);
                self.group.push_str(id);
                self.right.count(&self.group, day, right)?;
            }
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Result {
        self.right.finish()
    }
}
