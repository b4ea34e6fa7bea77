//! From wake to wake, as `serve` would come round.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kaizend_core::domain::CheckId;

use super::super::print;
use crate::{rooms::Rooms, service::round};

/// What happened while it played, beside what the store holds.
#[derive(Debug, Default)]
pub(super) struct Played {
    pub(super) looks: u64,
    /// Checks that could not look, how often, and the first reason.
    pub(super) troubles: BTreeMap<CheckId, (u64, String)>,
}

pub(super) async fn play(rooms: &Rooms, from: Timestamp, to: Timestamp) -> anyhow::Result<Played> {
    let days = |at: Timestamp| u64::try_from(at.duration_since(from).as_hours() / 24).unwrap_or(0);
    let bar = print::progress(days(to), "virtual days");
    let mut played = Played::default();
    let mut wake = Some(from);
    while let Some(now) = wake.filter(|&now| now < to) {
        bar.set_position(days(now));
        let store = &rooms.store;
        let heard = &mut played;
        wake = round::turn(rooms, now, async |looked| {
            heard.looks += 1;
            if !looked.outcome.looked() {
                let why = store.check_memory(&looked.check).await?.cannot_look.map(|outage| outage.message);
                let trouble = heard.troubles.entry(looked.check.clone()).or_default();
                trouble.0 += 1;
                if trouble.1.is_empty() {
                    trouble.1 = why.unwrap_or_default();
                }
            }
            Ok(())
        })
        .await?;
    }
    bar.finish_and_clear();
    Ok(played)
}
