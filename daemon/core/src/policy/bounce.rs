//! Whom a refusal of a mail blames, and when an address has bounced so often that nothing is sent to it any more.
//!
//! It counts the same whether the refusal was a reply in the conversation or a report that came back later (RFC 3464).

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A refusal for good that speaks of the address, not of the mail, of us, or of the way there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bounce {
    /// There is no such mailbox, or it was closed.
    Hard,
    /// There is one, and it takes nothing now: it is full, or its owner forgot it.
    Soft,
}

/// So many soft bounces within [`WHILE`] are as good as a hard one.
const SOFT: usize = 3;
const WHILE: SignedDuration = SignedDuration::from_hours(30 * 24);

impl Bounce {
    /// Of the enhanced status (RFC 3463), as a reply or a report says it. `None`: it blames not the address.
    pub fn of_status(status: (u8, u16, u16)) -> Option<Self> {
        match status {
            // 5.1.7 and 5.1.8 are about the sender: that is us.
            (5, 1, 7 | 8) => None,
            (5, 1, _) | (5, 2, 1) => Some(Self::Hard),
            // 5.2.3 is about the mail: it is too long for that mailbox.
            (5, 2, 3) => None,
            (5, 2, _) => Some(Self::Soft),
            _ => None,
        }
    }

    /// Of a reply to the recipient's name that has no enhanced status.
    pub fn of_code(code: u16) -> Option<Self> {
        match code {
            550 | 551 | 553 => Some(Self::Hard),
            552 => Some(Self::Soft),
            _ => None,
        }
    }
}

/// What is remembered of an address that bounced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Bounced {
    /// Those of the last while, oldest first.
    pub bounces: Vec<(Timestamp, Bounce)>,
    /// Since when nothing is sent to it.
    pub given_up: Option<Timestamp>,
    /// What the last refusal said.
    pub reason: String,
}

impl Bounced {
    /// After one more bounce.
    pub fn again(mut self, bounce: Bounce, reason: String, now: Timestamp) -> Self {
        let begin = now.checked_sub(WHILE).unwrap_or(Timestamp::MIN);
        self.bounces.retain(|(at, _)| *at > begin);
        self.bounces.push((now, bounce));
        let too_many = bounce == Bounce::Hard || self.bounces.len() >= SOFT;
        self.given_up = self.given_up.or(too_many.then_some(now));
        Self { reason, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::{Bounce::*, *};
    use crate::policy::samples::at;

    #[test]
    fn a_status_blames_the_address_or_not() {
        for (status, blames, why) in [
            ((5, 1, 1), Some(Hard), "no such mailbox"),
            ((5, 1, 2), Some(Hard), "no such domain"),
            ((5, 1, 10), Some(Hard), "the domain takes no mail"),
            ((5, 1, 7), None, "a bad sender is us"),
            ((5, 1, 8), None, "a bad sender is us"),
            ((5, 2, 1), Some(Hard), "closed"),
            ((5, 2, 2), Some(Soft), "full"),
            ((5, 2, 3), None, "the mail is too long"),
            ((5, 3, 4), None, "the mail is too long for the server"),
            ((5, 4, 4), None, "no way there now"),
            ((5, 6, 0), None, "the mail's content"),
            ((5, 7, 1), None, "policy: never the address"),
            ((4, 1, 1), None, "for later, not for good"),
        ] {
            assert_eq!(Bounce::of_status(status), blames, "{status:?}: {why}");
        }
        for (code, blames) in
            [(550, Some(Hard)), (551, Some(Hard)), (553, Some(Hard)), (552, Some(Soft)), (554, None)]
        {
            assert_eq!(Bounce::of_code(code), blames, "{code}");
        }
    }

    /// The days on which an address bounced, and the one from which nothing is sent to it.
    #[test]
    fn one_hard_bounce_or_three_soft_ones_within_thirty_days_end_it() {
        for (bounces, given_up) in [
            (vec![(1, Hard)], Some(1)),
            (vec![(1, Soft)], None),
            (vec![(1, Soft), (2, Soft)], None),
            (vec![(1, Soft), (2, Soft), (3, Soft)], Some(3)),
            (vec![(1, Soft), (2, Hard), (3, Hard)], Some(2)),
            (vec![(1, Soft), (15, Soft), (30, Soft)], Some(30)),
            // The first is thirty days old, and counts no more.
            (vec![(1, Soft), (15, Soft), (31, Soft)], None),
        ] {
            let day = |day: i64| at("2026-10-01T08:00:00Z") + SignedDuration::from_hours(24 * (day - 1));
            let after = bounces.iter().fold(Bounced::default(), |known, (on, bounce)| {
                known.again(*bounce, format!("on day {on}"), day(*on))
            });
            assert_eq!(after.given_up, given_up.map(day), "{bounces:?}");
            assert_eq!(after.reason, format!("on day {}", bounces.last().unwrap().0));
        }
    }
}
