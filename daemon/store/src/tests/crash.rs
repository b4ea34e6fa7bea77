//! What a kill leaves. The files as they lie on the disk at some moment, without the process that wrote them,
//! are what the next process finds after kill -9; so these tests copy them and open the copy.

use std::path::Path;

use kaizend_core::domain::{MailId, RunState};

use super::{
    company::{begin, close, complete, fingerprint, look, minute, promise, sighting, start},
    telling::mail,
};
use crate::{Audience, Filter, Holder, Settings, Standing, Started, Store, Telling};

/// The store as the next process would find it if this one were killed now.
fn killed(store: &Store, folder: &Path, name: &str) -> Store {
    let path = folder.join(name);
    for suffix in ["", "-wal"] {
        let mut from = store.path().as_os_str().to_owned();
        from.push(suffix);
        let mut to = path.clone().into_os_string();
        to.push(suffix);
        std::fs::copy(from, to).unwrap();
    }
    Store::open(&Settings { path }).unwrap()
}

fn open(folder: &Path) -> Store {
    Store::open(&Settings { path: folder.join("kaizend.db") }).unwrap()
}

#[tokio::test]
async fn a_kill_between_stage_and_close_leaves_nothing_of_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let dead = crate::Start { holder: Holder::from_text("99999999.1"), ..start(minute(0)) };
    let Started::Run(run) = store.start_run(dead).await.unwrap() else { panic!() };
    store.stage(run, vec![sighting("1", "overdue"), promise("1", 5, None)]).await.unwrap();

    let after = killed(&store, folder.path(), "after.db");
    assert_eq!(after.interrupt_dead_runs(minute(1)).await.unwrap(), [run]);
    assert_eq!(after.run(run).await.unwrap().unwrap().state, RunState::Failed);
    let again = begin(&after, minute(1)).await;
    let closed = after.close_run(again, close(again, minute(1), complete())).await.unwrap();
    assert_eq!((closed.seen, closed.ledger.len()), (0, 0));
    let all = Filter { standing: Standing::All, ..Filter::default() };
    assert!(after.findings(all).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_kill_after_the_answer_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let closed = look(&store, minute(0), vec![sighting("1", "overdue"), promise("1", 5, None)]).await;
    let after = killed(&store, folder.path(), "closed.db");
    assert!(after.finding(fingerprint("1")).await.unwrap().is_some());
    assert!(after.promise_versions(&"promises".into(), &["1".to_owned()]).await.unwrap().is_some());
    assert_eq!(after.notices_of(fingerprint("1")).await.unwrap().len(), 1);

    let telling = Telling { mails: vec![mail("1@x", Audience::Staff, closed.notices)], ..Telling::default() };
    store.compose(telling, minute(1)).await.unwrap();
    let after = killed(&store, folder.path(), "composed.db");
    assert_eq!(after.next_due_notice().await.unwrap(), None);
    assert_eq!(after.mail(MailId(1)).await.unwrap().unwrap().line.delivery.word(), "queued");
}

#[tokio::test]
async fn a_kill_while_sending_is_settled_by_what_was_committed() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let telling = Telling { mails: vec![mail("1@x", Audience::Staff, vec![])], ..Telling::default() };
    store.compose(telling, minute(0)).await.unwrap();
    let holder = Holder::from_text("99999999.1");
    let claimed = store.claim(minute(0), &holder, minute(5), 1).await.unwrap();
    let after = killed(&store, folder.path(), "claimed.db");
    assert_eq!(after.recover(minute(1)).await.unwrap().queued, [MailId(1)]);

    store.data_started(claimed[0].claim, minute(0), minute(5)).await.unwrap();
    let after = killed(&store, folder.path(), "started.db");
    assert_eq!(after.recover(minute(1)).await.unwrap().uncertain, [MailId(1)]);
}

/// Many small writes at once are grouped; none is lost, none is answered before it is on the disk.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writes_that_wait_together_are_all_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let mut waiting = tokio::task::JoinSet::new();
    for n in 0..300 {
        let store = store.clone();
        waiting.spawn(async move {
            let telling = Telling {
                mails: vec![mail(&format!("{n}@x"), Audience::Staff, vec![])],
                ..Telling::default()
            };
            store.compose(telling, minute(0)).await.unwrap()
        });
    }
    while let Some(answered) = waiting.join_next().await {
        assert!(answered.unwrap()[0].new);
    }
    let after = killed(&store, folder.path(), "after.db");
    assert_eq!(after.counts().await.unwrap().outbox["queued"], 300);
}
