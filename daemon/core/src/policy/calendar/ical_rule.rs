//! The recurrences that holiday files use: every year, on the same date or on the n-th weekday of a month.
//!
//! Whatever else a rule says is refused by name rather than read halfway.

use jiff::civil::{Date, Weekday};

/// As far as the schedules go.
const LAST_YEAR: i16 = 2100;

/// `FREQ=YEARLY` with its refinements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Recurrence {
    interval: i16,
    count: Option<usize>,
    until: Option<Date>,
    month: Option<i8>,
    day: Option<i8>,
    /// The n-th weekday of the month, from its end when negative.
    weekday: Option<(i8, Weekday)>,
}

impl Recurrence {
    pub(super) fn parse(rule: &str) -> Result<Self, String> {
        let mut recurrence =
            Self { interval: 1, count: None, until: None, month: None, day: None, weekday: None };
        let mut yearly = false;
        for part in rule.split(';').filter(|part| !part.is_empty()) {
            let unread = || {
                format!("its RRULE has {part}, and only yearly events on a date or an n-th weekday are read")
            };
            let (name, value) = part.split_once('=').ok_or_else(unread)?;
            match (name.to_uppercase().as_str(), value) {
                ("FREQ", "YEARLY") => yearly = true,
                ("INTERVAL", value) => {
                    recurrence.interval =
                        value.parse().ok().filter(|years| (1..=100).contains(years)).ok_or_else(unread)?;
                }
                ("COUNT", value) => recurrence.count = Some(value.parse().map_err(|_| unread())?),
                ("UNTIL", value) => recurrence.until = Some(until(value).ok_or_else(unread)?),
                ("BYMONTH", value) => recurrence.month = Some(value.parse().map_err(|_| unread())?),
                ("BYMONTHDAY", value) => recurrence.day = Some(value.parse().map_err(|_| unread())?),
                ("BYDAY", value) => recurrence.weekday = Some(nth_weekday(value).ok_or_else(unread)?),
                ("WKST", _) => {}
                _ => return Err(unread()),
            }
        }
        if !yearly {
            return Err(format!("its RRULE {rule} is not FREQ=YEARLY"));
        }
        if recurrence.weekday.is_some() && recurrence.day.is_some() {
            return Err(format!("its RRULE {rule} names both a date and a weekday"));
        }
        Ok(recurrence)
    }

    /// The first days of the event, year by year; `COUNT` includes the first.
    pub(super) fn starts(&self, first: Date) -> Vec<Date> {
        let years = (first.year()..=LAST_YEAR).step_by(usize::from(self.interval.unsigned_abs()));
        years
            .filter_map(|year| self.in_year(year, first))
            .filter(|&date| date >= first)
            .take_while(|&date| self.until.is_none_or(|until| date <= until))
            .take(self.count.unwrap_or(usize::MAX))
            .collect()
    }

    /// None in years without such a day: 29 February, a fifth Monday.
    fn in_year(&self, year: i16, first: Date) -> Option<Date> {
        let month = self.month.unwrap_or(first.month());
        match self.weekday {
            Some((nth, weekday)) => Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok(),
            None => Date::new(year, month, self.day.unwrap_or(first.day())).ok(),
        }
    }
}

/// `20261224`.
pub(super) fn basic_date(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?).ok()
}

/// A date, or an instant whose date is meant.
fn until(text: &str) -> Option<Date> {
    basic_date(text.split('T').next()?)
}

/// `1MO`, `-1FR`.
fn nth_weekday(text: &str) -> Option<(i8, Weekday)> {
    let (nth, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let weekday = match day {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    };
    let nth = nth.strip_prefix('+').unwrap_or(nth).parse().ok()?;
    (nth != 0 && (-5..=5).contains(&nth)).then_some((nth, weekday))
}
