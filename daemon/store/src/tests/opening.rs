//! Opening: what is refused, what is migrated, what is copied.

use rusqlite::Connection;

use super::company::{begin, check, fingerprint, look, minute, sighting};
use crate::{
    BackupError, Filter, OpenError, ServerLock, Settings, Store, StoreError,
    connection::{self, Durability},
    migration, restore,
};

/// The store of the first release.
pub(super) const SCHEMA_1: &str = include_str!("../../fixtures/schema-1.sql");

fn settings(folder: &tempfile::TempDir) -> Settings {
    Settings { path: folder.path().join("kaizend.db") }
}

/// A connection as the store's own writer has it.
fn writing(path: &std::path::Path) -> Connection {
    connection::writer(path, Durability::Full).unwrap()
}

fn refusal(settings: &Settings) -> OpenError {
    match Store::open(settings) {
        Err(StoreError::Open(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_was_answered_is_there_after_reopening() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&settings(&folder)).unwrap();
    look(&store, minute(0), vec![sighting("1", "overdue")]).await;
    store.close().await;
    assert!(matches!(store.counts().await, Err(StoreError::Stopped)));
    let store = Store::open(&settings(&folder)).unwrap();
    assert!(store.finding(fingerprint("1")).await.unwrap().is_some());
}

#[tokio::test]
async fn a_newer_store_is_refused_with_its_number() {
    let folder = tempfile::tempdir().unwrap();
    Store::open(&settings(&folder)).unwrap().close().await;
    let connection = Connection::open(&settings(&folder).path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let why = refusal(&settings(&folder));
    assert!(matches!(why, OpenError::Newer { found: 99, .. }));
    assert!(why.to_string().contains("schema 99"), "{why}");
}

#[test]
fn another_programs_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = settings(&folder).path;
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE orders (id)").unwrap();
    assert!(matches!(refusal(&settings(&folder)), OpenError::NotAStore { .. }));
    let connection = Connection::open(&path).unwrap();
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).unwrap();
    assert_eq!(tables, 1);
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(settings(&folder).path, "# not a database, but a text of more than a hundred bytes, as long as the header of a database file is").unwrap();
    assert!(Store::open(&settings(&folder)).is_err());
}

#[tokio::test]
async fn an_older_schema_is_copied_and_then_migrated() {
    let folder = tempfile::tempdir().unwrap();
    let path = settings(&folder).path;
    let store = Store::open(&settings(&folder)).unwrap();
    look(&store, minute(0), vec![sighting("1", "overdue")]).await;
    store.close().await;

    let next = migration::STEPS.len() + 1;
    let steps: Vec<&str> =
        migration::STEPS.iter().copied().chain(["CREATE TABLE later (id INTEGER) STRICT;"]).collect();
    let connection = writing(&path);
    migration::migrate(&connection, &path, &steps).unwrap();
    assert_eq!(migration::schema(&connection).unwrap(), next);
    let kept: i64 = connection.query_row("SELECT count(*) FROM findings", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 1);

    let mut copy = path.into_os_string();
    copy.push(format!(".before-{next}"));
    let copy = Connection::open(copy).unwrap();
    assert_eq!(migration::schema(&copy).unwrap(), next - 1);
    let kept: i64 = copy.query_row("SELECT count(*) FROM findings", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 1);
}

#[test]
fn a_migration_that_fails_leaves_the_schema_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = settings(&folder).path;
    std::fs::write(&path, "").unwrap();
    let connection = writing(&path);
    migration::migrate(&connection, &path, migration::STEPS).unwrap();
    let before = migration::schema(&connection).unwrap();
    let broken = "CREATE TABLE later (id INTEGER) STRICT; CREATE TABLE runs (id INTEGER);";
    let steps: Vec<&str> = migration::STEPS.iter().copied().chain([broken]).collect();
    assert!(migration::migrate(&connection, &path, &steps).is_err());
    drop(connection);
    let connection = Connection::open(&path).unwrap();
    assert_eq!(migration::schema(&connection).unwrap(), before);
    assert!(connection.prepare("SELECT * FROM later").is_err());
}

#[test]
fn two_that_open_a_new_store_at_once_make_it_once() {
    let folder = tempfile::tempdir().unwrap();
    let opening = [(); 4].map(|()| {
        let settings = settings(&folder);
        std::thread::spawn(move || Store::open(&settings).map(drop))
    });
    for opened in opening {
        opened.join().unwrap().unwrap();
    }
}

