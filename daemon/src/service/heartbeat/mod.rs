//! The heartbeat: proof to somebody elsewhere that the daemon does its work. It goes out only while every loop of
//! the service came round lately without an error and the store can be written; so silence means trouble, whatever
//! the trouble is.
//!
//! This loop is none of those that the pulse watches: were it stuck, its silence would say so.

mod outage;
mod request;
mod word;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use kaizend_core::{
    domain::{ServiceTrouble, Unheard},
    policy::daily,
};
use kaizend_store::Way;

use self::outage::{Outage, Turn};
use super::{Service, pulse};
use crate::{
    config::{MailBeat, UrlBeat},
    rooms::Rooms,
    telling,
};

/// How long the other loops may be silent: each comes round at least once in half of it.
const PATIENCE: Duration = Duration::from_secs(2 * pulse::ROUND.as_secs());

/// How long an answer is waited for.
const ANSWER: Duration = Duration::from_secs(10);

/// How soon a beat that did not arrive is tried again, where its turn would come later.
const AGAIN: Duration = Duration::from_secs(60);

/// How often the store is marked.
const MARK: Duration = Duration::from_secs(60);

/// Between rounds while the loops do not work: a beat follows as soon as they do.
const SOON: Duration = Duration::from_secs(1);

/// How long a sign of life looks back when there was none before it.
const DAY: SignedDuration = SignedDuration::from_hours(24);

pub(super) async fn run(service: Arc<Service>) {
    let mut heart = Heart::new();
    loop {
        let wait = heart.come_round(&service, service.now()).await;
        tokio::select! {
            () = service.stop.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
        }
    }
}

struct Heart {
    born: Instant,
    loops: Outage,
    marked: Option<Timestamp>,
    /// When `url` was asked for last.
    asked: Option<Timestamp>,
    url: Outage,
}

impl Heart {
    fn new() -> Self {
        Self {
            born: Instant::now(),
            loops: Outage::default(),
            marked: None,
            asked: None,
            url: Outage::default(),
        }
    }

    /// One round; gives the time to the next.
    async fn come_round(&mut self, service: &Service, now: Timestamp) -> Duration {
        let works = service.pulse.works(PATIENCE);
        if !works && self.born.elapsed() < PATIENCE {
            return SOON;
        }
        match self.loops.hear(works) {
            Some(Turn::Began) => {
                tracing::error!("a loop of the service fails, or no longer moves: no heartbeat goes out");
            }
            Some(Turn::Ended) => tracing::info!("all loops of the service work again: heartbeats go out"),
            None => {}
        }
        if !works {
            return SOON;
        }
        let rooms = service.rooms();
        let heartbeat = &rooms.plan.heartbeat;
        if is_due(self.marked, MARK, now) && mark(service, &rooms, now).await {
            self.marked = Some(now);
        }
        if let Some(mail) = &heartbeat.mail {
            sign_of_life(service, &rooms, mail, now).await;
        }
        let Some(url) = &heartbeat.url else { return pulse::ROUND };
        let every = if self.url.lasts() { url.every.min(AGAIN) } else { url.every };
        if is_due(self.asked, every, now) {
            self.asked = Some(now);
            self.ask(service, &rooms, url, now).await;
        }
        every.min(pulse::ROUND)
    }

    async fn ask(&mut self, service: &Service, rooms: &Rooms, beat: &UrlBeat, now: Timestamp) {
        if let Err(error) = rooms.store.beat_begins(Way::Url, now).await {
            tracing::error!(%error, "the store cannot be written: no heartbeat goes out");
            return;
        }
        let url = beat.url.clone();
        let asking = tokio::task::spawn_blocking(move || request::ask(&url, ANSWER));
        let answer = tokio::select! {
            () = service.stop.cancelled() => return,
            answer = asking => answer,
        };
        let Ok(answer) = answer else {
            tracing::error!("asking for [heartbeat] url panicked");
            return;
        };
        let turn = self.url.hear(answer.is_ok());
        let kept = match answer {
            Ok(()) => {
                if turn == Some(Turn::Ended) {
                    tracing::info!("heartbeats arrive at [heartbeat] url again");
                }
                rooms.store.beat_succeeds(Way::Url, service.now()).await
            }
            Err(why) => {
                if turn == Some(Turn::Began) {
                    tracing::warn!(
                        %why,
                        "a heartbeat did not arrive at [heartbeat] url; trying again, and saying no more until it does"
                    );
                }
                unheard(service, rooms, why).await
            }
        };
        if let Err(error) = kept {
            tracing::error!(%error, "what became of a heartbeat could not be written down");
        }
    }
}

