//! The reference `config/README.md` documents exactly the keys that are read.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use super::{
    super::{
        calendars, checks, clients, company, datasets, heartbeat, inbox, ladders, limits, mail, owing,
        people, plugins, reminders, root, routes, secret, smtp, sources, spool, store, table::Section, web,
    },
    ROOM,
};

const SECTIONS: [&Section; 38] = [
    &root::ROOT,
    &company::COMPANY,
    &store::STORE,
    &store::KEEP,
    &spool::SPOOL,
    &mail::MAIL,
    &mail::MAIL_LIMITS,
    &smtp::SMTP,
    &smtp::TOKEN,
    &mail::DIRECTORY,
    &mail::SENDMAIL,
    &secret::REFERENCE,
    &sources::SQLITE,
    &sources::CSV,
    &plugins::PLUGIN,
    &datasets::DATASET,
    &datasets::COLUMN,
    &datasets::AS_OF,
    &datasets::ROWS,
    &datasets::FRESH,
    &people::PEOPLE,
    &clients::CLIENTS,
    &calendars::CALENDAR,
    &ladders::LADDER,
    &ladders::STEP,
    &routes::ROUTE,
    &routes::MATCH,
    &routes::TO,
    &reminders::REMINDERS,
    &reminders::URGENT,
    &reminders::BREAKER,
    &heartbeat::HEARTBEAT,
    &inbox::INBOX,
    &web::WEB,
    &checks::CHECK,
    &checks::CATCH_UP,
    &owing::APOLOGY,
    &limits::LIMITS,
];

/// The keys that the tables of the reference document, by the section that their heading names.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(format!("{ROOM}/../../../config/README.md")).unwrap();
    let mut sections: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut section = String::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            section = heading.replace(['`', '[', ']'], "");
        } else if let Some(key) = line.strip_prefix("| `").and_then(|row| row.split('`').next()) {
            assert!(
                sections.entry(section.clone()).or_default().insert(key.to_owned()),
                "{section}: {key} twice"
            );
        }
    }
    sections
}

#[test]
fn the_reference_names_every_key_that_is_read_and_no_other() {
    let read: BTreeMap<String, BTreeSet<String>> = SECTIONS
        .iter()
        .map(|section| (section.name.to_owned(), section.keys.iter().map(|key| (*key).to_owned()).collect()))
        .collect();
    assert_eq!(documented(), read);
}

#[test]
fn every_section_is_compared() {
    let declared: usize = fs::read_dir(ROOM)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| fs::read_to_string(path).unwrap().matches(": Section =").count())
        .sum();
    assert_eq!(declared, SECTIONS.len());
}