/// Each released schema stays readable: the fixture is the store of that release, as SQL.
#[tokio::test]
async fn a_store_of_schema_1_opens() {
    let folder = tempfile::tempdir().unwrap();
    let connection = Connection::open(settings(&folder).path).unwrap();
    connection.execute_batch(SCHEMA_1).unwrap();
    drop(connection);
    let store = Store::open(&settings(&folder)).unwrap();
    let findings = store.findings(Filter::default()).await.unwrap();
    assert_eq!(findings.iter().map(|f| f.fingerprint).collect::<Vec<_>>(), [fingerprint("10248")]);
    assert_eq!(store.history(fingerprint("10248")).await.unwrap().len(), 1);
    assert_eq!(store.notices_of(fingerprint("10248")).await.unwrap().len(), 1);
    let story = store.promise_versions(&"promises".into(), &["10248".to_owned()]).await.unwrap().unwrap();
    assert_eq!(story.versions.len(), 2);
    assert_eq!(store.runs(Some(&check()), 9).await.unwrap().len(), 2);
    assert_eq!(store.mails(Default::default()).await.unwrap()[0].delivery.word(), "sent");
}

#[tokio::test]
async fn two_stores_on_one_file_share_everything_but_a_checks_run() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (Store::open(&settings(&folder)).unwrap(), Store::open(&settings(&folder)).unwrap());
    let before = two.data_version().await.unwrap();
    assert_eq!(two.data_version().await.unwrap(), before);
    let run = begin(&one, minute(0)).await;
    assert_ne!(two.data_version().await.unwrap(), before);
    let refused = two.start_run(super::company::start(minute(0))).await.unwrap();
    assert!(matches!(refused, crate::Started::Leased { run: held, .. } if held == run));
    let mine = one.data_version().await.unwrap();
    one.renew(run, minute(9)).await.unwrap();
    assert_eq!(one.data_version().await.unwrap(), mine, "its own writes are not foreign");
    let (left, right) = tokio::join!(
        one.planned_since(vec![check()], minute(1)),
        two.planned_since(vec![check()], minute(2))
    );
    assert_eq!(left.unwrap(), right.unwrap());
}

#[tokio::test]
async fn a_copy_to_try_things_on_leaves_the_store_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&settings(&folder)).unwrap();
    look(&store, minute(0), vec![sighting("1", "overdue")]).await;
    let copy = Store::copy_of(store.path()).unwrap();
    look(&copy, minute(1), vec![sighting("2", "overdue")]).await;
    let keys = |findings: Vec<kaizend_core::domain::Finding>| {
        findings.iter().map(|finding| finding.seen.key[0].clone()).collect::<Vec<_>>()
    };
    assert_eq!(keys(copy.findings(Filter::default()).await.unwrap()), ["2"]);
    assert_eq!(keys(store.findings(Filter::default()).await.unwrap()), ["1"]);
    let place = copy.path().to_owned();
    copy.close().await;
    drop(copy);
    assert!(!place.exists());
    assert!(Store::copy_of(&folder.path().join("missing.db")).is_err());
}

#[tokio::test]
async fn a_backup_is_one_checked_file_that_can_be_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let (path, backup) = (settings(&folder).path, folder.path().join("backup.db"));
    let store = Store::open(&settings(&folder)).unwrap();
    look(&store, minute(0), vec![sighting("1", "overdue")]).await;
    store.backup(&backup).await.unwrap();
    assert!(matches!(store.backup(&backup).await, Err(BackupError::Exists { .. })));
    look(&store, minute(1), vec![]).await;

    let lock = ServerLock::acquire(&path).unwrap();
    assert!(matches!(restore(&backup, &path), Err(BackupError::Locked(_))));
    store.close().await;
    drop(lock);
    restore(&backup, &path).unwrap();
    let store = Store::open(&settings(&folder)).unwrap();
    assert!(store.finding(fingerprint("1")).await.unwrap().unwrap().is_open());
    assert!(folder.path().join("kaizend.db.before-restore").exists());
}

#[tokio::test]
async fn what_is_no_backup_is_not_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let (path, wrong) = (settings(&folder).path, folder.path().join("wrong.db"));
    Store::open(&settings(&folder)).unwrap().close().await;
    Connection::open(&wrong).unwrap().execute_batch("CREATE TABLE orders (id)").unwrap();
    assert!(restore(&wrong, &path).is_err());
    assert!(restore(&folder.path().join("missing.db"), &path).is_err());
    assert!(Store::open(&settings(&folder)).is_ok());
}
