//! Until when something is put off: a length of time, a day of the week, a date.

use jiff::{
    Timestamp,
    civil::{Date, Weekday},
};

use super::words::after;
use crate::{
    domain::Span,
    policy::{
        calendar::Calendar,
        put_off::{self, Later, within_reach},
    },
};

/// As it was said; what it comes to depends on the calendar of whoever says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    After(Span),
    Tomorrow,
    On(Weekday),
    Date(Date),
    /// A day of a month: the next one.
    DayAndMonth {
        day: i8,
        month: i8,
    },
}

/// A unit of time, by its names.
struct Unit {
    names: &'static [&'static str],
    span: fn(u32) -> Span,
}

/// Days are working days, because a day off is no time to act.
const UNITS: [Unit; 3] = [
    Unit {
        names: &["h", "hour", "hours", "ч", "час", "часа", "часов", "t", "tund", "tundi"], span: hours
    },
    Unit {
        names: &[
            "d",
            "day",
            "days",
            "working day",
            "working days",
            "д",
            "дн",
            "день",
            "дня",
            "дней",
            "ден",
            "дни",
            "p",
            "päev",
            "päeva",
        ],
        span: Span::WorkingDays,
    },
    Unit {
        names: &[
            "w",
            "week",
            "weeks",
            "н",
            "нед",
            "неделя",
            "неделю",
            "недели",
            "недель",
            "седмица",
            "седмици",
            "n",
            "nädal",
            "nädalat",
        ],
        span: weeks,
    },
];

const TOMORROW: &[&str] = &["tomorrow", "завтра", "утре", "homme"];

const WEEKDAYS: [(&[&str], Weekday); 7] = [
    (
        &["monday", "mon", "понедельник", "понедельника", "понеделник", "esmaspäev", "esmaspäevani"],
        Weekday::Monday,
    ),
    (&["tuesday", "tue", "вторник", "вторника", "teisipäev", "teisipäevani"], Weekday::Tuesday),
    (&["wednesday", "wed", "среда", "среды", "сряда", "kolmapäev", "kolmapäevani"], Weekday::Wednesday),
    (
        &["thursday", "thu", "четверг", "четверга", "четвъртък", "neljapäev", "neljapäevani"],
        Weekday::Thursday,
    ),
    (&["friday", "fri", "пятница", "пятницы", "петък", "reede", "reedeni"], Weekday::Friday),
    (&["saturday", "sat", "суббота", "субботы", "събота", "laupäev", "laupäevani"], Weekday::Saturday),
    (&["sunday", "sun", "воскресенье", "воскресенья", "неделя", "pühapäev", "pühapäevani"], Weekday::Sunday),
];

/// Words before a moment that add nothing.
const UNTIL: &[&str] = &["until", "till", "for", "до", "на", "kuni"];

impl When {
    /// `None` when it is no moment. Nothing at all is one working day.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim_matches([' ', '.', '!', ',']);
        let text = UNTIL.iter().find_map(|word| after(text, word)).unwrap_or(text).trim();
        if text.is_empty() {
            return Some(Self::After(Span::WorkingDays(1)));
        }
        let is = |names: &[&str]| names.iter().any(|name| after(text, name).is_some_and(str::is_empty));
        if is(TOMORROW) {
            return Some(Self::Tomorrow);
        }
        let weekday = WEEKDAYS.iter().find(|(names, _)| is(names)).map(|(_, day)| Self::On(*day));
        weekday.or_else(|| length(text)).or_else(|| date(text))
    }

    /// The moment, for somebody with this calendar: the beginning of work on its day. `None` when it is not ahead, or too
    /// far, as on a page.
    pub fn of(self, calendar: &Calendar, now: Timestamp) -> Option<Timestamp> {
        let today = calendar.date_of(now);
        let later = match self {
            Self::After(span) => return within_reach(calendar.add(now, span), calendar, now),
            Self::Tomorrow => Later::Tomorrow,
            Self::On(weekday) => Later::On(today.nth_weekday(1, weekday).ok()?),
            Self::Date(date) => Later::On(date),
            Self::DayAndMonth { day, month } => Later::On(next(day, month, today)),
        };
        put_off::until(later, calendar, now)
    }
}

/// The next such day; the 29th of February is the 1st of March in other years.
fn next(day: i8, month: i8, today: Date) -> Date {
    let in_year = |year: i16| {
        let first = Date::new(year, month, 1).ok()?;
        Date::new(year, month, day).ok().or_else(|| first.last_of_month().tomorrow().ok())
    };
    let dates = [today.year(), today.year().saturating_add(1)].into_iter().filter_map(in_year);
    dates.into_iter().find(|date| *date > today).unwrap_or(today)
}

fn length(text: &str) -> Option<When> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let count: u32 = text[..digits].parse().ok().filter(|count| (1..=366).contains(count))?;
    let unit = text[digits..].trim().to_lowercase();
    let unit = UNITS.iter().find(|known| known.names.contains(&unit.as_str()))?;
    Some(When::After((unit.span)(count)))
}

fn hours(count: u32) -> Span {
    Span::WorkingMinutes(count * 60)
}

fn weeks(count: u32) -> Span {
    Span::Days(count * 7)
}

/// `2026-11-30`, `30.11.2026`, `30.11.`
fn date(text: &str) -> Option<When> {
    if let Ok(date) = text.parse::<Date>() {
        return Some(When::Date(date));
    }
    let mut parts = text.trim_end_matches('.').split('.');
    let (day, month) = (parts.next()?.trim().parse().ok()?, parts.next()?.trim().parse().ok()?);
    let year: Option<i16> = match parts.next() {
        Some(year) => Some(year.trim().parse().ok()?),
        None => None,
    };
    if parts.next().is_some() {
        return None;
    }
    match year {
        Some(year) => Date::new(year, month, day).ok().map(When::Date),
        // A leap year, in which each day is.
        None => Date::new(2028, month, day).ok().map(|_| When::DayAndMonth { day, month }),
    }
}
