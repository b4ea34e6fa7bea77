//! The misses of the client in hand. Rows come ordered by client and then by date, so the earlier misses of a client
//! are behind us when his later promises come, and one client's memory is all that is held.

use kaizend_sdk::prelude::*;

use crate::Promise;

pub(crate) struct Misses {
    /// Misses before this day are forgotten.
    since: Date,
    client: String,
    count: i64,
    latest: Miss,
}

#[derive(Default)]
struct Miss {
    id: String,
    what: String,
    due: Option<When>,
}

impl Misses {
    pub(crate) fn since(since: Date) -> Self {
        Self { since, client: String::new(), count: 0, latest: Miss::default() }
    }

    /// The rows from here on are this client's; those of nobody share no memory.
    pub(crate) fn turn_to(&mut self, client: Option<&str>) {
        if client != Some(self.client.as_str()) {
            self.count = 0;
            copy(client.unwrap_or_default(), &mut self.client);
        }
    }

    pub(crate) fn any(&self) -> bool {
        self.count > 0
    }

    pub(crate) fn remember(&mut self, promise: &Promise, due: When) {
        if promise.client.is_none() || due.day() < self.since {
            return;
        }
        self.count += 1;
        copy(promise.id, &mut self.latest.id);
        copy(promise.what.unwrap_or(promise.id), &mut self.latest.what);
        self.latest.due = Some(due);
    }

    /// Shows the latest earlier miss on a promise that is still open, and makes it matter more.
    pub(crate) fn show(&self, finding: Finding, severity: Severity) -> Finding {
        let finding = finding.fact("misses", self.count);
        if self.count == 0 {
            return finding.severity(severity);
        }
        finding
            .severity(severity.more())
            .fact("missed", &self.latest.what)
            .fact("missed-due", self.latest.due)
            .link("missed", "promises", &[&self.latest.id])
    }
}

/// Reuses the memory of `to`: most clients come with many rows.
fn copy(from: &str, to: &mut String) {
    to.clear();
    to.push_str(from);
}
