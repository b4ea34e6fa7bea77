//! The loop that lets mails be handed over: as many senders at a time as the transport allows.
//!
//! One that waits for a slow server keeps nobody else waiting, and the commits of several share a transaction.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::task::JoinSet;

use super::{
    Rest, Service,
    claims::Claims,
    pulse::Beat,
    sender::{Drained, Orders, send},
};
use crate::rooms::Rooms;

/// What one delivery may take before the watchdog calls it stuck: the sum of RFC 5321's times.
const ONE_DELIVERY: Duration = Duration::from_secs(45 * 60);

pub(super) async fn run(service: Arc<Service>) {
    let mut rest = Rest::of(&service, Beat::Sending);
    let claims = Arc::new(Claims::default());
    let mut senders = JoinSet::new();
    loop {
        let wake = match come_round(&service, &claims, &mut senders).await {
            Ok(wake) => {
                service.pulse.worked(Beat::Sending);
                wake
            }
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "the outbox could not be read; trying again");
                None
            }
        };
        if !rest.until(wake).await {
            break;
        }
    }
    // Each ends with what is claimed already.
    while senders.join_next().await.is_some() {}
}

/// While mails are ready, every sender works. Gives the moment at which the next mail is ready.
async fn come_round(
    service: &Arc<Service>,
    claims: &Arc<Claims>,
    senders: &mut JoinSet<()>,
) -> anyhow::Result<Option<Timestamp>> {
    while senders.try_join_next().is_some() {}
    let rooms = service.rooms();
    let next = rooms.store.next_ready_mail().await?;
    if next.is_none_or(|at| at > service.now()) && claims.is_empty().await {
        return Ok(next);
    }
    while senders.len() < rooms.transport.at_once() {
        let hold = service.clock.hold();
        let work = work(Arc::clone(service), Arc::clone(&rooms), Arc::clone(claims));
        senders.spawn(async move {
            work.await;
            drop(hold);
        });
    }
    Ok(None)
}

/// One sender, until nothing is ready any more.
async fn work(service: Arc<Service>, rooms: Arc<Rooms>, claims: Arc<Claims>) {
    let way = service.pulse.begin(ONE_DELIVERY);
    let clock = || service.now();
    let orders = Orders { clock: &clock, begins: &|| way.step(), stop: &|| service.stop.is_cancelled() };
    match send(&rooms, &claims, orders).await {
        Ok(drained) if drained != Drained::default() => {
            tracing::info!(sent = drained.sent, not_sent = drained.not_sent, "handed mails over");
            // The loop looks when the next one is ready.
            service.nudge();
        }
        Ok(_) => {}
        Err(error) => tracing::error!(error = format!("{error:#}"), "the outbox could not be worked on"),
    }
}
