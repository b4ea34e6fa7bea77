//! Days whose hours are not those of the week: holidays, half days, a Saturday that is worked.
//!
//! Configuration writes them one per text: `"2026-12-24"` (closed), `"2026-12-24..2026-12-31"`, `"12-25"` (every
//! year), `"2026-12-24 09:00-13:00"` (open for these hours only; commas between several spans). So a bridge day
//! is a closed Monday, and the Saturday that makes up for it has hours. Later entries win over earlier ones.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Ical, Shift, ShiftError};

/// How many days one entry may cover: a range that is longer is a slip of the pen.
const LONGEST: i32 = 366;

/// Special days by date, and those of every year by month and day. A dated entry wins over a yearly one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holidays {
    dated: BTreeMap<Date, Vec<Shift>>,
    yearly: BTreeMap<(i8, i8), Vec<Shift>>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HolidayError {
    #[error(
        "`{text}` is not a special day: write \"2026-12-24\", \"2026-12-24..2026-12-31\", \"12-25\" for every year, or a half day as \"2026-12-24 09:00-13:00\""
    )]
    Form { text: String },
    #[error("`{text}`: there is no such day in the calendar")]
    NoSuchDay { text: String },
    #[error("`{text}` ends before it begins")]
    Backwards { text: String },
    #[error("`{text}` covers more than {LONGEST} days: is the year right?")]
    TooLong { text: String },
    #[error("`{text}`: a range of days is written with years")]
    YearlyRange { text: String },
    #[error("`{text}`: {error}")]
    Shift { text: String, error: ShiftError },
}

impl Holidays {
    /// Reads the configuration's list, all entries or the first error.
    pub fn parse<'a>(entries: impl IntoIterator<Item = &'a str>) -> Result<Self, HolidayError> {
        let mut holidays = Self::default();
        for entry in entries {
            holidays.add(entry)?;
        }
        Ok(holidays)
    }

    /// Adds one configured entry.
    pub fn add(&mut self, text: &str) -> Result<(), HolidayError> {
        let text = text.trim();
        let (days, hours) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let spans: Vec<&str> = hours.split(',').filter(|span| !span.trim().is_empty()).collect();
        let shifts =
            Shift::parse_all(&spans).map_err(|error| HolidayError::Shift { text: text.to_owned(), error })?;
        if let Some((first, last)) = days.split_once("..") {
            return self.add_range(day(first, text)?, day(last, text)?, &shifts, text);
        }
        match day(days, text)? {
            Day::Dated(date) => self.dated.insert(date, shifts),
            Day::Yearly(month, day) => self.yearly.insert((month, day), shifts),
        };
        Ok(())
    }

    /// Closes `date`.
    pub fn close(&mut self, date: Date) {
        self.dated.insert(date, Vec::new());
    }

    /// Takes the days of a holiday file: those that it closes, and those to which it gives hours of their own.
    /// A day of which it says both has the hours: they say more.
    pub fn add_file(&mut self, file: &Ical) {
        self.dated.extend(file.days.iter().map(|&date| (date, Vec::new())));
        self.dated.extend(file.hours.iter().map(|(&date, shifts)| (date, shifts.clone())));
    }

    /// The hours of `date` when it is a special day: none when it is closed.
    pub fn shifts_on(&self, date: Date) -> Option<&[Shift]> {
        self.dated.get(&date).or_else(|| self.yearly.get(&(date.month(), date.day()))).map(Vec::as_slice)
    }

    /// Whether `first..end` holds any special day.
    pub(super) fn any_in(&self, first: Date, end: Date) -> bool {
        let days =
            || std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(|&day| day < end);
        self.dated.range(first..end).next().is_some()
            || (!self.yearly.is_empty()
                && days().any(|day| self.yearly.contains_key(&(day.month(), day.day()))))
    }

    fn add_range(&mut self, first: Day, last: Day, shifts: &[Shift], text: &str) -> Result<(), HolidayError> {
        let (Day::Dated(first), Day::Dated(last)) = (first, last) else {
            return Err(HolidayError::YearlyRange { text: text.to_owned() });
        };
        if last < first {
            return Err(HolidayError::Backwards { text: text.to_owned() });
        }
        let mut date = first;
        for _ in 0..LONGEST {
            self.dated.insert(date, shifts.to_vec());
            match date.tomorrow() {
                Ok(next) if next <= last => date = next,
                _ => return Ok(()),
            }
        }
        Err(HolidayError::TooLong { text: text.to_owned() })
    }
}

enum Day {
    Dated(Date),
    Yearly(i8, i8),
}

fn day(part: &str, text: &str) -> Result<Day, HolidayError> {
    let form = || HolidayError::Form { text: text.to_owned() };
    let missing = || HolidayError::NoSuchDay { text: text.to_owned() };
    let numbers = part.split('-').map(|number| number.parse::<i16>().ok().filter(|number| *number > 0));
    let numbers = numbers.collect::<Option<Vec<i16>>>().ok_or_else(form)?;
    let (year, month, day) = match numbers[..] {
        [year, month, day] if year > 999 => (Some(year), month, day),
        // The 29th of February is a fine yearly entry, so a leap year judges it.
        [month, day] => (None, month, day),
        _ => return Err(form()),
    };
    let (month, day) =
        (i8::try_from(month).map_err(|_| missing())?, i8::try_from(day).map_err(|_| missing())?);
    let date = Date::new(year.unwrap_or(2000), month, day).map_err(|_| missing())?;
    Ok(if year.is_some() { Day::Dated(date) } else { Day::Yearly(month, day) })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn special_days_of_every_form() {
        let holidays = Holidays::parse([
            "2026-12-24 09:00-13:00",
            "12-25",
            "2026-12-28..2026-12-30",
            "2027-12-25 10:00-12:00, 13:00-15:00",
            "2026-12-19 09:00-18:00",
        ])
        .unwrap();
        let hours = |year, month, day| {
            holidays
                .shifts_on(date(year, month, day))
                .map(|shifts| shifts.iter().map(Shift::to_string).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(hours(2026, 12, 24).as_deref(), Some("09:00-13:00"));
        assert_eq!(hours(2026, 12, 25).as_deref(), Some(""));
        assert_eq!(hours(2031, 12, 25).as_deref(), Some(""));
        assert_eq!(hours(2026, 12, 27), None);
        assert_eq!(hours(2026, 12, 30).as_deref(), Some(""));
        assert_eq!(hours(2026, 12, 31), None);
        // The dated entry wins over every 25 December.
        assert_eq!(hours(2027, 12, 25).as_deref(), Some("10:00-12:00 13:00-15:00"));
    }

    #[test]
    fn what_is_no_day_is_refused_with_the_entry() {
        for (text, said) in [
            ("christmas", "is not a special day"),
            ("24.12.2026", "is not a special day"),
            ("2026-02-30", "no such day"),
            ("13-01", "no such day"),
            ("2026-12-31..2026-12-01", "ends before it begins"),
            ("2026-01-01..2036-01-01", "more than 366 days"),
            ("12-24..12-26", "written with years"),
            ("2026-12-24 9-13", "is not a span of hours"),
        ] {
            let error = Holidays::parse([text]).unwrap_err().to_string();
            assert!(error.contains(said) && error.contains(text), "{text}: {error}");
        }
        assert!(Holidays::parse(["02-29"]).is_ok());
    }
}
