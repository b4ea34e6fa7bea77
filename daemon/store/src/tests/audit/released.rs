//! Stores that are out there verify for ever: the fixture is one as SQL, and the digest of its last row was written
//! down when it was made. A later schema or another formula that breaks what such stores hold fails here.
//!
//! The fixture of a new schema is written, before its release, by
//! `cargo test -p kaizend-store write_the_fixture -- --ignored`; the digest to put here is in its head.

use std::{fs, path::PathBuf};

use kaizend_core::policy::forget::Subject;
use rusqlite::types::Value;

use super::{
    super::{company, forgetting, opening},
    *,
};
use crate::{
    Filter, Pause,
    audit::tables::AUDITED,
    connection::{self, Durability},
    migration,
};

/// Schema 1, adopted by the audit; then looks, mails, a silence, a pause, and an order that was forgotten.
const SCHEMA_3: &str = include_str!("../../../fixtures/schema-3.sql");
const HEAD_3: &str = "a98acea0ebca49ae31ecdefb26bdf164cf7066776adde3b58b2b8de7a33e67a3";
/// In the fixture once, as the reason of its silence.
const REASON: &str = "stocktaking";

fn schema_3(folder: &Path) {
    by_hand(folder, SCHEMA_3);
}

fn head_3() -> Option<AuditDigest> {
    Some(HEAD_3.parse().unwrap())
}

#[tokio::test]
async fn a_store_of_schema_3_opens_and_its_audit_verifies() {
    let folder = tempfile::tempdir().unwrap();
    schema_3(folder.path());
    let store = open(folder.path());
    let before = verdict(&store, head_3()).await;
    assert!(matches!(before, AuditVerdict::Sound(_)), "{before:?}");
    let findings = store.findings(Filter::default()).await.unwrap();
    let forgotten = findings.iter().filter(|finding| finding.forgotten.is_some()).count();
    assert_eq!((findings.len(), forgotten), (2, 1), "two are open");
    assert_eq!(store.mails(Default::default()).await.unwrap().len(), 3);
    assert_eq!(store.beats().await.unwrap().len(), 1);
    // It is lived in as any other, and what comes after it verifies together with it.
    look(&store, minute(90), vec![sighting("3", "overdue")]).await;
    let after = verdict(&store, head_3()).await;
    assert!(matches!(after, AuditVerdict::Sound(_)), "{after:?}");
}

/// So that nothing of it is verified because it is not there.
#[test]
fn the_fixture_has_a_row_of_every_table_that_was_audited() {
    let folder = tempfile::tempdir().unwrap();
    schema_3(folder.path());
    let connection = Connection::open(folder.path().join("kaizend.db")).unwrap();
    assert_eq!(migration::schema(&connection).unwrap(), 3);
    let mut statement = connection.prepare("SELECT DISTINCT changed FROM audit_changes").unwrap();
    let changed: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().flatten().collect();
    for table in ["findings", "history", "notices", "outbox", "attempts", "runs", "silences", "measures"] {
        assert!(changed.iter().any(|name| name == table), "{table}");
    }
    for table in changed {
        let rows: i64 =
            connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        assert!(rows > 0, "{table}");
    }
}

/// A schema that is not yet written: columns that are null in old rows, others that get their values, a table that is
/// made anew, a new one.
#[tokio::test]
async fn a_later_schema_leaves_it_sound() {
    let folder = tempfile::tempdir().unwrap();
    schema_3(folder.path());
    let store = open(folder.path());
    let later = "ALTER TABLE findings ADD COLUMN later TEXT;
                 ALTER TABLE outbox ADD COLUMN weight INTEGER;
                 UPDATE outbox SET weight = length(bytes);
                 CREATE TABLE planned_anew (since INTEGER NOT NULL, check_id TEXT PRIMARY KEY) STRICT;
                 INSERT INTO planned_anew SELECT since, check_id FROM planned;
                 DROP TABLE planned;
                 ALTER TABLE planned_anew RENAME TO planned;
                 CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;";
    let steps: Vec<&str> = migration::STEPS.iter().copied().chain([later]).collect();
    let path = folder.path().join("kaizend.db");
    let connection = connection::writer(&path, Durability::Full).unwrap();
    migration::migrate(&connection, &path, &steps).unwrap();
    let after = verdict(&store, head_3()).await;
    assert!(matches!(after, AuditVerdict::Sound(_)), "{after:?}");
    by_hand(folder.path(), "UPDATE outbox SET weight = 0 WHERE id = 1");
    let found = fault(&store).await;
    assert!(matches!(&found, AuditFault::RowEdited { table, .. } if table == "outbox"), "{found:?}");
}

/// One byte of the file, as a disk or an editor changes it.
#[tokio::test]
async fn one_other_byte_in_one_row_is_found() {
    let folder = tempfile::tempdir().unwrap();
    schema_3(folder.path());
    open(folder.path()).close().await;
    let path = folder.path().join("kaizend.db");
    let mut bytes = fs::read(&path).unwrap();
    let places: Vec<usize> = bytes
        .windows(REASON.len())
        .enumerate()
        .filter(|(_, at)| *at == REASON.as_bytes())
        .map(|(at, _)| at)
        .collect();
    assert_eq!(places.len(), 1, "the reason stands once in the file");
    bytes[places[0]] = b'S';
    fs::write(&path, bytes).unwrap();
    let found = fault(&open(folder.path())).await;
    assert!(matches!(&found, AuditFault::RowEdited { table, .. } if table == "silences"), "{found:?}");
}

