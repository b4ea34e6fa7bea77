//! How much the daemon carries: while it is alive, and with its start-ups. Printed, never asserted.

use std::{
    fmt,
    ops::{AddAssign, Sub},
    time::{Duration, Instant},
};

use kaizend_tests::{Company, Sink};
use rusqlite::Connection;

use super::{open, store};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Work {
    pub(super) mails: usize,
    pub(super) runs: usize,
}

/// One life of the daemon, from its start to just before its end.
pub(super) struct Life<'a> {
    company: &'a Company,
    sink: &'a Sink,
    /// Kept open: a new connection for each look would burden what is measured.
    store: Option<Connection>,
    begin: (Instant, Work),
    /// The first sign of life: a mail or a run.
    alive: Option<(Instant, Work)>,
}

/// All lives together.
#[derive(Debug, Default)]
pub(super) struct Pace {
    alive: Duration,
    while_alive: Work,
    whole: Duration,
    altogether: Work,
}

impl<'a> Life<'a> {
    pub(super) fn begin(company: &'a Company, sink: &'a Sink) -> Self {
        let mut life =
            Self { company, sink, store: None, begin: (Instant::now(), Work::default()), alive: None };
        life.begin.1 = life.done();
        life
    }

    /// What was done in this life so far.
    pub(super) fn look(&mut self) -> Work {
        let done = self.done();
        if self.alive.is_none() && done != self.begin.1 {
            self.alive = Some((Instant::now(), done));
        }
        done - self.begin.1
    }

    /// Closes the store, so that nothing but the daemon has it open when it is killed.
    pub(super) fn end(mut self, pace: &mut Pace) {
        let done = self.done();
        pace.whole += self.begin.0.elapsed();
        pace.altogether += done - self.begin.1;
        if let Some((since, before)) = self.alive {
            pace.alive += since.elapsed();
            pace.while_alive += done - before;
        }
    }

    fn done(&mut self) -> Work {
        Work { mails: self.sink.count(), runs: self.completed_runs() }
    }

    fn completed_runs(&mut self) -> usize {
        if !store(self.company).exists() {
            return 0;
        }
        let store = self.store.get_or_insert_with(|| open(self.company));
        let query = "select count(*) from runs where state = 'completed'";
        // While the daemon makes the store, its tables are not there yet.
        store.query_row(query, [], |row| row.get(0)).unwrap_or(0)
    }
}

impl Sub for Work {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self { mails: self.mails - before.mails, runs: self.runs - before.runs }
    }
}

impl AddAssign for Work {
    fn add_assign(&mut self, more: Self) {
        self.mails += more.mails;
        self.runs += more.runs;
    }
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let a_second = |work: Work, time: Duration| {
            let seconds = time.as_secs_f64().max(f64::EPSILON);
            format!("{:.1} mails and {:.1} runs", work.mails as f64 / seconds, work.runs as f64 / seconds)
        };
        let (alive, whole) = (a_second(self.while_alive, self.alive), a_second(self.altogether, self.whole));
        write!(f, "a second: {alive} while it was alive, {whole} with its start-ups")
    }
}
