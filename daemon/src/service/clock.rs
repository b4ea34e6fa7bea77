//! The service's clock: the wall's; or, in a rehearsal, one that stands still while anything is under way and moves
//! when every loop rests. The loops do not know which.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use tokio::sync::Notify;

use crate::wall;

use super::pulse::Beat;

/// The loops that a rehearsal waits for.
const LOOPS: usize = 3;

#[derive(Clone)]
pub(super) enum Clock {
    Wall,
    Rehearsed(Arc<StageTime>),
}

impl Clock {
    pub(super) fn now(&self) -> Timestamp {
        match self {
            Self::Wall => wall::now(),
            Self::Rehearsed(time) => time.lock().now,
        }
    }

    /// Holds rehearsed time still until it is dropped: something is under way beside the loops.
    pub(super) fn hold(&self) -> Option<Hold> {
        match self {
            Self::Wall => None,
            Self::Rehearsed(time) => {
                time.lock().holds += 1;
                Some(Hold(Arc::clone(time)))
            }
        }
    }
}

/// Time on a stage.
pub(super) struct StageTime {
    state: Mutex<State>,
    changed: Notify,
}

struct State {
    now: Timestamp,
    /// The loops that rest, and until when by themselves.
    resting: BTreeMap<usize, Option<Timestamp>>,
    holds: usize,
    nudges: u64,
    /// The nudges that each loop has come round for.
    heard: BTreeMap<usize, u64>,
}

pub(super) struct Hold(Arc<StageTime>);

impl Drop for Hold {
    fn drop(&mut self) {
        self.0.lock().holds -= 1;
        self.0.changed.notify_waiters();
    }
}

impl StageTime {
    pub(super) fn new(now: Timestamp) -> Self {
        let state = State { now, resting: BTreeMap::new(), holds: 0, nudges: 0, heard: BTreeMap::new() };
        Self { state: Mutex::new(state), changed: Notify::new() }
    }

    /// Rests until `until`, or the next nudge.
    pub(super) async fn rest(&self, beat: Beat, until: Option<Timestamp>) {
        let beat = beat as usize;
        if !self.lie_down(beat, until) {
            return;
        }
        self.until(|state| !state.resting.contains_key(&beat)).await;
    }

    /// Whether the loop may rest: not when it was nudged since it came round last.
    fn lie_down(&self, beat: usize, until: Option<Timestamp>) -> bool {
        let mut state = self.lock();
        let nudges = state.nudges;
        let nudged = state.heard.insert(beat, nudges).is_some_and(|heard| heard < nudges);
        if !nudged {
            state.resting.insert(beat, until);
            drop(state);
            self.changed.notify_waiters();
        }
        !nudged
    }

    /// Every loop comes round once more.
    pub(super) fn nudge(&self) {
        let mut state = self.lock();
        state.nudges += 1;
        state.resting.clear();
        drop(state);
        self.changed.notify_waiters();
    }

    /// Lets the loops come round at each moment that one of them waits for, up to `target`, and rest there.
    pub(super) async fn advance_to(&self, target: Timestamp) {
        loop {
            self.until(|state| state.resting.len() == LOOPS && state.holds == 0).await;
            let mut state = self.lock();
            // Between the wait and the lock a loop may have been nudged.
            if state.resting.len() < LOOPS || state.holds > 0 {
                continue;
            }
            let next = state.resting.values().flatten().min().copied().filter(|next| *next <= target);
            let Some(next) = next else {
                state.now = state.now.max(target);
                return;
            };
            state.now = state.now.max(next);
            let now = state.now;
            state.resting.retain(|_, until| until.is_none_or(|until| until > now));
            drop(state);
            self.changed.notify_waiters();
        }
    }

    /// Moves the hands without waking anybody.
    pub(super) fn stand_at(&self, moment: Timestamp) {
        let mut state = self.lock();
        state.now = state.now.max(moment);
    }

    async fn until(&self, holds: impl Fn(&State) -> bool) {
        loop {
            let mut changed = std::pin::pin!(self.changed.notified());
            // From here on no change is missed.
            changed.as_mut().enable();
            if holds(&self.lock()) {
                return;
            }
            changed.await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
