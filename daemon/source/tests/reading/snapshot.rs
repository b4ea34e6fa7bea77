//! One moment of a source, and the application that goes on beside it.

use std::{fs, os::unix::fs::symlink};

use futures_util::StreamExt;
use kaizend_core::rows::{FaultClass, Kind};
use kaizend_source::Spool;

use crate::given::{Company, binds, drain, query, read, rows, shown, wanted};

/// Enough rows for many batches.
const MANY: &str = "create table orders (id integer primary key, what text);
    insert into orders select i, 'order number ' || i from
      (with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000) select i from n);";

const ID: [(&str, Kind); 1] = [("id", Kind::Integer)];
const BOTH: [(&str, Kind); 2] = [("id", Kind::Integer), ("what", Kind::Text)];

#[tokio::test]
async fn a_slow_reader_does_not_lock_the_application_out() {
    let company = Company::new();
    let application = company.database(MANY);
    let snapshot = company.shop().snapshot(&binds()).await.unwrap();
    let mut stream = snapshot.read(&query("select * from orders"), wanted(&BOTH), vec![]).await.unwrap();
    let first = stream.next().await.unwrap().unwrap();
    application.execute("delete from orders where id > 5", []).unwrap();
    let rest = drain(stream).await.unwrap();
    assert_eq!(first.len + rest.len(), 100_000);
    assert_eq!(rows(&company.shop(), &query("select id from orders"), &ID).await.unwrap().len(), 5);
    assert_eq!(company.spooled(), 0, "the copy leaves nothing behind");
}

#[tokio::test]
async fn two_streams_of_a_snapshot_agree_while_the_application_writes() {
    for mode in ["delete", "wal"] {
        let company = Company::new();
        let application = company.database(&format!("pragma journal_mode = {mode}; {MANY}"));
        let snapshot = company.shop().snapshot(&binds()).await.unwrap();
        let all = query("select * from orders");
        let mut first = snapshot.read(&all, wanted(&BOTH), vec![]).await.unwrap();
        let begun = first.next().await.unwrap().unwrap();
        application
            .execute_batch("update orders set what = 'changed'; delete from orders where id % 2 = 0")
            .unwrap();
        let mut second = snapshot.read(&all, wanted(&BOTH), vec![]).await.unwrap();
        // Interleaved, a batch of the one and a batch of the other.
        assert_eq!(shown(&second.next().await.unwrap().unwrap()), shown(&begun), "{mode}");
        loop {
            let (left, right) = (first.next().await, second.next().await);
            assert_eq!(left, right, "{mode}");
            let Some(batch) = left else { break };
            assert!(!shown(&batch.unwrap()).iter().any(|row| row.ends_with("changed")), "{mode}");
        }
        let now = rows(&company.shop(), &all, &BOTH).await.unwrap();
        assert_eq!((now.len(), now[0].as_str()), (50_000, "1|changed"), "{mode}");
    }
}

#[tokio::test]
async fn an_application_that_holds_its_lock_is_waited_for_and_named() {
    let company = Company::new();
    let application = company.database("create table t (a);");
    application.execute_batch("begin exclusive; insert into t values (1)").unwrap();
    let fault = company.shop().snapshot(&binds()).await.unwrap_err();
    assert_eq!(fault.class, FaultClass::Locked, "{fault}");
    assert!(fault.message.contains("shop.db was locked by another program for 0.02 s"), "{fault}");
    application.execute_batch("commit").unwrap();
    assert_eq!(rows(&company.shop(), &query("select a from t"), &[("a", Kind::Text)]).await.unwrap(), ["1"]);
}

