//! Holiday files as they are found: folded lines, yearly rules, several days, and what is not a holiday.

use std::collections::BTreeSet;

use jiff::{Span, civil::date};

use super::*;

fn file(events: &str) -> Ical {
    Ical::parse(&format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")).unwrap()
}

fn event(lines: &str) -> Ical {
    file(&format!("BEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\n"))
}

fn days(file: &Ical) -> Vec<String> {
    file.days.iter().map(Date::to_string).collect()
}

#[test]
fn events_become_days() {
    for (lines, expected) in [
        ("DTSTART;VALUE=DATE:20260303\r\nDTEND;VALUE=DATE:20260304", vec!["2026-03-03"]),
        ("DTSTART;VALUE=DATE:20260303", vec!["2026-03-03"]),
        // The same day as its own end, as some writers have it.
        ("DTSTART;VALUE=DATE:20260303\r\nDTEND;VALUE=DATE:20260303", vec!["2026-03-03"]),
        ("DTSTART:20261224T000000\r\nDTEND:20261227T000000", vec!["2026-12-24", "2026-12-25", "2026-12-26"]),
        ("DTSTART;VALUE=DATE:20261231\r\nDURATION:P2D", vec!["2026-12-31", "2027-01-01"]),
        (
            "DTSTART;VALUE=DATE:20260410\r\nRDATE;VALUE=DATE:20260413,20260501",
            vec!["2026-04-10", "2026-04-13", "2026-05-01"],
        ),
        ("SUMMARY:Ден на\r\n  Освобождението\r\nDTSTA\r\n RT:20260303", vec!["2026-03-03"]),
    ] {
        let file = event(lines);
        assert_eq!(days(&file), expected, "{lines}");
        assert!(file.not_taken.is_empty(), "{:?}", file.not_taken);
    }
}

#[test]
fn yearly_rules_are_followed() {
    for (lines, expected) in [
        ("DTSTART:20240524\r\nRRULE:FREQ=YEARLY;COUNT=3", vec!["2024-05-24", "2025-05-24", "2026-05-24"]),
        ("DTSTART:20240524\r\nRRULE:FREQ=YEARLY;UNTIL=20250524T000000Z", vec!["2024-05-24", "2025-05-24"]),
        (
            "DTSTART:20240524\r\nRRULE:FREQ=YEARLY;COUNT=3\r\nEXDATE:20250524",
            vec!["2024-05-24", "2026-05-24"],
        ),
        (
            "DTSTART:20260525\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=2",
            vec!["2026-05-25", "2027-05-31"],
        ),
        (
            "DTSTART:20241128\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=2",
            vec!["2024-11-28", "2025-11-27"],
        ),
        ("DTSTART:20240229\r\nRRULE:FREQ=YEARLY;COUNT=2", vec!["2024-02-29", "2028-02-29"]),
        // The Saturday between the 20th and the 26th of June: midsummer in the north.
        (
            "DTSTART:20250621\r\nRRULE:FREQ=YEARLY;BYMONTH=6;BYDAY=SA;BYMONTHDAY=20,21,22,23,24,25,26;COUNT=3",
            vec!["2025-06-21", "2026-06-20", "2027-06-26"],
        ),
        ("DTSTART:20260101\r\nRRULE:FREQ=YEARLY;BYDAY=1TH;COUNT=2", vec!["2026-01-01", "2027-01-07"]),
        ("DTSTART:20261228\r\nRRULE:FREQ=YEARLY;BYDAY=-1MO;COUNT=2", vec!["2026-12-28", "2027-12-27"]),
        (
            "DTSTART:20260131\r\nRRULE:FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=-1;COUNT=3",
            vec!["2026-01-31", "2026-02-28", "2027-01-31"],
        ),
        (
            "DTSTART:20260504\r\nRRULE:freq=yearly;interval=2;byday=+1mo;bymonth=5;until=20280601",
            vec!["2026-05-04", "2028-05-01"],
        ),
        // A day that EXDATE takes away still counts.
        (
            "DTSTART:20240524\r\nDTEND:20240526\r\nRRULE:FREQ=YEARLY;COUNT=2\r\nEXDATE:20240524\r\nRDATE:20240610",
            vec!["2024-06-10", "2024-06-11", "2025-05-24", "2025-05-25"],
        ),
        (
            "DTSTART:20241231\r\nDTEND:20250102\r\nRRULE:FREQ=YEARLY;INTERVAL=2;COUNT=2",
            vec!["2024-12-31", "2025-01-01", "2026-12-31", "2027-01-01"],
        ),
    ] {
        assert_eq!(days(&event(lines)), expected, "{lines}");
    }
    let endless = event("DTSTART:20260303\r\nRRULE:FREQ=YEARLY");
    assert_eq!((endless.days.len(), endless.days.last()), (75, Some(&date(2100, 3, 3))));
}

#[test]
fn what_is_not_taken_is_said() {
    for (lines, why) in [
        ("SUMMARY:Party\r\nDTSTART:20261224T130000Z", "has a time of day"),
        ("SUMMARY:Party\r\nDTSTART:20261301", "is no date"),
        ("SUMMARY:Party\r\nSTATUS:CANCELLED\r\nDTSTART:20261224", "cancelled"),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nRRULE:FREQ=WEEKLY", "FREQ=WEEKLY"),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nRRULE:COUNT=2", "is not FREQ=YEARLY"),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nRRULE:FREQ=YEARLY;BYSETPOS=1", "BYSETPOS=1"),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nRRULE:FREQ=YEARLY;BYDAY=MO", "BYDAY=MO"),
        (
            "SUMMARY:Party\r\nDTSTART:20261224\r\nRRULE:FREQ=YEARLY;BYDAY=1MO;BYMONTHDAY=3",
            "both a date and an n-th",
        ),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nRRULE:FREQ=YEARLY;BYDAY=1XX", "BYDAY=1XX"),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nRRULE:FREQ=YEARLY;COUNT=0", "COUNT=0"),
        (
            "SUMMARY:Party\r\nDTSTART:20261224\r\nRRULE:FREQ=YEARLY;COUNT=2;UNTIL=20280101",
            "a COUNT and an UNTIL",
        ),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nRRULE:FREQ=YEARLY;COUNT=2;COUNT=3", "COUNT twice"),
        (
            "SUMMARY:Party\r\nDTSTART:20261224\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=1MO",
            "2026-12-24 is none of the days",
        ),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nRRULE:FREQ=YEARLY\r\nRRULE:FREQ=YEARLY", "2 RRULEs"),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nRRULE:FREQ=YEARLY\r\nEXRULE:FREQ=YEARLY", "EXRULE"),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nRRULE:FREQ=YEARLY;UNTIL=20200101", "on no day at all"),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nEXDATE:20261224", "on no day at all"),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nEXDATE:24.12.2026", "EXDATE 24.12.2026 is no date"),
        (
            "SUMMARY:Party\r\nDTSTART:20261224\r\nRDATE;VALUE=PERIOD:20261226T080000/PT1H",
            "RDATE 20261226T080000/PT1H",
        ),
        (
            "SUMMARY:Party\r\nDTSTART:20261224\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261224",
            "all days from one on",
        ),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nDTEND:20261220", "ends before it begins"),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nDTEND:20361224", "it lasts 3653 days"),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nDURATION:PT3H", "no number of days"),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nDTEND:20261225\r\nDURATION:P1D", "a DTEND and a DURATION"),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nRRU", "line 6 is no property: RRU"),
        ("SUMMARY:Party", "no DTSTART"),
        ("SUMMARY:Party\r\nCATEGORIES:WORKDAY\r\nDTSTART:20261219", "without DTEND"),
        ("SUMMARY:Party\r\nCATEGORIES:WORKDAY\r\nDTSTART:20261219\r\nDTEND:20261220", "has no time of day"),
        (
            "SUMMARY:Party\r\nCATEGORIES:WORKDAY\r\nDTSTART:20261219T080000Z\r\nDTEND:20261219T160000Z",
            "is in UTC",
        ),
        (
            "SUMMARY:Party\r\nCATEGORIES:WORKDAY\r\nDTSTART:20261219T220000\r\nDTEND:20261220T060000",
            "ends on another day",
        ),
        (
            "SUMMARY:Party\r\nCATEGORIES:WORKDAY\r\nDTSTART:20261219T090030\r\nDTEND:20261219T180000",
            "no time of a day in whole minutes",
        ),
        (
            "SUMMARY:Party\r\nCATEGORIES:WORKDAY\r\nDTSTART:20261219T180000\r\nDTEND:20261219T090000",
            "ends before it begins",
        ),
    ] {
        let file = event(lines);
        assert!(file.days.is_empty() && file.hours.is_empty(), "{lines}");
        let [not_taken] = &file.not_taken[..] else { panic!("{lines}: {:?}", file.not_taken) };
        assert_eq!((not_taken.line, not_taken.summary.as_str()), (3, "Party"));
        assert!(not_taken.why.contains(why), "{lines}: {}", not_taken.why);
    }
}

