//! Which checks are running or waiting for their turn, so that overlap is decided in one place.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use kaizend_core::{
    domain::{CheckId, SkipReason},
    policy::schedule::Admission,
};
use tokio::sync::{Notify, futures::Notified};

use crate::config::Check;

#[derive(Debug, Default)]
pub(super) struct Running {
    counts: Mutex<BTreeMap<CheckId, Count>>,
    ended: Notify,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    running: usize,
    waiting: usize,
}

/// The right to run; given back when it goes.
#[derive(Debug)]
pub(super) struct Turn {
    running: Arc<Running>,
    check: CheckId,
}

impl Running {
    /// Gives the turn, at once or after the run that is going; or the reason for leaving the occurrence out.
    pub(super) async fn admit(self: &Arc<Self>, check: &Check) -> Result<Turn, SkipReason> {
        let mut waiting = false;
        loop {
            let ended: Notified<'_> = self.ended.notified();
            if self.try_admit(check, &mut waiting)? {
                return Ok(Turn { running: Arc::clone(self), check: check.id.clone() });
            }
            ended.await;
        }
    }

    fn try_admit(&self, check: &Check, waiting: &mut bool) -> Result<bool, SkipReason> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(check.id.clone()).or_default();
        if *waiting {
            if count.running == 0 {
                count.waiting -= 1;
                count.running += 1;
                return Ok(true);
            }
            return Ok(false);
        }
        match check.overlap.admit(count.running, count.waiting) {
            Admission::Start => {
                count.running += 1;
                Ok(true)
            }
            Admission::Wait => {
                count.waiting += 1;
                *waiting = true;
                Ok(false)
            }
            Admission::Skip(why) => Err(why),
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut counts = self.running.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.check) {
            count.running -= 1;
        }
        drop(counts);
        self.running.ended.notify_waiters();
    }
}
