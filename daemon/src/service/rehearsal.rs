//! The service's own loops in virtual time: what `serve` would do, without waiting for it. Stories of the tests are
//! played by it and by `simulate`'s rounds, and must come to the same mails.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::{sync::watch, task::JoinSet};
use tokio_util::sync::CancellationToken;

use super::{
    Service,
    clock::{Clock, StageTime},
    pulse::Pulse,
    scheduling, sending, telling,
};
use crate::rooms::Rooms;

/// Loops that look, tell and send, on a stage. The house and the watchdog stay at home.
pub struct Rehearsal {
    service: Arc<Service>,
    time: Arc<StageTime>,
    loops: JoinSet<()>,
}

impl Rehearsal {
    /// Begins at `now`; the loops come round at once.
    pub fn begin(rooms: Rooms, now: Timestamp) -> Self {
        let time = Arc::new(StageTime::new(now));
        let service = Arc::new(Service {
            rooms: std::sync::RwLock::new(Arc::new(rooms)),
            config: std::path::PathBuf::new(),
            clock: Clock::Rehearsed(Arc::clone(&time)),
            nudge: watch::Sender::new(0),
            stop: CancellationToken::new(),
            pulse: Pulse::new(),
        });
        let mut loops = JoinSet::new();
        loops.spawn(scheduling::run(Arc::clone(&service)));
        loops.spawn(telling::run(Arc::clone(&service)));
        loops.spawn(sending::run(Arc::clone(&service)));
        Self { service, time, loops }
    }

    /// Lets time pass until just before `moment`, each thing done at its own moment, and stands at `moment`. What falls
    /// due at that very moment waits for the next nudge.
    pub async fn come_to(&self, moment: Timestamp) {
        let before = moment.checked_sub(SignedDuration::from_micros(1)).unwrap_or(moment);
        self.time.advance_to(before).await;
        self.time.stand_at(moment);
    }

    /// Says that something changed, as another command beside the service would be noticed.
    pub fn nudge(&self) {
        self.service.nudge();
    }

    pub fn rooms(&self) -> Arc<Rooms> {
        self.service.rooms()
    }

    /// Puts another plan in force, as a reload does.
    pub fn replace(&self, rooms: Rooms) {
        self.service.put_in_force(rooms);
        self.nudge();
    }

    pub async fn end(mut self) {
        self.service.stop.cancel();
        self.time.nudge();
        while self.loops.join_next().await.is_some() {}
    }
}
