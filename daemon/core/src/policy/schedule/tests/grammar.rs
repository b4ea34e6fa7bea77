//! What is a schedule, and what the operator reads when it is not.

use super::*;

#[test]
fn every_form_fires_when_it_says() {
    // 2026-11-23 is a Monday.
    for (text, expected) in [
        ("0 8 * * Mon-Fri", "2026-11-23T08:00"),
        ("0 8 * * 1-5", "2026-11-23T08:00"),
        ("0 8 * * 0", "2026-11-29T08:00"),
        ("0 8 * * 7", "2026-11-29T08:00"),
        ("0 8 * * 5-7", "2026-11-27T08:00"),
        ("0 8 * * Saturday-Sunday", "2026-11-28T08:00"),
        ("0 8 * * */2", "2026-11-24T08:00"),
        ("0 8-8 * * 5-5", "2026-11-27T08:00"),
        ("0 8 * * tues", "2026-11-24T08:00"),
        ("*/15 9-17 * * *", "2026-11-23T09:00"),
        ("5/20 * * * *", "2026-11-23T00:05"),
        ("0 0 1 jan,jul *", "2027-01-01T00:00"),
        ("0 12 ? * wed", "2026-11-25T12:00"),
        ("30 0 8 * * mon-fri", "2026-11-23T08:00:30".trim_end_matches(":30")),
        ("0 0 8 1 1 ? 2030", "2030-01-01T08:00"),
        ("@hourly", "2026-11-23T01:00"),
        ("@daily", "2026-11-24T00:00"),
        ("@midnight", "2026-11-24T00:00"),
        ("@weekly", "2026-11-29T00:00"),
        ("@monthly", "2026-12-01T00:00"),
        ("@yearly", "2027-01-01T00:00"),
        ("every 15min", "2026-11-23T00:15"),
        ("every 2h", "2026-11-23T02:00"),
        ("0 0 29 2 *", "2028-02-29T00:00"),
    ] {
        let next = schedule(text).next(at("2026-11-23T00:00Z"), &TimeZone::UTC).unwrap();
        let civil = next.civil.with().second(0).build().unwrap();
        assert_eq!(civil, expected.parse().unwrap(), "{text}");
        assert_eq!(schedule(text).to_string(), text);
    }
}

#[test]
fn a_step_from_a_weekday_goes_to_the_weeks_end_and_the_longest_interval_is_a_week() {
    let days = fires("0 8 * * tue/2", "UTC", "2026-11-22T00:00Z", "2026-11-29T23:00Z");
    assert_eq!(days.iter().map(|day| &day[5..10]).collect::<Vec<_>>(), ["11-24", "11-26", "11-28"]);
    assert_eq!(schedule("every 168h").to_string(), "every 168h");
}

#[test]
fn two_day_fields_of_five_are_alternatives_of_six_both_must_fit() {
    // The 13th, or any Friday: POSIX. Fridays in November 2026 are 6, 13, 20, 27.
    let days = fires("0 8 13 * fri", "UTC", "2026-11-01T00:00Z", "2026-12-14T00:00Z");
    assert_eq!(
        days.iter().map(|day| &day[5..10]).collect::<Vec<_>>(),
        ["11-06", "11-13", "11-20", "11-27", "12-04", "12-11", "12-13"]
    );
    let both = fires("0 0 8 13 * fri", "UTC", "2026-11-01T00:00Z", "2027-12-31T00:00Z");
    assert_eq!(both.iter().map(|day| &day[..10]).collect::<Vec<_>>(), ["2026-11-13", "2027-08-13"]);
    // A field that begins with a star restricts nothing by itself, as in Vixie's cron.
    let odd = fires("0 8 */2 * mon", "UTC", "2026-11-01T00:00Z", "2026-11-30T23:00Z");
    assert_eq!(odd.iter().map(|day| &day[5..10]).collect::<Vec<_>>(), ["11-09", "11-23"]);
}

#[test]
fn refusals_name_the_field_and_the_remedy() {
    for (text, said) in [
        ("", "the schedule is empty"),
        ("0 8 * *", "has 4 fields"),
        ("0 0 8 * * mon 2026 *", "has 8 fields"),
        ("@reboot", "caught up"),
        ("@fortnightly", "@hourly, @daily"),
        ("61 8 * * *", "minute: 61 is outside 0–59"),
        ("0 24 * * *", "hour: 24 is outside 0–23"),
        ("0 8 0 * *", "day of the month: 0 is outside 1–31"),
        ("0 8 * 13 *", "month: 13 is outside 1–12"),
        ("0 8 * * 8", "weekday: 8 is outside 0–7"),
        ("0 8 * * mon-fry", "weekday: `mon-fry` is not understood"),
        ("0 8 * brumaire *", "jan to dec"),
        ("0 22-6 * * *", "write it as two: 22-23,0-6"),
        ("0 8 * * fri-mon", "fri,sat,sun,mon"),
        ("0 8 L * *", "L, W, H, #, + and ? are not supported"),
        ("0 8 15W * *", "not supported"),
        ("0 8 * * 5#2", "not supported"),
        ("0 0 8 * * 5#2", "not supported"),
        ("0 8 * * 5L", "not supported"),
        ("H 8 * * *", "not supported"),
        ("*/0 * * * *", "a step is a number from 1 to 59"),
        ("*/x * * * *", "a step is a number from 1 to 59"),
        ("0 0 8 * * 1-5", "write names, such as mon-fri"),
        ("0 0 8 * * mon,3 2027", "the number in `3` means different days"),
        ("0 8 30 2 *", "never comes"),
        ("0 8 31 4,6,9,11 *", "never comes"),
        ("0 0 8 29 2 ? 2027", "never comes"),
        ("0 0 8 1 1 ? 1969", "year: 1969 is outside 1970–2100"),
        ("0 8 ,1 * *", "day of the month: `,1`".trim_end_matches(",1`")),
        ("every", "has 1 fields"),
        ("every day", "write a length of time"),
        ("every 2 days", "\"@daily\""),
        ("every 0min", "at least one second"),
        ("every 200h", "at most 168h"),
    ] {
        let error = text.parse::<Schedule>().unwrap_err().to_string();
        assert!(error.contains(said), "{text}: {error}");
    }
    let long = "0 ".repeat(5000).parse::<Schedule>().unwrap_err().to_string();
    assert!(long.contains("at most 1000 characters") && long.len() < 200, "{long}");
}

#[test]
fn a_schedule_whose_years_are_over_has_no_next() {
    let past = schedule("0 0 8 1 1 ? 2019");
    assert_eq!(past.next(at("2026-11-23T00:00Z"), &zone("Europe/Sofia")), None);
    assert!(past.next(at("2018-11-23T00:00Z"), &zone("Europe/Sofia")).is_some());
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "[0-9*/,a-zLW#?@ -]{0,40}") {
        if let Ok(schedule) = text.parse::<Schedule>() {
            let _ = schedule.next(at("2026-11-23T00:00Z"), &TimeZone::UTC);
        }
    }
}
