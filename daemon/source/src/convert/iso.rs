//! Dates and instants in the forms of ISO 8601 that databases and exports use, and the days between them.

use jiff::{
    civil::{Date, DateTime, Time},
    fmt::temporal::Pieces,
    tz::TimeZone,
};

use super::moment::Written;

/// Days since 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`).
pub(crate) fn days(date: Date) -> i32 {
    let (month, day) = (i32::from(date.month()), i32::from(date.day()));
    let year = i32::from(date.year()) - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// `2026-11-23`, then optionally a time, then optionally an offset. Nothing without hyphens: an order number
/// such as 20261123 is no date.
pub(super) fn iso(text: &str) -> Option<Written> {
    let bytes = text.as_bytes();
    if bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    if bytes.len() == 10 {
        return only_day(bytes).map(Written::Day);
    }
    if let Some(local) = iso_seconds(bytes) {
        return Some(Written::Local(local));
    }
    let pieces = Pieces::parse(text).ok()?;
    let time = pieces.time()?;
    let local = pieces.date().to_datetime(time);
    match (pieces.to_numeric_offset(), pieces.time_zone_annotation()) {
        (Some(offset), _) => offset.to_timestamp(local).ok().map(Written::At),
        (None, None) if pieces.offset().is_none() => Some(Written::Local(local)),
        // `Z` alone is an instant; a zone's name without an offset is not exact enough.
        (None, None) => TimeZone::UTC.to_timestamp(local).ok().map(Written::At),
        (None, Some(_)) => None,
    }
}

/// `2026-11-23` and nothing else.
pub(super) fn only_day(bytes: &[u8]) -> Option<Date> {
    let hyphens = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
    if hyphens { iso_day(bytes) } else { None }
}

/// The common `2026-11-23 09:30:00`, without the full parser.
fn iso_seconds(bytes: &[u8]) -> Option<DateTime> {
    if bytes.len() != 19 || !matches!(bytes[10], b' ' | b'T') || bytes[13] != b':' || bytes[16] != b':' {
        return None;
    }
    let time = Time::new(two(&bytes[11..])?, two(&bytes[14..])?, two(&bytes[17..])?, 0).ok()?;
    Some(iso_day(bytes)?.to_datetime(time))
}

fn iso_day(bytes: &[u8]) -> Option<Date> {
    let year = i16::from(two(bytes)?) * 100 + i16::from(two(&bytes[2..])?);
    Date::new(year, two(&bytes[5..])?, two(&bytes[8..])?).ok()
}

fn two(bytes: &[u8]) -> Option<i8> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| (byte - b'0') as i8);
    Some(digit(bytes[0])? * 10 + digit(bytes[1])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_1970() {
        for (text, count) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2026-11-23", 20_780),
            ("0001-01-01", -719_162),
        ] {
            assert_eq!(days(text.parse().unwrap()), count, "{text}");
        }
    }
}
