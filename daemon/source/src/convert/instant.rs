//! A local time in its zone: the two hours a year in which that is no simple question.
//!
//! In the fold, when clocks go back, a local time occurs twice: the earlier instant is taken. In the gap, when
//! clocks go forward, it never occurs: the first valid instant after it is taken. Both are counted.

use jiff::{
    civil::DateTime,
    tz::{AmbiguousOffset, Offset, TimeZone},
};

use super::Misfit;
use crate::note::Tally;

/// Microseconds since 1970-01-01T00:00:00Z of a local time.
pub(super) fn of_local(local: DateTime, zone: &TimeZone, tally: &mut Tally) -> Result<i64, Misfit> {
    let at = |offset: Offset| offset.to_timestamp(local).map_err(|_| Misfit::TooLarge);
    let instant = match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => at(offset)?,
        AmbiguousOffset::Fold { before, .. } => {
            tally.folds += 1;
            at(before)?
        }
        AmbiguousOffset::Gap { before, after } => {
            tally.gaps += 1;
            // The clock time before the change, continued, lies after the change, and the other way round.
            let (earliest, latest) = (at(after)?, at(before)?);
            let change = zone.following(earliest).next().map(|change| change.timestamp());
            change.filter(|change| *change <= latest).unwrap_or(latest)
        }
    };
    Ok(instant.as_microsecond())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    #[test]
    fn clocks_that_change_have_one_answer() {
        for (zone, local, instant, folds, gaps) in [
            ("Europe/Sofia", "2024-03-31T02:59:59", "2024-03-31T00:59:59Z", 0, 0),
            ("Europe/Sofia", "2024-03-31T03:00:00", "2024-03-31T01:00:00Z", 0, 1),
            ("Europe/Sofia", "2024-03-31T03:30:00", "2024-03-31T01:00:00Z", 0, 1),
            ("Europe/Sofia", "2024-03-31T04:00:00", "2024-03-31T01:00:00Z", 0, 0),
            ("Europe/Sofia", "2024-10-27T03:30:00", "2024-10-27T00:30:00Z", 1, 0),
            ("Europe/Sofia", "2024-10-27T04:00:00", "2024-10-27T02:00:00Z", 0, 0),
            // Midnight does not exist on that day in Beirut, nor the whole day in Apia.
            ("Asia/Beirut", "2024-03-31T00:00:00", "2024-03-30T22:00:00Z", 0, 1),
            ("Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T10:00:00Z", 0, 1),
            ("UTC", "2024-03-31T03:30:00", "2024-03-31T03:30:00Z", 0, 0),
        ] {
            let mut tally = Tally::default();
            let zone_of = TimeZone::get(zone).unwrap();
            let micros = of_local(local.parse().unwrap(), &zone_of, &mut tally).unwrap();
            let read = Timestamp::from_microsecond(micros).unwrap();
            assert_eq!(read.to_string(), instant, "{zone} {local}");
            assert_eq!((tally.folds, tally.gaps), (folds, gaps), "{zone} {local}");
        }
    }
}
