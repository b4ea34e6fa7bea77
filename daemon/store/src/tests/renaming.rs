//! A check's new name keeps its findings, and everything else of it.

use kaizend_core::domain::{Addressee, CheckId, Fingerprint, PersonId};

use super::company::{begin, check, close, complete, fingerprint, look, minute, sighting};
use crate::{Renamed, Store, StoreError};

fn new_name() -> CheckId {
    CheckId::from("late-deliveries")
}

#[tokio::test]
async fn findings_move_with_their_history_and_notices() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![sighting("1", "overdue"), sighting("2", "overdue")]).await;
    let renamed = store.rename_check(&check(), &new_name()).await.unwrap();
    assert_eq!(renamed, Renamed { findings: 2, left: 0 });
    assert_eq!(store.rename_check(&check(), &new_name()).await.unwrap(), Renamed::default());

    let new = Fingerprint::of(&new_name(), "promise", &["1"]);
    assert_eq!(store.finding(fingerprint("1")).await.unwrap(), None);
    let moved = store.finding(new).await.unwrap().unwrap();
    assert_eq!((moved.fingerprint, moved.check), (new, new_name()));
    assert_eq!(store.history(new).await.unwrap().len(), 1);
    let due = store.due_notices(&Addressee::Person(PersonId::from("5")), minute(0), None, 10).await.unwrap();
    assert_eq!(due.len(), 2);
    assert!(due.iter().all(|item| item.notice.check == new_name()));
    assert!(due.iter().all(|item| item.finding.as_ref().map(|f| f.fingerprint) == item.notice.finding));
    assert_eq!(store.runs(Some(&new_name()), 9).await.unwrap().len(), 1);
    assert_eq!(store.orphans(vec![new_name()]).await.unwrap(), []);
}

#[tokio::test]
async fn what_the_new_name_knows_already_stays() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![sighting("1", "overdue")]).await;
    store.rename_check(&check(), &new_name()).await.unwrap();
    look(&store, minute(1), vec![sighting("1", "overdue"), sighting("2", "overdue")]).await;
    let renamed = store.rename_check(&check(), &new_name()).await.unwrap();
    assert_eq!(renamed, Renamed { findings: 1, left: 1 });
    assert!(store.finding(fingerprint("1")).await.unwrap().is_some());
}

#[tokio::test]
async fn a_check_that_runs_is_renamed_later() {
    let store = Store::temporary().unwrap();
    let run = begin(&store, minute(0)).await;
    let refused = store.rename_check(&check(), &new_name()).await.unwrap_err();
    assert!(matches!(refused, StoreError::CheckRuns { .. }), "{refused}");
    store.close_run(run, close(run, minute(0), complete())).await.unwrap();
    store.rename_check(&check(), &new_name()).await.unwrap();
}
