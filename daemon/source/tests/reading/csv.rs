//! Exports as they come: encodings, separators, headers, and everything that breaks them.

use std::{fs, io::Write};

use futures_util::StreamExt;
use kaizend_core::rows::{FaultClass, Kind};
use kaizend_source::{ColumnSpec, csv::Decimal, csv::Empty};

use crate::given::{Company, binds, declare, drain, file, formatted, query, rows, wanted};

const ORDER: [(&str, Kind); 3] = [("id", Kind::Text), ("client", Kind::Text), ("due", Kind::Date)];

#[tokio::test]
async fn a_plain_file_is_read() {
    let company = Company::new();
    let export = company
        .export("id,client,due\n00123,\"Čapek, \"\"Karel\"\"\n& Sons\",2024-02-29\n\n7,,\n8,x,2024-03-01");
    assert_eq!(
        rows(&export, &file(), &ORDER).await.unwrap(),
        ["00123|Čapek, \"Karel\"\n& Sons|2024-02-29", "7|-|-", "8|x|2024-03-01"]
    );
}

#[tokio::test]
async fn an_order_is_the_same_thing_in_a_file_and_in_a_database() {
    let company = Company::new();
    company.database("create table orders (id integer, client text, due date); insert into orders values (10248, 'VINET', '1996-08-01');");
    let export = company.export("id,client,due\n10248,VINET,1996-08-01\n");
    let in_database = rows(&company.shop(), &query("select * from orders"), &ORDER).await.unwrap();
    assert_eq!(rows(&export, &file(), &ORDER).await.unwrap(), in_database);
}

#[tokio::test]
async fn a_file_of_another_country_is_read() {
    let company = Company::new();
    let (bytes, _, _) =
        encoding_rs::WINDOWS_1251.encode("№;Клиент;Сума;Срок\n1;София Проект;1.234,50;31.01.2024\n");
    let export = company.export_with(&bytes, |settings| {
        settings.delimiter = b';';
        settings.encoding = "windows-1251".parse().unwrap();
        settings.decimal = Decimal::Comma;
    });
    let from = |name: &str| ColumnSpec { from: Some(name.into()), ..Default::default() };
    let spec = declare(file(), "id", from("№"));
    let spec = declare(spec, "client", from("Клиент"));
    let spec = declare(spec, "worth", ColumnSpec { currency: Some("BGN".into()), ..from("Сума") });
    let spec = declare(spec, "due", ColumnSpec { from: Some("Срок".into()), ..formatted("%d.%m.%Y") });
    let columns = [("id", Kind::Text), ("client", Kind::Text), ("worth", Kind::Money), ("due", Kind::Date)];
    assert_eq!(rows(&export, &spec, &columns).await.unwrap(), ["1|София Проект|123450 BGN|2024-01-31"]);
}

#[tokio::test]
async fn headers_quotes_and_empty_fields_are_settings() {
    let company = Company::new();
    let columns = [("column1", Kind::Text), ("column2", Kind::Text)];
    let no_header = company.export_with("a,b\nc,\n", |settings| settings.header = false);
    assert_eq!(rows(&no_header, &file(), &columns).await.unwrap(), ["a|b", "c|-"]);
    let marks = company.export_with("\"a\t5\"\n", |settings| {
        (settings.header, settings.quote, settings.delimiter) = (false, None, b'\t');
    });
    assert_eq!(rows(&marks, &file(), &columns).await.unwrap(), ["\"a|5\""]);
    let empty = company.export_with("t,n\n,\n", |settings| settings.empty = Empty::Text);
    let columns = [("t", Kind::Text), ("n", Kind::Integer)];
    assert_eq!(rows(&empty, &file(), &columns).await.unwrap(), ["|-"]);
}

#[tokio::test]
async fn a_broken_file_is_refused_and_says_where() {
    for (bytes, class, says) in [
        (b"".as_slice(), FaultClass::Damaged, "it is empty: not even a header"),
        (b"id,client,due\n1,a\n", FaultClass::Damaged, "line 2 has 2 fields where the first line has 3"),
        (b"id,client,due\r\n1,a\r\n", FaultClass::Damaged, "line 2 has 2 fields where the first line has 3"),
        (b"id,client,due\r\n1,a,2024-01-01\r\n2,b\r\n", FaultClass::Damaged, "line 3 has 2 fields"),
        (b"id,client,due\n1,a,2024-01-01,x\n", FaultClass::Damaged, "line 2 has 4 fields"),
        (
            b"id,client,due\n1,\"a,2024-01-01\n2,b,\n",
            FaultClass::Damaged,
            "the quote opened in line 2 is never closed",
        ),
        (
            b"id,client,due\n1,\"a\"b,2024-01-01\n",
            FaultClass::Damaged,
            "line 2: text follows a closing quote",
        ),
        (b"id,client,due\n1,caf\xe9,2024-01-01\n", FaultClass::Value, "its byte 20 is not UTF-8"),
        (b"\xff\xfei\0d\0", FaultClass::Value, "begins like UTF-16"),
        (b"id,client,id\n", FaultClass::Query, "two columns are called `id`"),
        (
            b"id,customer,due\n",
            FaultClass::Column,
            "has no column `client`; there are `id`, `customer`, `due`",
        ),
        (
            b"id,client,due\n1,a,31/02/2024\n",
            FaultClass::Value,
            "row 1 (line 2): column `due` holds `31/02/2024`",
        ),
    ] {
        let company = Company::new();
        let fault = rows(&company.export(bytes), &file(), &ORDER).await.unwrap_err();
        assert_eq!(fault.class, class, "{fault}");
        assert!(fault.message.contains(says), "{fault}");
    }
    let company = Company::new();
    let export = company.export("");
    fs::remove_file(company.path("export.csv")).unwrap();
    assert_eq!(export.snapshot(&binds()).await.unwrap_err().class, FaultClass::Missing);
}

/// Enough for many batches.
fn long() -> String {
    let mut text = String::from("id,client,due\n");
    (0..200_000).for_each(|id| text.push_str(&format!("{id},client number {id},2024-02-29\n")));
    text
}

#[tokio::test]
async fn a_file_that_is_written_while_it_is_read_counts_for_nothing() {
    let company = Company::new();
    let snapshot = company.export(long()).snapshot(&binds()).await.unwrap();
    let mut stream = snapshot.read(&file(), wanted(&ORDER), vec![]).await.unwrap();
    stream.next().await.unwrap().unwrap();
    let mut file = fs::OpenOptions::new().append(true).open(company.path("export.csv")).unwrap();
    file.write_all(b"200000,one more,2024-03-01\n").unwrap();
    let fault = drain(stream).await.unwrap_err();
    assert_eq!(fault.class, FaultClass::Changed, "{fault}");
    assert!(fault.message.contains("was changed while it was read"), "{fault}");
}

#[tokio::test]
async fn a_file_that_is_replaced_is_read_as_it_was() {
    let company = Company::new();
    let snapshot = company.export(long()).snapshot(&binds()).await.unwrap();
    let mut stream = snapshot.read(&file(), wanted(&ORDER), vec![]).await.unwrap();
    let first = stream.next().await.unwrap().unwrap();
    fs::write(company.path("new.csv"), "id,client,due\n").unwrap();
    fs::rename(company.path("new.csv"), company.path("export.csv")).unwrap();
    assert_eq!(first.len + drain(stream).await.unwrap().len(), 200_000);
    let again = snapshot.read(&file(), wanted(&ORDER), vec![]).await.unwrap();
    assert_eq!(drain(again).await.unwrap().len(), 200_000, "the other slot reads the same file");
}
