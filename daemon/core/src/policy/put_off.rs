//! When a reader who puts a thing off hears of it again: today in the afternoon, on a working day to come, in their own
//! working time; and how often that may be without a reason.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
};

use super::{
    calendar::{Calendar, Shift, minute_of},
    zone::instant_of,
};

/// So often in an episode it is nobody's business. Then a reason is asked for, which the manager sees.
pub const FREE: usize = 3;

/// The afternoon's moment, in minutes since midnight.
const AFTERNOON: u16 = 16 * 60;

/// No date farther ahead than this is taken: it would be forgotten.
const FARTHEST_DAYS: i64 = 366;

/// Until when, as a page offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    /// Today at 16:00, where that is ahead and in working time.
    Today,
    /// The next working day.
    Tomorrow,
    /// The first working day from the next Monday on.
    Monday,
    /// That day, or the first working day after it.
    On(Date),
}

/// The moment at which work begins on that day; `None` when it is not ahead, or too far.
pub fn until(later: Later, calendar: &Calendar, now: Timestamp) -> Option<Timestamp> {
    let today = calendar.date_of(now);
    let until = match later {
        Later::Today => {
            let works = calendar.shifts_on(today).iter().any(|shift| is_in(*shift, AFTERNOON));
            works.then(|| instant_of(minute_of(today, AFTERNOON), calendar.zone()).0)?
        }
        Later::Tomorrow => begin(calendar, calendar.add_working_days(today, 1)),
        Later::Monday => begin(calendar, today.nth_weekday(1, Weekday::Monday).ok()?),
        Later::On(date) => begin(calendar, date),
    };
    within_reach(until, calendar, now)
}

/// A moment to which something may be put off; `None` when it is not ahead, or too far.
pub fn within_reach(until: Timestamp, calendar: &Calendar, now: Timestamp) -> Option<Timestamp> {
    let farthest = calendar.date_of(now).checked_add(FARTHEST_DAYS.days()).unwrap_or(Date::MAX);
    (until > now && calendar.date_of(until) <= farthest).then_some(until)
}

fn is_in(shift: Shift, minute: u16) -> bool {
    shift.opens() <= minute && minute < shift.closes()
}

fn begin(calendar: &Calendar, date: Date) -> Timestamp {
    calendar.working_moment(calendar.start_of(date))
}

#[cfg(test)]
mod tests {
    use jiff::{civil::date, tz::TimeZone};

    use super::*;
    use crate::domain::Absence;
    use crate::policy::samples::at;

    fn sofia() -> Calendar {
        Calendar::office(TimeZone::get("Europe/Sofia").unwrap())
    }

    #[test]
    fn it_comes_back_in_the_readers_working_time() {
        // A Friday; Sofia is two hours ahead.
        let friday = "2026-11-27T08:00:00Z";
        for (later, now, expected) in [
            (Later::Today, friday, Some("2026-11-27T14:00:00Z")),
            (Later::Today, "2026-11-27T14:00:00Z", None),
            (Later::Today, "2026-11-28T08:00:00Z", None),
            (Later::Tomorrow, friday, Some("2026-11-30T07:00:00Z")),
            (Later::Monday, friday, Some("2026-11-30T07:00:00Z")),
            (Later::Monday, "2026-11-30T08:00:00Z", Some("2026-12-07T07:00:00Z")),
            (Later::On(date(2026, 12, 5)), friday, Some("2026-12-07T07:00:00Z")),
            (Later::On(date(2026, 12, 8)), friday, Some("2026-12-08T07:00:00Z")),
            (Later::On(date(2026, 11, 26)), friday, None),
            (Later::On(date(2027, 11, 26)), friday, Some("2027-11-26T07:00:00Z")),
            (Later::On(date(2028, 11, 27)), friday, None),
        ] {
            let found = until(later, &sofia(), at(now));
            assert_eq!(found, expected.map(at), "{later:?} at {now}");
        }
    }

    #[test]
    fn who_is_away_hears_of_it_after_that() {
        let away = Absence { first: date(2026, 11, 30), last: date(2026, 12, 1), substitute: None };
        let found = until(Later::Tomorrow, &sofia().with_absences(&[away]), at("2026-11-27T08:00:00Z"));
        assert_eq!(found, Some(at("2026-12-02T07:00:00Z")));
    }
}
