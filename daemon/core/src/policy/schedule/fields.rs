//! The fields of a cron expression, checked one by one, so that a slip is named with its field and its remedy.
//! The `cron` crate's own message is a column in a text that the operator did not write.

use super::ScheduleError;

/// One field: its name in messages, and what may stand in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) min: u32,
    pub(super) max: u32,
    pub(super) names: &'static [&'static str],
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

pub(super) const SECOND: Field = Field { name: "second", min: 0, max: 59, names: &[] };
pub(super) const MINUTE: Field = Field { name: "minute", min: 0, max: 59, names: &[] };
pub(super) const HOUR: Field = Field { name: "hour", min: 0, max: 23, names: &[] };
pub(super) const DAY: Field = Field { name: "day of the month", min: 1, max: 31, names: &[] };
pub(super) const MONTH: Field = Field { name: "month", min: 1, max: 12, names: &MONTHS };
pub(super) const YEAR: Field = Field { name: "year", min: 1970, max: 2100, names: &[] };

/// One comma-separated part of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) range: Range,
    pub(super) step: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    All,
    One(u32),
    Between(u32, u32),
}

impl Field {
    /// The field as the `cron` crate writes it, names turned into numbers.
    pub(super) fn translated(&self, text: &str) -> Result<String, ScheduleError> {
        let parts = text.split(',').map(|part| Ok(self.part(part)?.to_string()));
        Ok(parts.collect::<Result<Vec<_>, ScheduleError>>()?.join(","))
    }

    /// `*`, `7`, `2-5`, `*/15`, `8-18/2`, `jan-mar`.
    pub(super) fn part(&self, part: &str) -> Result<Part, ScheduleError> {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(self.step(step, part)?)),
            None => (part, None),
        };
        let range = match range.split_once('-') {
            _ if range == "*" => Range::All,
            Some((first, last)) => self.range(self.value(first, part)?, self.value(last, part)?, part)?,
            None => Range::One(self.value(range, part)?),
        };
        Ok(Part { range, step })
    }

    fn range(&self, first: u32, last: u32, part: &str) -> Result<Range, ScheduleError> {
        if first <= last {
            return Ok(Range::Between(first, last));
        }
        let hint = format!("write it as two: {first}-{},{}-{last}", self.max, self.min);
        Err(ScheduleError::Backwards { field: self.name, part: part.to_owned(), hint })
    }

    fn step(&self, step: &str, part: &str) -> Result<u32, ScheduleError> {
        let most = if self.min > 1 { self.max - self.min } else { self.max };
        match number(step) {
            Some(step) if (1..=most).contains(&step) => Ok(step),
            _ => Err(self.not_understood(part, &format!("a step is a number from 1 to {most}"))),
        }
    }

    fn value(&self, value: &str, part: &str) -> Result<u32, ScheduleError> {
        if let Some(value) = number(value) {
            let (field, min, max) = (self.name, self.min, self.max);
            let inside = (min..=max).contains(&value);
            return if inside {
                Ok(value)
            } else {
                Err(ScheduleError::OutOfRange { field, value, min, max })
            };
        }
        let lower = value.to_lowercase();
        self.names
            .iter()
            .zip(self.min..)
            .find_map(|(&name, value)| (lower == name).then_some(value))
            .ok_or_else(|| self.not_understood(part, &self.hint(value)))
    }

    fn hint(&self, value: &str) -> String {
        if value.contains(['L', 'W', '#', '+', 'H', '?']) {
            return "L, W, H, #, + and ? are not supported: name the values themselves, such as 1,15"
                .to_owned();
        }
        match (self.names.first(), self.names.last()) {
            (Some(first), Some(last)) => {
                format!("write {}-{}, {first} to {last}, *, a range 2-5, or a step */2", self.min, self.max)
            }
            _ => format!("write {}-{}, *, a range 2-5, or a step */2", self.min, self.max),
        }
    }

    pub(super) fn not_understood(&self, part: &str, hint: &str) -> ScheduleError {
        ScheduleError::Part { field: self.name, part: part.to_owned(), hint: hint.to_owned() }
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.range {
            Range::All => f.write_str("*")?,
            Range::One(value) => write!(f, "{value}")?,
            Range::Between(first, last) => write!(f, "{first}-{last}")?,
        }
        self.step.map_or(Ok(()), |step| write!(f, "/{step}"))
    }
}

pub(super) fn number(text: &str) -> Option<u32> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}
