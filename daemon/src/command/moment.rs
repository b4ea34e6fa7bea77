//! A moment as people type it.

use jiff::{Timestamp, civil, tz::TimeZone};

/// `1998-05-31T09:00` and `1998-05-31` are of the zone; `2026-03-01T09:00Z` stands for itself. In the hour that
/// a clock change repeats the earlier one is meant.
pub(super) fn parse(text: &str, zone: &TimeZone) -> Result<Timestamp, String> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant);
    }
    let wall = text
        .parse::<civil::DateTime>()
        .or_else(|_| text.parse::<civil::Date>().map(|date| date.to_datetime(civil::Time::midnight())))
        .map_err(|_| {
            format!("`{text}` is not a moment: write 1998-05-31T09:00, 1998-05-31 or 2026-03-01T09:00Z")
        })?;
    wall.to_zoned_datetime(zone.clone())
        .map(|zoned| zoned.timestamp())
        .map_err(|error| format!("`{text}`: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_in_the_companys_zone() {
        let sofia = TimeZone::get("Europe/Sofia").unwrap();
        for (text, instant) in [
            ("1998-05-31T09:00", "1998-05-31T06:00:00Z"),
            ("1998-05-31", "1998-05-30T21:00:00Z"),
            ("1998-05-31T09:00:30", "1998-05-31T06:00:30Z"),
            ("2026-03-01T09:00Z", "2026-03-01T09:00:00Z"),
            ("2026-03-01T09:00+01:00", "2026-03-01T08:00:00Z"),
        ] {
            assert_eq!(parse(text, &sofia), Ok(instant.parse().unwrap()), "{text}");
        }
        assert!(parse("yesterday", &sofia).is_err());
    }
}
