//! The whole configuration as it is in force: immutable, and swapped as a whole when it is loaded again.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use kaizend_core::{
    domain::{CheckId, DatasetName},
    policy::calendar::Calendar,
};

use super::{
    calendars::Calendars, checks::Check, clients::Clients, company::Company, datasets::Dataset, known::Group,
    ladders::Ladder, mail::Mail, people::People, plugins::Plugin, reader::Reader, reminders::Reminders,
    root::Root, sources::Source, store::Store, value::Value,
};

#[derive(Clone, Debug)]
pub struct Plan {
    pub company: Company,
    pub store: Store,
    pub mail: Mail,
    pub sources: BTreeMap<String, Source>,
    pub plugins: BTreeMap<String, Plugin>,
    pub datasets: BTreeMap<DatasetName, Dataset>,
    /// Without people, everything goes to the operators.
    pub people: Option<People>,
    pub clients: Option<Clients>,
    pub calendars: Calendars,
    pub ladders: BTreeMap<String, Ladder>,
    pub reminders: Reminders,
    pub checks: BTreeMap<CheckId, Check>,
}

impl Plan {
    /// The working time of everybody who has no calendar of their own.
    pub fn company_calendar(&self) -> Calendar {
        self.calendars.company.clone()
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
        let mail = need(reader, root, "mail").and_then(Mail::read);
        // Without a company's zone the rest is still read, as if in UTC, for its own problems.
        let zone = company.as_ref().map_or(TimeZone::UTC, |company| company.zone.clone());
        let plugins = group(&known.plugins, |_, value| Plugin::read(value));
        let datasets = named(
            &known.datasets,
            |name| DatasetName::from(name),
            |name, value| Dataset::read(name, value, known, &zone),
        );
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
        Some(Self {
            store: store?,
            sources: group(&known.sources, |_, value| Source::read(value)),
            people,
            clients: root.single("clients").and_then(|value| Clients::read(value, known)),
            calendars: Calendars::read(known, root.single("company"), &zone),
            ladders: group(&known.ladders, |_, value| Ladder::read(value)),
            reminders: root.single("reminders").and_then(Reminders::read).unwrap_or_default(),
            plugins,
            datasets,
            checks,
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
