//! The daily work verifies, whatever it does to rows; and what changes nothing adds no row.

use jiff::SignedDuration;
use kaizend_core::domain::CheckId;
use rusqlite::Connection;

use super::{
    super::{
        company::{begin, check, close, complete, fingerprint},
        opening,
    },
    *,
};
use crate::{Keep, StoreError, restore};

#[tokio::test]
async fn a_transaction_has_one_row_and_one_that_changes_nothing_has_none() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    assert_eq!(store.audit_head().await.unwrap(), None);
    assert_eq!(sound(&store).await.rows, 0);
    let run = begin(&store, minute(0)).await;
    assert_eq!(sound(&store).await.rows, 1);
    store.stage(run, vec![sighting("1", "overdue")]).await.unwrap();
    store.data_version().await.unwrap();
    store.pause_outbox(None).await.unwrap();
    assert_eq!(store.interrupt_dead_runs(minute(0)).await.unwrap(), []);
    let before = sound(&store).await;
    assert_eq!((before.rows, before.changes), (1, 1));
    store.close_run(run, close(run, minute(0), complete())).await.unwrap();
    // The finding, its history, its notice, the check's memory, the run.
    let after = sound(&store).await;
    assert_eq!((after.rows, after.changes, after.compared), (2, 6, 5));
    let head = after.head.unwrap();
    assert_eq!(store.audit_head().await.unwrap(), Some(head));
    assert_eq!(head.seq, 2);
}

#[tokio::test]
async fn an_update_that_leaves_a_row_as_it_was_is_no_change() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    let before = sound(&store).await;
    let same = |connection: &Connection| Ok(connection.execute("UPDATE findings SET body = body", [])?);
    assert_eq!(store.write(same).await.unwrap(), 2);
    assert_eq!(sound(&store).await, before);
    let same = super::super::remembered::measure("", 5, 1, 2);
    look(&store, minute(9), vec![sighting("1", "overdue"), promise("1", 9, None), same]).await;
    // Everything is as it was: only the run began and ended.
    let after = sound(&store).await;
    assert_eq!((after.rows - before.rows, after.changes - before.changes), (2, 2));
}

#[tokio::test]
async fn what_was_refused_is_not_in_the_chain() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    let before = sound(&store).await;
    let refused: Result<(), StoreError> = store
        .write(|connection| {
            connection.execute("UPDATE findings SET stage = 'worse'", [])?;
            Err(StoreError::CheckRuns { check: "x".to_owned() })
        })
        .await;
    assert!(refused.is_err());
    assert_eq!(sound(&store).await, before);
    // One statement of several is undone by SQLite itself, and the request goes on.
    store
        .write(|connection| {
            let twice = "INSERT INTO planned (check_id, since) VALUES ('a', 1), ('b', 2), ('a', 3)";
            assert!(connection.execute(twice, []).is_err());
            connection.execute("INSERT INTO planned (check_id, since) VALUES ('c', 1)", [])?;
            Ok(())
        })
        .await
        .unwrap();
    assert_eq!(sound(&store).await.changes, before.changes + 1);
}

#[tokio::test]
async fn rows_that_sqlite_changes_by_itself_are_in_the_chain() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    for (name, statement) in [
        ("a row taken away by REPLACE", "INSERT OR REPLACE INTO check_memory VALUES ('late-orders', '{}')"),
        (
            "children of a row that goes",
            "DELETE FROM findings WHERE fingerprint = (SELECT min(fingerprint) FROM findings)",
        ),
        ("links to a row that goes", "DELETE FROM outbox WHERE id = 1"),
        ("all rows at once", "DELETE FROM promises"),
        ("a row that gets another key", "UPDATE planned SET check_id = 'late-deliveries'"),
        (
            "an upsert",
            "INSERT INTO planned VALUES ('late-deliveries', 1) ON CONFLICT DO UPDATE SET since = 5",
        ),
    ] {
        let before = sound(&store).await;
        store.write(move |connection| Ok(connection.execute(statement, [])?)).await.unwrap();
        assert!(sound(&store).await.changes > before.changes || name == "an upsert", "{name}");
    }
}

#[tokio::test]
async fn a_check_that_gets_another_name_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    store.rename_check(&check(), &CheckId::from("late-deliveries")).await.unwrap();
    sound(&store).await;
}

#[tokio::test]
async fn what_retention_removes_stays_in_the_chain_as_expired() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    look(&store, minute(5), vec![]).await;
    let digest = head(&store).await;
    let none = SignedDuration::ZERO;
    let removed = store
        .retention(minute(60), Keep { sent_mail: none, resolved_findings: none, runs: none })
        .await
        .unwrap();
    assert_eq!((removed.mails, removed.findings), (2, 2), "{removed:?}");
    assert!(matches!(verdict(&store, Some(digest)).await, AuditVerdict::Sound(_)));
    let found = operations(folder.path());
    for table in ["findings", "history", "notices", "outbox", "attempts", "runs"] {
        assert!(found.contains(&(table.to_owned(), "expired".to_owned())), "{table}: {found:?}");
    }
    assert!(!found.iter().any(|(_, operation)| operation == "deleted"), "{found:?}");
    // The purpose ends with the work.
    store.write(|connection| Ok(connection.execute("DELETE FROM promise_versions", [])?)).await.unwrap();
    assert!(operations(folder.path()).iter().any(|(_, operation)| operation == "deleted"));
}

