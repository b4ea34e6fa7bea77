//! The loop that begins runs: what is due becomes rows, rows become runs, as many at once as sources allow.

use std::sync::Arc;

use jiff::Timestamp;
use kaizend_core::{domain::SkipReason, policy::schedule::next_wake};
use kaizend_store::RunRequest;
use tokio::task::JoinSet;

use super::{
    Rest, Service,
    pulse::Beat,
    round::{self, Spread},
    running::Running,
};
use crate::rooms::Rooms;

pub(super) async fn run(service: Arc<Service>) {
    let mut rest = Rest::of(&service, Beat::Schedule);
    let running = Arc::new(Running::default());
    let mut runs = JoinSet::new();
    match service.rooms().store.requested_runs().await {
        Ok(left) => left.into_iter().for_each(|request| begin(&service, &running, request, &mut runs)),
        Err(error) => tracing::error!(%error, "runs that were asked for before the start could not be read"),
    }
    loop {
        let wake = match come_round(&service, &running, &mut runs).await {
            Ok(wake) => {
                service.pulse.worked(Beat::Schedule);
                wake
            }
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "schedules could not be planned; trying again");
                None
            }
        };
        while runs.try_join_next().is_some() {}
        if !rest.until(wake).await {
            break;
        }
    }
    while runs.join_next().await.is_some() {}
}

async fn come_round(
    service: &Arc<Service>,
    running: &Arc<Running>,
    runs: &mut JoinSet<()>,
) -> anyhow::Result<Option<Timestamp>> {
    let now = service.now();
    let rooms = service.rooms();
    let entries = round::entries(&rooms, Spread::Usual, now).await?;
    for request in round::plan(&rooms, &entries, now).await? {
        begin(service, running, request, runs);
    }
    Ok(next_wake(&entries, &round::newest(&rooms).await?, now))
}

/// Runs a request beside the others. Whether it may overlap an earlier run of its check is the core's decision.
fn begin(service: &Arc<Service>, running: &Arc<Running>, request: RunRequest, runs: &mut JoinSet<()>) {
    let rooms = service.rooms();
    let service = Arc::clone(service);
    let running = Arc::clone(running);
    let hold = service.clock.hold();
    runs.spawn(async move {
        let _hold = hold;
        let Some(check) = rooms.plan.checks.get(&request.check) else {
            return leave_out(&service, &rooms, &request, SkipReason::Expired).await;
        };
        let turn = match running.admit(check).await {
            Ok(turn) => turn,
            Err(why) => return leave_out(&service, &rooms, &request, why).await,
        };
        let _sources = rooms.source_permits(check).await;
        match round::run_request(&rooms, &request, service.now()).await {
            Ok(_) => {}
            Err(error) => {
                tracing::error!(check = %check.id, error = format!("{error:#}"), "a run could not be kept");
                // If it never began, because another process is running the check, it is accounted for here.
                leave_out(&service, &rooms, &request, SkipReason::Overlap).await;
            }
        }
        drop(turn);
        service.nudge();
    });
}

/// Accounts for an occurrence that does not run; one that has begun is left as it is.
async fn leave_out(service: &Service, rooms: &Rooms, request: &RunRequest, why: SkipReason) {
    match rooms.store.skip_requested(request.run, why, service.now()).await {
        Ok(true) => tracing::warn!(check = %request.check, ?why, "an occurrence was left out"),
        Ok(false) => {}
        Err(error) => tracing::error!(%error, "a skipped occurrence could not be recorded"),
    }
}
