//! The calendar of fixtures: Monday to Friday, nine to six, in UTC, without the holidays that a fixture names.
//!
//! It is the daemon's own default calendar, so a fixture means the same in both.

use crate::Date;

/// Working days and hours.
#[derive(Clone, Debug, Default)]
pub struct Office {
    /// Days on which nobody works.
    pub holidays: Vec<Date>,
}

const HOUR: i64 = 3_600;
const OPENS: i64 = 9 * HOUR;
const CLOSES: i64 = 18 * HOUR;

impl Office {
    pub(super) fn works_on(&self, date: Date) -> bool {
        // 1970-01-01 was a Thursday.
        (date.days() + 3).rem_euclid(7) < 5 && !self.holidays.contains(&date)
    }

    pub(super) fn add_working_days(&self, start: Date, days: i32) -> Date {
        let (mut date, mut left) = (start, days);
        if days == 0 && !self.works_on(start) {
            left = 1;
        }
        while left != 0 {
            date = date + left.signum();
            if self.works_on(date) {
                left -= left.signum();
            }
        }
        date
    }

    /// Working seconds from `start` to `end`, in seconds since 1970; negative when they are the other way round.
    pub(super) fn working_seconds(&self, start: i64, end: i64) -> i64 {
        if end < start {
            return -self.working_seconds(end, start);
        }
        let day_of = |second: i64| second.div_euclid(86_400) as i32;
        (day_of(start)..=day_of(end)).filter(|&day| self.works_on(Date::from_days(day))).fold(
            0,
            |sum, day| {
                let midnight = i64::from(day) * 86_400;
                sum + ((midnight + CLOSES).min(end) - (midnight + OPENS).max(start)).max(0)
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_time_is_that_of_an_office() {
        let friday = Date::new(1998, 5, 29);
        let office = Office { holidays: vec![friday + 3] };
        assert_eq!(office.add_working_days(friday, 1), friday + 4);
        assert_eq!(office.add_working_days(friday + 1, 2), friday + 5);
        assert_eq!(office.add_working_days(friday + 4, -1), friday);
        assert_eq!(
            (office.add_working_days(friday, 0), office.add_working_days(friday + 1, 0)),
            (friday, friday + 4)
        );
        let at = |date: Date, hour: i64| i64::from(date.days()) * 86_400 + hour * HOUR;
        assert_eq!(office.working_seconds(at(friday, 16), at(friday + 4, 10)), 3 * HOUR);
        assert_eq!(office.working_seconds(at(friday, 19), at(friday + 3, 12)), 0);
    }
}
