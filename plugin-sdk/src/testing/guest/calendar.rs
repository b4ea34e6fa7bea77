//! The calendar of fixtures, in UTC.

use super::playing;
use crate::Date;

const DAY: i64 = 86_400_000_000;

pub(crate) fn dates_of(instants: &[i64]) -> Vec<i32> {
    instants.iter().map(|instant| instant.div_euclid(DAY) as i32).collect()
}

pub(crate) fn starts_of(dates: &[i32]) -> Vec<i64> {
    dates.iter().map(|&date| i64::from(date) * DAY).collect()
}

pub(crate) fn add_working_days(start: i32, days: i32) -> i32 {
    playing(|playing| playing.look.office.add_working_days(Date::from_days(start), days).days())
}

pub(crate) fn working_seconds(starts: &[i64], ends: &[i64], _person: &str) -> Vec<i64> {
    let second = |instant: i64| instant.div_euclid(1_000_000);
    playing(|playing| {
        let pairs = starts.iter().zip(ends);
        pairs.map(|(&from, &to)| playing.look.office.working_seconds(second(from), second(to))).collect()
    })
}
