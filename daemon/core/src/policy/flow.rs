//! How many mails go to whom in an hour, and how many a day in all: a mail above that waits for its turn.
//!
//! Receivers refuse whoever writes too much at once, and a mistake that writes to everybody is caught while it is
//! small. Turns are given in the order in which mails ask, so that no mail waits for one that came after it.

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use crate::domain::MailId;

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The most that may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// To one address in an hour.
    pub to_address: u32,
    /// To all addresses of one domain in an hour.
    pub to_domain: u32,
    /// In all, in 24 hours.
    pub in_a_day: u32,
}

/// Which of the limits a mail waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Waits {
    #[error("mails to one address in an hour: at most {0}")]
    Address(u32),
    #[error("mails to one domain in an hour: at most {0}")]
    Domain(u32),
    #[error("mails in a day: at most {0}")]
    Day(u32),
}

/// A mail's turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Now,
    At(Timestamp, Waits),
}

/// The mails that went, and those that have been given a turn.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    to_address: BTreeMap<String, Turns>,
    to_domain: BTreeMap<String, Turns>,
    all: Turns,
    /// Turns that lie ahead, and are counted above.
    given: BTreeMap<MailId, Timestamp>,
    /// When those were left out last to whom nothing went for long.
    swept: Option<Timestamp>,
}

/// Moments of mails, in their order.
type Turns = VecDeque<Timestamp>;

impl Flow {
    /// A mail that went before this process began.
    pub fn went(&mut self, address: &str, at: Timestamp) {
        for turns in self.turns(address) {
            insert(turns, at);
        }
    }

    /// When the mail may go. A turn that was given is kept: whoever asks again when it has come is let through.
    pub fn turn(&mut self, mail: MailId, address: &str, limits: &Limits, now: Timestamp) -> Turn {
        if self.given.get(&mail).is_some_and(|given| *given <= now) {
            self.given.remove(&mail);
            return Turn::Now;
        }
        self.sweep(now);
        let [to_address, to_domain, all] = self.turns(address);
        forget(to_address, HOUR, now);
        forget(to_domain, HOUR, now);
        forget(all, DAY, now);
        let waits = [
            after(to_address, limits.to_address, HOUR).map(|at| (at, Waits::Address(limits.to_address))),
            after(to_domain, limits.to_domain, HOUR).map(|at| (at, Waits::Domain(limits.to_domain))),
            after(all, limits.in_a_day, DAY).map(|at| (at, Waits::Day(limits.in_a_day))),
        ];
        let latest = waits.into_iter().flatten().max().filter(|(at, _)| *at > now);
        let at = latest.map_or(now, |(at, _)| at);
        for turns in [to_address, to_domain, all] {
            insert(turns, at);
        }
        match latest {
            None => Turn::Now,
            Some((at, why)) => {
                self.given.insert(mail, at);
                Turn::At(at, why)
            }
        }
    }

    fn turns(&mut self, address: &str) -> [&mut Turns; 3] {
        let address = address.to_lowercase();
        let domain = address.rsplit_once('@').map_or_else(String::new, |(_, domain)| domain.to_owned());
        [
            self.to_address.entry(address).or_default(),
            self.to_domain.entry(domain).or_default(),
            &mut self.all,
        ]
    }

    /// Now and then: nothing is kept of those to whom nothing goes.
    fn sweep(&mut self, now: Timestamp) {
        if self.swept.is_some_and(|at| now.duration_since(at) < HOUR) {
            return;
        }
        self.swept = Some(now);
        for hourly in [&mut self.to_address, &mut self.to_domain] {
            hourly.retain(|_, turns| {
                forget(turns, HOUR, now);
                !turns.is_empty()
            });
        }
        // A mail that was cancelled never came back for its turn.
        self.given.retain(|_, at| now.duration_since(*at) < DAY);
    }
}

/// What is too old to count.
fn forget(turns: &mut Turns, span: SignedDuration, now: Timestamp) {
    while turns.front().is_some_and(|at| now.duration_since(*at) >= span) {
        turns.pop_front();
    }
}

/// From when one more may go: a `span` after the one that is `most` before it.
fn after(turns: &Turns, most: u32, span: SignedDuration) -> Option<Timestamp> {
    let before = turns.len().checked_sub(usize::try_from(most).unwrap_or(usize::MAX))?;
    Some(turns.get(before)?.checked_add(span).unwrap_or(Timestamp::MAX))
}

