//! One sender: mail after mail over one connection, for the service, for commands and for the demo.
//!
//! Each mail's state is committed before and after the moment at which the server may have it. What a reply means
//! for the mail is decided here once, from what the mail room says happened.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};
use kaizend_core::{
    domain::Delivery,
    policy::retry::{BackOff, Retry},
};
use kaizend_mail::{Attempt, MailAddress, Session};
use kaizend_store::{ClaimedMail, Pause, StoreError};
use tokio::{sync::Mutex, task::JoinHandle};

use crate::rooms::Rooms;

/// Mails that are claimed together.
const BATCH: u32 = 8;

/// A claim outlasts the longest patience of all SMTP phases together.
const LEASE: SignedDuration = SignedDuration::from_hours(1);

/// What was done with the outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drained {
    pub sent: u64,
    pub not_sent: u64,
}

/// Mails that are claimed and not begun, for whichever sender is free: one that waits for a slow server holds its own
/// mail back and no other.
#[derive(Debug, Default)]
pub(super) struct Claims(Mutex<VecDeque<ClaimedMail>>);

/// What a sender is told from outside.
pub(super) struct Orders<'a> {
    pub(super) clock: &'a (dyn Fn() -> Timestamp + Sync),
    /// Hears that a mail begins.
    pub(super) begins: &'a (dyn Fn() + Sync),
    /// Whether no more mails are to be claimed; those that are go.
    pub(super) stop: &'a (dyn Fn() -> bool + Sync),
}

/// Hands over every mail that may go now, over one connection.
pub async fn drain(rooms: &Rooms, clock: &(dyn Fn() -> Timestamp + Sync)) -> anyhow::Result<Drained> {
    send(rooms, &Claims::default(), Orders { clock, begins: &|| {}, stop: &|| false }).await
}

/// One sender's work, until nothing is ready.
pub(super) async fn send(rooms: &Rooms, claims: &Claims, orders: Orders<'_>) -> anyhow::Result<Drained> {
    let mut sender = Sender { rooms, orders, session: None, unfinished: None, drained: Drained::default() };
    while let Some(mail) = claims.next(rooms, &sender.orders).await? {
        (sender.orders.begins)();
        sender.hand_over(mail).await?;
    }
    sender.finish().await?;
    if let Some(session) = sender.session {
        session.close().await;
    }
    Ok(sender.drained)
}

impl Claims {
    pub(super) async fn is_empty(&self) -> bool {
        self.0.lock().await.is_empty()
    }

    async fn next(&self, rooms: &Rooms, orders: &Orders<'_>) -> anyhow::Result<Option<ClaimedMail>> {
        let mut waiting = self.0.lock().await;
        if waiting.is_empty() && !(orders.stop)() {
            let now = (orders.clock)();
            waiting.extend(rooms.store.claim(now, &rooms.holder, now.checked_add(LEASE)?, BATCH).await?);
        }
        Ok(waiting.pop_front())
    }
}

struct Sender<'a> {
    rooms: &'a Rooms,
    orders: Orders<'a>,
    session: Option<Session>,
    /// The last mail's end, on its way to the store.
    unfinished: Option<JoinHandle<Result<(), StoreError>>>,
    drained: Drained,
}

