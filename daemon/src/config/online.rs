//! What only the data can tell: whether each dataset has the columns that its settings, its checks and the list
//! of people ask for, and of a kind that fits. `validate --online` opens every source once, to look, and
//! changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use kaizend_core::{
    domain::DatasetName,
    rows::{Ask, ColumnAsk, Fault, FaultClass, Field, Schema, SlotAsk},
};
use kaizend_source::Binds;

use crate::wall;

use super::{
    checks::Check,
    plan::Plan,
    problem::{Problems, Severity},
    reader::Origin,
    similar,
};

/// What became of looking at a dataset: its columns with remarks, or why it cannot be read.
pub(super) type Looked = Result<(Schema, Vec<String>), Fault>;

/// Looks at every dataset, and compares its columns with what is asked of them.
pub async fn online(plan: &Plan, origin: &Origin) -> Problems {
    let now = wall::now();
    let binds = Binds { now, since: None, zone: plan.company.zone.clone(), known_at: None };
    let mut looked = BTreeMap::new();
    for (name, dataset) in &plan.datasets {
        let Some(source) = plan.source(&dataset.source) else { continue };
        let described = source.describe(&dataset.spec(), &binds).await;
        let notes = |notes: Vec<_>| notes.iter().map(ToString::to_string).collect();
        looked.insert(name.clone(), described.map(|described| (described.schema, notes(described.notes))));
    }
    judge(plan, origin, &looked)
}

/// The judgement alone, on what was seen.
pub(super) fn judge(plan: &Plan, origin: &Origin, looked: &BTreeMap<DatasetName, Looked>) -> Problems {
    let mut report = Report { origin, problems: Problems::default(), said: BTreeSet::new() };
    for (name, looked) in looked {
        match looked {
            Ok((schema, notes)) => report.dataset(plan, name, schema, notes),
            Err(fault) => report.fault(plan, name, fault),
        }
    }
    let schema = |name: &DatasetName| looked.get(name)?.as_ref().ok().map(|(schema, _)| schema);
    for check in plan.checks.values() {
        report.check(plan, check, &schema);
    }
    if let Some(schema) = plan.people.as_ref().and_then(|people| schema(&people.dataset)) {
        report.directory("people", schema, &["id", "name"]);
        if schema.field("email").is_none() {
            let message = "the dataset of people has no column `email`: nobody can be written to";
            report.say("people.dataset", Severity::Warning, message.to_owned(), None);
        }
    }
    if let Some((dataset, schema)) = plan
        .people
        .as_ref()
        .and_then(|people| people.absences.as_ref())
        .and_then(|set| Some((set, schema(set)?)))
    {
        report.column("people.absences", "the dataset of absences", "person", schema);
        if schema.field("from").is_none() && schema.field("until").is_none() {
            let message =
                format!("dataset `{dataset}` has neither a column `from` nor `until`: when is who away?");
            report.say("people.absences", Severity::Error, message, None);
        }
    }
    if let Some(schema) = plan.clients.as_ref().and_then(|clients| schema(&clients.dataset)) {
        report.directory("clients", schema, &["id", "name"]);
    }
    report.problems.sort();
    report.problems
}

struct Report<'a> {
    origin: &'a Origin,
    problems: Problems,
    /// A source that is not there is said once, not for each of its datasets.
    said: BTreeSet<String>,
}

