//! What one addressee may still get today, and when the next mail may go otherwise.

use jiff::{SignedDuration, Timestamp};

use crate::domain::Severity;
use crate::policy::{calendar::Calendar, window::Windows};

/// Word to operators does not count, and has no bound: there is one for each trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// `None`: any number. What is urgent does not count.
    pub letters: Option<usize>,
    pub urgent: Option<usize>,
    /// From this severity on, what was decided as urgent is urgent still.
    pub urgent_from: Severity,
    /// Whether what is not urgent may go now, or waits for the next window although its own has come.
    pub open: bool,
    /// The next window after now: what is urgent beyond its number goes then.
    pub next_window: Timestamp,
    /// The first window of the next working day: what is over the day's cap goes then.
    pub next_day: Timestamp,
}

/// How many mails a person gets in a day of his own calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caps {
    pub letters: Option<u32>,
    pub urgent: u32,
    /// From this severity on something is urgent.
    pub urgent_from: Severity,
}

impl Allowance {
    /// Any number, at any time.
    pub fn unlimited(now: Timestamp) -> Self {
        Self {
            letters: None,
            urgent: None,
            urgent_from: Severity::Note,
            open: true,
            next_window: now,
            next_day: now,
        }
    }

    /// What is left after today's mails.
    pub fn left(
        caps: Caps,
        letters: usize,
        urgent: usize,
        windows: &Windows,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Self {
        let less = |cap: u32, used: usize| (cap as usize).saturating_sub(used);
        let just_after = now.checked_add(SignedDuration::from_secs(1)).unwrap_or(now);
        let tomorrow = tomorrow(calendar, now);
        let first = |from| match windows.is_empty() {
            true => calendar.working_moment(from),
            false => windows.next_opening(from, calendar),
        };
        let next_day = first(tomorrow);
        // Without windows there is no next one today.
        let next_window = if windows.is_empty() { next_day } else { first(just_after) };
        Self {
            letters: caps.letters.map(|cap| less(cap, letters)),
            urgent: Some(less(caps.urgent, urgent)),
            urgent_from: caps.urgent_from,
            open: windows.is_open(now, calendar),
            next_window,
            next_day,
        }
    }
}

/// When the addressee's present day began.
pub fn today(calendar: &Calendar, now: Timestamp) -> Timestamp {
    calendar.start_of(calendar.date_of(now))
}

fn tomorrow(calendar: &Calendar, now: Timestamp) -> Timestamp {
    calendar.date_of(now).tomorrow().map_or(Timestamp::MAX, |date| calendar.start_of(date))
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::policy::samples::at;

    #[test]
    fn what_is_left_of_a_day() {
        let sofia = Calendar::office(TimeZone::get("Europe/Sofia").unwrap());
        let windows = Windows::parse(&["09:00", "14:00"]).unwrap();
        let caps = Caps { letters: Some(3), urgent: 2, urgent_from: Severity::Urgent };
        let friday = at("2026-11-27T07:00:00Z");
        let left = Allowance::left(caps, 1, 0, &windows, &sofia, friday);
        assert_eq!((left.letters, left.urgent, left.open), (Some(2), Some(2), true));
        let night = Allowance::left(caps, 0, 0, &windows, &sofia, at("2026-11-27T22:00:00Z"));
        assert_eq!((night.open, night.next_window), (false, at("2026-11-30T07:00:00Z")));
        assert_eq!(left.next_window, at("2026-11-27T12:00:00Z"), "not the window that is open now");
        assert_eq!(left.next_day, at("2026-11-30T07:00:00Z"), "Monday");
        let over = Allowance::left(caps, 5, 2, &windows, &sofia, friday);
        assert_eq!((over.letters, over.urgent), (Some(0), Some(0)));
        let none = Allowance::left(Caps { letters: None, ..caps }, 9, 0, &Windows::default(), &sofia, friday);
        assert_eq!((none.letters, none.next_window), (None, at("2026-11-30T07:00:00Z")));
        assert_eq!(today(&sofia, at("2026-11-26T23:00:00Z")), at("2026-11-26T22:00:00Z"), "its own midnight");
    }
}
