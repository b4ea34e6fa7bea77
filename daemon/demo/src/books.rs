//! The company's database: its tables, and how the generated company is written into them.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rusqlite::{Connection, Transaction, params};

use crate::company::Company;

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("{}: a file is there already; the demo never overwrites one: choose another folder or remove it", path.display())]
    Exists { path: PathBuf },
    #[error("{clients} clients: the demo company has from 100 to 20,000")]
    Clients { clients: u32 },
    #[error("{until}: the demo ends in a year from 1900 to 2200")]
    Until { until: Date },
    #[error("the zone data of Europe/Sofia is not on this machine: {source}")]
    Zone { source: jiff::Error },
    #[error("{}: {source}", path.display())]
    Database { path: PathBuf, source: rusqlite::Error },
}

/// Dates are texts such as 2026-11-23, contacts such as 2026-11-23 14:05:00 on Sofia's wall, money is in cents.
const TABLES: &str = "
    create table staff (
        id integer primary key, name text not null, email text not null, manager_id integer references staff,
        team text not null, language text not null, timezone text not null) strict;
    create table clients (
        id integer primary key, name text not null, email text not null, language text not null,
        account_owner_id integer not null references staff, named_people integer not null, file_updated_on text not null) strict;
    create table cars (
        id integer primary key, client_id integer not null references clients, plate text not null, model text not null) strict;
    create table orders (
        id integer primary key, client_id integer not null references clients, car_id integer not null references cars,
        kind text not null, advisor_id integer references staff, opened_on text not null, promised_on text not null,
        finished_on text, moved_by text, total_cents integer) strict;
    create table quotes (
        id integer primary key, order_id integer not null references orders, estimator_id integer references staff,
        given_on text not null, low_cents integer not null, high_cents integer not null) strict;
    create table contacts (
        id integer primary key, client_id integer not null references clients, staff_id integer not null references staff,
        at text not null, channel text not null) strict;
    create table complaints (
        id integer primary key, client_id integer not null references clients, order_id integer not null references orders,
        received_on text not null, answered_on text, about text not null) strict;
    create index orders_by_car on orders (car_id, opened_on);
    create index contacts_by_client on contacts (client_id, at);
";

pub(crate) fn write(path: &Path, company: &Company) -> Result<(), DemoError> {
    if path.exists() {
        return Err(DemoError::Exists { path: path.to_owned() });
    }
    let written = || -> rusqlite::Result<()> {
        let mut books = Connection::open(path)?;
        books.pragma_update(None, "journal_mode", "wal")?;
        books.execute_batch(TABLES)?;
        let transaction = books.transaction()?;
        people(&transaction, company)?;
        orders(&transaction, company)?;
        words(&transaction, company)?;
        transaction.commit()
    };
    written().map_err(|source| DemoError::Database { path: path.to_owned(), source })
}

fn people(books: &Transaction<'_>, company: &Company) -> rusqlite::Result<()> {
    let mut insert = books.prepare("insert into staff values (?, ?, ?, ?, ?, ?, ?)")?;
    for person in &company.staff {
        let email = format!("{}@sewell.example", person.email);
        insert.execute(params![
            person.id,
            person.name,
            email,
            person.manager,
            person.team,
            person.language,
            person.timezone
        ])?;
    }
    let mut insert = books.prepare("insert into clients values (?, ?, ?, ?, ?, ?, ?)")?;
    for client in &company.clients {
        insert.execute(params![
            client.id,
            client.name,
            client.email,
            client.language,
            client.account_owner,
            client.named_people,
            client.file_updated.to_string()
        ])?;
    }
    let mut insert = books.prepare("insert into cars values (?, ?, ?, ?)")?;
    for car in &company.cars {
        insert.execute(params![car.id, car.client, car.plate, car.model])?;
    }
    Ok(())
}

fn orders(books: &Transaction<'_>, company: &Company) -> rusqlite::Result<()> {
    let mut insert = books.prepare("insert into orders values (?, ?, ?, ?, ?, ?, ?, ?, null, ?)")?;
    for order in &company.orders {
        insert.execute(params![
            order.id,
            order.client,
            order.car,
            order.kind,
            order.advisor,
            order.opened.to_string(),
            order.promised.to_string(),
            order.finished.map(|day| day.to_string()),
            order.total
        ])?;
    }
    let mut insert = books.prepare("insert into quotes values (null, ?, ?, ?, ?, ?)")?;
    for quote in &company.quotes {
        insert.execute(params![
            quote.order,
            quote.estimator,
            quote.given.to_string(),
            quote.low,
            quote.high
        ])?;
    }
    Ok(())
}

fn words(books: &Transaction<'_>, company: &Company) -> rusqlite::Result<()> {
    let mut insert = books.prepare("insert into contacts values (null, ?, ?, ?, ?)")?;
    for contact in &company.contacts {
        let at = contact.at.strftime("%F %T").to_string();
        insert.execute(params![contact.client, contact.staff, at, contact.channel])?;
    }
    let mut insert = books.prepare("insert into complaints values (?, ?, ?, ?, ?, ?)")?;
    for complaint in &company.complaints {
        insert.execute(params![
            complaint.id,
            complaint.client,
            complaint.order,
            complaint.received.to_string(),
            complaint.answered.map(|day| day.to_string()),
            complaint.about
        ])?;
    }
    Ok(())
}
