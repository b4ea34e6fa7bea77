//! The daily sign of life as a mail in the outbox. It holds no notices: nobody decided it but the clock.

use jiff::Timestamp;
use kaizend_core::domain::Addressee;
use kaizend_mail::{Correspondent, Envelope, Kind, MailAddress, MessageId, compose};
use kaizend_store::{Audience, MailKind, NewMail, Telling};
use kaizend_text::{AuditSeal, LifeSign, NextLook, Rendered};

use super::letter::warn_of_words;
use crate::{
    config::{Check, MailBeat, Watcher},
    rooms::Rooms,
};

/// Queues the sign for the span from `since` to `now`. Said again on the same day of the company it adds nothing.
pub(crate) async fn sign_of_life(
    rooms: &Rooms,
    beat: &MailBeat,
    since: Timestamp,
    now: Timestamp,
) -> anyhow::Result<()> {
    let rendered = render(rooms, beat, since, now).await?;
    warn_of_words(&rendered);
    let mut mails = Vec::new();
    for to in recipients(rooms, beat) {
        mails.push(NewMail {
            mail: compose(&envelope(rooms, to, now), &rendered)?,
            kind: MailKind::Operator,
            addressee: Addressee::Operators,
            audience: Audience::Staff,
            notices: Vec::new(),
            said: Vec::new(),
            held: None,
        });
    }
    rooms.store.compose(Telling { mails, ..Telling::default() }, now).await?;
    Ok(())
}

fn recipients<'a>(rooms: &'a Rooms, beat: &'a MailBeat) -> &'a [MailAddress] {
    match &beat.to {
        Watcher::Operators => &rooms.plan.company.operators,
        Watcher::Address(address) => std::slice::from_ref(address),
    }
}

fn envelope(rooms: &Rooms, to: &MailAddress, now: Timestamp) -> Envelope {
    Envelope {
        kind: Kind::Operator,
        from: rooms.plan.mail.from.clone(),
        to: Correspondent::new(None, to.clone()),
        reply_to: rooms.plan.mail.reply_to.clone(),
        message_id: message_id(rooms, to, now),
        earlier: Vec::new(),
        date: now,
        bounces: rooms.plan.mail.bounces.clone(),
        unsubscribe: None,
    }
}

async fn render(
    rooms: &Rooms,
    beat: &MailBeat,
    since: Timestamp,
    now: Timestamp,
) -> anyhow::Result<Rendered> {
    let counts = rooms.store.day_counts(since, now).await?;
    let head = rooms.store.audit_head().await?;
    let sign = LifeSign {
        voice: rooms.voice(None),
        brand: &rooms.brand(),
        since,
        until: now,
        looks: counts.looks,
        could_not_look: counts.could_not_look,
        mails_sent: counts.mails_sent,
        mails_not_sent: counts.mails_not_sent,
        findings_open: counts.findings_open,
        next_looks: next_looks(rooms, now),
        audit: head.map(|head| AuditSeal { row: head.seq, digest: head.digest.to_string() }),
        daily_at: beat.at.to_string(),
    };
    Ok(sign.render(&rooms.words, &rooms.stationery)?)
}

fn next_looks(rooms: &Rooms, now: Timestamp) -> Vec<NextLook<'_>> {
    let next = |check: &Check| check.schedule.next(now, &check.zone).map(|next| next.at);
    let looks = rooms.plan.checks.values();
    looks.filter_map(|check| Some(NextLook { check: &check.title, at: next(check)? })).collect()
}

fn message_id(rooms: &Rooms, to: &MailAddress, now: Timestamp) -> MessageId {
    let day = now.to_zoned_datetime(rooms.plan.company.zone.clone()).date();
    MessageId::new(Kind::Operator, &format!("heartbeat-{day}"), to, 0, rooms.plan.mail.from.address.domain())
}
