//! Holiday files: the events of an iCalendar text (RFC 5545), as days that are closed or have hours of their own.
//!
//! An all-day event closes its days. An event with a time of day and the category `WORKDAY` gives its day these
//! hours: a half day, a Saturday that is worked. Whatever else the file says of days, and whatever cannot be
//! understood, is never dropped silently: it comes back in `not_taken`, with its line. A file that breaks off
//! is refused.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{
    Shift,
    ical_event::{Event, Said},
    ical_lines::Property,
};

/// Longer files are refused: the holidays of a hundred years are a tenth of this.
const MOST_BYTES: usize = 4 << 20;

/// What a holiday file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ical {
    /// Every day that the file closes; yearly events up to the year 2100.
    pub days: BTreeSet<Date>,
    /// The hours of days that have some of their own, in order.
    pub hours: BTreeMap<Date, Vec<Shift>>,
    pub not_taken: Vec<NotTaken>,
}

/// Something that the file says, and that counts for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotTaken {
    /// The line of its `BEGIN:VEVENT`, or of what is no event; counted from one.
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
    #[error("BEGIN:{component} in line {line} has no END:{component}: the file is cut off")]
    CutOff { component: String, line: usize },
}

impl IcalError {
    /// Where in the file it is, when it is not the file as a whole.
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::CutOff { line, .. } => Some(*line),
            Self::NotACalendar | Self::TooLong { .. } => None,
        }
    }
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
        let events = file.events(&properties)?;
        let moved = moved(&events);
        for event in &events {
            file.take(event, event.uid().and_then(|uid| moved.get(uid)).map_or(&[], Vec::as_slice));
        }
        Ok(file)
    }

    /// The events with their own properties; those of what they contain, such as alarms, are left out.
    fn events<'a>(&mut self, properties: &'a [Property]) -> Result<Vec<Event<'a>>, IcalError> {
        let mut open: Vec<&Property> = Vec::new();
        let mut events: Vec<Event<'a>> = Vec::new();
        for property in properties {
            let in_event = open.last().is_some_and(|begin| begin.is("BEGIN", "VEVENT"));
            match property.name.as_str() {
                // Events never contain events: this one's beginning is the other's missing end.
                "BEGIN" if in_event && property.is("BEGIN", "VEVENT") => return Err(cut_off(&open)),
                "BEGIN" => {
                    open.push(property);
                    if property.is("BEGIN", "VEVENT") {
                        events.push(Event { begin: property, properties: Vec::new() });
                    }
                }
                "END" => match open.pop() {
                    Some(begin) if begin.value.eq_ignore_ascii_case(&property.value) => {}
                    Some(begin) => return Err(cut_off(&[begin])),
                    None => self.stray(property),
                },
                _ if in_event => {
                    if let Some(event) = events.last_mut() {
                        event.properties.push(property);
                    }
                }
                "" => self.stray(property),
                _ => {}
            }
        }
        if open.is_empty() { Ok(events) } else { Err(cut_off(&open)) }
    }

    fn stray(&mut self, property: &Property) {
        let summary = format!("{}{}", property.name, property.value).chars().take(40).collect();
        let why = "this is no line of an iCalendar file".to_owned();
        self.not_taken.push(NotTaken { line: property.line, summary, why });
    }

    fn take(&mut self, event: &Event<'_>, moved: &[Date]) {
        let taken = event.said(moved).and_then(|said| match said {
            Said::Closed(days) => {
                self.days.extend(days);
                Ok(())
            }
            Said::Open { days, shift } => self.open(&days, shift),
            Said::Nothing => Ok(()),
        });
        if let Err(why) = taken {
            self.not_taken.push(NotTaken { line: event.begin.line, summary: event.summary(), why });
        }
    }

    /// All of the days, or none when one of them has other hours already that overlap.
    fn open(&mut self, days: &BTreeSet<Date>, shift: Shift) -> Result<(), String> {
        let with = |shifts: Option<&Vec<Shift>>| {
            Shift::in_order(shifts.into_iter().flatten().copied().chain([shift]).collect())
        };
        for day in days {
            with(self.hours.get(day)).map_err(|error| format!("on {day}, {error}"))?;
        }
        for &day in days {
            let shifts = self.hours.entry(day).or_default();
            shifts.push(shift);
            shifts.sort();
        }
        Ok(())
    }
}

/// The innermost component that is open is the one that was cut.
fn cut_off(open: &[&Property]) -> IcalError {
    let (component, line) =
        open.last().map_or((String::new(), 1), |begin| (begin.value.to_uppercase(), begin.line));
    IcalError::CutOff { component, line }
}

/// Days of recurring events that an event of the same name has moved elsewhere (`RECURRENCE-ID`).
fn moved<'a>(events: &[Event<'a>]) -> BTreeMap<&'a str, Vec<Date>> {
    let mut moved: BTreeMap<&str, Vec<Date>> = BTreeMap::new();
    for event in events {
        if let (Some(uid), Some(day)) = (event.uid(), event.moved_from()) {
            moved.entry(uid).or_default().push(day);
        }
    }
    moved
}

#[cfg(test)]
mod tests;