/// A beat in the future was written by a wrong clock, which must not silence the next.
fn is_due(last: Option<Timestamp>, every: Duration, now: Timestamp) -> bool {
    last.is_none_or(|last| last > now || last.checked_add(every).is_ok_and(|next| next <= now))
}

/// Marks in the store that the service moves; the operators hear if the mark before is old. Gives whether it stands.
async fn mark(service: &Service, rooms: &Rooms, now: Timestamp) -> bool {
    let after = rooms.plan.heartbeat.tell_after;
    let tell = move |before| {
        let silent = word::silent(before, now, after)?;
        if let ServiceTrouble::Silent { from, until } = &silent {
            tracing::warn!(%from, %until, "the service was silent");
        }
        Some(silent.notice(now))
    };
    match rooms.store.mark_moving(now, tell).await {
        Ok(told) => {
            if told {
                service.nudge();
            }
            true
        }
        Err(error) => {
            tracing::error!(%error, "the store cannot be marked as served");
            false
        }
    }
}

/// Writes down that a beat did not arrive, and tells the operators once it has lasted.
async fn unheard(service: &Service, rooms: &Rooms, why: Unheard) -> Result<(), kaizend_store::StoreError> {
    let (now, after) = (service.now(), rooms.plan.heartbeat.tell_after);
    let tell = move |beats: &kaizend_store::Beats, told| {
        word::unheard(beats.failing_since, told, why, now, after).map(|trouble| trouble.notice(now))
    };
    if rooms.store.beat_fails(Way::Url, why.to_string(), now, tell).await? {
        service.nudge();
    }
    Ok(())
}

/// Writes the day's mail, if it is time. It leaves as any other mail does.
async fn sign_of_life(service: &Service, rooms: &Rooms, beat: &MailBeat, now: Timestamp) {
    match write_sign(rooms, beat, now).await {
        Ok(true) => service.nudge(),
        Ok(false) => {}
        Err(error) => tracing::error!(error = format!("{error:#}"), "the sign of life could not be written"),
    }
}

async fn write_sign(rooms: &Rooms, beat: &MailBeat, now: Timestamp) -> anyhow::Result<bool> {
    let beats = rooms.store.beats().await?;
    let last = beats.iter().find(|beats| beats.way == Way::Mail).and_then(|beats| beats.succeeded_at);
    if !daily::due(last, now, beat.at, &rooms.plan.company.zone) {
        return Ok(false);
    }
    let since = last.filter(|last| *last < now).or(now.checked_sub(DAY).ok()).unwrap_or(now);
    rooms.store.beat_begins(Way::Mail, now).await?;
    telling::sign_of_life(rooms, beat, since, now).await?;
    // A crash before this says it once more: the same mail of the same day, which the outbox has already.
    rooms.store.beat_succeeds(Way::Mail, now).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beat_is_due_when_its_time_has_passed_or_the_clock_was_wrong() {
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        let every = Duration::from_secs(60);
        for (name, last, now, due) in [
            ("never", None, 1000, true),
            ("just now", Some(1000), 1000, false),
            ("a second early", Some(1000), 1059, false),
            ("on time", Some(1000), 1060, true),
            ("in the future", Some(9000), 1000, true),
        ] {
            assert_eq!(is_due(last.map(at), every, at(now)), due, "{name}");
        }
    }
}
