//! Proof that the daemon's loops move: the watchdog is fed only while each of them came round lately.
//!
//! A timer that feeds the watchdog by itself would keep a stuck daemon alive for ever.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// No loop waits longer than this before it comes round, so a silence of several times as much is a fault.
pub(super) const ROUND: Duration = Duration::from_secs(30);

/// The loops of the service.
#[derive(Clone, Copy, Debug)]
pub(super) enum Beat {
    Schedule,
    Telling,
    Sending,
    House,
}

/// When each loop last came round.
#[derive(Clone, Debug)]
pub(super) struct Pulse {
    begin: Instant,
    last: Arc<[AtomicU64; 4]>,
}

impl Pulse {
    pub(super) fn new() -> Self {
        Self { begin: Instant::now(), last: Arc::default() }
    }

    pub(super) fn beat(&self, which: Beat) {
        self.last[which as usize].store(self.elapsed(), Ordering::Relaxed);
    }

    /// The loop begins something that may take as long as `limit`, which bounds it.
    pub(super) fn busy(&self, which: Beat, limit: Duration) {
        let limit = u64::try_from(limit.as_millis()).unwrap_or(u64::MAX);
        self.last[which as usize].store(self.elapsed().saturating_add(limit), Ordering::Relaxed);
    }

    /// Whether every loop came round within `patience`.
    pub(super) fn moves(&self, patience: Duration) -> bool {
        let now = self.elapsed();
        let patience = u64::try_from(patience.as_millis()).unwrap_or(u64::MAX);
        self.last.iter().all(|last| now.saturating_sub(last.load(Ordering::Relaxed)) <= patience)
    }

    fn elapsed(&self) -> u64 {
        u64::try_from(self.begin.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_silent_loop_is_enough_to_stop_feeding() {
        let mut pulse = Pulse::new();
        pulse.begin = Instant::now().checked_sub(Duration::from_secs(1000)).unwrap_or_else(Instant::now);
        for beat in [Beat::Schedule, Beat::Telling, Beat::Sending] {
            pulse.beat(beat);
        }
        assert!(!pulse.moves(Duration::from_secs(120)), "the house loop never came round");
        pulse.beat(Beat::House);
        assert!(pulse.moves(Duration::from_secs(120)));
    }
}
