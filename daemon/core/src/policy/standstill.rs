//! When sending goes on after the mail server has refused us, not an address: it stands still for a while, longer each
//! time that it is refused again, and the operators hear of it once, not each time.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::domain::{CheckId, Notice, RunId, TellBecause};

/// Stands for the outbox where a check has its id. No check can have this one.
const OUTBOX: &str = "[mail]";

/// The first wait; each further one is twice as long.
const FIRST: SignedDuration = SignedDuration::from_mins(15);
const MOST: SignedDuration = SignedDuration::from_hours(4);

/// Refusals that come within so long after the last one are the same trouble.
const SAME: SignedDuration = SignedDuration::from_hours(24);

/// Nothing is sent before `until`. It is remembered afterwards, to know what is new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Standstill {
    /// When the trouble began, of which the operators know.
    pub since: Timestamp,
    pub until: Timestamp,
    /// What the server said last, and when.
    pub reason: String,
    pub refused_at: Timestamp,
    /// How often it refused us since it last took a mail.
    pub in_a_row: u32,
}

impl Standstill {
    /// After a refusal, with the word to the operators when the trouble is new.
    pub fn refused(before: Option<&Self>, reason: String, now: Timestamp) -> (Self, Option<Notice>) {
        let same = before.filter(|before| now.duration_since(before.refused_at) < SAME);
        // What was under way on other connections when sending stopped says nothing new.
        if let Some(before) = same.filter(|before| now < before.until) {
            return (before.clone(), None);
        }
        let earlier = same.map_or(0, |before| before.in_a_row);
        let wait = FIRST.saturating_mul(1 << earlier.min(16)).min(MOST);
        let notice = same.is_none().then(|| {
            Notice::to_operators(CheckId::from(OUTBOX), TellBecause::Refused, RunId(0), now, reason.clone())
        });
        let standstill = Self {
            since: same.map_or(now, |before| before.since),
            until: now.checked_add(wait).unwrap_or(Timestamp::MAX),
            reason,
            refused_at: now,
            in_a_row: earlier.saturating_add(1),
        };
        (standstill, notice)
    }

    /// After the server has taken a mail: the next refusal is a first one again, of a trouble that is known.
    pub fn served(self) -> Self {
        Self { in_a_row: 0, ..self }
    }

    pub fn is_in_force(&self, now: Timestamp) -> bool {
        now < self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::samples::at;

    fn minutes(count: i64) -> Timestamp {
        at("2026-11-23T08:00:00Z") + SignedDuration::from_mins(count)
    }

    fn refused(before: Option<&Standstill>, minute: i64) -> (Standstill, bool) {
        let (standstill, notice) =
            Standstill::refused(before, format!("550 5.7.1 at {minute}"), minutes(minute));
        let said = notice.as_ref().and_then(|notice| notice.detail.clone());
        assert!(said.is_none_or(|said| said == format!("550 5.7.1 at {minute}")));
        (standstill, notice.is_some())
    }

    #[test]
    fn it_waits_longer_each_time_and_is_told_once() {
        let (mut standstill, told) = refused(None, 0);
        assert!(told && standstill.is_in_force(minutes(14)) && !standstill.is_in_force(minutes(15)));
        let mut now = 15;
        for wait in [30, 60, 120, 240, 240, 240] {
            let (after, told) = refused(Some(&standstill), now);
            assert_eq!(
                (after.until, told, after.since),
                (minutes(now + wait), false, minutes(0)),
                "at {now}"
            );
            (standstill, now) = (after, now + wait);
        }
    }

    #[test]
    fn what_was_under_way_when_it_began_counts_once() {
        let (standstill, _) = refused(None, 0);
        assert_eq!(refused(Some(&standstill), 1), (standstill.clone(), false));
        assert_eq!(refused(Some(&standstill), 14), (standstill, false));
    }

    /// One mail that is refused for what is in it does not make the others wait for hours, nor the operators read of it
    /// all day.
    #[test]
    fn between_mails_that_are_taken_each_wait_is_short_and_nobody_is_told_again() {
        let (mut standstill, _) = refused(None, 0);
        for minute in [60, 120, 600, 2000] {
            let (after, told) = refused(Some(&standstill.served()), minute);
            assert_eq!((after.until, told), (minutes(minute + 15), false), "{minute}");
            standstill = after;
        }
        let day_later = 2000 + 24 * 60;
        assert!(!refused(Some(&standstill), day_later - 1).1);
        let (new, told) = refused(Some(&standstill), day_later);
        assert_eq!((new.since, new.until, told), (minutes(day_later), minutes(day_later + 15), true));
    }
}
