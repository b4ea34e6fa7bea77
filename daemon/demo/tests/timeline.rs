//! Three weeks day by day: what happens is written once, in order, and is enough of a story.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp, civil::date, tz::TimeZone};
use kaizend_demo::{Change, DemoError, Settings, Timeline, generate};
use rusqlite::Connection;
use tempfile::TempDir;

fn story(seed: u64) -> (TempDir, PathBuf, Timeline) {
    let settings = Settings::new(seed, date(2026, 11, 23));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sewell.db");
    generate(&path, &settings).unwrap();
    (folder, path, Timeline::new(&settings).unwrap())
}

fn count(path: &PathBuf, query: &str) -> i64 {
    Connection::open(path)
        .unwrap()
        .query_row(&format!("select count(*) from {query}"), [], |row| row.get(0))
        .unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn events_are_in_order_in_working_hours_and_within_three_weeks() {
    let (_folder, _, timeline) = story(1);
    let sofia = TimeZone::get("Europe/Sofia").unwrap();
    assert!(timeline.events().is_sorted_by_key(|event| event.at));
    for event in timeline.events() {
        let wall = sofia.to_datetime(event.at);
        assert!((date(2026, 11, 23)..date(2026, 12, 14)).contains(&wall.date()), "{event:?}");
        assert!((9..18).contains(&wall.hour()), "{event:?}");
        assert!(wall.date().weekday().to_monday_one_offset() < 6, "{event:?}");
    }
    assert_eq!(timeline.ends(), at("2026-12-13T22:00Z"));
}

#[test]
fn the_plot_has_everything_that_checks_look_for() {
    for seed in 1..6 {
        let (_folder, path, timeline) = story(seed);
        let all = timeline.advance(&path, timeline.ends()).unwrap();
        assert_eq!(all.len(), timeline.events().len());
        for (what, query, least, most) in [
            ("new orders", "orders where opened_on >= '2026-11-23'", 30, 50),
            ("kept", "orders where finished_on >= '2026-11-23' and finished_on <= promised_on", 25, 70),
            ("late", "orders where finished_on >= '2026-11-23' and finished_on > promised_on", 9, 30),
            ("never finished", "orders where promised_on < '2026-11-23' and finished_on is null", 2, 2),
            ("moved by the client", "orders where moved_by = 'client'", 1, 1),
            ("moved by us", "orders where moved_by = 'us'", 2, 2),
            (
                "repeats",
                "orders late join orders early on early.car_id = late.car_id and early.id < late.id
                 and late.opened_on >= '2026-11-23' and julianday(late.opened_on) - julianday(early.opened_on) <= 30",
                3,
                3,
            ),
            ("waiting complaints", "complaints where answered_on is null", 1, 1),
            ("new complaints", "complaints where received_on >= '2026-11-23'", 2, 2),
        ] {
            let found = count(&path, query);
            assert!((least..=most).contains(&found), "seed {seed}, {what}: {found}");
        }
        let moves = all.iter().filter(|event| matches!(event.change, Change::Moved { by: "us", .. })).count();
        assert_eq!(moves, 3, "one order once, one twice");
    }
}

#[test]
fn day_by_day_is_the_same_as_at_once() {
    let dump = |path: &PathBuf| -> Vec<String> {
        let books = Connection::open(path).unwrap();
        let mut rows = books
            .prepare(
                "select format('%d %d %s %s %s %s %s', id, car_id, kind, opened_on, promised_on, finished_on, moved_by)
                 from orders union all select format('%d %d %s', client_id, staff_id, at) from contacts",
            )
            .unwrap();
        rows.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let (_folder, at_once, timeline) = story(3);
    timeline.advance(&at_once, timeline.ends()).unwrap();

    let (_other, daily, timeline) = story(3);
    let mut now = at("2026-11-23T05:00Z");
    while now < timeline.ends() + SignedDuration::from_hours(24) {
        let news = timeline.advance(&daily, now).unwrap();
        assert!(news.iter().all(|event| event.at <= now));
        assert!(timeline.advance(&daily, now).unwrap().is_empty(), "nothing is written twice");
        now += SignedDuration::from_hours(7);
    }
    assert_eq!(dump(&daily), dump(&at_once));
}

#[test]
fn a_clock_that_is_set_back_takes_nothing_back() {
    let (_folder, path, timeline) = story(1);
    let first = timeline.advance(&path, at("2026-11-26T22:00Z")).unwrap().len();
    assert!(first > 0);
    assert!(timeline.advance(&path, at("2026-11-24T22:00Z")).unwrap().is_empty());
    let rest = timeline.advance(&path, timeline.ends()).unwrap().len();
    assert_eq!(first + rest, timeline.events().len());
}

#[test]
fn events_read_as_sentences() {
    let (_folder, _, timeline) = story(1);
    let moved = timeline.events().iter().find(|event| matches!(event.change, Change::Moved { .. })).unwrap();
    let said = moved.change.to_string();
    assert!(said.starts_with("order ") && said.contains(" is moved to 2026-1"), "{said}");
}

#[test]
fn a_missing_file_is_said_with_its_path() {
    let timeline = Timeline::new(&Settings::new(1, date(2026, 11, 23))).unwrap();
    let error = timeline.advance("nowhere/sewell.db".as_ref(), timeline.ends()).unwrap_err();
    assert!(
        matches!(error, DemoError::Database { .. }) && error.to_string().starts_with("nowhere/sewell.db:")
    );
}
