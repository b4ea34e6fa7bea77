//! What somebody with `sqlite3` does to the file is found, and named.

use super::*;
use crate::audit::tables::AUDITED;

type Expected = fn(&AuditFault) -> bool;

/// Each on a store of its own, which verified before.
async fn after(statements: &str) -> AuditFault {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    sound(&store).await;
    by_hand(folder.path(), statements);
    fault(&store).await
}

#[tokio::test]
async fn what_is_done_to_the_chain_is_found() {
    let swap = |left: i64, right: i64| {
        format!(
            "UPDATE audit SET seq = -{left} WHERE seq = {left};
             UPDATE audit SET seq = {left} WHERE seq = {right};
             UPDATE audit SET seq = {right} WHERE seq = -{left};"
        )
    };
    let cases: Vec<(&str, String, Expected)> = vec![
        ("an edited instant", "UPDATE audit SET at = at + 1 WHERE seq = 3".into(), |fault| {
            *fault == AuditFault::Edited { seq: 3 }
        }),
        ("an edited count", "UPDATE audit SET changes = changes + 1 WHERE seq = 2".into(), |fault| {
            *fault == AuditFault::Edited { seq: 2 }
        }),
        ("an edited digest", "UPDATE audit SET digest = randomblob(32) WHERE seq = 1".into(), |fault| {
            *fault == AuditFault::Edited { seq: 1 }
        }),
        ("a removed row", "DELETE FROM audit WHERE seq = 2".into(), |fault| {
            *fault == AuditFault::Missing { first: 2, last: 2 }
        }),
        ("several removed rows", "DELETE FROM audit WHERE seq BETWEEN 1 AND 3".into(), |fault| {
            *fault == AuditFault::Missing { first: 1, last: 3 }
        }),
        ("exchanged rows", swap(2, 3), |fault| *fault == AuditFault::OutOfOrder { seq: 2 }),
        ("a row before the first", "UPDATE audit SET seq = 0 WHERE seq = 1".into(), |fault| {
            *fault == AuditFault::OutOfOrder { seq: 0 }
        }),
        (
            "a cut-off row whose changes were left",
            "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)".into(),
            |fault| matches!(fault, AuditFault::StrayChanges { .. }),
        ),
        ("an edited change", "UPDATE audit_changes SET operation = 'deleted' WHERE id = 1".into(), |fault| {
            *fault == AuditFault::ChangesEdited { seq: 1 }
        }),
        ("a removed change", "DELETE FROM audit_changes WHERE id = 1".into(), |fault| {
            *fault == AuditFault::ChangesEdited { seq: 1 }
        }),
        (
            "a change put in",
            "INSERT INTO audit_changes SELECT max(id) + 1, changed, operation, key, content FROM audit_changes".into(),
            |fault| matches!(fault, AuditFault::StrayChanges { .. }),
        ),
    ];
    for (name, statements, expected) in cases {
        let found = after(&statements).await;
        assert!(expected(&found), "{name}: {found:?}");
    }
}

/// Everything of the last transactions is gone, data too: only a digest that was kept elsewhere shows it.
#[tokio::test]
async fn a_cut_off_end_is_found_by_who_kept_the_digest() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    store.pause_outbox(None).await.unwrap();
    let kept = sound(&store).await;
    let pause = crate::Pause { by: "2".into(), reason: "wrong import".into(), since: minute(9), until: None };
    store.pause_outbox(Some(pause)).await.unwrap();
    let digest = head(&store).await;
    assert!(matches!(verdict(&store, Some(digest)).await, AuditVerdict::Sound(_)));
    by_hand(
        folder.path(),
        "DELETE FROM outbox_pause;
         DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit);
         DELETE FROM audit_changes WHERE id > (SELECT max(last_change) FROM audit);",
    );
    assert_eq!(sound(&store).await, kept);
    assert_eq!(
        verdict(&store, Some(digest)).await,
        AuditVerdict::Broken(AuditFault::CutOff { expected: digest })
    );
    // An earlier head that is still there is as good as the last one.
    assert!(matches!(verdict(&store, Some(kept.head.unwrap().digest)).await, AuditVerdict::Sound(_)));
}