#[tokio::test]
async fn reading_a_wal_database_at_rest_leaves_no_files_beside_it() {
    let company = Company::new();
    drop(company.database("pragma journal_mode = wal; create table t (a); insert into t values (7);"));
    assert!(!company.path("shop.db-wal").exists(), "SQLite removes the log with its last connection");
    let spec = query("select a from t");
    assert_eq!(rows(&company.shop(), &spec, &[("a", Kind::Text)]).await.unwrap(), ["7"]);
    company.shop().describe(&spec, &binds()).await.unwrap();
    assert_eq!(fs::read_dir(company.data.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_log_that_cannot_be_opened_says_how_to_allow_it() {
    let company = Company::new();
    let application =
        company.database("pragma journal_mode = wal; create table t (a); insert into t values (7);");
    // A copy of the files of a running application, in a place where `-shm` cannot be made.
    let elsewhere = Company::new();
    for name in ["shop.db", "shop.db-wal"] {
        fs::copy(company.path(name), elsewhere.path(name)).unwrap();
    }
    symlink("/nowhere/shop.db-shm", elsewhere.path("shop.db-shm")).unwrap();
    let fault = elsewhere.shop().snapshot(&binds()).await.unwrap_err();
    assert_eq!(fault.class, FaultClass::Permission, "{fault}");
    assert!(
        fault.message.contains("`ReadWritePaths=`") && fault.message.contains("immutable = true"),
        "{fault}"
    );
    let immutable = elsewhere.shop_with(|settings| settings.immutable = true);
    immutable.snapshot(&binds()).await.unwrap();
    drop(application);
}

#[tokio::test]
async fn a_copy_has_a_bound() {
    let company = Company::new();
    company.database(MANY);
    let small = company.shop().with_spool(Spool { at_most: 1 << 20, ..company.spool() });
    let fault = small.snapshot(&binds()).await.unwrap_err();
    assert_eq!(fault.class, FaultClass::Limit, "{fault}");
    assert!(fault.message.contains("needs more than 1 MiB of temporary disk"), "{fault}");
}

#[tokio::test]
async fn a_reader_that_goes_away_stops_its_statement() {
    let company = Company::new();
    company.database("create table t (a); insert into t values (7);");
    let snapshot = company.shop().snapshot(&binds()).await.unwrap();
    let endless = query(
        "with recursive n(i) as (select 1 union all select i + 1 from n) select i as id from n where i < 0",
    );
    // It never gives a row. Only when it is stopped can the thread serve the next reading.
    let stream = snapshot.read(&endless, wanted(&ID), vec![]).await.unwrap();
    drop(stream);
    assert_eq!(read(&snapshot, &query("select a from t"), &[("a", Kind::Text)], &[]).await.unwrap(), ["7"]);
}

#[tokio::test]
async fn an_endless_query_is_described_by_what_is_declared() {
    let company = Company::new();
    company.database("create table t (a integer); insert into t values (7);");
    let endless = query(
        "with recursive n(i) as (select 1 union all select i + 1 from n) select a, i from n join t where i < 0",
    );
    let described = company.shop().describe(&endless, &binds()).await.unwrap();
    assert_eq!(described.schema.field("a").unwrap().kind, Some(Kind::Integer));
    assert_eq!(described.schema.field("i").unwrap().kind, None);
    assert!(described.notes[0].to_string().contains("declare the type of `i`"), "{:?}", described.notes);
}

#[tokio::test]
async fn streams_outlive_their_snapshot() {
    let company = Company::new();
    company.database(MANY);
    let stream = {
        let snapshot = company.shop().snapshot(&binds()).await.unwrap();
        snapshot.read(&query("select id from orders"), wanted(&ID), vec![]).await.unwrap()
    };
    assert_eq!(drain(stream).await.unwrap().len(), 100_000);
}

#[tokio::test]
async fn readings_of_one_run_have_a_bound() {
    let company = Company::new();
    company.database("create table t (a); insert into t values (7);");
    let snapshot = company.shop().snapshot(&binds()).await.unwrap();
    let spec = query("select a from t");
    for _ in 0..256 {
        read(&snapshot, &spec, &[("a", Kind::Text)], &[]).await.unwrap();
    }
    let fault = read(&snapshot, &spec, &[("a", Kind::Text)], &[]).await.unwrap_err();
    assert_eq!(fault.class, FaultClass::Limit, "{fault}");
}

#[tokio::test]
async fn a_change_that_broke_off_is_not_read() {
    let company = Company::new();
    let application = company.database(MANY);
    // The application dies in the middle of a change: pages are in the file, and their old state is beside it.
    application.execute_batch("pragma cache_size = 1; begin; update orders set what = 'changed'").unwrap();
    let after_the_crash = Company::new();
    for name in ["shop.db", "shop.db-journal"] {
        fs::copy(company.path(name), after_the_crash.path(name)).unwrap();
    }
    let fault = after_the_crash.shop().snapshot(&binds()).await.unwrap_err();
    assert_eq!(fault.class, FaultClass::Locked, "{fault}");
    assert!(fault.message.contains("left in the middle of a change: start its application once"), "{fault}");
}
