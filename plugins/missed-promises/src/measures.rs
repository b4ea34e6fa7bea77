//! How many promises were kept, by the day they were promised for: against the first date, and against the latest.
//!
//! A promise counts once it is decided: when it was kept, or when its moment is over.

use kaizend_sdk::prelude::*;

use crate::Promise;

pub(crate) struct Measures {
    first: Tally,
    latest: Tally,
    /// `owner:…`, written anew for each row.
    group: String,
}

impl Measures {
    pub(crate) fn new() -> Self {
        Self {
            first: Tally::new("kept-first"),
            latest: Tally::new("kept-latest"),
            group: "owner:".to_owned(),
        }
    }

    pub(crate) fn count(&mut self, promise: &Promise, due: When, promised: When, now: When) -> Result {
        if let Some(owner) = promise.owner {
            self.group.truncate("owner:".len());
            self.group.push_str(owner);
        }
        for (tally, moment) in [(&mut self.first, due), (&mut self.latest, promised)] {
            let good = match promise.kept {
                Some(kept) => moment.kept_by(kept),
                None if moment.is_over(now) => false,
                None => continue,
            };
            tally.count("", moment.day(), good)?;
            if promise.owner.is_some() {
                tally.count(&self.group, moment.day(), good)?;
            }
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Result {
        self.first.finish()?;
        self.latest.finish()
    }
}