impl Sender<'_> {
    /// Hands one mail over. Its end goes to the store at once, and is waited for only after the next mail: so it often
    /// shares a commit with that one's beginning. A crash still leaves one mail of this sender uncertain at most.
    async fn hand_over(&mut self, mail: ClaimedMail) -> anyhow::Result<()> {
        let End { delivery, again_at, note, at } = self.attempt(&mail).await;
        match delivery {
            Delivery::Sent { .. } => self.drained.sent += 1,
            _ => self.drained.not_sent += 1,
        }
        let (store, claim) = (self.rooms.store.clone(), mail.claim);
        let end = async move { store.finish(claim, delivery, again_at, note, at).await };
        let before = self.unfinished.replace(tokio::spawn(end));
        Ok(ended(before).await?)
    }

    async fn finish(&mut self) -> Result<(), StoreError> {
        ended(self.unfinished.take()).await
    }

    /// What came of one mail.
    async fn attempt(&mut self, mail: &ClaimedMail) -> End {
        if let Some(reason) = not_allowed(self.rooms, mail) {
            let delivery = Delivery::Held { by: "send-only-to".to_owned(), reason: reason.clone() };
            return End { delivery, again_at: None, note: reason, at: (self.orders.clock)() };
        }
        let (store, clock) = (&self.rooms.store, self.orders.clock);
        let started = || async move {
            let now = clock();
            let until = now.checked_add(LEASE).unwrap_or(Timestamp::MAX);
            store.data_started(mail.claim, now, until).await
        };
        let session = self.session.get_or_insert_with(|| self.rooms.transport.session());
        let attempt = session.deliver(&mail.mail, started).await;
        let at = clock();
        let (delivery, again_at) = outcome(mail, &attempt, at);
        if let Attempt::PolicyBlocked { reason, .. } = &attempt {
            pause(self.rooms, reason, at).await;
        }
        if !matches!(delivery, Delivery::Sent { .. }) {
            tracing::warn!(mail = mail.claim.mail.0, attempt = attempt.word(), "a mail was not sent");
        }
        End { delivery, again_at, note: said(&attempt), at }
    }
}

async fn ended(unfinished: Option<JoinHandle<Result<(), StoreError>>>) -> Result<(), StoreError> {
    match unfinished {
        Some(finish) => finish.await.map_err(|_| StoreError::Stopped)?,
        None => Ok(()),
    }
}

/// Stops all sending until a person has looked: the server refuses us, and would refuse every mail.
async fn pause(rooms: &Rooms, reason: &str, since: Timestamp) {
    tracing::error!(%reason, "the mail server refuses us; sending is paused until `kaizend outbox release --all`");
    let pause = Pause { by: "mail server".to_owned(), reason: reason.to_owned(), since };
    if let Err(error) = rooms.store.pause_outbox(Some(pause)).await {
        tracing::error!(%error, "sending could not be paused");
    }
}

/// The end of an attempt, as the store keeps it.
struct End {
    delivery: Delivery,
    /// When an uncertain mail is tried again.
    again_at: Option<Timestamp>,
    note: String,
    at: Timestamp,
}

/// The refusal of `send-only-to`, if it refuses.
fn not_allowed(rooms: &Rooms, mail: &ClaimedMail) -> Option<String> {
    match mail.mail.envelope_to.parse::<MailAddress>() {
        Ok(address) => rooms.plan.mail.send_only_to.check(&address).err().map(|refused| refused.to_string()),
        Err(error) => Some(error.to_string()),
    }
}

/// What an attempt makes of the mail, and when an uncertain one is tried again.
fn outcome(mail: &ClaimedMail, attempt: &Attempt, now: Timestamp) -> (Delivery, Option<Timestamp>) {
    let attempts = mail.attempts + 1;
    let seed = mail.claim.mail.0.unsigned_abs();
    let retry = BackOff::MAIL.next_attempt(seed, mail.composed_at, attempts, now);
    match (attempt, retry) {
        (Attempt::Sent { reply }, _) => (Delivery::Sent { at: now, reply: reply.clone() }, None),
        (Attempt::Failed { reason, .. }, _) => (Delivery::Failed { at: now, reason: reason.clone() }, None),
        (Attempt::Deferred { reason, .. } | Attempt::PolicyBlocked { reason, .. }, Retry::At(until)) => {
            (Delivery::Deferred { until, attempts, reason: reason.clone() }, None)
        }
        (Attempt::Uncertain { reason }, Retry::At(at)) => {
            (Delivery::Uncertain { since: now, reason: reason.clone() }, Some(at))
        }
        (_, Retry::GiveUp { reason }) => (Delivery::Failed { at: now, reason: reason.to_string() }, None),
    }
}

/// What the attempt's row says.
fn said(attempt: &Attempt) -> String {
    match attempt {
        Attempt::Sent { reply } => reply.clone(),
        Attempt::Deferred { reason, .. }
        | Attempt::Failed { reason, .. }
        | Attempt::Uncertain { reason }
        | Attempt::PolicyBlocked { reason, .. } => reason.clone(),
    }
}
