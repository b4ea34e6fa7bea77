//! The planted numbers, counted by SQL in the file itself, for several seeds and days.

use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use kaizend_demo::{DemoError, Planted, Settings, generate};
use rusqlite::{Connection, OpenFlags, named_params};
use tempfile::TempDir;

fn company(settings: &Settings) -> (TempDir, PathBuf, Planted) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sewell.db");
    let planted = generate(&path, settings).unwrap();
    (folder, path, planted)
}

fn count(path: &Path, until: Date, query: &str) -> usize {
    let books = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let query = format!(
        "with day(today) as (select :today),
              billed as (select client_id, sum(total_cents) as total from orders group by client_id),
              best as (select client_id from billed order by total desc, client_id
                       limit (select (count(*) + 4) / 5 from billed))
         select count(*) from {query}"
    );
    books.query_row(&query, named_params! { ":today": until.to_string() }, |row| row.get(0)).unwrap()
}

const REPEATS: &str = "orders late join orders early on early.car_id = late.car_id and early.id < late.id
    and julianday(late.opened_on) - julianday(early.opened_on) between 0 and 30, day";

#[test]
fn each_planted_number_is_what_sql_counts() {
    for (seed, until) in [
        (1, date(2026, 11, 23)),
        (2, date(2026, 11, 22)),
        (3, date(2026, 1, 1)),
        (4, date(2024, 2, 29)),
        (5, date(2026, 11, 27)),
        (6, date(2026, 11, 28)),
    ] {
        let settings = Settings::new(seed, until);
        let (_folder, path, planted) = company(&settings);
        let repeats_recently = format!("{REPEATS} where late.opened_on >= date(today, '-30 days')");
        let soon = match until.weekday().to_monday_one_offset() {
            1..=3 => "+2 days",
            4 | 5 => "+4 days",
            6 => "+3 days",
            _ => "+2 days",
        };
        let open = "orders, day where finished_on is null";
        for (what, query, expected) in [
            ("kept late", "orders where finished_on > promised_on".to_owned(), planted.kept_late),
            (
                "kept late recently",
                "orders, day where finished_on > promised_on and finished_on >= date(today, '-30 days')"
                    .to_owned(),
                planted.kept_late_recently,
            ),
            ("overdue", format!("{open} and promised_on < today"), planted.overdue),
            (
                "overdue, no owner",
                format!("{open} and promised_on < today and advisor_id is null"),
                planted.overdue_without_owner,
            ),
            (
                "due soon",
                format!("{open} and promised_on between today and date(today, '{soon}')"),
                planted.due_soon,
            ),
            ("open", format!("{open} and promised_on > date(today, '{soon}')"), planted.open),
            ("repeats", REPEATS.to_owned(), planted.repeats),
            ("repeats recently", repeats_recently, planted.repeats_recently),
            ("best clients", "best".to_owned(), planted.best_clients),
            (
                "stale best clients",
                "best, day where not exists (select 1 from contacts where contacts.client_id = best.client_id
                 and at >= date(today, '-40 days'))"
                    .to_owned(),
                planted.stale_best_clients,
            ),
            (
                "fresh best clients",
                "best, day where exists (select 1 from contacts where contacts.client_id = best.client_id
                 and at >= date(today, '-20 days'))"
                    .to_owned(),
                planted.best_clients - planted.stale_best_clients,
            ),
            (
                "billed above",
                "quotes join orders on orders.id = order_id where total_cents > high_cents".to_owned(),
                planted.billed_above,
            ),
            (
                "unanswered complaints",
                "complaints where answered_on is null".to_owned(),
                planted.unanswered_complaints,
            ),
            ("clients", "clients".to_owned(), settings.clients as usize),
        ] {
            assert_eq!(count(&path, until, &query), expected, "{what}, seed {seed}, {until}");
        }
        for (what, query) in [
            (
                "opened after it was promised",
                "orders where opened_on > promised_on or opened_on > finished_on",
            ),
            ("finished in the future", "orders, day where finished_on >= today or opened_on >= today"),
            ("billed but open", "orders where (finished_on is null) <> (total_cents is null)"),
            ("said in the future", "contacts, day where at >= today"),
            ("answered in the future", "complaints, day where received_on >= today or answered_on >= today"),
            ("numbered out of order", "orders a join orders b on a.id < b.id and a.opened_on > b.opened_on"),
        ] {
            assert_eq!(count(&path, until, query), 0, "{what}, seed {seed}, {until}");
        }
    }
}

#[test]
fn the_story_is_two_years_long_and_in_four_languages() {
    let until = date(2026, 11, 23);
    let (_folder, path, _) = company(&Settings::new(7, until));
    let orders = count(&path, until, "orders");
    assert!((700..2500).contains(&orders), "{orders} orders");
    assert!(count(&path, until, "orders, day where opened_on < date(today, '-23 months')") > 10);
    for language in ["en", "ru", "bg", "et"] {
        let staff = format!("staff where language = '{language}' and manager_id is not null");
        assert!(count(&path, until, &staff) > 0, "{language}");
        assert!(count(&path, until, &format!("clients where language = '{language}'")) > 10, "{language}");
    }
    assert_eq!(
        count(&path, until, "staff where name in ('Jüri Õunapuu', 'Алёна Ёлкина', 'Siân Llewellyn')"),
        3
    );
    assert_eq!(count(&path, until, "staff where email glob '*[^a-z0-9@.-]*'"), 0);
}

#[test]
fn the_file_is_in_wal_mode_and_never_overwritten() {
    let settings = Settings::new(1, date(2026, 11, 23));
    let (_folder, path, _) = company(&settings);
    let mode: String =
        Connection::open(&path).unwrap().pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    assert!(matches!(generate(&path, &settings), Err(DemoError::Exists { .. })));
}

#[test]
fn the_same_seed_writes_the_same_books() {
    let dump = |seed| {
        let (_folder, path, _) = company(&Settings::new(seed, date(2026, 11, 23)));
        let books = Connection::open(&path).unwrap();
        let tables = ["staff", "clients", "cars", "orders", "quotes", "contacts", "complaints"];
        tables.map(|table| {
            let mut rows = books.prepare(&format!("select * from {table} order by id")).unwrap();
            let columns = rows.column_count();
            let rows = rows.query_map([], |row| {
                (0..columns)
                    .map(|column| Ok(format!("{:?}", row.get_ref(column)?)))
                    .collect::<Result<Vec<_>, _>>()
            });
            rows.unwrap().collect::<Result<Vec<_>, _>>().unwrap()
        })
    };
    assert!(dump(11) == dump(11));
    assert!(dump(11) != dump(12));
}

#[test]
fn a_company_that_cannot_hold_the_plants_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for clients in [0, 99, 20_001] {
        let settings = Settings { clients, ..Settings::new(1, date(2026, 11, 23)) };
        let error = generate(&folder.path().join("small.db"), &settings).unwrap_err().to_string();
        assert!(error.contains("from 100 to 20,000"), "{error}");
    }
    let smallest = Settings { clients: 101, ..Settings::new(1, date(2026, 11, 23)) };
    assert_eq!(generate(&folder.path().join("smallest.db"), &smallest).unwrap().best_clients, 21);
}
