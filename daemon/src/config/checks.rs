//! `[checks.<name>]`: a configured question: plugin, datasets, parameters and schedule.

use std::{collections::BTreeMap, sync::Arc};

use jiff::tz::TimeZone;
use kaizend_core::{
    domain::{CheckId, DatasetName, PersonId, Span},
    policy::{
        owing::Owing,
        reconcile::Baseline,
        schedule::{CatchUp, Overlap, Schedule},
    },
};
use kaizend_host::Limits;

use super::{
    binding, company,
    known::Known,
    limits, owing, params,
    plugins::Plugin,
    table::{Section, Table},
    value::Value,
};

pub(super) const CHECK: Section = Section {
    name: "checks.<name>",
    keys: &[
        "title",
        "plugin",
        "schedule",
        "timezone",
        "datasets",
        "params",
        "evidence",
        "ladder",
        "fallback",
        "baseline",
        "look-back",
        "catch-up",
        "overlap",
        "limits",
        "runbook",
        "apology",
        "ask-cause",
        "causes",
        "renamed-from",
    ],
};
pub(super) const CATCH_UP: Section = Section { name: "checks.<name>.catch-up", keys: &["all"] };

#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub id: CheckId,
    /// What people call it; its id unless said otherwise.
    pub title: String,
    /// A key of [`super::Plan::plugins`].
    pub plugin: String,
    pub schedule: Schedule,
    /// The zone of the schedule: the check's own, else the company's.
    pub zone: TimeZone,
    /// Datasets by slot, in the order of the binding. Each is a key of [`super::Plan::datasets`].
    pub datasets: BTreeMap<String, Vec<DatasetName>>,
    /// In canonical form, defaults included.
    pub params: BTreeMap<String, String>,
    /// Columns by slot that the plugin never reads, shown with each finding.
    pub evidence: BTreeMap<String, Vec<String>>,
    /// A key of [`super::Plan::ladders`].
    pub ladder: Option<String>,
    /// Who hears what has no owner.
    pub fallback: Option<PersonId>,
    pub baseline: Baseline,
    /// Past facts older than this are counted, not told.
    pub look_back: Span,
    pub catch_up: CatchUp,
    pub overlap: Overlap,
    pub limits: Limits,
    /// What to do first, in the operator's words.
    pub runbook: Option<String>,
    /// What a miss leaves owed.
    pub owing: Arc<Owing>,
    /// The id under which it found things before.
    pub renamed_from: Option<CheckId>,
}

const BASELINES: [(&str, Baseline); 3] =
    [("list", Baseline::List), ("tell", Baseline::Tell), ("quiet", Baseline::Quiet)];
const OVERLAPS: [(&str, Overlap); 3] =
    [("skip", Overlap::Skip), ("queue-one", Overlap::QueueOne), ("parallel", Overlap::Parallel)];

/// How many missed occurrences `catch-up = "all"` runs.
const CATCH_UP_CAP: u16 = 100;

impl Check {
    /// `plugins` are those that could be read; the names of all others are in `known`.
    pub(super) fn read(
        name: &str,
        value: &Value<'_>,
        known: &Known<'_>,
        plugins: &BTreeMap<String, Plugin>,
        company: &TimeZone,
    ) -> Option<Self> {
        let table = value.table(&CHECK)?;
        let plugin = table.need("plugin").and_then(|value| known.plugin(&value));
        let manifest = plugin.as_ref().and_then(|name| plugins.get(name)).map(|plugin| &plugin.manifest);
        let schedule = table.need("schedule").and_then(|value| value.parsed());
        let datasets = binding::read(&table, known, manifest);
        let ladder = table.get("ladder").and_then(|value| known.ladder(&value));
        let check = Self {
            id: CheckId::from(name),
            title: table.text("title").unwrap_or_else(|| name.to_owned()),
            zone: table.get("timezone").and_then(|value| company::zone(&value)).unwrap_or(company.clone()),
            params: manifest.map(|manifest| params::read(&table, manifest)).unwrap_or_default(),
            evidence: evidence(&table, &datasets),
            datasets,
            ladder,
            fallback: table.text("fallback").map(PersonId::new),
            baseline: table.one_of("baseline", &BASELINES).unwrap_or_default(),
            look_back: table.parsed("look-back").unwrap_or(Span::Days(30)),
            catch_up: table.get("catch-up").and_then(|value| catch_up(&value)).unwrap_or_default(),
            overlap: table.one_of("overlap", &OVERLAPS).unwrap_or_default(),
            limits: table.get("limits").map(|value| limits::read(&value)).unwrap_or_default(),
            runbook: table.text("runbook"),
            owing: Arc::new(owing::read(&table)),
            renamed_from: renamed_from(&table, name, known),
            plugin: plugin?,
            schedule: schedule?,
        };
        Some(check)
    }
}

/// `"latest"`, `"none"`, `"all"` (at most 100) or `{ all = 20 }`.
fn catch_up(value: &Value<'_>) -> Option<CatchUp> {
    if value.inner.get_ref().is_table() {
        let cap = value.table(&CATCH_UP)?.need("all")?.whole(1..=10_000)?;
        return u16::try_from(cap).ok().map(|cap| CatchUp::All { cap });
    }
    let all = CatchUp::All { cap: CATCH_UP_CAP };
    value.one_of(&[("latest", CatchUp::Latest), ("all", all), ("none", CatchUp::None)])
}

/// Columns of a slot that a finding shows: what a reader of a mail can take in.
const MOST_EVIDENCE: usize = 16;

fn evidence(
    table: &Table<'_>,
    datasets: &BTreeMap<String, Vec<DatasetName>>,
) -> BTreeMap<String, Vec<String>> {
    let mut evidence = BTreeMap::new();
    let given = table.get("evidence");
    for (slot, value) in given.as_ref().map(Value::entries).unwrap_or_default() {
        if !datasets.contains_key(slot) {
            let slots = datasets.keys().map(String::as_str);
            value.key_error(
                format!("`{slot}` is no slot that this check binds"),
                Some(super::similar::hint(slot, slots)),
            );
        }
        let columns = value.texts();
        if columns.len() > MOST_EVIDENCE {
            value.error(format!("`{slot}` shows more than {MOST_EVIDENCE} columns"), None);
        }
        evidence.insert(slot.to_owned(), columns);
    }
    evidence
}

/// Two checks cannot both carry on one history.
fn renamed_from(table: &Table<'_>, name: &str, known: &Known<'_>) -> Option<CheckId> {
    let value = table.get("renamed-from")?;
    let before = value.text()?;
    if before == name {
        value.error("a check cannot be renamed from its own name", None);
    } else if known.checks.contains_key(before) {
        value.error(
            format!("the check `{before}` still exists"),
            Some("remove the old section, or this key".to_owned()),
        );
    }
    Some(CheckId::from(before))
}
