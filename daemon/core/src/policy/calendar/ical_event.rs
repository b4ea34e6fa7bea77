//! One event of a holiday file: the days that it closes, or the hours that it gives them.
//!
//! A property that is not understood, or said twice, makes the whole event one that is not taken: half of what
//! it says would be something else.

use std::collections::BTreeSet;

use jiff::{Span, civil::Date};

use super::{
    Shift,
    ical_lines::Property,
    ical_rule::{Recurrence, basic_date},
};

/// An event that lasts longer is not a holiday.
const MOST_DAYS: i32 = 366;

/// The category of an event with a time of day that counts.
const WORKDAY: &str = "WORKDAY";

pub(super) struct Event<'a> {
    pub(super) begin: &'a Property,
    pub(super) properties: Vec<&'a Property>,
}

/// What an event says of its days.
pub(super) enum Said {
    Closed(BTreeSet<Date>),
    Open {
        days: BTreeSet<Date>,
        shift: Shift,
    },
    /// It only takes a day away from a recurring event.
    Nothing,
}

impl<'a> Event<'a> {
    pub(super) fn uid(&self) -> Option<&'a str> {
        self.find("UID").map(|uid| uid.value.as_str())
    }

    pub(super) fn summary(&self) -> String {
        let summary = self.find("SUMMARY").map_or("(no summary)", |summary| summary.value.as_str());
        summary.replace("\\,", ",").replace("\\;", ";")
    }

    /// The day of the recurring event that this one stands for.
    pub(super) fn moved_from(&self) -> Option<Date> {
        self.find("RECURRENCE-ID").and_then(|id| basic_date(id.value.split('T').next()?))
    }

    /// Its days, but those that were `moved` by another event; or why it is not taken.
    pub(super) fn said(&self, moved: &[Date]) -> Result<Said, String> {
        self.refuse_the_unread()?;
        if self.one("STATUS")?.is_some_and(|status| status.value.eq_ignore_ascii_case("CANCELLED")) {
            let takes_away = self.moved_from().is_some();
            return if takes_away { Ok(Said::Nothing) } else { Err("it is cancelled".to_owned()) };
        }
        let start = self.one("DTSTART")?.ok_or("it has no DTSTART")?;
        // What was moved is left out of the recurring event, not of the one that it was moved to.
        let moved = if self.moved_from().is_some() { &[] } else { moved };
        if self.is_workday() {
            let (first, shift) = self.shift(start)?;
            return Ok(Said::Open { days: self.days(first, 1, moved)?, shift });
        }
        let first = all_day(start)?;
        Ok(Said::Closed(self.days(first, self.length(first)?, moved)?))
    }

    fn refuse_the_unread(&self) -> Result<(), String> {
        for property in &self.properties {
            match property.name.as_str() {
                "" => return Err(format!("its line {} is no property: {}", property.line, property.value)),
                "EXRULE" => return Err("its EXRULE is not read: name the days with EXDATE".to_owned()),
                "RECURRENCE-ID" if property.parameters.contains("RANGE=") => {
                    return Err("it moves all days from one on, which is not read".to_owned());
                }
                "RECURRENCE-ID" if self.moved_from().is_none() => {
                    return Err(format!("its RECURRENCE-ID {} is no date", property.value));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The first days of all its recurrences, and of each as many days as it lasts.
    fn days(&self, first: Date, length: i32, moved: &[Date]) -> Result<BTreeSet<Date>, String> {
        let starts = match self.one("RRULE")? {
            Some(rule) => Recurrence::parse(&rule.value)?.starts(first)?,
            None => vec![first],
        };
        let left_out = self.dates_of("EXDATE")?;
        let extra = self.dates_of("RDATE")?;
        let counts = |start: &Date| !left_out.contains(start) && !moved.contains(start);
        let days: BTreeSet<Date> = starts
            .into_iter()
            .chain(extra)
            .filter(counts)
            .flat_map(|start| {
                (0..length).filter_map(move |day| start.checked_add(Span::new().days(day)).ok())
            })
            .collect();
        // A recurring event whose every day was moved has been understood.
        if days.is_empty() && moved.is_empty() {
            Err("it falls on no day at all".to_owned())
        } else {
            Ok(days)
        }
    }

    /// In days. `DTEND` is the first day after the event; `DURATION` is in days or weeks; neither means one day.
    fn length(&self, first: Date) -> Result<i32, String> {
        let length = match (self.one("DTEND")?, self.one("DURATION")?) {
            (Some(_), Some(_)) => return Err("it has a DTEND and a DURATION".to_owned()),
            // Some writers repeat the first day as the end of a one-day event.
            (Some(end), None) => {
                let end = all_day(end)?;
                (end - first).get_days().max(i32::from(end == first))
            }
            (None, Some(duration)) => whole_days(&duration.value)
                .ok_or_else(|| format!("its DURATION {} is no number of days", duration.value))?,
            (None, None) => 1,
        };
        match length {
            ..=0 => Err("it ends before it begins".to_owned()),
            1..=MOST_DAYS => Ok(length),
            _ => Err(format!("it lasts {length} days")),
        }
    }

    /// The hours of a workday: from DTSTART to DTEND of one day, as the clock on the wall shows them.
    fn shift(&self, start: &Property) -> Result<(Date, Shift), String> {
        let end = self.one("DTEND")?.ok_or("it is a workday without DTEND")?;
        let (first, opens) = on_the_wall(start)?;
        let closes = match on_the_wall(end)? {
            (day, minute) if day == first => minute,
            (day, 0) if first.tomorrow().is_ok_and(|next| next == day) => 24 * 60,
            _ => {
                return Err(
                    "it is a workday that ends on another day: write one event for each day".to_owned()
                );
            }
        };
        let shift = Shift::new(opens, closes).ok_or("it ends before it begins")?;
        Ok((first, shift))
    }

    fn is_workday(&self) -> bool {
        let lists = self.properties.iter().filter(|property| property.name == "CATEGORIES");
        lists.flat_map(|list| list.value.split(',')).any(|name| name.trim().eq_ignore_ascii_case(WORKDAY))
    }

    fn find(&self, name: &str) -> Option<&'a Property> {
        self.properties.iter().copied().find(|property| property.name == name)
    }

    /// A property that may be said once.
    fn one(&self, name: &str) -> Result<Option<&'a Property>, String> {
        match self.properties.iter().filter(|property| property.name == name).count() {
            0 | 1 => Ok(self.find(name)),
            many => Err(format!("it has {many} {name}s")),
        }
    }

    /// Lists of days; the times of a workday's are its own, and not looked at.
    fn dates_of(&self, name: &str) -> Result<Vec<Date>, String> {
        let lists = self.properties.iter().filter(|property| property.name == name);
        let date = |list: &Property, text: &str| {
            match text.split_once('T') {
                Some((date, _)) if self.is_workday() => basic_date(date),
                _ => basic_date(text.strip_suffix("T000000").unwrap_or(text)),
            }
            .ok_or_else(|| format!("its {} {text} is no date", list.name))
        };
        lists.flat_map(|list| list.value.split(',').map(move |text| date(list, text.trim()))).collect()
    }
}

/// `20261224`. A midnight without a zone, `20261224T000000`, is how some writers say the same.
fn all_day(property: &Property) -> Result<Date, String> {
    let Property { name, value, .. } = property;
    let date = value.strip_suffix("T000000").unwrap_or(value);
    if date.contains('T') {
        return Err(format!(
            "its {name} {value} has a time of day: a half day has the category {WORKDAY}, or stands in the configuration"
        ));
    }
    basic_date(date).ok_or_else(|| format!("its {name} {value} is no date"))
}

/// `20261224T090000` as a day and a minute of it. The zone is the calendar's, whatever the event calls it.
fn on_the_wall(property: &Property) -> Result<(Date, u16), String> {
    let Property { name, value, .. } = property;
    let (date, time) = value
        .split_once('T')
        .ok_or_else(|| format!("it is a workday, and its {name} {value} has no time of day"))?;
    if time.ends_with('Z') {
        return Err(format!("its {name} {value} is in UTC: write the time that the clock on the wall shows"));
    }
    let minute = match time.as_bytes() {
        [_, _, _, _, b'0', b'0'] if time.is_ascii() => {
            super::clock(&format!("{}:{}", &time[..2], &time[2..4]))
        }
        _ => None,
    };
    let day = basic_date(date).zip(minute.filter(|minute| *minute < 24 * 60));
    day.ok_or_else(|| format!("its {name} {value} is no time of a day in whole minutes"))
}

fn whole_days(duration: &str) -> Option<i32> {
    let length = duration.strip_prefix('P')?;
    if let Some(weeks) = length.strip_suffix('W') {
        return weeks.parse::<i32>().ok()?.checked_mul(7);
    }
    length.strip_suffix('D')?.parse().ok()
}
