//! Holiday files: the all-day events of an iCalendar text (RFC 5545), as days.
//!
//! A holiday file names whole days. An event with a time of day, and a recurrence that is not read, are never
//! dropped silently: they come back in `not_taken`, for the operator to see.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{ical_lines::Property, ical_rule::Recurrence};

/// Longer files are refused: the holidays of a hundred years are a tenth of this.
const MOST_BYTES: usize = 4 << 20;

/// An event that lasts longer is not a holiday.
const MOST_DAYS: i32 = 366;

/// What a holiday file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ical {
    /// Every day that the file closes; yearly events up to the year 2100.
    pub days: BTreeSet<Date>,
    pub not_taken: Vec<NotTaken>,
}

/// An event that is in the file, but not in `days`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotTaken {
    /// The line of its `BEGIN:VEVENT`, counted from one.
    pub line: usize,
    pub summary: String,
    pub why: String,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IcalError {
    #[error("this is not an iCalendar file: it does not begin with BEGIN:VCALENDAR")]
    NotACalendar,
    #[error("the file has {bytes} bytes, a holiday file at most {MOST_BYTES}")]
    TooLong { bytes: usize },
    #[error("line {line}: BEGIN:VEVENT without END:VEVENT; the file looks cut off")]
    CutOff { line: usize },
}

impl Ical {
    /// Reads a holiday file's text. Events that say they are cancelled close nothing.
    pub fn parse(text: &str) -> Result<Self, IcalError> {
        if text.len() > MOST_BYTES {
            return Err(IcalError::TooLong { bytes: text.len() });
        }
        let properties = Property::of_text(text);
        if !properties.first().is_some_and(|first| first.is("BEGIN", "VCALENDAR")) {
            return Err(IcalError::NotACalendar);
        }
        let mut file = Self::default();
        let mut rest = properties.as_slice();
        while let Some(begin) = rest.iter().position(|property| property.is("BEGIN", "VEVENT")) {
            let line = rest[begin].line;
            let end = rest[begin..]
                .iter()
                .position(|property| property.is("END", "VEVENT"))
                .ok_or(IcalError::CutOff { line })?;
            file.take(&rest[begin..begin + end]);
            rest = &rest[begin + end..];
        }
        Ok(file)
    }

    fn take(&mut self, event: &[Property]) {
        match days_of(event) {
            Ok(days) => self.days.extend(days),
            Err(why) => {
                let summary = value(event, "SUMMARY").unwrap_or("(no summary)").replace("\\,", ",");
                self.not_taken.push(NotTaken { line: event[0].line, summary, why });
            }
        }
    }
}

/// All days of an event, or why it is not taken.
fn days_of(event: &[Property]) -> Result<BTreeSet<Date>, String> {
    if value(event, "STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")) {
        return Err("it is cancelled".to_owned());
    }
    let first = date_in(event, "DTSTART")?.ok_or("it has no DTSTART")?;
    let length = length_of(event, first)?;
    let starts = match value(event, "RRULE") {
        Some(rule) => Recurrence::parse(rule)?.starts(first),
        None => vec![first],
    };
    let left_out = dates_in(event, "EXDATE")?;
    let extra = dates_in(event, "RDATE")?;
    let mut days = BTreeSet::new();
    for start in starts.into_iter().chain(extra).filter(|start| !left_out.contains(start)) {
        days.extend((0..length).filter_map(|day| start.checked_add(jiff::Span::new().days(day)).ok()));
    }
    Ok(days)
}

/// In days. `DTEND` is the first day after the event; `DURATION` is in days or weeks; neither means one day.
fn length_of(event: &[Property], first: Date) -> Result<i32, String> {
    let length = match (date_in(event, "DTEND")?, value(event, "DURATION")) {
        // Some writers repeat the first day as the end of a one-day event.
        (Some(end), _) => (end - first).get_days().max(i32::from(end == first)),
        (None, Some(duration)) => {
            whole_days(duration).ok_or(format!("its DURATION {duration} is no number of days"))?
        }
        (None, None) => 1,
    };
    match length {
        ..=0 => Err("it ends before it begins".to_owned()),
        1..=MOST_DAYS => Ok(length),
        _ => Err(format!("it lasts {length} days")),
    }
}

fn whole_days(duration: &str) -> Option<i32> {
    let length = duration.strip_prefix('P')?;
    if let Some(weeks) = length.strip_suffix('W') {
        return weeks.parse::<i32>().ok()?.checked_mul(7);
    }
    length.strip_suffix('D')?.parse().ok()
}

fn value<'a>(event: &'a [Property], name: &str) -> Option<&'a str> {
    event.iter().find(|property| property.name == name).map(|property| property.value.as_str())
}

fn date_in(event: &[Property], name: &str) -> Result<Option<Date>, String> {
    value(event, name).map(|text| all_day(text, name)).transpose()
}

fn dates_in(event: &[Property], name: &str) -> Result<Vec<Date>, String> {
    let lists = event.iter().filter(|property| property.name == name);
    lists.flat_map(|list| list.value.split(',')).map(|text| all_day(text, name)).collect()
}

/// `20261224`. A midnight without a zone, `20261224T000000`, is how some writers say the same.
fn all_day(text: &str, name: &str) -> Result<Date, String> {
    let date = text.strip_suffix("T000000").unwrap_or(text);
    if date.contains('T') {
        return Err(format!("its {name} {text} has a time of day: write the half day in the configuration"));
    }
    super::ical_rule::basic_date(date).ok_or(format!("its {name} {text} is no date"))
}

#[cfg(test)]
mod tests;