#[test]
fn half_days_and_worked_saturdays_have_hours() {
    let workday =
        |lines: &str| format!("BEGIN:VEVENT\r\nCATEGORIES:Holidays,Workday\r\n{lines}\r\nEND:VEVENT\r\n");
    let hours = |file: &Ical| {
        let day = |(day, shifts): (&Date, &Vec<Shift>)| {
            let shifts: Vec<String> = shifts.iter().map(Shift::to_string).collect();
            format!("{day} {}", shifts.join(" "))
        };
        file.hours.iter().map(day).collect::<Vec<_>>()
    };
    let morning =
        workday("DTSTART;TZID=Europe/Sofia:20261219T090000\r\nDTEND;TZID=Europe/Sofia:20261219T130000");
    let afternoon = workday("DTSTART:20261219T140000\r\nDTEND:20261220T000000");
    let eves = workday(
        "DTSTART:20261224T090000\r\nDTEND:20261224T120000\r\nRRULE:FREQ=YEARLY;COUNT=3\r\nEXDATE:20271224T090000",
    );
    let both = file(&format!("{afternoon}{morning}{eves}"));
    assert_eq!(both.not_taken, []);
    assert!(both.days.is_empty());
    assert_eq!(
        hours(&both),
        ["2026-12-19 09:00-13:00 14:00-24:00", "2026-12-24 09:00-12:00", "2028-12-24 09:00-12:00"]
    );

    let twice = file(&format!("{morning}{morning}"));
    assert_eq!(hours(&twice), ["2026-12-19 09:00-13:00"]);
    assert!(twice.not_taken[0].why.contains("on 2026-12-19, `09:00-13:00` and `09:00-13:00` overlap"));
}

