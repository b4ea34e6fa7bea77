//! No table is forgotten: each is watched, or left out with its reason.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::{
    Store,
    audit::tables::{AUDITED, LEFT_OUT},
};

/// Every table of the schema.
pub(in crate::tests) fn table_names(store: &Store) -> BTreeSet<String> {
    let connection = Connection::open(store.path()).unwrap();
    let mut statement = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .unwrap();
    let names = statement.query_map([], |row| row.get(0)).unwrap();
    names.collect::<Result<_, _>>().unwrap()
}

#[tokio::test]
async fn each_table_is_audited_or_left_out_with_its_reason() {
    let store = Store::temporary().unwrap();
    let present = table_names(&store);
    let named: Vec<&str> = AUDITED.iter().copied().chain(LEFT_OUT.iter().map(|(name, _)| *name)).collect();
    for name in &present {
        let times = named.iter().filter(|named| *named == name).count();
        assert_eq!(
            times, 1,
            "table `{name}`: put it into AUDITED or, with its reason, into LEFT_OUT of audit/tables.rs"
        );
    }
    for name in named {
        assert!(present.contains(name), "audit/tables.rs names `{name}`, which the schema has not");
    }
    assert!(LEFT_OUT.iter().all(|(_, why)| why.len() > 20));
}

/// The chain itself can only be watched from outside; every other table must show up in it when it is written.
#[tokio::test]
async fn every_audited_table_has_its_triggers() {
    let store = Store::temporary().unwrap();
    let found: Vec<String> = store
        .write(|connection| {
            let mut statement = connection
                .prepare("SELECT name FROM temp.sqlite_schema WHERE type = 'trigger' ORDER BY name")?;
            Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
        .await
        .unwrap();
    let mut expected: Vec<String> = AUDITED
        .iter()
        .flat_map(|name| ["delete", "insert", "update"].map(|what| format!("audit_{name}_{what}")))
        .collect();
    expected.sort();
    assert_eq!(found, expected);
}
