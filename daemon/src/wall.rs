//! The wall clock, read once by each activation.

use jiff::{Timestamp, TimestampRound, Unit};

/// Now, as precisely as the store keeps it: what was decided at a moment is known by that moment afterwards.
#[expect(clippy::disallowed_methods, reason = "this is the one clock")]
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    let microseconds = TimestampRound::new().smallest(Unit::Microsecond).mode(jiff::RoundMode::Trunc);
    now.round(microseconds).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_what_is_kept() {
        let now = now();
        assert_eq!(Timestamp::from_microsecond(now.as_microsecond()).unwrap(), now);
    }
}