#[test]
fn a_day_that_was_moved_is_where_it_was_moved_to() {
    let master = "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260506\r\nRRULE:FREQ=YEARLY;COUNT=3\r\nEND:VEVENT\r\n";
    let exception =
        |lines: &str| format!("BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID:20270506\r\n{lines}\r\nEND:VEVENT\r\n");
    for (lines, expected) in [
        ("DTSTART:20270507", vec!["2026-05-06", "2027-05-07", "2028-05-06"]),
        ("DTSTART:20270506\r\nSTATUS:CANCELLED", vec!["2026-05-06", "2028-05-06"]),
    ] {
        for text in [format!("{master}{}", exception(lines)), format!("{}{master}", exception(lines))] {
            let file = file(&text);
            assert_eq!(
                (days(&file), &file.not_taken),
                (expected.iter().map(|day| (*day).to_owned()).collect(), &vec![])
            );
        }
    }
}

#[test]
fn what_an_event_contains_is_not_its_own() {
    let file = event(
        "DTSTART:20260303\r\nBEGIN:VALARM\r\nTRIGGER:-P1D\r\nDURATION:PT15M\r\nDTSTART:19700101\r\nEND:VALARM",
    );
    assert_eq!((days(&file), file.not_taken), (vec!["2026-03-03".to_owned()], vec![]));
}

