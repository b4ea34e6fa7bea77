//! Holiday files as they are found: folded lines, yearly rules, several days, and what is not a holiday.

use jiff::civil::date;

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
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nRRULE:FREQ=YEARLY;BYSETPOS=1", "BYSETPOS=1"),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nRRULE:FREQ=YEARLY;BYDAY=MO", "BYDAY=MO"),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nDTEND:20261220", "ends before it begins"),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nDTEND:20361224", "it lasts 3653 days"),
        ("SUMMARY:Party\r\nDTSTART:20261224\r\nDURATION:PT3H", "no number of days"),
        ("SUMMARY:Party", "no DTSTART"),
    ] {
        let file = event(lines);
        assert!(file.days.is_empty(), "{lines}");
        let [not_taken] = &file.not_taken[..] else { panic!("{lines}: {:?}", file.not_taken) };
        assert_eq!((not_taken.line, not_taken.summary.as_str()), (3, "Party"));
        assert!(not_taken.why.contains(why), "{lines}: {}", not_taken.why);
    }
}

#[test]
fn what_is_no_calendar_is_refused() {
    assert_eq!(Ical::parse("<html>"), Err(IcalError::NotACalendar));
    assert_eq!(Ical::parse(""), Err(IcalError::NotACalendar));
    assert!(Ical::parse("\u{feff}begin:vcalendar\nEND:VCALENDAR").is_ok());
    let cut = Ical::parse("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261224").unwrap_err();
    assert_eq!(cut, IcalError::CutOff { line: 2 });
}