fn insert(turns: &mut Turns, at: Timestamp) {
    let place = turns.partition_point(|other| *other <= at);
    turns.insert(place, at);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::samples::at;

    const ANY: Limits = Limits { to_address: u32::MAX, to_domain: u32::MAX, in_a_day: u32::MAX };

    fn minutes(count: i64) -> Timestamp {
        at("2026-11-23T08:00:00Z") + SignedDuration::from_mins(count)
    }

    /// Mails, each with the minute at which it asks, and the minute of its turn.
    fn play(limits: &Limits, mails: &[(&str, i64, i64)]) {
        let mut flow = Flow::default();
        for (id, (to, asks, turn)) in mails.iter().enumerate() {
            let id = MailId(i64::try_from(id).unwrap());
            let given = match flow.turn(id, to, limits, minutes(*asks)) {
                Turn::Now => minutes(*asks),
                Turn::At(at, _) => at,
            };
            assert_eq!(given, minutes(*turn), "{id} to {to} at {asks}");
        }
    }

    #[test]
    fn the_third_mail_of_an_hour_waits_until_the_first_is_an_hour_old() {
        let limits = Limits { to_address: 2, ..ANY };
        play(&limits, &[("a@x", 0, 0), ("a@x", 10, 10), ("a@x", 20, 60), ("b@x", 20, 20), ("A@X", 21, 70)]);
        play(&limits, &[("a@x", 0, 0), ("a@x", 10, 10), ("a@x", 60, 60), ("a@x", 69, 70)]);
        play(&ANY, &[("a@x", 0, 0), ("a@x", 0, 0), ("a@x", 0, 0)]);
    }

    #[test]
    fn each_limit_counts_for_itself_and_the_latest_turn_holds() {
        let limits = Limits { to_domain: 2, ..ANY };
        play(&limits, &[("a@x", 0, 0), ("b@x", 0, 0), ("c@x", 5, 60), ("c@y", 5, 5)]);
        let limits = Limits { in_a_day: 2, ..ANY };
        play(&limits, &[("a@x", 0, 0), ("b@y", 9, 9), ("c@z", 10, 24 * 60), ("c@z", 11, 24 * 60 + 9)]);
        let limits = Limits { to_address: 1, to_domain: 2, ..ANY };
        play(&limits, &[("a@x", 0, 0), ("a@x", 10, 60), ("b@x", 20, 60), ("b@x", 30, 120)]);
    }

    #[test]
    fn a_turn_that_was_given_is_kept_and_counts_once() {
        let limits = Limits { to_address: 1, ..ANY };
        let mut flow = Flow::default();
        flow.went("a@x", minutes(0));
        let waits = Turn::At(minutes(60), Waits::Address(1));
        assert_eq!(flow.turn(MailId(1), "a@x", &limits, minutes(1)), waits);
        assert_eq!(
            flow.turn(MailId(2), "a@x", &limits, minutes(2)),
            Turn::At(minutes(120), Waits::Address(1))
        );
        assert_eq!(flow.turn(MailId(1), "a@x", &limits, minutes(60)), Turn::Now);
        assert_eq!(flow.turn(MailId(2), "a@x", &limits, minutes(120)), Turn::Now);
        assert_eq!(
            flow.turn(MailId(3), "a@x", &limits, minutes(121)),
            Turn::At(minutes(180), Waits::Address(1))
        );
        // Its turn is over: should it come back to be tried again, it is counted again.
        assert_eq!(
            flow.turn(MailId(1), "a@x", &limits, minutes(122)),
            Turn::At(minutes(240), Waits::Address(1))
        );
    }

    #[test]
    fn what_is_old_is_forgotten() {
        let limits = Limits { to_address: 1, to_domain: 1, in_a_day: 1 };
        let mut flow = Flow::default();
        for day in 0..100 {
            let address = format!("{day}@x");
            assert_eq!(flow.turn(MailId(day), &address, &limits, minutes(day * 24 * 60)), Turn::Now);
        }
        assert_eq!((flow.all.len(), flow.to_address.len(), flow.to_domain["x"].len()), (1, 1, 1));
    }
}
