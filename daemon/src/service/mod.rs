//! `serve`: the loops that keep a company's word, from start to clean stop.
//!
//! Four loops share nothing but the store and a nudge: schedules begin runs, telling composes mails, sending
//! hands them over, the house keeps itself in order. Each wakes at least every 30 s and compares clocks, so
//! that a suspended machine or a set clock is seen. Beside them the watchdog and the heartbeat tell systemd, and
//! somebody elsewhere, that they move.

mod claims;
mod clock;
mod heartbeat;
mod house;
mod inbox;
mod pages;
mod pulse;
mod rehearsal;
pub mod round;
mod running;
mod scheduling;
mod sender;
mod sending;
mod telling;
mod watchdog;

use std::{
    path::PathBuf,
    sync::{Arc, RwLock},
    time::Duration,
};

use anyhow::Context;
use jiff::Timestamp;
use kaizend_store::{ServerLock, Store};
use kaizend_web::Serving;
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;

use self::{
    clock::Clock,
    pulse::{Beat, Pulse},
};
use crate::{
    config::{self, Loaded, Problems},
    rooms::{self, Rooms},
    wall,
};

pub use rehearsal::Rehearsal;
pub use sender::drain;

/// How long a stop waits for runs and mails that are under way. What is not done by then is taken up again, or
/// marked, at the next start.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the loops share.
pub(crate) struct Service {
    rooms: RwLock<Arc<Rooms>>,
    config: PathBuf,
    clock: Clock,
    /// Counts the changes of the store that other loops should know of.
    nudge: watch::Sender<u64>,
    stop: CancellationToken,
    pulse: Pulse,
}

/// Serves until SIGTERM or SIGINT.
pub async fn serve(config: PathBuf, loaded: Loaded) -> anyhow::Result<()> {
    let path = loaded.plan.store.path.clone();
    // Held to the end: a second server on the same store must not start.
    let _lock = ServerLock::acquire(&path)?;
    let store = Store::open(&kaizend_store::Settings { path })?;
    let now = wall::now();
    let interrupted = store.interrupt_dead_runs(now).await?;
    let recovered = store.recover(now).await?;
    tracing::info!(interrupted = interrupted.len(), ?recovered, "took over what the last server left");
    for left in loaded.plan.spool.settings.sweep() {
        tracing::info!(path = %left.display(), "removed a temporary file that an earlier process had left");
    }
    let host = Arc::new(rooms::host()?);
    let rooms = Rooms::connect(Arc::new(loaded.plan), host, store.clone())?;
    rooms.adopt_renamed().await?;
    store.reconsider(now).await?;
    let serving = pages::open(&rooms, now).await?;
    let service = Arc::new(Service {
        rooms: RwLock::new(Arc::new(rooms)),
        config,
        clock: Clock::Wall,
        nudge: watch::Sender::new(0),
        stop: CancellationToken::new(),
        pulse: Pulse::new(),
    });
    service.run(serving).await?;
    store.close().await;
    Ok(())
}

impl Service {
    async fn run(self: Arc<Self>, serving: Option<Serving>) -> anyhow::Result<()> {
        let mut loops = JoinSet::new();
        loops.spawn(scheduling::run(Arc::clone(&self)));
        loops.spawn(telling::run(Arc::clone(&self)));
        loops.spawn(sending::run(Arc::clone(&self)));
        loops.spawn(house::run(Arc::clone(&self)));
        loops.spawn(watchdog::run(Arc::clone(&self)));
        loops.spawn(heartbeat::run(Arc::clone(&self)));
        loops.spawn(pages::run(Arc::clone(&self), serving));
        watchdog::ready();
        let signals = Signals::install()?;
        tokio::select! {
            () = self.obey(signals) => {}
            // A loop ends only when it is told to, or panics; then the rest must not go on as if nothing was.
            _ = loops.join_next() => tracing::error!("a loop of the service ended; stopping"),
        }
        watchdog::stopping();
        self.stop.cancel();
        let ended =
            tokio::time::timeout(PATIENCE, async { while loops.join_next().await.is_some() {} }).await;
        if ended.is_err() {
            tracing::warn!(
                "runs were still under way after {} s; they count as interrupted",
                PATIENCE.as_secs()
            );
        }
        Ok(())
    }

