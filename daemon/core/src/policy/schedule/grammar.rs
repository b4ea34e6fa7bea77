//! From a text to a timetable: which of the accepted forms it is, and the `cron` crate's sets for it.

use cron::TimeUnitSpec;

use super::{
    Kind, ScheduleError,
    day_of_week::Weekdays,
    fields::{DAY, HOUR, MINUTE, MONTH, SECOND, YEAR},
    interval::Interval,
    timetable::Timetable,
};

/// Longer texts are no schedules; this bounds the work on hostile input.
const LONGEST: usize = 1000;

pub(super) fn parse(text: &str) -> Result<Kind, ScheduleError> {
    if text.is_empty() {
        return Err(ScheduleError::Empty);
    }
    if text.len() > LONGEST {
        let message = format!("a schedule has at most {LONGEST} characters");
        return Err(ScheduleError::Refused { text: text.chars().take(40).collect(), message });
    }
    if let Some(length) = text.strip_prefix("every ") {
        return Ok(Kind::Every(Interval::parse(text, length)?));
    }
    let timetable = fields_of(text)?.timetable(text)?;
    if timetable.ever_fires() {
        Ok(Kind::Wall(Box::new(timetable)))
    } else {
        Err(ScheduleError::NeverFires { text: text.to_owned() })
    }
}

/// The seven fields as they were written.
struct Fields<'a> {
    second: &'a str,
    minute: &'a str,
    hour: &'a str,
    day: &'a str,
    month: &'a str,
    weekday: &'a str,
    year: &'a str,
    weekdays: Weekdays,
}

fn fields_of(text: &str) -> Result<Fields<'_>, ScheduleError> {
    let posix = |text: &'static str| fields_of(text);
    match text.to_lowercase().as_str() {
        "@hourly" => return posix("0 * * * *"),
        "@daily" | "@midnight" => return posix("0 0 * * *"),
        "@weekly" => return posix("0 0 * * sun"),
        "@monthly" => return posix("0 0 1 * *"),
        "@yearly" | "@annually" => return posix("0 0 1 1 *"),
        "@reboot" => return Err(ScheduleError::Reboot),
        name if name.starts_with('@') => return Err(ScheduleError::UnknownName { text: text.to_owned() }),
        _ => {}
    }
    let parts: Vec<&str> = text.split_ascii_whitespace().collect();
    let (second, rest, weekdays) = match parts.len() {
        5 => ("0", &parts[..], Weekdays::PosixNumbersOrNames),
        6 | 7 => (parts[0], &parts[1..], Weekdays::NamesOnly),
        count => return Err(ScheduleError::FieldCount { text: text.to_owned(), count }),
    };
    Ok(Fields {
        second,
        minute: rest[0],
        hour: rest[1],
        day: rest[2],
        month: rest[3],
        weekday: rest[4],
        year: rest.get(5).copied().unwrap_or("*"),
        weekdays,
    })
}

impl Fields<'_> {
    fn timetable(&self, text: &str) -> Result<Timetable, ScheduleError> {
        let written = format!(
            "{} {} {} {} {} {} {}",
            SECOND.translated(self.second)?,
            MINUTE.translated(self.minute)?,
            HOUR.translated(self.hour)?,
            DAY.translated(self.day.replace('?', "*").as_str())?,
            MONTH.translated(self.month)?,
            self.weekdays.translated(self.weekday.replace('?', "*").as_str())?,
            YEAR.translated(self.year)?,
        );
        let cron: cron::Schedule = written.parse().map_err(|error: cron::error::Error| {
            ScheduleError::Refused { text: text.to_owned(), message: error.to_string() }
        })?;
        Ok(Timetable {
            seconds: bits(cron.seconds(), 0),
            minutes: bits(cron.minutes(), 0),
            hours: bits(cron.hours(), 0),
            days: bits(cron.days_of_month(), 0),
            months: bits(cron.months(), 0),
            // That crate's Sunday is 1.
            weekdays: bits(cron.days_of_week(), 1),
            years: if cron.years().is_all() { Vec::new() } else { years(&cron) },
            either_day: self.either_day(),
            each_real_hour: self.hour.contains(['*', '/']),
        })
    }

    /// POSIX, for five fields: two restricted day fields are alternatives. As in Vixie's cron, a field that
    /// begins with a star counts as unrestricted.
    fn either_day(&self) -> bool {
        let restricted = |field: &str| !field.starts_with(['*', '?']);
        self.weekdays == Weekdays::PosixNumbersOrNames && restricted(self.day) && restricted(self.weekday)
    }
}

fn bits(field: &impl TimeUnitSpec, base: u32) -> u64 {
    field.iter().fold(0, |set, value| set | 1 << (value - base))
}

fn years(cron: &cron::Schedule) -> Vec<i16> {
    cron.years().iter().filter_map(|year| i16::try_from(year).ok()).collect()
}
