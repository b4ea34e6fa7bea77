//! One sender: mail after mail over one connection, for the service, for commands and for the demo.
//!
//! Each mail's state is committed before and after the moment at which the server may have it. What a reply means
//! for the mail is decided here once, from what the mail room says happened.

use jiff::Timestamp;
use kaizend_core::{
    domain::{Addressee, Delivery},
    policy::{
        bounce::Bounce,
        retry::{BackOff, Retry},
        standstill::Standstill,
    },
};
use kaizend_mail::{Attempt, MailAddress, Session};
use kaizend_store::{ClaimedMail, StoreError};
use tokio::task::JoinHandle;

use super::claims::{Claims, LEASE};
use crate::rooms::Rooms;

/// What was done with the outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drained {
    pub sent: u64,
    pub not_sent: u64,
}

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
    let mut sender =
        Sender { rooms, claims, orders, session: None, unfinished: None, drained: Drained::default() };
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

struct Sender<'a> {
    rooms: &'a Rooms,
    claims: &'a Claims,
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
        let End { outcome, note, at } = self.attempt(&mail).await;
        match outcome {
            Outcome::Is(Delivery::Sent { .. }, _) => self.drained.sent += 1,
            _ => self.drained.not_sent += 1,
        }
        let (store, claim) = (self.rooms.store.clone(), mail.claim);
        let end = async move {
            match outcome {
                Outcome::Is(delivery, again_at) => store.finish(claim, delivery, again_at, note, at).await,
                Outcome::Refused(bounce) => store.finish_refused(claim, bounce, note, at).await,
            }
        };
        let before = self.unfinished.replace(tokio::spawn(end));
        Ok(ended(before).await?)
    }

    async fn finish(&mut self) -> Result<(), StoreError> {
        ended(self.unfinished.take()).await
    }

    /// What came of one mail.
    async fn attempt(&mut self, mail: &ClaimedMail) -> End {
        let clock = self.orders.clock;
        if let Some(reason) = not_allowed(self.rooms, mail) {
            let delivery = Delivery::Held { by: "send-only-to".to_owned(), reason: reason.clone() };
            return End { outcome: Outcome::Is(delivery, None), note: reason, at: clock() };
        }
        if let Some(said) = mail.given_up.as_ref().filter(|_| can_bounce(mail)) {
            let note = format!("not tried: mail to this address came back ({said})");
            return End { outcome: Outcome::Refused(None), note, at: clock() };
        }
        let store = &self.rooms.store;
        let started = || async move {
            let now = clock();
            let until = now.checked_add(LEASE).unwrap_or(Timestamp::MAX);
            store.data_started(mail.claim, now, until).await
        };
        let session = self.session.get_or_insert_with(|| self.rooms.transport.session());
        let attempt = session.deliver(&mail.mail, started).await;
        let at = clock();
        let standstill = match &attempt {
            Attempt::PolicyBlocked { reason, .. } => self.stand_still(reason, at).await,
            _ => None,
        };
        let outcome = outcome(mail, &attempt, standstill.as_ref(), at);
        if !matches!(attempt, Attempt::Sent { .. }) {
            tracing::warn!(mail = mail.claim.mail.0, attempt = attempt.word(), "a mail was not sent");
        }
        End { outcome, note: said(&attempt), at }
    }

    /// The server refuses us, and would refuse every mail: nothing goes for a while, nor what is claimed already.
    async fn stand_still(&self, reason: &str, now: Timestamp) -> Option<Standstill> {
        let standstill = match self.rooms.store.stand_still(reason.to_owned(), now).await {
            Ok(standstill) => standstill,
            Err(error) => {
                tracing::error!(%error, "sending could not be stopped");
                return None;
            }
        };
        let until = standstill.until;
        tracing::error!(%reason, %until, "the mail server refuses us; sending stands still until then, or until `kaizend outbox release --all`");
        if let Err(error) = self.claims.give_back(&self.rooms.store, now).await {
            tracing::error!(%error, "claimed mails could not be given back; their lease ends");
        }
        Some(standstill)
    }
}

async fn ended(unfinished: Option<JoinHandle<Result<(), StoreError>>>) -> Result<(), StoreError> {
    match unfinished {
        Some(finish) => finish.await.map_err(|_| StoreError::Stopped)?,
        None => Ok(()),
    }
}

/// The end of an attempt, as the store keeps it.
struct End {
    outcome: Outcome,
    note: String,
    at: Timestamp,
}

/// What became of the mail.
enum Outcome {
    /// This; and when an uncertain mail is tried again.
    Is(Delivery, Option<Timestamp>),
    /// Its address refuses mail, now or since earlier.
    Refused(Option<Bounce>),
}

/// Operators are never given up: nobody is left who could be told instead.
fn can_bounce(mail: &ClaimedMail) -> bool {
    mail.addressee != Addressee::Operators
}

/// The refusal of `send-only-to`, if it refuses.
fn not_allowed(rooms: &Rooms, mail: &ClaimedMail) -> Option<String> {
    match mail.mail.envelope_to.parse::<MailAddress>() {
        Ok(address) => rooms.plan.mail.send_only_to.check(&address).err().map(|refused| refused.to_string()),
        Err(error) => Some(error.to_string()),
    }
}

/// What an attempt makes of the mail. One that the server refused because of us is no sooner tried than sending goes on.
fn outcome(
    mail: &ClaimedMail,
    attempt: &Attempt,
    standstill: Option<&Standstill>,
    now: Timestamp,
) -> Outcome {
    let attempts = mail.attempts + 1;
    let seed = mail.claim.mail.0.unsigned_abs();
    let retry = BackOff::MAIL.next_attempt(seed, mail.composed_at, attempts, now);
    let (delivery, again_at) = match (attempt, retry) {
        (Attempt::Sent { reply }, _) => (Delivery::Sent { at: now, reply: reply.clone() }, None),
        (Attempt::Failed { bounce: Some(bounce), .. }, _) if can_bounce(mail) => {
            return Outcome::Refused(Some(*bounce));
        }
        (Attempt::Failed { reason, .. }, _) => (Delivery::Failed { at: now, reason: reason.clone() }, None),
        (Attempt::Deferred { reason, .. } | Attempt::PolicyBlocked { reason, .. }, Retry::At(at)) => {
            let until = standstill.map_or(at, |standstill| at.max(standstill.until));
            (Delivery::Deferred { until, attempts, reason: reason.clone() }, None)
        }
        (Attempt::Uncertain { reason }, Retry::At(at)) => {
            (Delivery::Uncertain { since: now, reason: reason.clone() }, Some(at))
        }
        (_, Retry::GiveUp { reason }) => (Delivery::Failed { at: now, reason: reason.to_string() }, None),
    };
    Outcome::Is(delivery, again_at)
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
