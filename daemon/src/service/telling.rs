//! The loop that tells: time alone moves findings up their ladders; when notices are due, the facts are looked at
//! again, and mails are composed.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Rest, Service, pulse::Beat, round};
use crate::telling::tell;

pub(super) async fn run(service: Arc<Service>) {
    let mut rest = Rest::of(&service, Beat::Telling);
    loop {
        let wake = match come_round(&service).await {
            Ok(wake) => {
                service.pulse.worked(Beat::Telling);
                wake
            }
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "due notices could not be told; trying again");
                None
            }
        };
        if !rest.until(wake).await {
            return;
        }
    }
}

async fn come_round(service: &Service) -> anyhow::Result<Option<Timestamp>> {
    let rooms = service.rooms();
    let now = service.now();
    round::climb(&rooms, now).await?;
    let stale = round::recheck(&rooms, now, &mut |limit| service.pulse.busy(Beat::Telling, limit)).await?;
    let told = tell(&rooms, now, &stale).await?;
    if told.mails > 0 {
        tracing::info!(mails = told.mails, notices = told.notices, withheld = told.withheld, "told");
        service.nudge();
    }
    let wakes = [rooms.store.next_due_notice().await?, rooms.store.next_advance().await?];
    Ok(wakes.into_iter().flatten().min())
}
