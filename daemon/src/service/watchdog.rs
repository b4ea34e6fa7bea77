//! What systemd is told: ready, reloading, stopping, and alive while the loops really move.

use std::{sync::Arc, time::Duration};

use sd_notify::NotifyState;

use super::{Service, pulse::ROUND};

/// Feeds the watchdog, if systemd asked for one, until the service stops.
pub(super) async fn run(service: Arc<Service>) {
    let Some(limit) = sd_notify::watchdog_enabled() else { return service.stop.cancelled().await };
    let mut ticks = tokio::time::interval(limit / 3);
    loop {
        tokio::select! {
            () = service.stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        if service.pulse.moves(patience(limit)) {
            notify(&[NotifyState::Watchdog]);
        } else {
            tracing::error!("a loop of the service no longer moves; the watchdog is not fed");
        }
    }
}

/// A loop rests for a round at most; a run or a recheck within it may take a while more.
fn patience(limit: Duration) -> Duration {
    limit.max(2 * ROUND)
}

pub(super) fn ready() {
    notify(&[NotifyState::Ready]);
}

pub(super) fn reloading() {
    match NotifyState::monotonic_usec_now() {
        Ok(now) => notify(&[NotifyState::Reloading, now]),
        Err(error) => tracing::warn!(%error, "systemd cannot be told of the reload"),
    }
}

pub(super) fn stopping() {
    notify(&[NotifyState::Stopping]);
}

/// Without systemd there is nobody to tell, and that is no error.
fn notify(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::warn!(%error, "systemd could not be told");
    }
}
