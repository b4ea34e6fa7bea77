//! The audit as a whole: what the daemon writes verifies, and what anybody else writes is found.

mod ordinary;
mod released;
mod tables;
mod tampering;

pub(super) use tables::table_names;

use std::path::Path;

use rusqlite::Connection;

use super::{
    company::{look, minute, promise, sighting},
    telling::mail,
};
use crate::{
    Audience, AuditDigest, AuditFault, AuditVerdict, Holder, Settings, Sound, Store, Telling, Which,
};

fn open(folder: &Path) -> Store {
    Store::open(&Settings { path: folder.join("kaizend.db") }).unwrap()
}

/// A store in which a bit of everything happened: two looks, a mail that was sent, one that was given up.
async fn lived_in(folder: &Path) -> Store {
    let store = open(folder);
    let said = vec![
        sighting("1", "overdue"),
        sighting("2", "overdue"),
        promise("1", 5, None),
        super::remembered::measure("", 5, 1, 2),
        super::remembered::state("a", Some("x")),
    ];
    store.planned_since(vec![super::company::check()], minute(0)).await.unwrap();
    let silence = kaizend_core::domain::Silence {
        matching: [("owner".to_owned(), "5".to_owned())].into(),
        since: minute(0),
        until: minute(1),
        by: "5".into(),
        reason: "stocktaking".to_owned(),
    };
    store.add_silence(silence).await.unwrap();
    let closed = look(&store, minute(0), said).await;
    look(&store, minute(1), vec![sighting("1", "overdue"), promise("1", 9, None)]).await;
    let mails = vec![mail("1@x", Audience::Staff, closed.notices), mail("2@x", Audience::Staff, vec![])];
    store.compose(Telling { mails, ..Telling::default() }, minute(2)).await.unwrap();
    let claimed = store.claim(minute(2), &Holder::this_process(), minute(9), 1).await.unwrap();
    store.data_started(claimed[0].claim, minute(2), minute(9)).await.unwrap();
    let sent = kaizend_core::domain::Delivery::Sent { at: minute(3), reply: "250 ok".to_owned() };
    store.finish(claimed[0].claim, sent, None, "250 ok".to_owned(), minute(3)).await.unwrap();
    let claimed = store.claim(minute(3), &Holder::this_process(), minute(9), 1).await.unwrap();
    let gone = Some(kaizend_core::policy::bounce::Bounce::Hard);
    store.finish_refused(claimed[0].claim, gone, "550 5.1.1 gone".to_owned(), minute(3)).await.unwrap();
    store.stand_still("535 5.7.8 who are you".to_owned(), minute(3)).await.unwrap();
    store.cancel(Which::All, "2".to_owned(), "wrong".to_owned(), minute(4)).await.unwrap();
    store
}

async fn verdict(store: &Store, expect: Option<AuditDigest>) -> AuditVerdict {
    store.audit_verify(expect, |_, _| {}).await.unwrap()
}

async fn sound(store: &Store) -> Sound {
    match verdict(store, None).await {
        AuditVerdict::Sound(sound) => sound,
        AuditVerdict::Broken(fault) => panic!("{fault}"),
    }
}

async fn fault(store: &Store) -> AuditFault {
    match verdict(store, None).await {
        AuditVerdict::Broken(fault) => fault,
        AuditVerdict::Sound(sound) => panic!("nothing is wrong: {sound:?}"),
    }
}

async fn head(store: &Store) -> AuditDigest {
    store.audit_head().await.unwrap().unwrap().digest
}

/// Writes as somebody with `sqlite3` would.
fn by_hand(folder: &Path, statements: &str) {
    Connection::open(folder.join("kaizend.db")).unwrap().execute_batch(statements).unwrap();
}
