//! The company's people and clients, read from the datasets that name them, at each look and each telling.
//!
//! Their columns are optional but for `id`: many companies have no team or language column.

use std::collections::BTreeMap;

use futures_util::StreamExt;
use kaizend_core::{
    domain::{DatasetName, Language, Person, PersonId},
    policy::people::People,
    rows::{Batch, Fault, FaultClass, Field, Kind},
};
use kaizend_host::{Reader, Wanted};
use kaizend_source::Binds;

use super::{bind::Snapshots, remarks::Remarks};
use crate::rooms::Rooms;

/// More people than any company has: a table bound by mistake is refused, not held in memory.
const MOST: usize = 1_000_000;

/// Who is who. Looked up by the ids that the company's own data uses.
#[derive(Debug, Default)]
pub struct Directory {
    people: BTreeMap<PersonId, Person>,
    clients: BTreeMap<String, String>,
}

impl Directory {
    /// Everybody who works here.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// A client's name; `None` when the clients' dataset has no such id, or there is none.
    pub fn client(&self, id: &str) -> Option<&str> {
        self.clients.get(id).map(String::as_str)
    }
}

impl People for Directory {
    fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.get(id)
    }
}

/// Reads people and clients of one instant.
pub(super) async fn read(rooms: &Rooms, binds: &Binds) -> Result<Directory, Fault> {
    let mut snapshots = Snapshots::new(rooms, binds, Remarks::default());
    let mut directory = Directory::default();
    if let Some(people) = &rooms.plan.people {
        for row in texts(rooms, &mut snapshots, &people.dataset).await? {
            let person = person(&row);
            directory.people.insert(person.id.clone(), person);
        }
    }
    if let Some(clients) = &rooms.plan.clients {
        for mut row in texts(rooms, &mut snapshots, &clients.dataset).await? {
            if let (Some(id), Some(name)) = (row.remove("id"), row.remove("name")) {
                directory.clients.insert(id, name);
            }
        }
    }
    Ok(directory)
}

fn person(row: &BTreeMap<String, String>) -> Person {
    let text = |name: &str| row.get(name).filter(|text| !text.trim().is_empty()).cloned();
    let id = text("id").unwrap_or_default();
    let name = text("name").unwrap_or_else(|| id.clone());
    Person {
        email: text("email"),
        manager: text("manager").map(PersonId::new),
        team: text("team"),
        language: text("language").map(Language::new),
        timezone: text("timezone"),
        ..Person::new(PersonId::new(id), name)
    }
}

/// The columns that people and clients may have.
const COLUMNS: [&str; 7] = ["id", "name", "email", "manager", "team", "language", "timezone"];

/// A dataset's rows as texts by column; nulls are left out.
async fn texts(
    rooms: &Rooms,
    snapshots: &mut Snapshots<'_>,
    name: &DatasetName,
) -> Result<Vec<BTreeMap<String, String>>, Fault> {
    let (fields, reader) = snapshots.reader(rooms.dataset(name)).await?;
    let wanted = wanted(name, &fields)?;
    let mut stream = reader.open(wanted.clone(), Vec::new()).await?;
    let mut rows = Vec::new();
    while let Some(batch) = stream.next().await {
        collect(&batch?, &wanted, &mut rows);
        if rows.len() > MOST {
            let message =
                format!("dataset {name} has more than {MOST} rows; is it really the list of people?");
            return Err(Fault::new(FaultClass::Limit, message));
        }
    }
    Ok(rows)
}

fn wanted(name: &DatasetName, fields: &[Field]) -> Result<Vec<Wanted>, Fault> {
    if !fields.iter().any(|field| field.name == "id") {
        let message = format!("dataset {name} names people or clients, but has no column `id`");
        return Err(Fault::new(FaultClass::Column, message));
    }
    let known = fields.iter().filter(|field| COLUMNS.contains(&field.name.as_str()));
    Ok(known.map(|field| Wanted { name: field.name.clone(), kind: Kind::Text }).collect())
}

fn collect(batch: &Batch, wanted: &[Wanted], rows: &mut Vec<BTreeMap<String, String>>) {
    for row in 0..batch.len {
        let values = wanted.iter().enumerate().filter_map(|(column, wanted)| {
            let value = batch.value(column, row)?;
            Some((wanted.name.clone(), value.canonical().into_owned()))
        });
        rows.push(values.collect());
    }
}