/// Table and operation of each change, each pair once.
pub(super) fn operations(folder: &Path) -> Vec<(String, String)> {
    let connection = Connection::open(folder.join("kaizend.db")).unwrap();
    let mut statement =
        connection.prepare("SELECT DISTINCT changed, operation FROM audit_changes ORDER BY 1, 2").unwrap();
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    found.collect::<Result<_, _>>().unwrap()
}

#[tokio::test]
async fn no_text_of_the_company_is_in_the_chain() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    store.close().await;
    let connection = Connection::open(folder.path().join("kaizend.db")).unwrap();
    for (table, texts) in [("audit", 0), ("audit_changes", 2)] {
        let types: i64 = connection
            .query_row(
                "SELECT count(*) FROM pragma_table_info(?1) WHERE type NOT IN ('INTEGER', 'BLOB')",
                [table],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(types, texts, "{table}");
    }
    let lengths: Vec<i64> = connection
        .prepare("SELECT DISTINCT length(key) FROM audit_changes UNION SELECT length(content) FROM audit_changes WHERE content NOT NULL")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(lengths, [32], "keys and contents are digests");
}

#[tokio::test]
async fn a_backup_and_what_is_restored_from_it_verify() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    let digest = head(&store).await;
    let backup = folder.path().join("backup.db");
    store.backup(&backup).await.unwrap();
    look(&store, minute(9), vec![]).await;
    let later = head(&store).await;
    store.close().await;
    restore(&backup, &folder.path().join("kaizend.db")).unwrap();
    let store = open(folder.path());
    assert!(matches!(verdict(&store, Some(digest)).await, AuditVerdict::Sound(_)));
    look(&store, minute(10), vec![]).await;
    assert!(matches!(verdict(&store, Some(digest)).await, AuditVerdict::Sound(_)));
    // What was written after the backup is gone, and whoever kept that digest can see it.
    assert_eq!(
        verdict(&store, Some(later)).await,
        AuditVerdict::Broken(AuditFault::CutOff { expected: later })
    );
}

#[tokio::test]
async fn a_store_from_before_the_audit_is_adopted_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    by_hand(folder.path(), opening::SCHEMA_1);
    let store = open(folder.path());
    let adopted = sound(&store).await;
    assert_eq!(adopted.rows, 1);
    assert!(adopted.compared > 5 && adopted.changes == adopted.compared, "{adopted:?}");
    assert!(operations(folder.path()).iter().all(|(_, operation)| operation == "adopted"));
    store.close().await;
    by_hand(folder.path(), "UPDATE findings SET owner = '6'");
    assert!(matches!(fault(&open(folder.path())).await, AuditFault::RowEdited { .. }));
}

/// The files in the middle of a transaction that is too large for the page cache: nothing of it counts.
#[tokio::test]
async fn a_kill_within_a_transaction_leaves_a_chain_that_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    let before = sound(&store).await;
    let killed = folder.path().join("killed");
    std::fs::create_dir(&killed).unwrap();
    let (from, to) = (folder.path().to_owned(), killed.clone());
    store
        .write(move |connection| {
            for number in 0..40_000 {
                let check = format!("check-{number}-{}", "x".repeat(400));
                connection
                    .prepare_cached("INSERT INTO planned (check_id, since) VALUES (?1, 1)")?
                    .execute([check])?;
            }
            for name in ["kaizend.db", "kaizend.db-wal"] {
                std::fs::copy(from.join(name), to.join(name)).unwrap();
            }
            Ok(())
        })
        .await
        .unwrap();
    let wal = std::fs::metadata(killed.join("kaizend.db-wal")).unwrap().len();
    assert!(wal > 1 << 20, "the transaction had not reached the disk: {wal} bytes");
    assert_eq!(sound(&open(&killed)).await, before);
    assert_eq!(sound(&store).await.changes, before.changes + 40_000);
}

#[tokio::test]
async fn two_processes_write_one_chain() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (lived_in(folder.path()).await, open(folder.path()));
    for number in 10..20 {
        let store = if number % 2 == 0 { &one } else { &other };
        look(store, minute(number), vec![sighting(&number.to_string(), "overdue")]).await;
    }
    assert_eq!(sound(&one).await, sound(&other).await);
    assert!(store_finds(&other, fingerprint("18")).await);
}

async fn store_finds(store: &Store, fingerprint: kaizend_core::domain::Fingerprint) -> bool {
    store.finding(fingerprint).await.unwrap().is_some()
}
