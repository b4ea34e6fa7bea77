//! The recurrences that holiday files use: every year, on dates, on the n-th weekday of a month or of the year,
//! or on a weekday between two dates ("the Saturday from the 20th to the 26th of June").
//!
//! Whatever else a rule says is refused by name rather than read halfway.

use std::{collections::BTreeSet, str::FromStr};

use jiff::civil::{Date, Weekday};

/// As far as the schedules go.
const LAST_YEAR: i16 = 2100;

/// `FREQ=YEARLY` with its refinements. An empty list leaves the choice to the first day of the event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Recurrence {
    rule: String,
    interval: usize,
    count: Option<usize>,
    until: Option<Date>,
    months: Vec<i8>,
    /// Of the month, from its end when negative.
    days: Vec<i8>,
    weekdays: Vec<NthWeekday>,
}

/// `-1FR`: the last Friday. Without a number, any Friday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct NthWeekday {
    nth: Option<i32>,
    weekday: Weekday,
}

impl Recurrence {
    pub(super) fn parse(rule: &str) -> Result<Self, String> {
        let mut recurrence = Self { rule: rule.to_owned(), interval: 1, ..Self::default() };
        let rule = rule.to_uppercase();
        let (mut yearly, mut said) = (false, BTreeSet::new());
        for part in rule.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            if !said.insert(name) {
                return Err(format!("its RRULE {rule} says {name} twice"));
            } else if (name, value) == ("FREQ", "YEARLY") {
                yearly = true;
            } else if recurrence.refine(name, value).is_none() {
                return Err(format!(
                    "its RRULE has {part}, and only yearly events on a date or an n-th weekday are read"
                ));
            }
        }
        if !yearly {
            return Err(format!("its RRULE {rule} is not FREQ=YEARLY"));
        }
        recurrence.refuse_contradictions()?;
        Ok(recurrence)
    }

    /// `None`: not understood.
    fn refine(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "INTERVAL" => self.interval = value.parse().ok().filter(|years| (1..=100).contains(years))?,
            "COUNT" => self.count = Some(value.parse().ok().filter(|count| *count > 0)?),
            // A date, or an instant whose date is meant.
            "UNTIL" => self.until = Some(basic_date(value.split('T').next()?)?),
            "BYMONTH" => self.months = list(value, |month: &i8| (1..=12).contains(month))?,
            "BYMONTHDAY" => self.days = list(value, |day: &i8| *day != 0 && (-31..=31).contains(day))?,
            "BYDAY" => self.weekdays = list(value, |_: &NthWeekday| true)?,
            "WKST" => {}
            _ => return None,
        }
        Some(())
    }

    fn refuse_contradictions(&self) -> Result<(), String> {
        let rule = &self.rule;
        let (numbered, any): (Vec<&NthWeekday>, Vec<_>) =
            self.weekdays.iter().partition(|weekday| weekday.nth.is_some());
        if !numbered.is_empty() && !self.days.is_empty() {
            return Err(format!("its RRULE {rule} names both a date and an n-th weekday"));
        }
        if !any.is_empty() && self.days.is_empty() {
            return Err(format!(
                "its RRULE {rule} names every such weekday (BYDAY={})",
                any[0].weekday_name()
            ));
        }
        if self.count.is_some() && self.until.is_some() {
            return Err(format!("its RRULE {rule} has a COUNT and an UNTIL"));
        }
        Ok(())
    }

    /// The first days of the event, year by year, from `first` on; `COUNT` includes it.
    pub(super) fn starts(&self, first: Date) -> Result<Vec<Date>, String> {
        if !self.in_year(first.year(), first).contains(&first) {
            return Err(format!("its first day {first} is none of the days of its RRULE {}", self.rule));
        }
        let years = (first.year()..=LAST_YEAR).step_by(self.interval);
        Ok(years
            .flat_map(|year| self.in_year(year, first))
            .filter(|&date| date >= first)
            .take_while(|&date| self.until.is_none_or(|until| date <= until))
            .take(self.count.unwrap_or(usize::MAX))
            .collect())
    }

    /// In order. None in years without such a day: 29 February, a fifth Monday.
    fn in_year(&self, year: i16, first: Date) -> Vec<Date> {
        let own = [first.month()];
        let months = if self.months.is_empty() { own.as_slice() } else { &self.months };
        let mut dates: Vec<Date> = match (&self.weekdays[..], &self.days[..]) {
            ([], []) => months.iter().filter_map(|&month| Date::new(year, month, first.day()).ok()).collect(),
            (weekdays, []) if self.months.is_empty() => {
                weekdays.iter().filter_map(|weekday| weekday.of_year(year)).collect()
            }
            (weekdays, []) => months
                .iter()
                .flat_map(|&month| weekdays.iter().filter_map(move |weekday| weekday.of_month(year, month)))
                .collect(),
            (weekdays, days) => {
                let dates = months
                    .iter()
                    .flat_map(|&month| days.iter().filter_map(move |&day| of_month(year, month, day)));
                let fits = |date: &Date| {
                    weekdays.is_empty() || weekdays.iter().any(|day| day.weekday == date.weekday())
                };
                dates.filter(fits).collect()
            }
        };
        dates.sort();
        dates.dedup();
        dates
    }
}

impl NthWeekday {
    fn of_month(self, year: i16, month: i8) -> Option<Date> {
        let nth = i8::try_from(self.nth?).ok()?;
        Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, self.weekday).ok()
    }

    fn of_year(self, year: i16) -> Option<Date> {
        let nth = self.nth?;
        // The n-th after the day before the year, or before the day after it.
        let from = if nth > 0 { Date::new(year - 1, 12, 31) } else { Date::new(year + 1, 1, 1) };
        from.ok()?.nth_weekday(nth, self.weekday).ok().filter(|date| date.year() == year)
    }

    fn weekday_name(self) -> &'static str {
        NAMES[usize::from(self.weekday.to_monday_zero_offset().unsigned_abs())].0
    }
}

const NAMES: [(&str, Weekday); 7] = [
    ("MO", Weekday::Monday),
    ("TU", Weekday::Tuesday),
    ("WE", Weekday::Wednesday),
    ("TH", Weekday::Thursday),
    ("FR", Weekday::Friday),
    ("SA", Weekday::Saturday),
    ("SU", Weekday::Sunday),
];

impl FromStr for NthWeekday {
    type Err = ();

    /// `1MO`, `-1FR`, `SA`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (nth, day) = text.len().checked_sub(2).and_then(|at| text.split_at_checked(at)).ok_or(())?;
        let weekday = NAMES.iter().find(|(name, _)| *name == day).ok_or(())?.1;
        let nth = match nth {
            "" => None,
            nth => Some(nth.strip_prefix('+').unwrap_or(nth).parse().map_err(|_| ())?),
        };
        let meant = nth.is_none_or(|nth: i32| nth != 0 && (-53..=53).contains(&nth));
        if meant { Ok(Self { nth, weekday }) } else { Err(()) }
    }
}

/// A day of a month, from its end when negative.
fn of_month(year: i16, month: i8, day: i8) -> Option<Date> {
    let first = Date::new(year, month, 1).ok()?;
    let day = if day > 0 { day } else { first.days_in_month() + 1 + day };
    Date::new(year, month, day).ok()
}

fn list<T: FromStr>(value: &str, fits: impl Fn(&T) -> bool) -> Option<Vec<T>> {
    value.split(',').map(|item| item.parse().ok().filter(&fits)).collect()
}

/// `20261224`.
pub(super) fn basic_date(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?).ok()
}
