//! The loop that hands mails over, and the same hand-over for commands and the demo.
//!
//! One connection at a time; each mail's state is committed before and after the moment at which the server
//! may have it. What a reply means for the mail is decided here once, from what the mail room says happened.

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use kaizend_core::{
    domain::Delivery,
    policy::retry::{BackOff, Retry},
};
use kaizend_mail::{Attempt, MailAddress, Session};
use kaizend_store::{ClaimedMail, Pause};

use super::{Rest, Service, pulse::Beat};
use crate::rooms::Rooms;

/// Mails that are claimed together; they go over one connection.
const BATCH: u32 = 16;

/// A claim outlasts the longest patience of all SMTP phases together.
const LEASE: SignedDuration = SignedDuration::from_hours(1);

/// What one delivery may take before the watchdog calls it stuck: the sum of RFC 5321's times.
const ONE_DELIVERY: Duration = Duration::from_secs(45 * 60);

/// What was done with the outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drained {
    pub sent: u64,
    pub not_sent: u64,
}

pub(super) async fn run(service: Arc<Service>) {
    let mut rest = Rest::of(&service, Beat::Sending);
    loop {
        let rooms = service.rooms();
        let busy = || service.pulse.busy(Beat::Sending, ONE_DELIVERY);
        match drain(&rooms, &Timestamp::now, &busy, &|| service.stop.is_cancelled()).await {
            Ok(drained) if drained != Drained::default() => {
                tracing::info!(sent = drained.sent, not_sent = drained.not_sent, "handed mails over");
            }
            Ok(_) => {}
            Err(error) => tracing::error!(error = format!("{error:#}"), "the outbox could not be worked on"),
        }
        let wake = rooms.store.next_ready_mail().await.ok().flatten();
        // A paused outbox has mails that are ready and do not go.
        let wake = wake.filter(|at| *at > Timestamp::now());
        if !rest.until(wake).await {
            return;
        }
    }
}

/// Hands over every mail that may go now.
pub async fn drain(
    rooms: &Rooms,
    clock: &(dyn Fn() -> Timestamp + Sync),
    begins: &(dyn Fn() + Sync),
    stop: &(dyn Fn() -> bool + Sync),
) -> anyhow::Result<Drained> {
    let mut drained = Drained::default();
    let mut session: Option<Session> = None;
    while !stop() {
        let now = clock();
        let claimed = rooms.store.claim(now, &rooms.holder, now.checked_add(LEASE)?, BATCH).await?;
        if claimed.is_empty() {
            break;
        }
        for mail in claimed {
            begins();
            let session = session.get_or_insert_with(|| rooms.transport.session());
            if hand_over(rooms, session, &mail, clock).await? {
                drained.sent += 1;
            } else {
                drained.not_sent += 1;
            }
        }
    }
    if let Some(session) = session {
        session.close().await;
    }
    Ok(drained)
}

/// One mail, to its recorded end. Whether it was sent.
async fn hand_over(
    rooms: &Rooms,
    session: &mut Session,
    mail: &ClaimedMail,
    clock: &(dyn Fn() -> Timestamp + Sync),
) -> anyhow::Result<bool> {
    let attempt = match not_allowed(rooms, mail) {
        Some(reason) => {
            let held = Delivery::Held { by: "send-only-to".to_owned(), reason: reason.clone() };
            rooms.store.finish(mail.claim, held, None, reason, clock()).await?;
            return Ok(false);
        }
        None => {
            let started = || async {
                let now = clock();
                let until = now.checked_add(LEASE).unwrap_or(Timestamp::MAX);
                rooms.store.data_started(mail.claim, now, until).await
            };
            session.deliver(&mail.mail, started).await
        }
    };
    let now = clock();
    let (delivery, again_at) = outcome(mail, &attempt, now);
    if let Attempt::PolicyBlocked { reason, .. } = &attempt {
        tracing::error!(%reason, "the mail server refuses us; sending is paused until `kaizend outbox release --all`");
        let pause = Pause { by: "mail server".to_owned(), reason: reason.clone(), since: now };
        rooms.store.pause_outbox(Some(pause)).await?;
    }
    let sent = matches!(delivery, Delivery::Sent { .. });
    if !sent {
        tracing::warn!(mail = mail.claim.mail.0, attempt = attempt.word(), "a mail was not sent");
    }
    rooms.store.finish(mail.claim, delivery, again_at, said(&attempt), now).await?;
    Ok(sent)
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
