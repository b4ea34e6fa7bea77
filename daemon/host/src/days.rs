//! Days since 1970-01-01, the form in which dates cross into a plugin.

use jiff::{
    Span,
    civil::{Date, date},
};

const EPOCH: Date = date(1970, 1, 1);

pub(crate) fn from_date(day: Date) -> i32 {
    let hours = day.duration_since(EPOCH).as_hours();
    i32::try_from(hours / 24).expect("all dates that jiff can express lie within 32 bits of days")
}

/// `None` outside of the years -9999 to 9999.
pub(crate) fn to_date(days: i32) -> Option<Date> {
    EPOCH.checked_add(Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_go_there_and_back() {
        for (day, days) in [(date(1970, 1, 1), 0), (date(1969, 12, 31), -1), (date(1998, 5, 31), 10_377)] {
            assert_eq!(from_date(day), days);
            assert_eq!(to_date(days), Some(day));
        }
        assert_eq!(to_date(i32::MAX), None);
        assert_eq!(to_date(from_date(Date::MIN)), Some(Date::MIN));
        assert_eq!(to_date(from_date(Date::MAX)), Some(Date::MAX));
    }
}
