//! `[ladders.<name>]`: who hears next, and after how much time. Read and judged whole; climbing comes with a
//! later version, which `validate` says.

use kaizend_core::domain::Span;

use super::{
    table::{Section, Table},
    value::Value,
};

pub(super) const LADDER: Section = Section { name: "ladders.<name>", keys: &["steps"] };
pub(super) const STEP: Section = Section { name: "ladders.<name>.steps", keys: &["to", "after", "repeat"] };

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    pub steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub to: Rung,
    /// Since the finding was first told; the first step has none.
    pub after: Option<Span>,
    /// How long after each telling it is told again, in turn.
    pub repeat: Vec<Span>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rung {
    Owner,
    Manager,
    Director,
    Fallback,
    Operators,
}

const RUNGS: [(&str, Rung); 5] = [
    ("owner", Rung::Owner),
    ("manager", Rung::Manager),
    ("director", Rung::Director),
    ("fallback", Rung::Fallback),
    ("operators", Rung::Operators),
];

impl Ladder {
    pub(super) fn read(value: &Value<'_>) -> Option<Self> {
        let table = value.table(&LADDER)?;
        let values = table.need("steps")?.list();
        let steps: Vec<Step> = values
            .iter()
            .enumerate()
            .filter_map(|(number, value)| step(&value.table(&STEP)?, number))
            .collect();
        if values.is_empty() {
            table.error("a ladder needs at least one step", None);
        }
        value.warning(
            "ladders are not yet in force: this version tells the first step and does not climb",
            None,
        );
        (steps.len() == values.len()).then_some(Self { steps })
    }
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
