//! `[calendars.<name>]`: working time. The company's calendar is the one that `[company] calendar` names, else
//! the only one there is, else Monday to Friday from 09:00 to 18:00.

use std::{collections::BTreeMap, fs, path::Path};

use jiff::tz::TimeZone;
use kaizend_core::{
    domain::Person,
    policy::calendar::{Calendar, Holidays, Ical, IcalError, Week, WeekError},
};

use super::{company, known::Known, table::Section, value::Value};

pub(super) const CALENDAR: Section =
    Section { name: "calendars.<name>", keys: &["timezone", "weekly", "holidays"] };

/// A holiday file of a country has a few kilobytes.
const LARGEST: u64 = 4 << 20;

/// How many events that are not taken are named one by one.
const MOST_REMARKS: usize = 20;

#[derive(Clone, Debug, PartialEq)]
pub struct Calendars {
    /// For everybody and everything that names no other.
    pub company: Calendar,
    pub named: BTreeMap<String, Calendar>,
}

impl Calendars {
    pub(super) fn read(known: &Known<'_>, company: Option<&Value<'_>>, zone: &TimeZone) -> Self {
        let named: BTreeMap<_, _> = known
            .calendars
            .iter()
            .filter_map(|(name, value)| Some(((*name).to_owned(), calendar(value, zone)?)))
            .collect();
        let chosen = company.and_then(|value| value.peek("calendar"));
        let company = match &chosen {
            Some(value) => known.calendar(value).and_then(|name| named.get(&name).cloned()),
            None => only(known, &named),
        };
        let company = company.unwrap_or_else(|| Calendar::office(zone.clone()));
        Self { company, named }
    }
}

impl Calendars {
    /// A person's working time: the calendar that they name, else the company's; in their own zone, if they have
    /// one; without the days on which they are away.
    pub fn of(&self, person: &Person) -> Calendar {
        let calendar = self.named_by(person).unwrap_or(&self.company);
        let calendar = person.zone().map_or_else(|| calendar.clone(), |zone| calendar.in_zone(zone));
        if person.absences.is_empty() { calendar } else { calendar.with_absences(&person.absences) }
    }

    /// The zone that a person says, or that of the calendar that they name.
    pub fn zone_of(&self, person: &Person) -> Option<TimeZone> {
        person.zone().or_else(|| Some(self.named_by(person)?.zone().clone()))
    }

    fn named_by(&self, person: &Person) -> Option<&Calendar> {
        self.named.get(person.calendar.as_deref()?)
    }
}

fn only(known: &Known<'_>, named: &BTreeMap<String, Calendar>) -> Option<Calendar> {
    if let Some(second) = known.calendars.values().nth(1) {
        let hint = "say it in [company]: calendar = \"…\"";
        second.error("there are several calendars: which one is the company's?", Some(hint.to_owned()));
    }
    named.values().next().cloned()
}

fn calendar(value: &Value<'_>, company: &TimeZone) -> Option<Calendar> {
    let table = value.table(&CALENDAR)?;
    let zone = table.get("timezone").and_then(|value| company::zone(&value)).unwrap_or(company.clone());
    let week = table.get("weekly").map_or_else(|| Some(Week::office()), |value| week(&value));
    let holidays = table.get("holidays").map(|value| holidays(&value)).unwrap_or_default();
    Some(Calendar::new(zone, week?, holidays))
}

/// A problem of one entry is said at that entry.
fn week(value: &Value<'_>) -> Option<Week> {
    let entries: Vec<(&str, Value<'_>, Vec<String>)> = value
        .entries()
        .into_iter()
        .map(|(days, spans)| {
            let texts = spans.texts();
            (days, spans, texts)
        })
        .collect();
    let borrowed = entries.iter().map(|(days, _, spans)| (*days, spans.as_slice()));
    let entry = |days: &str| entries.iter().find(|(name, ..)| *name == days).map(|(_, entry, _)| entry);
    match Week::parse(borrowed) {
        Ok(week) => return Some(week),
        Err(error) => match (&error, error.entry().and_then(entry)) {
            (WeekError::Shift { .. }, Some(entry)) => entry.error(error.to_string(), None),
            (_, Some(entry)) => entry.key_error(error.to_string(), None),
            (_, None) => value.error(error.to_string(), None),
        },
    }
    None
}

/// Files of holidays (`*.ics`) and single days (`"2026-12-24"`), mixed.
fn holidays(value: &Value<'_>) -> Holidays {
    let mut holidays = Holidays::default();
    for entry in value.list() {
        let Some(text) = entry.text() else { continue };
        if Path::new(text).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ics")) {
            if let Some(file) = entry.path().and_then(|path| holiday_file(&entry, &path)) {
                holidays.add_file(&file);
            }
        } else if let Err(error) = holidays.add(text) {
            entry.error(error.to_string(), None);
        }
    }
    holidays
}

/// Problems inside the file are said at its own lines.
fn holiday_file(entry: &Value<'_>, path: &Path) -> Option<Ical> {
    let shown = path.display().to_string();
    let text = match fs::metadata(path) {
        Ok(about) if about.len() > LARGEST => Err(format!("it has more than {LARGEST} bytes")),
        Ok(_) => fs::read_to_string(path).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    let unusable = |why: String| entry.error(format!("cannot read the holidays `{shown}`: {why}"), None);
    let file = match Ical::parse(&text.map_err(unusable).ok()?) {
        Ok(file) => file,
        Err(error) => {
            match error.line() {
                Some(line) => entry.reader.error_in(&shown, line, &error.to_string(), cut_off(&error)),
                None => unusable(error.to_string()),
            }
            return None;
        }
    };
    for not_taken in file.not_taken.iter().take(MOST_REMARKS) {
        let message = format!("\"{}\" is not taken: {}", not_taken.summary, not_taken.why);
        entry.reader.warning_in(&shown, not_taken.line, &message);
    }
    if file.not_taken.len() > MOST_REMARKS {
        let more = file.not_taken.len() - MOST_REMARKS;
        entry.warning(format!("{more} more events of `{shown}` are not taken"), None);
    }
    if file.days.is_empty() && file.hours.is_empty() {
        entry.warning(format!("`{shown}` holds no holiday"), None);
    }
    Some(file)
}

fn cut_off(error: &IcalError) -> Option<String> {
    let hint = "get the file again: the days that are missing would count as working days";
    matches!(error, IcalError::CutOff { .. }).then(|| hint.to_owned())
}