impl Report<'_> {
    fn say(&mut self, path: &str, severity: Severity, message: String, hint: Option<String>) {
        self.problems.0.push(self.origin.problem(path, severity, message, hint));
    }

    fn fault(&mut self, plan: &Plan, name: &DatasetName, fault: &Fault) {
        let path = match fault.class {
            FaultClass::Query => format!("datasets.{name}.query"),
            FaultClass::Column | FaultClass::Value => format!("datasets.{name}"),
            _ => {
                plan.datasets.get(name).map_or_else(String::new, |set| format!("sources.{}.path", set.source))
            }
        };
        if self.said.insert(format!("{path}: {}", fault.message)) {
            self.say(&path, Severity::Error, fault.message.clone(), None);
        }
    }

    fn dataset(&mut self, plan: &Plan, name: &DatasetName, schema: &Schema, notes: &[String]) {
        for note in notes {
            self.say(&format!("datasets.{name}.columns"), Severity::Warning, note.clone(), None);
        }
        for label in plan.datasets.get(name).map(|dataset| dataset.labels.as_slice()).unwrap_or_default() {
            self.column(&format!("datasets.{name}.labels"), &format!("dataset `{name}`"), label, schema);
        }
        if let Some(fresh) = plan.datasets.get(name).and_then(|dataset| dataset.fresh.as_ref()) {
            let path = format!("datasets.{name}.fresh");
            self.column(&path, &format!("dataset `{name}`"), &fresh.column, schema);
        }
    }

    fn check<'s>(
        &mut self,
        plan: &Plan,
        check: &Check,
        schema: &impl Fn(&DatasetName) -> Option<&'s Schema>,
    ) {
        let Some(plugin) = plan.plugins.get(&check.plugin) else { return };
        for (slot, datasets) in &check.datasets {
            let Some(ask) = plugin.manifest.slot(slot) else { continue };
            let path = format!("checks.{}.datasets.{slot}", check.id);
            let seen: Vec<_> = datasets.iter().filter_map(|name| Some((name, schema(name)?))).collect();
            self.agreement(&path, ask, &seen);
            for (name, schema) in seen {
                self.slot(&path, name, ask, schema);
                for column in check.evidence.get(slot).into_iter().flatten() {
                    let path = format!("checks.{}.evidence.{slot}", check.id);
                    self.column(&path, &format!("dataset `{name}`"), column, schema);
                }
            }
        }
    }

    fn slot(&mut self, path: &str, name: &DatasetName, slot: &SlotAsk, schema: &Schema) {
        for ask in &slot.columns {
            match schema.field(&ask.name) {
                Some(field) => self.kind(path, name, ask, field),
                None if ask.optional => {}
                None => {
                    let near = similar::hint(&ask.name, schema.names().collect::<Vec<_>>());
                    let about =
                        if ask.about.is_empty() { String::new() } else { format!(" ({})", ask.about) };
                    self.say(
                        path,
                        Severity::Error,
                        format!("dataset `{name}` has no column `{}`, which the slot needs{about}", ask.name),
                        Some(near),
                    );
                }
            }
        }
    }

    /// A plugin sees one slot, so all datasets that are bound to it deliver a column as the same kind. The run
    /// refuses anything else.
    fn agreement(&mut self, path: &str, slot: &SlotAsk, seen: &[(&DatasetName, &Schema)]) {
        for ask in &slot.columns {
            let mut kinds = seen.iter().filter_map(|(name, schema)| {
                let field = schema.field(&ask.name)?;
                Some((*name, ask.kind.resolve(field.kind)?))
            });
            let Some((one, kind)) = kinds.next() else { continue };
            let Some((other, differs)) = kinds.find(|(_, other)| *other != kind) else { continue };
            let column = &ask.name;
            self.say(
                path,
                Severity::Error,
                format!("column `{column}` is {kind} in dataset `{one}` and {differs} in `{other}`"),
                Some(format!(
                    "declare the same for both: columns = {{ {column} = {{ {} }} }}",
                    declaration(ask.kind).1
                )),
            );
        }
    }

    fn kind(&mut self, path: &str, name: &DatasetName, ask: &ColumnAsk, field: &Field) {
        if ask.kind.resolve(field.kind).is_some() {
            return;
        }
        let column = &field.name;
        let (wanted, declared) = declaration(ask.kind);
        let message = match field.kind {
            Some(found) => {
                format!("column `{column}` of dataset `{name}` is {found}; the slot needs {wanted}")
            }
            None => format!(
                "what column `{column}` of dataset `{name}` holds is not known; the slot needs {wanted}"
            ),
        };
        let hint = format!(
            "bind another column, or declare what it holds: columns = {{ {column} = {{ {declared} }} }}"
        );
        self.say(path, Severity::Error, message, Some(hint));
    }

    fn directory(&mut self, group: &str, schema: &Schema, needed: &[&str]) {
        for column in needed {
            self.column(&format!("{group}.dataset"), &format!("the dataset of {group}"), column, schema);
        }
    }

    fn column(&mut self, path: &str, whose: &str, column: &str, schema: &Schema) {
        if schema.field(column).is_none() {
            let hint = similar::hint(column, schema.names().collect::<Vec<_>>());
            self.say(path, Severity::Error, format!("{whose} has no column `{column}`"), Some(hint));
        }
    }
}

/// An ask in words, and how an operator declares a column that meets it.
fn declaration(ask: Ask) -> (&'static str, &'static str) {
    match ask {
        Ask::Key => ("a key, which is text or integer", "type = \"text\""),
        Ask::When => ("a date or an instant", "type = \"date\""),
        Ask::Money => ("money", "type = \"money\", currency = \"EUR\""),
        Ask::Integer => ("integer", "type = \"integer\""),
        Ask::Real => ("real", "type = \"real\""),
        Ask::Boolean => ("boolean", "type = \"boolean\""),
        Ask::Date => ("date", "type = \"date\""),
        Ask::Instant => ("instant", "type = \"instant\""),
        _ => ("text", "type = \"text\""),
    }
}
