//! The loop that keeps the house: old rows go, changes by other commands are noticed, and once a day the audit's
//! newest digest goes into the log, where whoever changes the store cannot change it, too.

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};

use kaizend_core::{
    domain::{CheckId, Notice, RunId, TellBecause},
    policy::daily::{self, TimeOfDay},
};
use kaizend_store::Keep;
use kaizend_web::LIFE;

use super::{Rest, Service, inbox::Inbox, pulse::Beat};
use crate::{rooms::Rooms, wall};

/// How often other commands' changes of the store are looked for.
const LOOK: Duration = Duration::from_secs(2);

/// How often old rows are removed.
const SWEEP: SignedDuration = SignedDuration::from_hours(6);

pub(super) async fn run(service: Arc<Service>) {
    let mut rest = Rest::of(&service, Beat::House);
    let mut swept: Option<Timestamp> = None;
    let mut sealed: Option<Timestamp> = None;
    let mut inbox = Inbox::default();
    let mut version = 0;
    loop {
        let now = wall::now();
        if swept.is_none_or(|at| now.duration_since(at) >= SWEEP) {
            sweep(&service, now).await;
            swept = Some(now);
        }
        if daily::due(sealed, now, TimeOfDay::MIDNIGHT, &service.rooms().plan.company.zone) {
            seal(&service).await;
            sealed = Some(now);
        }
        let again = now.checked_add(LOOK).ok();
        if !rest.until(again).await {
            return;
        }
        match service.rooms().store.data_version().await {
            Ok(found) => {
                service.pulse.worked(Beat::House);
                if found != version {
                    version = found;
                    service.nudge();
                }
                inbox.empty(&service).await;
            }
            Err(error) => tracing::error!(%error, "the store could not be asked for changes"),
        }
    }
}

async fn sweep(service: &Service, now: Timestamp) {
    let rooms = service.rooms();
    match rooms.store.retention(now, keep(&rooms, now)).await {
        Ok(swept) => tracing::info!(?swept, "old rows were removed"),
        Err(error) => tracing::error!(%error, "old rows could not be removed"),
    }
    drop_keys(&rooms, now).await;
}

/// Keys whose last link is too old are of no use.
async fn drop_keys(rooms: &Rooms, now: Timestamp) {
    let retired_before = now.checked_sub(LIFE).unwrap_or(Timestamp::MIN);
    if let Err(error) = rooms.store.drop_web_keys(retired_before).await {
        tracing::error!(%error, "old keys of links could not be removed");
    }
}

async fn seal(service: &Service) {
    match service.rooms().store.audit_head().await {
        Ok(Some(head)) => {
            let (row, at, digest) = (head.seq, head.at, head.digest);
            tracing::info!(row, %at, %digest, "the audit's newest row; `kaizend audit verify --expect` takes its digest");
        }
        Ok(None) => tracing::info!("the audit has no row yet"),
        Err(error) => tracing::error!(%error, "the audit's newest row could not be read"),
    }
}

/// The spans of `[store] keep`, counted back from now in the company's calendar.
fn keep(rooms: &Rooms, now: Timestamp) -> Keep {
    let calendar = rooms.calendar();
    let elapsed = |span| calendar.add(now, span).duration_since(now);
    let keep = rooms.plan.store.keep;
    Keep {
        sent_mail: elapsed(keep.sent_mail),
        resolved_findings: elapsed(keep.resolved_findings),
        runs: elapsed(keep.runs),
    }
}

/// Word to the operators that a reload was refused.
pub(super) fn not_reloaded(why: &str, now: Timestamp) -> Notice {
    Notice::to_operators(
        CheckId::from("configuration"),
        TellBecause::NotReloaded,
        RunId(0),
        now,
        why.to_owned(),
    )
}
