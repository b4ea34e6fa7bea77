//! Mails that are claimed and not begun, for whichever sender is free: one that waits for a slow server holds its own
//! mail back and no other. Each goes when it is its turn, as the core's flow says.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};
use kaizend_core::policy::flow::{Flow, Turn};
use kaizend_store::{ClaimedMail, Store, StoreError};
use tokio::sync::Mutex;

use super::sender::Orders;
use crate::rooms::Rooms;

/// Mails that are claimed together.
const BATCH: u32 = 8;

/// A claim outlasts the longest patience of all SMTP phases together.
pub(super) const LEASE: SignedDuration = SignedDuration::from_hours(1);

/// What the flow looks back on when a process begins.
const DAY: SignedDuration = SignedDuration::from_hours(24);

#[derive(Debug, Default)]
pub(super) struct Claims(Mutex<Desk>);

#[derive(Debug, Default)]
struct Desk {
    waiting: VecDeque<ClaimedMail>,
    /// `None` until the first mail asks.
    flow: Option<Flow>,
}

impl Claims {
    pub(super) async fn is_empty(&self) -> bool {
        self.0.lock().await.waiting.is_empty()
    }

    /// The next mail whose turn it is; the others are given back until theirs.
    pub(super) async fn next(
        &self,
        rooms: &Rooms,
        orders: &Orders<'_>,
    ) -> anyhow::Result<Option<ClaimedMail>> {
        let mut desk = self.0.lock().await;
        loop {
            if desk.waiting.is_empty() && !(orders.stop)() {
                let now = (orders.clock)();
                let claimed = rooms.store.claim(now, &rooms.holder, now.checked_add(LEASE)?, BATCH).await?;
                desk.waiting.extend(claimed);
            }
            let Some(mail) = desk.waiting.pop_front() else { return Ok(None) };
            let now = (orders.clock)();
            let limits = &rooms.plan.mail.limits;
            let flow = desk.flow(&rooms.store, now).await?;
            match flow.turn(mail.claim.mail, &mail.mail.envelope_to, limits, now) {
                Turn::Now => return Ok(Some(mail)),
                Turn::At(until, waits) => {
                    tracing::info!(mail = mail.claim.mail.0, %until, %waits, "a mail waits for its turn");
                    rooms.store.postpone(mail.claim, until, waits.to_string()).await?;
                }
            }
        }
    }

    /// Gives back what is not begun, because sending stands still.
    pub(super) async fn give_back(&self, store: &Store, now: Timestamp) -> Result<(), StoreError> {
        for mail in std::mem::take(&mut self.0.lock().await.waiting) {
            store.put_back(mail.claim, now).await?;
        }
        Ok(())
    }
}

impl Desk {
    async fn flow(&mut self, store: &Store, now: Timestamp) -> Result<&mut Flow, StoreError> {
        if self.flow.is_none() {
            let mut flow = Flow::default();
            for (address, at) in store.sent_since(now.checked_sub(DAY).unwrap_or(Timestamp::MIN)).await? {
                flow.went(&address, at);
            }
            self.flow = Some(flow);
        }
        Ok(self.flow.get_or_insert_default())
    }
}
