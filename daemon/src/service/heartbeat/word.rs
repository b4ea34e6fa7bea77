//! When the operators hear of the heartbeat: a silence of the service when it is over, an outage of `url` once it has
//! lasted. Each once.

use std::time::Duration;

use jiff::Timestamp;
use kaizend_core::domain::{ServiceTrouble, Unheard};

/// The service moves now, and moved last at `before`. A mark in the future was set by a wrong clock, and says nothing.
pub(super) fn silent(before: Option<Timestamp>, now: Timestamp, after: Duration) -> Option<ServiceTrouble> {
    let from = before?;
    lasted(from, now, after).then_some(ServiceTrouble::Silent { from, until: now })
}

/// A beat did not arrive just now; `told` is whether the operators know of this outage.
pub(super) fn unheard(
    failing_since: Option<Timestamp>,
    told: bool,
    why: Unheard,
    now: Timestamp,
    after: Duration,
) -> Option<ServiceTrouble> {
    let since = failing_since?;
    (!told && lasted(since, now, after)).then_some(ServiceTrouble::Unheard { since, why })
}

fn lasted(since: Timestamp, now: Timestamp, after: Duration) -> bool {
    since.checked_add(after).is_ok_and(|end| end <= now)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn minute(minutes: i64) -> Timestamp {
        Timestamp::from_second(minutes * 60).unwrap()
    }

    #[test]
    fn a_silence_is_told_when_it_was_long() {
        for (name, before, now, told) in [
            ("the first start", None, 1000, false),
            ("a minute, as always", Some(999), 1000, false),
            ("a restart", Some(941), 1000, false),
            ("an hour", Some(940), 1000, true),
            ("a week", Some(1000), 11_080, true),
            ("the clock was set back", Some(5000), 1000, false),
        ] {
            let before = before.map(minute);
            let expected =
                before.filter(|_| told).map(|from| ServiceTrouble::Silent { from, until: minute(now) });
            assert_eq!(silent(before, minute(now), HOUR), expected, "{name}");
        }
    }

    #[test]
    fn an_outage_is_told_once_it_has_lasted() {
        for (name, since, known, now, told) in [
            ("it began just now", Some(1000), false, 1000, false),
            ("it lasts a while", Some(1000), false, 1059, false),
            ("it lasts", Some(1000), false, 1060, true),
            ("they know", Some(1000), true, 2000, false),
            ("there is none", None, false, 2000, false),
        ] {
            let since = since.map(minute);
            let why = Unheard::Status(503);
            let expected = since.filter(|_| told).map(|since| ServiceTrouble::Unheard { since, why });
            assert_eq!(unheard(since, known, why, minute(now), HOUR), expected, "{name}");
        }
    }
}