#[tokio::test]
async fn a_row_that_was_changed_past_the_daemon_is_named() {
    for (name, statements, table, row) in [
        (
            "a finding closed by hand",
            "UPDATE findings SET open = 0 WHERE stage = 'overdue'",
            "findings",
            "fingerprint=",
        ),
        ("a history rewritten", "UPDATE history SET at = at - 1 WHERE id = 1", "history", "id=1"),
        ("a mail with other bytes", "UPDATE outbox SET bytes = x'00' WHERE id = 2", "outbox", "id=2"),
        (
            "a promise moved back",
            "UPDATE promise_versions SET body = '{}' WHERE version = 1",
            "promise_versions",
            "promise=1 version=1",
        ),
        (
            "a better measure",
            "UPDATE measures SET good = total",
            "measures",
            "check_id=late-orders measure=kept-first day=5 group_name=",
        ),
    ] {
        let found = after(statements).await;
        let AuditFault::RowEdited { table: found_in, row: found_row, since } = &found else {
            panic!("{name}: {found:?}")
        };
        assert_eq!(found_in, table, "{name}");
        assert!(found_row.starts_with(row), "{name}: {found_row}");
        assert!(since.seq > 0, "{name}");
    }
}

#[tokio::test]
async fn a_row_that_was_put_in_or_deleted_past_the_daemon_is_found() {
    let found = after("INSERT INTO planned VALUES ('x', 1)").await;
    assert_eq!(found, AuditFault::RowInserted { table: "planned".into(), row: "check_id=x".into() });
    let found = after("DELETE FROM attempts").await;
    assert!(matches!(&found, AuditFault::RowDeleted { table, .. } if table == "attempts"), "{found:?}");
    let found = after(
        "UPDATE planned SET check_id = 'y'; INSERT INTO planned VALUES ('y', 1) ON CONFLICT DO NOTHING",
    )
    .await;
    assert!(matches!(&found, AuditFault::RowInserted { .. } | AuditFault::RowDeleted { .. }), "{found:?}");
    // What kaizend removed, and somebody put back as it was.
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    by_hand(folder.path(), "CREATE TABLE aside AS SELECT * FROM outbox");
    store.write(|connection| Ok(connection.execute("DELETE FROM outbox", [])?)).await.unwrap();
    sound(&store).await;
    by_hand(folder.path(), "INSERT INTO outbox SELECT * FROM aside; DROP TABLE aside");
    let found = fault(&store).await;
    assert!(matches!(&found, AuditFault::RowInserted { table, .. } if table == "outbox"), "{found:?}");
}

/// Every audited table, each with one row deleted and one row doubled.
#[tokio::test]
async fn no_audited_table_is_left_uncompared() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    let pause = crate::Pause { by: "2".into(), reason: "wrong import".into(), since: minute(9), until: None };
    store.pause_outbox(Some(pause)).await.unwrap();
    let occurrence = kaizend_core::policy::schedule::OccurrenceDecision {
        check: super::super::company::check(),
        due: minute(10),
        fate: kaizend_core::policy::schedule::Fate::Run(kaizend_core::domain::Trigger::Schedule),
        unlisted_since: None,
    };
    store.record_occurrences(vec![occurrence]).await.unwrap();
    store.first_web_key(vec![1; 32], minute(10)).await.unwrap();
    store.choose_one_a_day(&"5".into(), true, minute(10)).await.unwrap();
    super::super::from_mail::press(&store, "1", minute(10)).await;
    sound(&store).await;
    store.close().await;
    for table in AUDITED {
        let copy = tempfile::tempdir().unwrap();
        std::fs::copy(folder.path().join("kaizend.db"), copy.path().join("kaizend.db")).unwrap();
        by_hand(copy.path(), &format!("PRAGMA foreign_keys = OFF; DELETE FROM {table}"));
        let found = fault(&open(copy.path())).await;
        assert!(
            matches!(&found, AuditFault::RowDeleted { table: found, .. } if found == table),
            "{table}: {found:?}"
        );
    }
}

/// Changes that nobody vouches for are not taken over by the next transaction.
#[tokio::test]
async fn the_daemon_does_not_vouch_for_what_it_did_not_do() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    by_hand(
        folder.path(),
        "INSERT INTO audit_changes SELECT max(id) + 1, changed, operation, key, content FROM audit_changes",
    );
    let last = store.audit_head().await.unwrap().unwrap().seq;
    look(&store, minute(20), vec![]).await;
    assert_eq!(fault(&store).await, AuditFault::StrayChanges { after: last });
}
