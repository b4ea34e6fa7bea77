//! The order that plugins rely on: texts by UTF-8 bytes, everything else by value, nulls last.

use futures_util::StreamExt;
use kaizend_core::rows::{Fault, FaultClass, Kind, first_disorder};
use kaizend_source::{DatasetSpec, Source, Spool};
use proptest::prelude::*;

use crate::given::{Company, binds, declare, file, formatted, query, rows_by, wanted};

#[tokio::test]
async fn databases_and_files_give_the_same_order() {
    let company = Company::new();
    // `a` has an index in SQLite's own order, `b` none; ids are integers, asked for as texts.
    company.database(
        "create table t (id integer, a text collate nocase, b text, due text);
         create index by_a on t (a collate binary); create index by_id on t (id);
         insert into t values (9, 'b', 'Ö', '01/03/2024'), (10, 'a', null, '02/02/2024'), (100, 'B', 'z', null),
                              (11, null, 'Z', '31/01/2024'), (1, 'ä', 'z', '01/02/2024');",
    );
    let bytes =
        "id,a,b,due\n9,b,Ö,01/03/2024\n10,a,,02/02/2024\n100,B,z,\n11,,Z,31/01/2024\n1,ä,z,01/02/2024\n";
    let export = company.export(bytes);
    let slashes = |spec: DatasetSpec| declare(spec, "due", formatted("%d/%m/%Y"));
    for (by, kind, expected) in [
        (["id"], Kind::Text, ["1", "10", "100", "11", "9"]),
        (["id"], Kind::Integer, ["1", "9", "10", "11", "100"]),
        (["a"], Kind::Text, ["100", "10", "9", "1", "11"]),
        (["b"], Kind::Text, ["11", "100", "1", "9", "10"]),
        (["due"], Kind::Date, ["11", "1", "10", "9", "100"]),
    ] {
        let id = if by == ["id"] { kind } else { Kind::Text };
        let columns: &[_] = &[("id", id), (by[0], kind)];
        for (source, spec) in
            [(company.shop(), slashes(query("select * from t"))), (export.clone(), slashes(file()))]
        {
            let rows = rows_by(&source, &spec, columns, &by).await.unwrap();
            let ids: Vec<&str> = rows.iter().map(|row| row.split('|').next().unwrap()).collect();
            // Rows that compare equal keep the order of the source.
            assert_eq!(ids, expected, "{} by {by:?} as {kind}", source.name());
        }
    }
}

#[tokio::test]
async fn a_database_in_utf16_is_ordered_by_utf8_bytes() {
    let company = Company::new();
    // U+FF21 sorts before U+1F600 in UTF-8, and after it in UTF-16, where the latter has surrogates.
    company.database(
        "pragma encoding = 'UTF-16le'; create table t (a text primary key);
         insert into t values ('😀'), ('Ａ'), ('b');",
    );
    let rows = rows_by(&company.shop(), &query("select a from t"), &[("a", Kind::Text)], &["a"]).await;
    assert_eq!(rows.unwrap(), ["b", "Ａ", "😀"]);
}

#[tokio::test]
async fn an_order_needs_its_column() {
    let company = Company::new();
    company.database("create table t (a, b);");
    let fault =
        rows_by(&company.shop(), &query("select * from t"), &[("a", Kind::Text)], &["b"]).await.unwrap_err();
    assert_eq!(fault.class, FaultClass::Column);
    assert!(fault.message.contains("cannot be ordered by `b`"), "{fault}");
}

#[tokio::test]
async fn sorting_has_a_bound_on_disk() {
    let company = Company::new();
    let mut text = String::from("id,what\n");
    (0..50_000).for_each(|id| text.push_str(&format!("{},some words that take room\n", id * 7919 % 50_000)));
    let columns = [("id", Kind::Integer), ("what", Kind::Text)];
    let export = company.export(&text);
    let with = |at_most| export.clone().with_spool(Spool { at_most, memory: 64 << 10, ..company.spool() });
    let fault = rows_by(&with(256 << 10), &file(), &columns, &["id"]).await.unwrap_err();
    assert_eq!(fault.class, FaultClass::Limit, "{fault}");
    assert!(fault.message.contains("dataset orders: sorting its rows needs more than 0 MiB"), "{fault}");
    let rows = rows_by(&with(64 << 20), &file(), &columns, &["id"]).await.unwrap();
    assert_eq!(rows.len(), 50_000);
    assert!(rows.iter().enumerate().all(|(at, row)| row.starts_with(&format!("{at}|"))));
    assert_eq!(company.spooled(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever the rows and however little memory there is, the order is the contract's and no row is lost.
    #[test]
    fn any_rows_come_in_order(
        rows in prop::collection::vec((prop::option::of("[a-cÄß ]{0,10}"), prop::option::of(-3_i64..3)), 0..400),
        memory in 1_usize..20_000,
    ) {
        let company = Company::new();
        let mut text = String::from("text,number,place\n");
        for (place, (word, number)) in rows.iter().enumerate() {
            let word = word.as_deref().unwrap_or_default();
            let number = number.map_or(String::new(), |number| number.to_string());
            text.push_str(&format!("\"{word}\",{number},{place}\n"));
        }
        let source = company.export(&text).with_spool(Spool { memory, ..company.spool() });
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let places = runtime.block_on(in_order(&source)).unwrap();
        let mut expected: Vec<usize> = (0..rows.len()).collect();
        expected.sort_by_key(|at| {
            let (word, number) = &rows[*at];
            let word = word.as_deref().filter(|word| !word.is_empty());
            ((word.is_none(), word.map(str::as_bytes)), (number.is_none(), *number), *at)
        });
        prop_assert_eq!(places, expected);
    }
}

/// Reads `export.csv` ordered by text and number, lets the host's check look at it, and gives the places.
async fn in_order(source: &Source) -> Result<Vec<usize>, Fault> {
    let columns = wanted(&[("text", Kind::Text), ("number", Kind::Integer), ("place", Kind::Text)]);
    let snapshot = source.snapshot(&binds()).await?;
    let mut stream = snapshot.read(&file(), columns, vec!["text".into(), "number".into()]).await?;
    let mut places = Vec::new();
    while let Some(batch) = stream.next().await {
        let batch = batch?;
        assert_eq!(first_disorder(None, &batch, &[0, 1]), None);
        places.extend(
            (0..batch.len).map(|row| batch.value(2, row).unwrap().canonical().parse::<usize>().unwrap()),
        );
    }
    Ok(places)
}
