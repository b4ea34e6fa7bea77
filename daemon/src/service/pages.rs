//! The pages behind links, as the service serves them: the listener follows the plan, and each word nudges the loops.

use std::sync::Arc;

use anyhow::Context;
use jiff::Timestamp;
use kaizend_web::{Answer, House, HouseFault, Keyring, Page, Pressed, Serving, Settings};
use tokio::sync::watch;

use super::Service;
use crate::{pages, rooms::Rooms};

/// Takes the address that the plan names, if it names one.
pub(super) async fn open(rooms: &Rooms, now: Timestamp) -> anyhow::Result<Option<Serving>> {
    pages::first_key(rooms, now).await?;
    let Some(web) = &rooms.plan.web else { return Ok(None) };
    let serving = kaizend_web::bind(web.listen);
    let serving = serving.await.with_context(|| format!("[web] listen: cannot listen at {}", web.listen))?;
    tracing::info!(listen = %web.listen, url = %web.url, "pages are served");
    Ok(Some(serving))
}

/// Serves until the service stops. Another address in a new plan is taken as soon as the plan is in force.
pub(super) async fn run(service: Arc<Service>, mut serving: Option<Serving>) {
    let mut changes = service.nudge.subscribe();
    let mut now = service.rooms().plan.web.clone();
    while !service.stop.is_cancelled() {
        let stop = service.stop.child_token();
        let house = Arc::new(Pages { service: Arc::clone(&service) });
        let serve = async {
            match serving.take() {
                Some(serving) => serving.run(house, stop.clone()).await,
                None => stop.cancelled().await,
            }
        };
        let follow = async {
            other_plan(&service, now.as_ref(), &mut changes).await;
            stop.cancel();
        };
        tokio::join!(serve, follow);
        if service.stop.is_cancelled() {
            return;
        }
        let rooms = service.rooms();
        now = rooms.plan.web.clone();
        serving = open(&rooms, service.now()).await.unwrap_or_else(|why| {
            tracing::error!(
                why = format!("{why:#}"),
                "pages are not served until the configuration is loaded again"
            );
            None
        });
    }
}

/// Comes back when the plan names another address, or the service stops.
async fn other_plan(service: &Service, now: Option<&Settings>, changes: &mut watch::Receiver<u64>) {
    let listen = |web: Option<&Settings>| web.map(|web| web.listen);
    loop {
        tokio::select! {
            () = service.stop.cancelled() => return,
            changed = changes.changed() => if changed.is_err() { return },
        }
        if listen(service.rooms().plan.web.as_ref()) != listen(now) {
            return;
        }
    }
}

/// The service, as the web room asks it.
struct Pages {
    service: Arc<Service>,
}

impl House for Pages {
    fn now(&self) -> Timestamp {
        self.service.now()
    }

    async fn keys(&self) -> Result<Option<(Keyring, String)>, HouseFault> {
        let rooms = self.service.rooms();
        let Some(web) = &rooms.plan.web else { return Ok(None) };
        let keys = pages::keyring(&rooms.store).await.map_err(|why| fault(&why))?;
        Ok(Some((keys, web.origin().to_owned())))
    }

    async fn show(&self, page: Page) -> Result<Answer, HouseFault> {
        pages::show(&self.service.rooms(), &page).await.map_err(|why| fault(&why))
    }

    async fn hear(&self, pressed: Pressed) -> Result<Answer, HouseFault> {
        let answer = pages::hear(&self.service.rooms(), &pressed).await.map_err(|why| fault(&why))?;
        if matches!(answer, Answer::Page(_)) {
            self.service.nudge();
        }
        Ok(answer)
    }

    async fn fewer(&self, page: Page) -> Result<Answer, HouseFault> {
        pages::fewer(&self.service.rooms(), &page).await.map_err(|why| fault(&why))
    }

    fn refusal(&self) -> String {
        pages::refusal(&self.service.rooms())
    }

    fn trouble(&self) -> String {
        pages::trouble(&self.service.rooms())
    }
}

/// The reader learns no more than that it failed.
fn fault(why: &anyhow::Error) -> HouseFault {
    tracing::error!(why = format!("{why:#}"), "a page could not be made");
    HouseFault
}
