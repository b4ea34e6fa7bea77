//! The whole configuration as it is in force: immutable, and swapped as a whole when it is loaded again.

use std::{collections::BTreeMap, sync::Arc};

use jiff::tz::TimeZone;
use kaizend_core::{
    domain::{CheckId, DatasetName},
    policy::{calendar::Calendar, ladder::Ladder, routes::Route},
};
use kaizend_text::Brand;

use super::{
    calendars::Calendars, checks::Check, clients::Clients, company::Company, datasets::Dataset,
    heartbeat::Heartbeat, inbox::Inbox, known::Group, ladders, mail::Mail, messages::Messages,
    people::People, plugins::Plugin, reader::Reader, reminders::Reminders, root::Root, routes,
    sources::Source, spool::Spool, store::Store, value::Value, web,
};

#[derive(Clone, Debug)]
pub struct Plan {
    pub company: Company,
    /// The company's own words, from the folder that `[company]` names.
    pub messages: Messages,
    pub store: Store,
    pub spool: Spool,
    pub mail: Mail,
    pub sources: BTreeMap<String, Source>,
    pub plugins: BTreeMap<String, Plugin>,
    pub datasets: BTreeMap<DatasetName, Dataset>,
    /// Without people, everything goes to the operators.
    pub people: Option<People>,
    pub clients: Option<Clients>,
    pub calendars: Calendars,
    pub ladders: BTreeMap<String, Arc<Ladder>>,
    /// In the order of the file: the first that says something counts.
    pub routes: Arc<Vec<Route>>,
    pub reminders: Reminders,
    pub heartbeat: Heartbeat,
    /// Where answers arrive, if they are read.
    pub inbox: Option<Inbox>,
    /// Without it mails have no links to pages, and nothing is served.
    pub web: Option<kaizend_web::Settings>,
    pub checks: BTreeMap<CheckId, Check>,
}

impl Plan {
    /// The working time of everybody who has no calendar of their own.
    pub fn company_calendar(&self) -> Calendar {
        self.calendars.company.clone()
    }

    /// How the company's mails look.
    pub fn brand(&self) -> Brand {
        Brand {
            company: self.company.name.clone(),
            colour: self.company.colour.clone(),
            postal_address: self.company.postal_address.clone(),
        }
    }

    /// A source by its name, ready to be read. Nothing is opened yet.
    pub fn source(&self, name: &str) -> Option<kaizend_source::Source> {
        let source = self.sources.get(name)?;
        Some(kaizend_source::Source::new(name, source.settings.clone()))
    }

    /// Reads every group, also when an earlier one is wrong: all problems come at once.
    pub(super) fn read(reader: &Reader<'_>, root: &Root<'_>) -> Option<Self> {
        let known = &root.known;
        let company = need(reader, root, "company").and_then(Company::read);
        let folder = company.as_ref().and_then(|company| company.messages.as_deref());
        let messages = folder.map(|folder| Messages::read(reader, folder)).unwrap_or_default();
        let mail = need(reader, root, "mail").and_then(Mail::read);
        // Without a company's zone the rest is still read, as if in UTC, for its own problems.
        let zone = company.as_ref().map_or(TimeZone::UTC, |company| company.zone.clone());
        let plugins = group(&known.plugins, |_, value| Plugin::read(value));
        let datasets = named(
            &known.datasets,
            |name| DatasetName::from(name),
            |name, value| Dataset::read(name, value, known, &zone),
        );
        let ladders = ladders::read(known);
        let routes =
            root.single("routes").map(|value| routes::read(value, known, &ladders)).unwrap_or_default();
        let checks = named(
            &known.checks,
            |name| CheckId::from(name),
            |name, value| Check::read(name, value, known, &plugins, &zone),
        );
        let people = root.single("people").and_then(|value| People::read(value, known));
        if let (None, Some(check)) = (root.single("people"), known.checks.values().next()) {
            check.warning(
                "nobody is known by name: without [people], everything goes to the operators",
                Some("define a dataset of the staff, and [people] dataset = \"staff\"".to_owned()),
            );
        }
        let store = match root.single("store") {
            Some(value) => Store::read(value),
            None => Some(Store::usual(reader)),
        };
        let spool = match root.single("spool") {
            Some(value) => Spool::read(value),
            None => Some(Spool::usual(reader)),
        };
        Some(Self {
            store: store?,
            spool: spool?,
            sources: group(&known.sources, |_, value| Source::read(value)),
            people,
            clients: root.single("clients").and_then(|value| Clients::read(value, known)),
            calendars: Calendars::read(known, root.single("company"), &zone),
            routes: Arc::new(routes),
            ladders,
            reminders: root.single("reminders").and_then(Reminders::read).unwrap_or_default(),
            heartbeat: root.single("heartbeat").and_then(Heartbeat::read).unwrap_or_default(),
            inbox: root.single("inbox").and_then(Inbox::read),
            web: root.single("web").and_then(web::read),
            plugins,
            datasets,
            checks,
            messages,
            company: company?,
            mail: mail?,
        })
    }
}

fn need<'r, 'a>(reader: &Reader<'_>, root: &'r Root<'a>, group: &str) -> Option<&'r Value<'a>> {
    let value = root.single(group);
    if value.is_none() {
        reader.missing(None, format!("the section [{group}] is missing"), None);
    }
    value
}

fn group<T>(group: &Group<'_>, read: impl Fn(&str, &Value<'_>) -> Option<T>) -> BTreeMap<String, T> {
    named(group, str::to_owned, read)
}

fn named<K: Ord, T>(
    group: &Group<'_>,
    key: impl Fn(&str) -> K,
    read: impl Fn(&str, &Value<'_>) -> Option<T>,
) -> BTreeMap<K, T> {
    group.iter().filter_map(|(name, value)| Some((key(name), read(name, value)?))).collect()
}