#[test]
fn what_is_no_calendar_is_refused() {
    assert_eq!(Ical::parse("<html>"), Err(IcalError::NotACalendar));
    assert_eq!(Ical::parse(""), Err(IcalError::NotACalendar));
    assert!(Ical::parse("\u{feff}begin:vcalendar\nEND:VCALENDAR").is_ok());
    let stray = Ical::parse("BEGIN:VCALENDAR\n\n??\nEND:VCALENDAR\nEND:VCALENDAR").unwrap().not_taken;
    assert_eq!(stray.iter().map(|stray| stray.line).collect::<Vec<_>>(), [3, 5]);
}

#[test]
fn a_file_that_breaks_off_is_refused_wherever_it_does() {
    let whole = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261224\nBEGIN:VALARM\nTRIGGER:-P1D\nEND:VALARM\nEND:VEVENT\n\
                 BEGIN:VEVENT\nDTSTART:20261225\nEND:VEVENT\nEND:VCALENDAR";
    assert!(Ical::parse(whole).is_ok());
    for bytes in 16..whole.len() {
        let error = Ical::parse(&whole[..bytes]).unwrap_err();
        assert!(error.line().is_some(), "{bytes}: {error}");
    }
    let lines: Vec<&str> = whole.lines().collect();
    for (kept, component, line) in [(3, "VEVENT", 2), (5, "VALARM", 4), (7, "VCALENDAR", 1), (9, "VEVENT", 8)]
    {
        let error = Ical::parse(&lines[..kept].join("\n")).unwrap_err();
        assert_eq!(error, IcalError::CutOff { component: component.to_owned(), line });
    }
    // Pieces of two files, one after the other.
    let glued = [&lines[..3], &lines[7..]].concat().join("\n");
    assert_eq!(Ical::parse(&glued).unwrap_err().line(), Some(2));
}

fn hand_written(text: &str) -> Ical {
    let file = Ical::parse(text).unwrap();
    assert_eq!(file.not_taken, []);
    file
}

#[test]
fn bulgaria_in_2026() {
    let file = hand_written(include_str!("bulgaria-2026.ics"));
    assert_eq!(
        days(&file),
        [
            "2026-01-01",
            "2026-03-03",
            "2026-04-10",
            "2026-04-11",
            "2026-04-12",
            "2026-04-13",
            "2026-05-01",
            "2026-05-06",
            "2026-05-24",
            "2026-05-25",
            "2026-09-06",
            "2026-09-07",
            "2026-09-22",
            "2026-12-24",
            "2026-12-25",
            "2026-12-26",
            "2026-12-28",
        ]
    );
}

/// The Julian computus, told in the Gregorian calendar (valid from 1900 to 2099).
fn orthodox_easter(year: i16) -> Date {
    let (a, b, c) = (year % 4, year % 7, year % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let month = (d + e + 114) / 31;
    let day = (d + e + 114) % 31 + 1;
    date(year, i8::try_from(month).unwrap(), i8::try_from(day).unwrap()).saturating_add(Span::new().days(13))
}

#[test]
fn easter_moves_with_the_moon() {
    let file = hand_written(include_str!("easter.ics"));
    let expected: BTreeSet<Date> = (2025..=2035)
        .flat_map(|year| (-2..=1).map(move |day| orthodox_easter(year).saturating_add(Span::new().days(day))))
        .collect();
    assert_eq!(file.days, expected);
    assert!(file.days.contains(&date(2026, 4, 12)));
}

#[test]
fn every_kind_of_recurrence_in_one_file() {
    let file = hand_written(include_str!("recurring.ics"));
    let of = |year: i16| {
        file.days.iter().filter(|day| day.year() == year).map(Date::to_string).collect::<Vec<_>>()
    };
    assert_eq!(of(2024), ["2024-05-27", "2024-06-22", "2024-12-24", "2024-12-25", "2024-12-26"]);
    assert_eq!(
        of(2025),
        ["2025-05-26", "2025-06-21", "2025-08-04", "2025-12-24", "2025-12-25", "2025-12-26"]
    );
    assert_eq!(
        of(2026),
        ["2026-05-25", "2026-06-20", "2026-08-03", "2026-12-24", "2026-12-25", "2026-12-26"]
    );
    // The fair was held twice only, and the company day of 2027 was moved.
    assert_eq!(of(2027), ["2027-05-31", "2027-06-28", "2027-12-24", "2027-12-25", "2027-12-26"]);
}
