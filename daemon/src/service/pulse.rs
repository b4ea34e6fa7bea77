//! Proof that the daemon's loops move: the watchdog is fed only while each of them came round lately.
//!
//! A timer that feeds the watchdog by itself would keep a stuck daemon alive for ever. Work that goes on beside a
//! loop has a time of its own, after which it counts as stuck.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
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

/// When each loop last came round, when it last did so without an error, and by when each piece of work beside them must end.
#[derive(Clone, Debug)]
pub(super) struct Pulse {
    begin: Instant,
    last: Arc<[AtomicU64; 4]>,
    /// 0 for never.
    worked: Arc<[AtomicU64; 4]>,
    under_way: Arc<Mutex<BTreeMap<u64, u64>>>,
    begun: Arc<AtomicU64>,
}

/// Work beside the loops; over when it goes.
#[derive(Debug)]
pub(super) struct UnderWay {
    pulse: Pulse,
    number: u64,
    limit: Duration,
}

impl Pulse {
    pub(super) fn new() -> Self {
        Self {
            begin: Instant::now(),
            last: Arc::default(),
            worked: Arc::default(),
            under_way: Arc::default(),
            begun: Arc::default(),
        }
    }

    pub(super) fn beat(&self, which: Beat) {
        self.last[which as usize].store(self.elapsed(), Ordering::Relaxed);
    }

    /// What the loop does in a round succeeded.
    pub(super) fn worked(&self, which: Beat) {
        self.worked[which as usize].store(self.elapsed().max(1), Ordering::Relaxed);
    }

    /// The loop begins something that may take as long as `limit`, which bounds it.
    pub(super) fn busy(&self, which: Beat, limit: Duration) {
        self.last[which as usize].store(self.after(limit), Ordering::Relaxed);
    }

    /// Something begins beside the loops, each step of which takes at most `limit`.
    pub(super) fn begin(&self, limit: Duration) -> UnderWay {
        let number = self.begun.fetch_add(1, Ordering::Relaxed);
        let way = UnderWay { pulse: self.clone(), number, limit };
        way.step();
        way
    }

    /// Whether every loop came round within `patience`, and nothing beside them is late.
    pub(super) fn moves(&self, patience: Duration) -> bool {
        self.moves_at(self.elapsed(), millis(patience))
    }

    fn moves_at(&self, now: u64, patience: u64) -> bool {
        let came_round = |last: &AtomicU64| now.saturating_sub(last.load(Ordering::Relaxed)) <= patience;
        self.last.iter().all(came_round) && self.deadlines().values().all(|&deadline| now <= deadline)
    }

    /// Whether, moreover, every loop did its work within `patience`, or is busy with it: a loop that only fails moves,
    /// too. A service that has just begun has not worked yet.
    pub(super) fn works(&self, patience: Duration) -> bool {
        self.works_at(self.elapsed(), millis(patience))
    }

    fn works_at(&self, now: u64, patience: u64) -> bool {
        let works = |(last, worked): (&AtomicU64, &AtomicU64)| {
            let (last, worked) = (last.load(Ordering::Relaxed), worked.load(Ordering::Relaxed));
            worked > 0 && (now.saturating_sub(worked) <= patience || last > now)
        };
        self.moves_at(now, patience) && self.last.iter().zip(self.worked.iter()).all(works)
    }

    fn deadlines(&self) -> MutexGuard<'_, BTreeMap<u64, u64>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn after(&self, limit: Duration) -> u64 {
        self.elapsed().saturating_add(millis(limit))
    }

    fn elapsed(&self) -> u64 {
        millis(self.begin.elapsed())
    }
}

impl UnderWay {
    /// The next step begins.
    pub(super) fn step(&self) {
        let deadline = self.pulse.after(self.limit);
        self.pulse.deadlines().insert(self.number, deadline);
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.pulse.deadlines().remove(&self.number);
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOPS: [Beat; 4] = [Beat::Schedule, Beat::Telling, Beat::Sending, Beat::House];

    /// The loops come round at so many milliseconds.
    fn beat_at(pulse: &Pulse, loops: &[Beat], at: u64) {
        loops.iter().for_each(|&beat| pulse.last[beat as usize].store(at, Ordering::Relaxed));
    }

    #[test]
    fn one_silent_loop_is_enough_to_stop_feeding() {
        let pulse = Pulse::new();
        beat_at(&pulse, &LOOPS[..3], 900_000);
        assert!(!pulse.moves_at(1_000_000, 120_000), "the house loop never came round");
        beat_at(&pulse, &LOOPS, 900_000);
        assert!(pulse.moves_at(1_000_000, 120_000));
    }

    #[test]
    fn work_beside_the_loops_may_take_its_time_and_no_longer() {
        let pulse = Pulse::new();
        let slow = pulse.begin(Duration::from_secs(600));
        for (at, moves) in [(500_000, true), (700_000, false)] {
            beat_at(&pulse, &LOOPS, at);
            assert_eq!(pulse.moves_at(at, 120_000), moves, "{at}");
        }
        drop(slow);
        assert!(pulse.moves_at(700_000, 120_000));
    }

    #[test]
    fn each_step_has_the_whole_time() {
        let pulse = Pulse::new();
        let slow = pulse.begin(Duration::from_secs(600));
        pulse.deadlines().insert(slow.number, 1);
        slow.step();
        beat_at(&pulse, &LOOPS, 500_000);
        assert!(pulse.moves_at(500_000, 120_000));
    }

    #[test]
    fn a_loop_that_only_fails_does_not_work() {
        let pulse = Pulse::new();
        let work_at = |loops: &[Beat], at: u64| {
            loops.iter().for_each(|&beat| pulse.worked[beat as usize].store(at, Ordering::Relaxed));
        };
        beat_at(&pulse, &LOOPS, 1_000_000);
        work_at(&LOOPS[..3], 1_000_000);
        assert!(!pulse.works_at(1_000_000, 60_000), "the house has not worked yet");
        work_at(&LOOPS, 950_000);
        assert!(pulse.works_at(1_000_000, 60_000), "one error is forgiven");
        beat_at(&pulse, &LOOPS, 1_100_000);
        work_at(&LOOPS[..3], 1_100_000);
        assert!(pulse.moves_at(1_100_000, 60_000) && !pulse.works_at(1_100_000, 60_000));
        // A loop that is busy with one round for long still works.
        beat_at(&pulse, &LOOPS[3..], 1_500_000);
        assert!(pulse.works_at(1_100_000, 60_000));
        beat_at(&pulse, &LOOPS[..1], 900_000);
        assert!(!pulse.works_at(1_100_000, 60_000), "what does not move does not work");
    }
}
