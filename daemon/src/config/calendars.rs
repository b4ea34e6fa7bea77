//! `[calendars.<name>]`: working time. The company's calendar is the one that `[company] calendar` names, else
//! the only one there is, else Monday to Friday from 09:00 to 18:00.

use std::{collections::BTreeMap, fs, path::Path};

use jiff::tz::TimeZone;
use kaizend_core::policy::calendar::{Calendar, Holidays, Ical, Week};

use super::{company, known::Known, table::Section, value::Value};

pub(super) const CALENDAR: Section =
    Section { name: "calendars.<name>", keys: &["timezone", "weekly", "holidays"] };

/// A holiday file of a country has a few kilobytes.
const LARGEST: u64 = 4 << 20;

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

fn week(value: &Value<'_>) -> Option<Week> {
    let entries: Vec<(&str, Vec<String>)> =
        value.entries().into_iter().map(|(days, spans)| (days, spans.texts())).collect();
    let borrowed = entries.iter().map(|(days, spans)| (*days, spans.as_slice()));
    Week::parse(borrowed).map_err(|error| value.error(error.to_string(), None)).ok()
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

fn holiday_file(entry: &Value<'_>, path: &Path) -> Option<Ical> {
    let shown = path.display();
    let text = match fs::metadata(path) {
        Ok(about) if about.len() > LARGEST => Err(format!("it has more than {LARGEST} bytes")),
        Ok(_) => fs::read_to_string(path).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    let file = text.and_then(|text| Ical::parse(&text).map_err(|error| error.to_string()));
    let file =
        file.map_err(|why| entry.error(format!("cannot read the holidays `{shown}`: {why}"), None)).ok()?;
    if let Some(first) = file.not_taken.first() {
        let more = file.not_taken.len() - 1;
        let rest = if more > 0 { format!(", and {more} more") } else { String::new() };
        entry.warning(
            format!(
                "`{shown}`: \"{}\" (line {}) is not taken{rest}: {}",
                first.summary, first.line, first.why
            ),
            None,
        );
    }
    if file.days.is_empty() {
        entry.warning(format!("`{shown}` holds no holiday"), None);
    }
    Some(file)
}