/// Any text of any row of any table.
#[tokio::test]
async fn one_other_character_in_any_column_is_found() {
    let folder = tempfile::tempdir().unwrap();
    schema_3(folder.path());
    let store = open(folder.path());
    store.close().await;
    let mut tried = 0;
    for table in AUDITED {
        for (column, kind) in columns(folder.path(), table) {
            let other = match kind.as_str() {
                "TEXT" => format!("{column} || 'x'"),
                "BLOB" => format!("CAST({column} || x'00' AS BLOB)"),
                _ => format!("{column} + 1"),
            };
            let copy = tempfile::tempdir().unwrap();
            fs::copy(folder.path().join("kaizend.db"), copy.path().join("kaizend.db")).unwrap();
            let connection = Connection::open(copy.path().join("kaizend.db")).unwrap();
            connection.pragma_update(None, "foreign_keys", false).unwrap();
            // The greatest, so that a number plus one meets no other row.
            let statement = format!(
                "UPDATE {table} SET {column} = {other} WHERE {column} = (SELECT max({column}) FROM {table})"
            );
            // Empty, or refused by the schema itself.
            if connection.execute(&statement, []).unwrap_or(0) == 0 {
                continue;
            }
            drop(connection);
            tried += 1;
            let found = fault(&open(copy.path())).await.to_string();
            assert!(found.contains(table), "{table}.{column}: {found}");
        }
    }
    assert!(tried > 60, "{tried}");
}

fn columns(folder: &Path, table: &str) -> Vec<(String, String)> {
    let connection = Connection::open(folder.join("kaizend.db")).unwrap();
    let mut statement = connection.prepare("SELECT name, type FROM pragma_table_info(?1)").unwrap();
    let found = statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    found.collect::<Result<_, _>>().unwrap()
}

/// See the head of this file. A fixture of a released schema is never written again.
#[tokio::test]
#[ignore = "it writes the fixture of the present schema"]
async fn write_the_fixture_of_the_present_schema() {
    let folder = tempfile::tempdir().unwrap();
    by_hand(folder.path(), opening::SCHEMA_1);
    let store = lived_in(folder.path()).await;
    let occurrence = kaizend_core::policy::schedule::OccurrenceDecision {
        check: company::check(),
        due: minute(10),
        fate: kaizend_core::policy::schedule::Fate::Run(kaizend_core::domain::Trigger::Schedule),
        unlisted_since: None,
    };
    store.record_occurrences(vec![occurrence]).await.unwrap();
    let pause = Pause { by: "2".into(), reason: "wrong import".into(), since: minute(11), until: None };
    store.pause_outbox(Some(pause)).await.unwrap();
    let said = vec![sighting("1", "overdue"), forgetting::order("3", "ALFKI", "Alfreds")];
    look(&store, minute(12), said).await;
    store.forget(&Subject::Client("ALFKI".to_owned()), minute(20)).await.unwrap();
    store.mark_moving(minute(30), |_| None).await.unwrap();
    let digest = head(&store).await;
    sound(&store).await;
    store.close().await;

    let number = migration::STEPS.len();
    let path = PathBuf::from(format!("{}/fixtures/schema-{number}.sql", env!("CARGO_MANIFEST_DIR")));
    assert!(!path.exists(), "{} is there: stores of its schema are out there", path.display());
    let connection = Connection::open(folder.path().join("kaizend.db")).unwrap();
    fs::write(&path, dump(&connection, number, digest)).unwrap();
}

/// The file as SQL: tables in the order of their names, each with its rows; then what hangs on them.
fn dump(connection: &Connection, number: usize, head: AuditDigest) -> String {
    let mut sql = format!(
        "-- A store as schema {number} left it, with its audit; see `src/tests/audit/released.rs`.\n\
         -- The digest of its last row: {head}\n\
         -- Never edit: it stands for the stores out there.\n\
         PRAGMA foreign_keys = OFF;\nBEGIN TRANSACTION;\n"
    );
    let texts = |query: &str| -> Vec<(String, String)> {
        let mut statement = connection.prepare(query).unwrap();
        let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        found.collect::<Result<_, _>>().unwrap()
    };
    let named = "name NOT LIKE 'sqlite_%' AND sql IS NOT NULL";
    for (table, made_by) in
        texts(&format!("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND {named} ORDER BY name"))
    {
        sql += &format!("{made_by};\n{}", rows(connection, &table));
    }
    sql += &format!("DELETE FROM sqlite_sequence;\n{}", rows(connection, "sqlite_sequence"));
    for (_, made_by) in
        texts(&format!("SELECT name, sql FROM sqlite_schema WHERE type <> 'table' AND {named} ORDER BY name"))
    {
        sql += &format!("{made_by};\n");
    }
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0)).unwrap();
    sql + &format!("COMMIT;\nPRAGMA application_id = {application};\nPRAGMA user_version = {number};\n")
}

fn rows(connection: &Connection, table: &str) -> String {
    let mut statement = connection.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
    let columns = statement.column_count();
    let mut rows = statement.query([]).unwrap();
    let mut sql = String::new();
    while let Some(row) = rows.next().unwrap() {
        let values: Vec<String> = (0..columns).map(|column| literal(row.get(column).unwrap())).collect();
        sql += &format!("INSERT INTO \"{table}\" VALUES({});\n", values.join(","));
    }
    sql
}

fn literal(value: Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => format!("{number:?}"),
        Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Value::Blob(bytes) => format!("X'{}'", hex::encode_upper(bytes)),
    }
}
