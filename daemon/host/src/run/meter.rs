//! How much processor time a plugin has used: only while its future is polled, so waiting costs nothing.
//!
//! The thread's own processor clock is read, not the wall's, so that a busy machine does not make a plugin look
//! slow.

use std::{
    future::poll_fn,
    pin::pin,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use rustix::time::{ClockId, clock_gettime};

/// The account of one run. Only the thread that polls writes it.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    /// Nanoseconds of finished polls.
    spent: AtomicU64,
    /// The thread's clock when the present poll began.
    entered: AtomicU64,
}

impl Meter {
    /// Runs `work` on this account.
    pub(crate) async fn charge<F: Future>(&self, work: F) -> F::Output {
        let mut work = pin!(work);
        poll_fn(|context| {
            self.entered.store(thread_clock(), Relaxed);
            let polled = work.as_mut().poll(context);
            self.spent.store(nanos(self.used_now()), Relaxed);
            polled
        })
        .await
    }

    /// Within a poll: the time used up to now.
    pub(crate) fn used_now(&self) -> Duration {
        let now = thread_clock().saturating_sub(self.entered.load(Relaxed));
        Duration::from_nanos(self.spent.load(Relaxed).saturating_add(now))
    }

    /// Between polls: the time used.
    pub(crate) fn used(&self) -> Duration {
        Duration::from_nanos(self.spent.load(Relaxed))
    }
}

fn thread_clock() -> u64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let part = |count: i64| u64::try_from(count).unwrap_or_default();
    part(time.tv_sec).saturating_mul(1_000_000_000).saturating_add(part(time.tv_nsec))
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
