//! Working time over weekends, holidays and both clock changes, on three continents.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn calendar(zone: &str, week: &[(&str, &[&str])], holidays: &[&str]) -> Calendar {
    let week = Week::parse(week.iter().copied()).unwrap();
    let holidays = Holidays::parse(holidays.iter().copied()).unwrap();
    Calendar::new(TimeZone::get(zone).unwrap(), week, holidays)
}

fn sofia() -> Calendar {
    calendar(
        "Europe/Sofia",
        &[("mon-fri", &["09:00-13:00", "14:00-18:00"])],
        &["2026-12-24 09:00-13:00", "12-25", "2026-12-28"],
    )
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn two_working_days_ahead_of_a_sunday_reach_the_tuesday() {
    let office = Calendar::office(TimeZone::get("Europe/Sofia").unwrap());
    let sunday = date(1998, 5, 31);
    assert_eq!(office.add_working_days(sunday, 1), date(1998, 6, 1));
    assert_eq!(office.add_working_days(sunday, 2), date(1998, 6, 2));
}

#[test]
fn working_days_skip_weekends_and_holidays() {
    let calendar = sofia();
    for (from, days, to) in [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        // The half day counts, Christmas, the weekend and the 28th do not.
        (date(2026, 12, 23), 1, date(2026, 12, 24)),
        (date(2026, 12, 23), 2, date(2026, 12, 29)),
        (date(2026, 12, 29), -2, date(2026, 12, 23)),
        (date(2026, 11, 30), -1, date(2026, 11, 27)),
        (date(2026, 11, 29), -1, date(2026, 11, 27)),
        (date(2026, 11, 27), 0, date(2026, 11, 27)),
        (date(2026, 11, 28), 0, date(2026, 11, 30)),
        (date(2026, 11, 27), 261, date(2027, 12, 1)),
    ] {
        assert_eq!(calendar.add_working_days(from, days), to, "{from} {days}");
    }
    assert_eq!(calendar.working_days_between(date(2026, 12, 23), date(2026, 12, 29)), 2);
    assert_eq!(calendar.working_days_between(date(2026, 12, 29), date(2026, 12, 23)), -2);
    assert_eq!(calendar.working_days_between(date(2026, 12, 26), date(2026, 12, 27)), 0);
}

#[test]
fn working_time_is_what_really_elapsed() {
    let office = sofia();
    let night = |zone| calendar(zone, &[("mon-sun", &["00:00-06:00"])], &[]);
    let hours = |hours: f64| (hours * 3600.0) as i64;
    for (calendar, from, to, expected, why) in [
        (&office, "2026-11-23T07:00Z", "2026-11-23T16:00Z", 8.0, "a day with its lunch hour"),
        (&office, "2026-11-23T11:30Z", "2026-11-23T12:30Z", 0.5, "half an hour of it is lunch"),
        (&office, "2026-11-27T15:00Z", "2026-11-30T08:00Z", 2.0, "Friday's last and Monday's first hour"),
        (&office, "2026-12-24T07:00Z", "2026-12-29T07:00Z", 4.0, "the half day only"),
        (&office, "2026-03-27T15:00Z", "2026-03-30T07:00Z", 2.0, "over the weekend of the clock change"),
        (
            &office,
            "2025-12-31T22:00Z",
            "2026-12-31T22:00Z",
            8.0 * 259.0 - 4.0,
            "a year: 261 weekdays, two closed, one half",
        ),
        (
            &night("Europe/Sofia"),
            "2026-03-28T22:00Z",
            "2026-03-29T12:00Z",
            5.0,
            "the night that loses an hour",
        ),
        (&night("Europe/Sofia"), "2026-10-24T21:00Z", "2026-10-25T12:00Z", 7.0, "the night that gains one"),
        (&night("America/Santiago"), "2026-09-05T12:00Z", "2026-09-06T12:00Z", 5.0, "midnight is skipped"),
        (
            &night("America/Santiago"),
            "2026-04-04T12:00Z",
            "2026-04-05T12:00Z",
            6.0,
            "the hour before midnight is repeated",
        ),
        (
            &night("Australia/Lord_Howe"),
            "2026-10-03T12:00Z",
            "2026-10-04T12:00Z",
            5.5,
            "half an hour is lost",
        ),
        (
            &night("Australia/Lord_Howe"),
            "2026-04-04T12:00Z",
            "2026-04-05T12:00Z",
            6.5,
            "half an hour is gained",
        ),
    ] {
        assert_eq!(calendar.working_seconds(at(from), at(to)), hours(expected), "{why}");
        assert_eq!(calendar.working_seconds(at(to), at(from)), -hours(expected), "{why}, backwards");
    }
}

#[test]
fn moments_move_by_every_kind_of_span() {
    let calendar = sofia();
    for (from, span, to, why) in [
        ("2026-11-27T10:30Z", "1 working day", "2026-11-30T10:30Z", "the same time on Monday"),
        ("2026-03-27T10:30Z", "1 working day", "2026-03-30T09:30Z", "the same time on the wall"),
        ("2026-03-27T10:30Z", "3 days", "2026-03-30T09:30Z", "calendar days keep the wall's time"),
        ("2026-03-27T10:30Z", "72h", "2026-03-30T10:30Z", "elapsed time does not"),
        ("2026-03-28T01:30Z", "1 day", "2026-03-29T01:00Z", "03:30 is skipped: the first instant after"),
        (
            "2026-11-27T15:30Z",
            "60 working minutes",
            "2026-11-30T07:30Z",
            "half an hour on each side of the weekend",
        ),
        ("2026-11-27T15:30Z", "30 working minutes", "2026-11-27T16:00Z", "the end of the shift itself"),
        ("2026-11-27T10:30Z", "1 working hour", "2026-11-27T12:30Z", "across lunch"),
        ("2026-11-28T10:30Z", "0 working minutes", "2026-11-28T10:30Z", "nothing is added"),
        (
            "2026-12-23T07:00Z",
            "16 working hours",
            "2026-12-29T11:00Z",
            "eight, four on the half day, then four",
        ),
    ] {
        assert_eq!(calendar.add(at(from), span.parse().unwrap()), at(to), "{from} + {span}: {why}");
    }
}

#[test]
fn absurd_spans_end_at_the_end_of_time() {
    let calendar = sofia();
    for span in [
        Span::WorkingDays(u32::MAX),
        Span::WorkingMinutes(u32::MAX),
        Span::Days(u32::MAX),
        Span::Seconds(u64::MAX),
    ] {
        assert!(calendar.add(at("2026-11-27T10:30Z"), span) > at("9000-01-01T00:00Z"), "{span}");
    }
    assert_eq!(calendar.add_working_days(date(2026, 11, 27), i32::MIN), Date::MIN);
}

#[test]
fn a_day_begins_where_the_clock_allows() {
    let santiago = Calendar::office(TimeZone::get("America/Santiago").unwrap());
    let start = santiago.start_of(date(2026, 9, 6));
    assert_eq!(start, at("2026-09-06T04:00Z"));
    assert_eq!(santiago.date_of(start), date(2026, 9, 6));
    assert_eq!(santiago.date_of(at("2026-09-06T03:59:59Z")), date(2026, 9, 5));
}

#[test]
fn a_bridge_day_is_closed_and_its_saturday_worked() {
    let office = [("mon-fri", &["09:00-13:00", "14:00-18:00"] as &[&str])];
    let text = include_str!("ical/bridge.ics");
    let mut of_file = Holidays::default();
    of_file.add_file(&Ical::parse(text).unwrap());
    let week = Week::parse(office.iter().copied()).unwrap();
    let by_file = Calendar::new(TimeZone::get("Europe/Sofia").unwrap(), week, of_file);
    let by_hand = calendar(
        "Europe/Sofia",
        &office,
        &[
            "2026-05-04",
            "2026-05-05",
            "2026-05-06",
            "2026-05-16 09:00-13:00, 14:00-18:00",
            "2026-12-23 09:00-12:00",
        ],
    );
    for calendar in [by_file, by_hand] {
        for (from, days, to, why) in [
            (date(2026, 5, 1), 1, date(2026, 5, 7), "over the bridge"),
            (date(2026, 5, 15), 1, date(2026, 5, 16), "the Saturday that makes up for it"),
            (date(2026, 5, 16), 1, date(2026, 5, 18), "the Sunday stays free"),
            (date(2026, 5, 7), -1, date(2026, 5, 1), "back over the bridge"),
        ] {
            assert_eq!(calendar.add_working_days(from, days), to, "{why}");
        }
        let hours = |from, to| calendar.working_seconds(at(from), at(to)) / 3600;
        assert_eq!(hours("2026-05-01T15:00Z", "2026-05-07T06:00Z"), 0);
        assert_eq!(hours("2026-05-15T15:00Z", "2026-05-18T06:00Z"), 8);
        assert_eq!(hours("2026-12-22T16:00Z", "2026-12-24T07:00Z"), 3);
        // Four weeks, of which none is ordinary: three days fewer, one more.
        assert_eq!(hours("2026-04-26T21:00Z", "2026-05-24T21:00Z"), 8 * (20 - 3 + 1));
    }
}

#[test]
fn who_is_away_has_no_working_time() {
    let away = |first, last| Absence { first, last, substitute: None };
    let person = sofia().with_absences(&[
        away(date(2026, 11, 25), date(2026, 11, 27)),
        // Saturdays and holidays would be free anyway.
        away(date(2026, 12, 19), date(2026, 12, 28)),
        away(date(2027, 3, 1), Date::MAX),
    ]);
    assert_eq!(person.add_working_days(date(2026, 11, 24), 1), date(2026, 11, 30));
    assert_eq!(person.add_working_days(date(2026, 12, 18), 1), date(2026, 12, 29));
    assert_eq!(person.add_working_days(date(2027, 2, 26), 1), Date::MAX);
    let hours = |from, to| person.working_seconds(at(from), at(to)) / 3600;
    assert_eq!(hours("2026-11-22T22:00Z", "2026-11-29T22:00Z"), 16);
    assert_eq!(hours("2026-11-25T08:00Z", "2026-11-27T15:00Z"), 0);
    assert_eq!(hours("2027-02-28T22:00Z", "2029-01-01T00:00Z"), 0);
    assert_eq!(
        person.add(at("2026-11-24T15:00Z"), "2 working hours".parse().unwrap()),
        at("2026-11-30T08:00Z")
    );
    assert_eq!(person.in_zone(TimeZone::UTC).working_days_between(date(2026, 11, 24), date(2026, 12, 1)), 2);
}

const ZONES: [&str; 6] = [
    "Europe/Sofia",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Africa/Casablanca",
];

fn zones() -> impl Strategy<Value = Calendar> {
    let absence = (0_i64..1800, 0_i64..40).prop_map(|(begin, days)| {
        let first = date(2022, 1, 1).saturating_add(begin.days());
        Absence { first, last: first.saturating_add(days.days()), substitute: None }
    });
    let absences = proptest::collection::vec(absence, 0..3);
    (proptest::sample::select(ZONES.to_vec()), any::<bool>(), absences).prop_map(|(zone, night, absences)| {
        let week: &[(&str, &[&str])] = if night {
            &[("mon-thu", &["00:00-05:00", "22:00-24:00"]), ("sun", &["01:30-03:30"])]
        } else {
            &[("mon-fri", &["09:00-13:00", "14:00-18:00"])]
        };
        let holidays = ["12-25", "2026-12-24 09:00-13:00", "2026-05-04", "2026-05-16 09:00-18:00"];
        calendar(zone, week, &holidays).with_absences(&absences)
    })
}

fn instants() -> impl Strategy<Value = Timestamp> {
    (1_650_000_000_i64..1_800_000_000).prop_map(|second| Timestamp::from_second(second).unwrap())
}

/// A calendar and an instant within two days of one of its zone's clock changes.
fn near_a_clock_change() -> impl Strategy<Value = (Calendar, Timestamp)> {
    (zones(), 0_usize..12, -172_800_i64..172_800).prop_map(|(calendar, nth, seconds)| {
        let from = at("2022-01-01T00:00:00Z");
        let change = calendar.zone().following(from).nth(nth).map_or(from, |change| change.timestamp());
        let near = change.checked_add(SignedDuration::from_secs(seconds)).unwrap();
        (calendar, near)
    })
}

proptest! {
    #[test]
    fn working_days_there_and_back(calendar in zones(), offset in 0_i32..3000, days in 1_i32..300) {
        let from = calendar.add_working_days(date(2022, 1, 1).saturating_add(i64::from(offset).days()), 0);
        let to = calendar.add_working_days(from, days);
        prop_assert!(calendar.is_working_day(to));
        prop_assert_eq!(calendar.add_working_days(to, -days), from);
        prop_assert_eq!(calendar.working_days_between(from, to), i64::from(days));
        prop_assert_eq!(calendar.working_days_between(to, from), -i64::from(days));
    }

    #[test]
    fn working_time_adds_up(calendar in zones(), mut cuts in proptest::array::uniform3(instants())) {
        cuts.sort();
        let [a, b, c] = cuts;
        let (first, second) = (calendar.working_seconds(a, b), calendar.working_seconds(b, c));
        prop_assert!(first >= 0 && second >= 0);
        prop_assert_eq!(first + second, calendar.working_seconds(a, c));
        prop_assert!(first + second <= c.as_second() - a.as_second());
    }

    #[test]
    fn working_time_adds_up_over_clock_changes(
        (calendar, a) in near_a_clock_change(),
        mut steps in proptest::array::uniform2(0_i64..300_000),
    ) {
        steps.sort();
        let [b, c] = steps.map(|step| a.checked_add(SignedDuration::from_secs(step)).unwrap());
        let (first, second) = (calendar.working_seconds(a, b), calendar.working_seconds(b, c));
        prop_assert!(first >= 0 && second >= 0);
        prop_assert_eq!(first + second, calendar.working_seconds(a, c));
        prop_assert!(first + second <= c.as_second() - a.as_second());
    }

    #[test]
    fn added_working_time_is_there(calendar in zones(), from in instants(), minutes in 1_u32..20_000) {
        let to = calendar.add(from, Span::WorkingMinutes(minutes));
        let seconds = i64::from(minutes) * 60;
        prop_assert_eq!(calendar.working_seconds(from, to), seconds);
        let just_before = to - SignedDuration::from_secs(1);
        prop_assert_eq!(calendar.working_seconds(from, just_before), seconds - 1);
    }

    #[test]
    fn added_working_time_is_there_over_clock_changes(
        (calendar, from) in near_a_clock_change(),
        mut minutes in proptest::array::uniform2(1_u32..2_000),
    ) {
        minutes.sort();
        let [sooner, later] = minutes.map(|minutes| calendar.add(from, Span::WorkingMinutes(minutes)));
        prop_assert!(from < sooner && sooner <= later);
        prop_assert_eq!(calendar.working_seconds(from, sooner), i64::from(minutes[0]) * 60);
        prop_assert_eq!(calendar.working_seconds(sooner, later), i64::from(minutes[1] - minutes[0]) * 60);
    }

    #[test]
    fn an_absence_takes_away_what_lies_in_it(
        calendar in zones(),
        mut ends in proptest::array::uniform2(instants()),
        begin in 0_i64..1800,
        days in 0_i64..40,
    ) {
        ends.sort();
        let first = date(2022, 1, 1).saturating_add(begin.days());
        let last = first.saturating_add(days.days());
        let base = calendar.with_absences(&[]);
        let away = calendar.with_absences(&[Absence { first, last, substitute: None }]);
        let (from, to) = (ends[0], ends[1]);
        let inside = [base.start_of(first), base.start_of(last.tomorrow().unwrap())].map(|at| at.clamp(from, to));
        let missed = base.working_seconds(inside[0], inside[1]);
        prop_assert_eq!(away.working_seconds(from, to), base.working_seconds(from, to) - missed);
    }

    #[test]
    fn dates_begin_where_they_begin(calendar in zones(), instant in instants()) {
        let date = calendar.date_of(instant);
        let start = calendar.start_of(date);
        prop_assert!(start <= instant);
        prop_assert_eq!(calendar.date_of(start), date);
        prop_assert!(calendar.start_of(date.tomorrow().unwrap()) > instant);
    }
}

#[test]
fn a_working_moment_is_now_or_the_next_opening() {
    let calendar = calendar("UTC", &[("mon-fri", &["09:00-13:00", "14:00-18:00"])], &[]);
    for (instant, moment) in [
        ("2026-11-23T08:59:59Z", "2026-11-23T09:00:00Z"),
        ("2026-11-23T09:00:00Z", "2026-11-23T09:00:00Z"),
        ("2026-11-23T13:00:00Z", "2026-11-23T14:00:00Z"),
        ("2026-11-27T18:00:00Z", "2026-11-30T09:00:00Z"),
    ] {
        let (instant, moment): (Timestamp, Timestamp) = (instant.parse().unwrap(), moment.parse().unwrap());
        assert_eq!(calendar.working_moment(instant), moment, "{instant}");
    }
}
