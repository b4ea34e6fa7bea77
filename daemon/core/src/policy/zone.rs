//! How a time on the wall becomes an instant.
//!
//! Twice a year a zone skips a piece of the day (the gap) and repeats another (the fold). One rule holds
//! everywhere in kaizend: a time inside the gap means the first instant after it, a time inside the fold means
//! the earlier of the two. The rule never goes backwards: a later time on the wall is never an earlier instant.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::{AmbiguousOffset, Offset, TimeZone},
};
use serde::{Deserialize, Serialize};

/// What the clock change made of a time on the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DstDecision {
    /// The time does not exist on that day: taken as the first instant that does.
    FirstAfterGap,
    /// The time exists twice on that day: taken as the earlier one.
    EarlierOfTwo,
}

/// The instant of `civil` in `zone`, and what the clock change had to do with it.
///
/// Beyond the years that jiff can express, the answer stays at the nearest end.
pub fn instant_of(civil: DateTime, zone: &TimeZone) -> (Timestamp, Option<DstDecision>) {
    match zone.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => (clamped(civil, offset), None),
        AmbiguousOffset::Fold { before, .. } => (clamped(civil, before), Some(DstDecision::EarlierOfTwo)),
        AmbiguousOffset::Gap { before, after } => {
            (first_after_gap(civil, before, after, zone), Some(DstDecision::FirstAfterGap))
        }
    }
}

/// The first instant of `date` in `zone`; midnight itself may be missing.
pub fn start_of(date: Date, zone: &TimeZone) -> Timestamp {
    instant_of(date.to_datetime(jiff::civil::Time::midnight()), zone).0
}

/// The change lies after the moment that the new offset would give, and not after the old one's.
fn first_after_gap(civil: DateTime, before: Offset, after: Offset, zone: &TimeZone) -> Timestamp {
    let (earliest, latest) = (clamped(civil, after), clamped(civil, before));
    zone.following(earliest)
        .map(|change| change.timestamp())
        .take_while(|&change| change <= latest)
        .find(|&change| zone.to_offset(change) == after)
        .unwrap_or(latest)
}

fn clamped(civil: DateTime, offset: Offset) -> Timestamp {
    offset.to_timestamp(civil).unwrap_or(if civil.year() < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_and_folds_of_known_days() {
        use DstDecision::{EarlierOfTwo, FirstAfterGap};
        for (zone, civil, instant, decision) in [
            ("Europe/Prague", "2026-03-29T02:30", "2026-03-29T01:00:00Z", Some(FirstAfterGap)),
            ("Europe/Prague", "2026-03-29T03:00", "2026-03-29T01:00:00Z", None),
            ("Europe/Prague", "2026-10-25T02:30", "2026-10-25T00:30:00Z", Some(EarlierOfTwo)),
            ("Europe/Sofia", "2026-03-29T03:59:59", "2026-03-29T01:00:00Z", Some(FirstAfterGap)),
            ("America/Santiago", "2026-09-06T00:00", "2026-09-06T04:00:00Z", Some(FirstAfterGap)),
            ("Asia/Beirut", "2026-03-29T00:00", "2026-03-28T22:00:00Z", Some(FirstAfterGap)),
            ("Australia/Lord_Howe", "2026-10-04T02:10", "2026-10-03T15:30:00Z", Some(FirstAfterGap)),
            ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00Z", Some(EarlierOfTwo)),
            // Samoa had no 30 December 2011 at all.
            ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00:00Z", Some(FirstAfterGap)),
            ("UTC", "2026-03-29T02:30", "2026-03-29T02:30:00Z", None),
        ] {
            let tz = TimeZone::get(zone).unwrap();
            let expected = (instant.parse().unwrap(), decision);
            assert_eq!(instant_of(civil.parse().unwrap(), &tz), expected, "{zone} {civil}");
        }
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        let tz = TimeZone::get("Pacific/Kiritimati").unwrap();
        assert_eq!(instant_of(DateTime::MIN, &tz).0, Timestamp::MIN);
        let tz = TimeZone::get("Pacific/Pago_Pago").unwrap();
        assert!(instant_of(DateTime::MAX, &tz).0 <= Timestamp::MAX);
    }
}
