//! Weekdays. POSIX counts 0 and 7 as Sunday, the `cron` crate counts 1 as Sunday: so that crate only ever sees
//! names, and a schedule of six fields, where both countings are in use, must write them itself.

use super::{
    ScheduleError,
    fields::{Field, Part, Range},
};

/// Seven is Sunday again, so that `5-7` and `fri-sun` do not run backwards.
const WEEKDAY: Field = Field { name: "weekday", min: 0, max: 7, names: &NAMES };
const NAMES: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const FULL_NAMES: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/// How weekdays may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weekdays {
    PosixNumbersOrNames,
    NamesOnly,
}

impl Weekdays {
    /// The field as a list of names, or `*`.
    pub(super) fn translated(self, text: &str) -> Result<String, ScheduleError> {
        let mut chosen = [false; 7];
        for part in text.split(',') {
            if self == Self::NamesOnly {
                refuse_numbers(part)?;
            }
            for day in days_of(part)? {
                chosen[day % 7] = true;
            }
        }
        if chosen == [true; 7] {
            return Ok("*".to_owned());
        }
        let names = NAMES.iter().zip(chosen).filter_map(|(&name, chosen)| chosen.then_some(name));
        Ok(names.collect::<Vec<_>>().join(","))
    }
}

fn refuse_numbers(part: &str) -> Result<(), ScheduleError> {
    let days = part.split('/').next().unwrap_or(part);
    if days.contains(|c: char| c.is_ascii_digit()) && !days.contains('#') {
        return Err(ScheduleError::NumericWeekday { part: part.to_owned() });
    }
    Ok(())
}

/// The days of one part, 0 to 7.
fn days_of(part: &str) -> Result<impl Iterator<Item = usize>, ScheduleError> {
    let short = shortened(part);
    let Part { range, step } = WEEKDAY.part(&short).map_err(|error| with_hint(error, part))?;
    let (first, last) = match (range, step) {
        (Range::All, _) => (0, 6),
        (Range::One(day), Some(_)) => (day, 6),
        (Range::One(day), None) => (day, day),
        (Range::Between(first, last), _) => (first, last),
    };
    let step = step.map_or(1, |step| step as usize);
    Ok((first as usize..=last as usize).step_by(step))
}

/// Longer names (`tues`, `Tuesday`) become short ones, and a range that ends on Sunday ends on day 7.
fn shortened(part: &str) -> String {
    let lower = part.to_lowercase();
    let (days, step) =
        lower.split_once('/').map_or((lower.as_str(), None), |(days, step)| (days, Some(step)));
    let short = |day: &str| {
        let known = FULL_NAMES.iter().zip(NAMES).find(|(full, _)| day.len() > 3 && full.starts_with(day));
        known.map_or_else(|| day.to_owned(), |(_, short)| short.to_owned())
    };
    let days = match days.split_once('-') {
        Some((first, last)) if short(last) == "sun" && short(first) != "sun" => format!("{}-7", short(first)),
        Some((first, last)) => format!("{}-{}", short(first), short(last)),
        None => short(days),
    };
    step.map_or_else(|| days.clone(), |step| format!("{days}/{step}"))
}

/// Says the part as the operator wrote it, and for a range over the weekend the list to write instead.
fn with_hint(error: ScheduleError, written: &str) -> ScheduleError {
    let part = written.to_owned();
    match error {
        ScheduleError::Backwards { field, .. } => {
            let hint =
                "a week begins on Sunday here: write the days as a list, such as fri,sat,sun,mon".to_owned();
            ScheduleError::Backwards { field, part, hint }
        }
        ScheduleError::Part { field, .. } if written.contains(['#', 'L', 'W', '+', '?']) => {
            let hint = "L, W, #, + and ? are not supported: write the days, such as mon,fri".to_owned();
            ScheduleError::Part { field, part, hint }
        }
        ScheduleError::Part { field, .. } => {
            let hint = "write 0-7 (0 and 7 are Sunday), sun to sat, *, or a range such as mon-fri".to_owned();
            ScheduleError::Part { field, part, hint }
        }
        other => other,
    }
}
