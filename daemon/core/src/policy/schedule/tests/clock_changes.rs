//! The days on which clocks change: where schedulers lose a day, run twice, or spin.

use proptest::prelude::*;

use super::*;
use crate::policy::zone::DstDecision::{EarlierOfTwo, FirstAfterGap};

#[test]
fn a_time_that_is_skipped_fires_at_the_end_of_the_gap() {
    assert_eq!(
        fires("30 2 * * *", "Europe/Prague", "2026-03-28T00:00Z", "2026-03-31T00:00Z"),
        ["2026-03-28T02:30:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"]
    );
    let next = schedule("30 2 * * *").next(at("2026-03-28T12:00Z"), &zone("Europe/Prague")).unwrap();
    assert_eq!((next.dst, next.civil), (Some(FirstAfterGap), "2026-03-29T02:30".parse().unwrap()));
}

#[test]
fn several_times_in_one_gap_fire_once() {
    assert_eq!(
        fires("0,15,30,45 2,3 * * *", "Europe/Prague", "2026-03-29T00:00Z", "2026-03-29T01:20Z"),
        ["2026-03-29T03:00:00+02:00", "2026-03-29T03:15:00+02:00"]
    );
}

#[test]
fn a_time_that_comes_twice_fires_at_the_first() {
    assert_eq!(
        fires("30 2 * * *", "Europe/Prague", "2026-10-24T12:00Z", "2026-10-26T12:00Z"),
        ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]
    );
    let next = schedule("30 2 * * *").next(at("2026-10-24T12:00Z"), &zone("Europe/Prague")).unwrap();
    assert_eq!(next.dst, Some(EarlierOfTwo));
    // Asked in the repeated hour, the answer is tomorrow, and never an instant before the question.
    let between = at("2026-10-25T01:10Z");
    assert_eq!(
        schedule("30 2 * * *").next(between, &zone("Europe/Prague")).unwrap().at,
        at("2026-10-26T01:30Z")
    );
}

#[test]
fn midnight_is_never_lost_where_it_is_skipped() {
    for (name, from, expected) in [
        ("America/Santiago", "2026-09-05T05:00Z", "2026-09-06T01:00:00-03:00"),
        ("Asia/Beirut", "2026-03-28T05:00Z", "2026-03-29T01:00:00+03:00"),
        ("Africa/Cairo", "2026-04-23T05:00Z", "2026-04-24T01:00:00+03:00"),
    ] {
        let zone = zone(name);
        let next = schedule("@daily").next(at(from), &zone).unwrap();
        assert_eq!(next.at.display_with_offset(zone.to_offset(next.at)).to_string(), expected, "{name}");
    }
}

#[test]
fn each_day_of_the_year_has_its_midnight_in_every_zone() {
    for name in jiff::tz::db().available() {
        let Ok(zone) = TimeZone::get(name.as_str()) else { continue };
        let days: Vec<_> = schedule("@daily")
            .between(at("2026-01-01T12:00Z"), at("2027-01-01T12:00Z"), &zone)
            .map(|next| next.civil.date())
            .collect();
        let distinct: std::collections::BTreeSet<_> = days.iter().collect();
        assert_eq!((days.len(), distinct.len()), (365, 365), "{name}");
    }
}

#[test]
fn a_wildcard_hour_fires_in_each_real_hour() {
    assert_eq!(
        fires("30 * * * *", "Europe/Prague", "2026-03-29T00:00Z", "2026-03-29T02:00Z"),
        ["2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00"]
    );
    assert_eq!(
        fires("30 * * * *", "Europe/Prague", "2026-10-25T00:00Z", "2026-10-25T02:00Z"),
        ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"]
    );
    assert_eq!(
        fires("0 */2 * * *", "Europe/Prague", "2026-10-24T22:00Z", "2026-10-25T04:00Z"),
        ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T04:00:00+01:00"]
    );
    let hourly = fires("@hourly", "Europe/Sofia", "2026-10-24T00:00Z", "2026-10-26T00:00Z");
    assert_eq!(hourly.len(), 48);
}

#[test]
fn every_is_elapsed_time_whatever_the_wall_shows() {
    let sofia = zone("Europe/Sofia");
    let schedule = schedule("every 20min");
    let all: Vec<_> = schedule.between(at("2026-10-24T23:50Z"), at("2026-10-25T02:00Z"), &sofia).collect();
    assert_eq!(all.len(), 7);
    assert!(all.windows(2).all(|pair| pair[1].at.as_second() - pair[0].at.as_second() == 1200));
    let before_1970 = at("1969-12-31T23:59:59.5Z");
    assert_eq!(schedule.next(before_1970, &sofia).unwrap().at, at("1970-01-01T00:00Z"));
}

#[test]
fn a_day_that_a_country_left_out_fires_at_the_next_days_start() {
    // Samoa went from 29 to 31 December 2011: the 30th's run is not lost, and the 31st's comes as well.
    assert_eq!(
        fires("0 8 * * *", "Pacific/Apia", "2011-12-29T12:00Z", "2012-01-01T00:00Z"),
        [
            "2011-12-29T08:00:00-10:00",
            "2011-12-31T00:00:00+14:00",
            "2011-12-31T08:00:00+14:00",
            "2012-01-01T08:00:00+14:00"
        ]
    );
}

#[test]
fn half_an_hour_on_lord_howe() {
    assert_eq!(
        fires("45 1 * * *", "Australia/Lord_Howe", "2026-04-04T00:00Z", "2026-04-05T20:00Z"),
        ["2026-04-05T01:45:00+11:00", "2026-04-06T01:45:00+10:30"]
    );
    assert_eq!(
        fires("10 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00Z", "2026-10-03T16:00Z"),
        ["2026-10-04T02:30:00+11:00"]
    );
}

fn texts() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "*/7 * * * *",
        "30 2 * * *",
        "0 0 * * *",
        "59 23 * * sun",
        "0 */3 13 * fri",
        "15,45 0-4 * * *",
        "@hourly",
        "0 1 29 2 *",
        "every 17min",
        "*/30 30 1 * * *",
        "0 0 1 * *",
        "1 0 * * mon-fri",
        "* * 2 * * *",
    ])
}

fn zones() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "Europe/Prague",
        "America/Santiago",
        "Asia/Beirut",
        "Australia/Lord_Howe",
        "America/St_Johns",
        "Africa/Casablanca",
        "Pacific/Apia",
        "Antarctica/Troll",
        "America/Havana",
        "Europe/Dublin",
        "Asia/Kathmandu",
        "America/Scoresbysund",
    ])
}

proptest! {
    #[test]
    fn the_next_is_after_the_question_and_nothing_lies_between(
        text in texts(), name in zones(), second in 500_000_000_i64..2_000_000_000, nanos in 0_i32..1_000_000_000,
    ) {
        let (schedule, zone) = (schedule(text), zone(name));
        let after = Timestamp::new(second, nanos).unwrap();
        let next = schedule.next(after, &zone).unwrap();
        prop_assert!(next.at > after);
        prop_assert_eq!(next.at.subsec_nanosecond(), 0);
        let just_before = next.at - jiff::SignedDuration::from_nanos(1);
        prop_assert_eq!(schedule.next(just_before, &zone), Some(next));
        let halfway = Timestamp::from_second(i64::midpoint(second, next.at.as_second())).unwrap().max(after);
        prop_assume!(halfway < next.at);
        prop_assert_eq!(schedule.next(halfway, &zone).unwrap().at, next.at);
    }
}
