//! `croner` agrees with us: schedule by schedule, in many zones, over years.
//!
//! It reads the zones through our own `jiff`, so that two algorithms are compared and never two versions of the
//! zone data. It calls only a single time of day "fixed"; lists of hours are therefore compared away from the
//! hours at which clocks change.

use std::cmp::Ordering;

use croner::{
    CivilDate, CivilDateTime, CivilTime, Cron, CronDateTime, Resolution, Weekday,
    errors::CronError,
    parser::{CronParser, Seconds},
};
use jiff::{SignedDuration, tz::AmbiguousOffset};

use super::*;

/// What `croner` iterates over: an instant seen from a zone.
#[derive(Clone)]
struct Seen {
    at: Timestamp,
    zone: TimeZone,
}

impl Seen {
    fn civil(&self) -> DateTime {
        self.zone.to_datetime(self.at)
    }
}

impl CronDateTime for Seen {
    fn to_civil(&self) -> CivilDateTime {
        let civil = self.civil();
        let unsigned = |value: i8| u32::from(value.unsigned_abs());
        let date =
            CivilDate::from_ymd_opt(civil.year().into(), unsigned(civil.month()), unsigned(civil.day()));
        let time = CivilTime::from_hms_opt(
            unsigned(civil.hour()),
            unsigned(civil.minute()),
            unsigned(civil.second()),
        );
        CivilDateTime::new(date.unwrap(), time.unwrap())
    }

    fn civil_weekday(&self) -> Weekday {
        Weekday::from_days_from_sunday(
            self.civil().date().weekday().to_sunday_zero_offset().unsigned_abs().into(),
        )
    }

    fn resolve_civil(&self, civil: CivilDateTime) -> Result<Resolution<Self>, CronError> {
        let part = |value: u32| i8::try_from(value).unwrap();
        let date =
            jiff::civil::date(civil.year().try_into().unwrap(), part(civil.month()), part(civil.day()));
        let civil = date.at(part(civil.hour()), part(civil.minute()), part(civil.second()), 0);
        let seen = |offset: jiff::tz::Offset| Self {
            at: offset.to_timestamp(civil).unwrap(),
            zone: self.zone.clone(),
        };
        Ok(match self.zone.to_ambiguous_timestamp(civil).offset() {
            AmbiguousOffset::Unambiguous { offset } => Resolution::Single(seen(offset)),
            AmbiguousOffset::Fold { before, after } => Resolution::Ambiguous(seen(before), seen(after)),
            AmbiguousOffset::Gap { .. } => Resolution::Gap,
        })
    }

    fn checked_add_seconds(&self, seconds: i64) -> Option<Self> {
        let at = self.at.checked_add(SignedDuration::from_secs(seconds)).ok()?;
        Some(Self { at, zone: self.zone.clone() })
    }

    fn cmp_instant(&self, other: &Self) -> Ordering {
        self.at.cmp(&other.at)
    }
}

const ZONES: [&str; 30] = [
    "Europe/Sofia",
    "Europe/Tallinn",
    "Europe/Prague",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Moscow",
    "Europe/Istanbul",
    "Europe/Chisinau",
    "Atlantic/Azores",
    "America/New_York",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Havana",
    "America/Santiago",
    "America/Asuncion",
    "America/Sao_Paulo",
    "America/Scoresbysund",
    "America/Nuuk",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Tehran",
    "Asia/Amman",
    "Asia/Kathmandu",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Antarctica/Troll",
];

fn cron(text: &str) -> Cron {
    CronParser::builder().seconds(Seconds::Optional).build().parse(text).unwrap()
}

/// Compares all occurrences after `from` up to `to`.
fn compare(text: &str, zone_name: &str, from: Timestamp, to: Timestamp) -> usize {
    let zone = zone(zone_name);
    let theirs = cron(text).iter_after(Seen { at: from, zone: zone.clone() }).map(|seen| seen.at);
    let theirs: Vec<Timestamp> = theirs.take_while(|&at| at <= to).collect();
    let ours: Vec<Timestamp> = schedule(text).between(from, to, &zone).map(|next| next.at).collect();
    assert_eq!(ours, theirs, "{text} in {zone_name} after {from}");
    ours.len()
}

/// Around every clock change of twenty-five years, where all the mistakes are made.
#[test]
fn we_agree_around_every_clock_change() {
    let end = at("2032-01-01T00:00Z");
    let texts = [
        "30 2 * * *",
        "0 0 * * *",
        "15 1 * * *",
        "59 23 * * *",
        "0 3 * * mon-fri",
        "0 1 * * 0",
        "30 * * * *",
        "0 */2 * * *",
    ];
    let mut compared = 0;
    for name in ZONES {
        let zone = zone(name);
        let changes = zone.following(at("2007-01-01T00:00Z")).map(|change| change.timestamp());
        for change in changes.take_while(|&change| change < end) {
            let (from, to) =
                (change - SignedDuration::from_hours(30), change + SignedDuration::from_hours(30));
            compared += texts.iter().map(|text| compare(text, name, from, to)).sum::<usize>();
        }
    }
    assert!(compared > 50_000, "only {compared} occurrences were compared");
}

/// Whole years, for what depends on the calendar: months, alternatives of days, leap years.
#[test]
fn we_agree_over_whole_years() {
    let mut compared = 0;
    for (text, years) in [
        ("0 8 * * 1-5", 3),
        ("0 8 * * 7", 10),
        ("0 9,14 1,15 * *", 10),
        ("0 9 13 * fri", 10),
        ("0 8 1-7 * mon", 10),
        ("45 11 29 2 *", 30),
        ("0 0 31 * *", 10),
        ("0 18 1 jan,apr,jul,oct *", 10),
        ("20 6-22/4 * * sat,sun", 3),
        ("30 15 12 * * *", 2),
    ] {
        for name in ["Europe/Sofia", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"] {
            let to = at("2020-02-10T11:22:33Z") + SignedDuration::from_hours(years * 8766);
            compared += compare(text, name, at("2020-02-10T11:22:33Z"), to);
        }
    }
    assert!(compared > 15_000, "only {compared} occurrences were compared");
}
