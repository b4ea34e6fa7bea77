//! The shifts of an ordinary week: `{ mon-fri = ["09:00-13:00", "14:00-18:00"], sat = ["10:00-14:00"] }`.

use jiff::civil::Weekday;

use super::{Shift, ShiftError};

/// Shifts by weekday, Monday first. At least one day has some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    days: [Vec<Shift>; 7],
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeekError {
    #[error("`{days}` is not a day or a range of days: write \"mon\", \"mon-fri\" or \"sat,sun\"")]
    Days { days: String },
    #[error("{day} is named twice in the week: once by `{days}`")]
    Twice { day: &'static str, days: String },
    #[error("{days}: {error}")]
    Shift { days: String, error: ShiftError },
    #[error(
        "the week has no working time at all: give at least one day a span, such as mon-fri = [\"09:00-18:00\"]"
    )]
    Empty,
}

impl WeekError {
    /// The entry that is wrong, by its days as they are written.
    pub fn entry(&self) -> Option<&str> {
        match self {
            Self::Days { days } | Self::Twice { days, .. } | Self::Shift { days, .. } => Some(days),
            Self::Empty => None,
        }
    }
}

const NAMES: [(&str, &str); 7] = [
    ("mon", "monday"),
    ("tue", "tuesday"),
    ("wed", "wednesday"),
    ("thu", "thursday"),
    ("fri", "friday"),
    ("sat", "saturday"),
    ("sun", "sunday"),
];

impl Week {
    /// Monday to Friday, 09:00 to 18:00.
    pub fn office() -> Self {
        let day = vec![Shift::new(9 * 60, 18 * 60).expect("nine comes before eighteen")];
        let mut days = <[Vec<Shift>; 7]>::default();
        days[..5].fill(day);
        Self { days }
    }

    /// Reads the configuration's table: days or ranges of days, each with its spans of hours.
    /// A range may run over the weekend (`fri-mon`); days that are not named have no working time.
    pub fn parse<'a, T: AsRef<str> + 'a>(
        entries: impl IntoIterator<Item = (&'a str, &'a [T])>,
    ) -> Result<Self, WeekError> {
        let mut week: [Option<Vec<Shift>>; 7] = Default::default();
        for (days, spans) in entries {
            let shifts =
                Shift::parse_all(spans).map_err(|error| WeekError::Shift { days: days.to_owned(), error })?;
            for day in days_of(days)? {
                if week[day].replace(shifts.clone()).is_some() {
                    return Err(WeekError::Twice { day: NAMES[day].1, days: days.to_owned() });
                }
            }
        }
        let days = week.map(Option::unwrap_or_default);
        if days.iter().all(Vec::is_empty) { Err(WeekError::Empty) } else { Ok(Self { days }) }
    }

    pub fn shifts_on(&self, day: Weekday) -> &[Shift] {
        &self.days[usize::from(day.to_monday_zero_offset().unsigned_abs())]
    }

    /// The working time of a week without clock changes.
    pub(super) fn seconds(&self) -> i64 {
        self.days.iter().flatten().map(|shift| i64::from(shift.closes() - shift.opens()) * 60).sum()
    }
}

fn days_of(text: &str) -> Result<Vec<usize>, WeekError> {
    let error = || WeekError::Days { days: text.to_owned() };
    let mut days = Vec::new();
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (day_named(first).ok_or_else(error)?, day_named(last).ok_or_else(error)?);
        let length = (last + 7 - first) % 7;
        days.extend((first..=first + length).map(|day| day % 7));
    }
    Ok(days)
}

fn day_named(text: &str) -> Option<usize> {
    let lower = text.trim().to_lowercase();
    NAMES.iter().position(|&(short, long)| lower == short || lower == long)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(entries: &[(&str, &[&str])]) -> Result<Week, WeekError> {
        Week::parse(entries.iter().copied())
    }

    fn hours(week: &Week, day: Weekday) -> Vec<String> {
        week.shifts_on(day).iter().map(Shift::to_string).collect()
    }

    #[test]
    fn days_and_ranges_take_their_spans() {
        let week = parse(&[
            ("mon-thu", &["09:00-13:00", "14:00-18:00"]),
            ("Friday", &["09:00-15:00"]),
            ("sat, sun", &[]),
        ])
        .unwrap();
        assert_eq!(hours(&week, Weekday::Monday), ["09:00-13:00", "14:00-18:00"]);
        assert_eq!(hours(&week, Weekday::Thursday), ["09:00-13:00", "14:00-18:00"]);
        assert_eq!(hours(&week, Weekday::Friday), ["09:00-15:00"]);
        assert!(hours(&week, Weekday::Saturday).is_empty());

        let shop = parse(&[("fri-mon", &["10:00-20:00"])]).unwrap();
        assert_eq!(hours(&shop, Weekday::Sunday), ["10:00-20:00"]);
        assert!(hours(&shop, Weekday::Wednesday).is_empty());
    }

    #[test]
    fn a_week_that_cannot_be_meant_is_refused() {
        for (entries, said) in [
            (&[("mon-fry", &["09:00-18:00"] as &[&str])] as &[(&str, &[&str])], "`mon-fry` is not a day"),
            (&[("mon-fri", &["09:00-18:00"]), ("wed", &["09:00-12:00"])], "wednesday is named twice"),
            (&[("mon", &["18:00-09:00"])], "mon: `18:00-09:00` ends before it begins"),
            (&[("mon", &[])], "no working time at all"),
            (&[], "no working time at all"),
        ] {
            let error = parse(entries).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
