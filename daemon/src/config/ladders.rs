//! `[ladders.<name>]`: who hears next, and after how much working time.

use std::{collections::BTreeMap, sync::Arc};

use kaizend_core::{
    domain::Rung,
    policy::ladder::{Ladder, NEVER, Step},
};

use super::{
    known::Known,
    table::{Section, Table},
    value::Value,
};

pub(super) const LADDER: Section = Section { name: "ladders.<name>", keys: &["steps", "never"] };
pub(super) const STEP: Section = Section { name: "ladders.<name>.steps", keys: &["to", "after", "repeat"] };

/// Ladders by name, shared by the checks and routes that name them.
pub(super) type Ladders = BTreeMap<String, Arc<Ladder>>;

pub(super) const RUNGS: [(&str, Rung); 5] = [
    ("owner", Rung::Owner),
    ("manager", Rung::Manager),
    ("director", Rung::Director),
    ("fallback", Rung::Fallback),
    ("operators", Rung::Operators),
];

pub(super) fn read(known: &Known<'_>) -> Ladders {
    let ladders = known.ladders.iter();
    ladders.filter_map(|(name, value)| Some(((*name).to_owned(), Arc::new(ladder(name, value)?)))).collect()
}

fn ladder(name: &str, value: &Value<'_>) -> Option<Ladder> {
    let table = value.table(&LADDER)?;
    let values = table.need("steps")?.list();
    let steps: Vec<Step> =
        values.iter().enumerate().filter_map(|(number, value)| step(&value.table(&STEP)?, number)).collect();
    match steps.first() {
        None if values.is_empty() => table.error("a ladder needs at least one step", None),
        Some(first) if first.to != Rung::Owner => table.error(
            "the first step of a ladder is the owner's: whoever answers for a finding hears of it first",
            Some("begin with { to = \"owner\" }; a route can name somebody else".to_owned()),
        ),
        _ => {}
    }
    let usual = || NEVER.iter().map(|stage| (*stage).to_owned()).collect();
    let never = table.get("never").map_or_else(usual, |value| value.texts());
    (steps.len() == values.len()).then_some(Ladder { name: name.to_owned(), steps, never })
}

fn step(table: &Table<'_>, number: usize) -> Option<Step> {
    let after = table.parsed("after");
    if number > 0 && table.get("after").is_none() {
        table.error(
            "a later step needs `after`",
            Some("say how long after the first telling, such as after = \"3 working days\"".to_owned()),
        );
    }
    let repeat = table.get("repeat").map(|value| value.list()).unwrap_or_default();
    let repeat = repeat.iter().filter_map(Value::parsed).collect();
    Some(Step { to: table.need("to")?.one_of(&RUNGS)?, after, repeat })
}
