//! When to try again what failed for a reason that may pass: a mail that the server defers, a source that is busy.
//!
//! Retry is data, decided here and kept as a row; no loop anywhere else waits by itself.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long to wait after each failed attempt, and when to give up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackOff {
    /// The wait after the first failed attempt; each further one is twice as long.
    pub first: SignedDuration,
    /// The longest wait.
    pub most: SignedDuration,
    /// Since the first attempt: no attempt is later than this.
    pub give_up_after: SignedDuration,
    /// Each wait is longer by up to this share of it, in per cent, so that a thousand deferred mails do not
    /// come back in the same second.
    pub jitter_percent: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    At(Timestamp),
    GiveUp { reason: GiveUp },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum GiveUp {
    #[error("{attempts} attempts since {since}, none succeeded")]
    TooLong { since: Timestamp, attempts: u32 },
}

impl BackOff {
    /// Mail: 1000 s, doubling to 4000 s, for five days, as mail servers do among themselves.
    pub const MAIL: Self = Self {
        first: SignedDuration::from_secs(1000),
        most: SignedDuration::from_secs(4000),
        give_up_after: SignedDuration::from_hours(5 * 24),
        jitter_percent: 10,
    };

    /// A run whose source was locked or away: soon again, for an hour; then its next occurrence looks.
    pub const SOURCE: Self = Self {
        first: SignedDuration::from_secs(30),
        most: SignedDuration::from_mins(10),
        give_up_after: SignedDuration::from_hours(1),
        jitter_percent: 10,
    };

    /// When to try again after `attempts` failed attempts (at least one), the last of them at `now`.
    ///
    /// `seed` is the id of the mail or run: the same one always waits equally long, and different ones do not
    /// come back together.
    pub fn next_attempt(&self, seed: u64, first_attempt: Timestamp, attempts: u32, now: Timestamp) -> Retry {
        let reason = GiveUp::TooLong { since: first_attempt, attempts };
        let Ok(end) = first_attempt.checked_add(self.give_up_after) else {
            return Retry::GiveUp { reason };
        };
        match now.checked_add(self.wait(seed, attempts)) {
            Ok(at) if at <= end => Retry::At(at),
            _ => Retry::GiveUp { reason },
        }
    }

    fn wait(&self, seed: u64, attempts: u32) -> SignedDuration {
        let doublings = attempts.saturating_sub(1).min(30);
        let wait = self.first.saturating_mul(1 << doublings).min(self.most);
        let most = wait.as_secs().unsigned_abs() * u64::from(self.jitter_percent) / 100;
        let jitter = scattered(seed, attempts) % (most + 1);
        wait + SignedDuration::from_secs(i64::try_from(jitter).unwrap_or(0))
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): neighbouring ids give unrelated numbers.
fn scattered(seed: u64, attempts: u32) -> u64 {
    let mut z = seed.wrapping_add(u64::from(attempts).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn mail_waits_1000_2000_4000_seconds() {
        let exact = BackOff { jitter_percent: 0, ..BackOff::MAIL };
        let first = at("2026-11-23T10:00:00Z");
        for (attempts, wait) in [(1, 1000), (2, 2000), (3, 4000), (4, 4000), (40, 4000), (u32::MAX, 4000)] {
            let next = first + SignedDuration::from_secs(wait);
            assert_eq!(exact.next_attempt(7, first, attempts, first), Retry::At(next), "{attempts}");
        }
    }

    #[test]
    fn after_five_days_it_gives_up_and_says_why() {
        let exact = BackOff { jitter_percent: 0, ..BackOff::MAIL };
        let first = at("2026-11-23T10:00:00Z");
        let last = at("2026-11-28T08:53:20Z");
        assert_eq!(exact.next_attempt(7, first, 99, last), Retry::At(at("2026-11-28T10:00:00Z")));
        let late = last + SignedDuration::from_secs(1);
        let Retry::GiveUp { reason } = exact.next_attempt(7, first, 99, late) else {
            panic!("an attempt after the end");
        };
        assert_eq!(reason.to_string(), "99 attempts since 2026-11-23T10:00:00Z, none succeeded");
    }

    #[test]
    fn a_mail_gets_a_bounded_number_of_attempts() {
        let first = at("2026-11-23T10:00:00Z");
        let (mut now, mut attempts) = (first, 1);
        while let Retry::At(next) = BackOff::MAIL.next_attempt(42, first, attempts, now) {
            assert!(next > now);
            (now, attempts) = (next, attempts + 1);
        }
        assert!((95..=112).contains(&attempts), "{attempts}");
    }

    #[test]
    fn jitter_is_bounded_repeatable_and_spreads() {
        let first = at("2026-11-23T10:00:00Z");
        let waits: Vec<i64> = (0..1000)
            .map(|seed| match BackOff::MAIL.next_attempt(seed, first, 1, first) {
                Retry::At(next) => next.as_second() - first.as_second(),
                Retry::GiveUp { reason } => panic!("{reason}"),
            })
            .collect();
        assert!(waits.iter().all(|wait| (1000..=1100).contains(wait)), "{waits:?}");
        let different: std::collections::BTreeSet<_> = waits.iter().collect();
        assert!(different.len() > 90, "{} different waits", different.len());
        assert_eq!(BackOff::MAIL.wait(5, 2), BackOff::MAIL.wait(5, 2));
    }

    #[test]
    fn the_end_of_time_is_no_panic() {
        let end = Timestamp::MAX;
        assert!(matches!(BackOff::SOURCE.next_attempt(1, end, 1, end), Retry::GiveUp { .. }));
    }
}