    /// Reloads on SIGHUP; comes back when it is time to stop.
    async fn obey(&self, mut signals: Signals) {
        loop {
            tokio::select! {
                _ = signals.stop.recv() => return,
                _ = signals.interrupt.recv() => return,
                _ = signals.reload.recv() => self.reload().await,
            }
        }
    }

    /// Loads everything, then swaps, or keeps what is in force and tells the operators.
    async fn reload(&self) {
        watchdog::reloading();
        let outcome = self.load_again().await;
        match outcome {
            Ok(rooms) => {
                self.put_in_force(rooms);
                tracing::info!("the new configuration is in force");
            }
            Err(why) => {
                tracing::error!(%why, "the new configuration has problems; the old one stays in force");
                let rooms = self.rooms();
                let now = self.now();
                if let Err(error) = rooms.store.add_notice(house::not_reloaded(&why, now), now).await {
                    tracing::error!(%error, "the operators could not be told");
                }
            }
        }
        self.nudge();
        watchdog::ready();
    }

    async fn load_again(&self) -> Result<Rooms, String> {
        let loaded = config::load(&self.config).map_err(|problems: Problems| problems.to_string())?;
        let now = self.rooms();
        if loaded.plan.store.path != now.plan.store.path {
            return Err("[store] path changed: that needs a restart".to_owned());
        }
        let said = |error: anyhow::Error| format!("{error:#}");
        let rooms =
            Rooms::connect(Arc::new(loaded.plan), Arc::clone(&now.host), now.store.clone()).map_err(said)?;
        rooms.adopt_renamed().await.map_err(said)?;
        // Ladders, routes and people may be other ones now.
        rooms.store.reconsider(self.now()).await.map_err(|error| error.to_string())?;
        Ok(rooms)
    }

    pub(crate) fn rooms(&self) -> Arc<Rooms> {
        Arc::clone(&self.rooms.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Something changed in the store: every loop comes round, now or after the round it is in.
    fn nudge(&self) {
        self.nudge.send_modify(|changes| *changes += 1);
        if let Clock::Rehearsed(time) = &self.clock {
            time.nudge();
        }
    }

    fn put_in_force(&self, rooms: Rooms) {
        *self.rooms.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(rooms);
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// One loop's rests between its rounds.
struct Rest {
    service: Arc<Service>,
    beat: Beat,
    nudged: watch::Receiver<u64>,
}

impl Rest {
    fn of(service: &Arc<Service>, beat: Beat) -> Self {
        Self { service: Arc::clone(service), beat, nudged: service.nudge.subscribe() }
    }

    /// Waits for `until`, a nudge, or the longest round; `false` when it is time to stop.
    async fn until(&mut self, until: Option<Timestamp>) -> bool {
        self.service.pulse.beat(self.beat);
        if let Clock::Rehearsed(time) = &self.service.clock {
            tokio::select! {
                () = self.service.stop.cancelled() => {}
                () = time.rest(self.beat, until) => {}
            }
            return !self.service.stop.is_cancelled();
        }
        let wait = until.map_or(pulse::ROUND, |until| {
            let left = until.duration_since(wall::now());
            Duration::try_from(left).unwrap_or(Duration::ZERO).min(pulse::ROUND)
        });
        tokio::select! {
            () = self.service.stop.cancelled() => {}
            _ = self.nudged.changed() => {}
            () = tokio::time::sleep(wait) => {}
        }
        !self.service.stop.is_cancelled()
    }
}

struct Signals {
    stop: Signal,
    interrupt: Signal,
    reload: Signal,
}

impl Signals {
    fn install() -> anyhow::Result<Self> {
        let on = |kind| signal(kind).context("cannot listen for signals");
        Ok(Self {
            stop: on(SignalKind::terminate())?,
            interrupt: on(SignalKind::interrupt())?,
            reload: on(SignalKind::hangup())?,
        })
    }
}
