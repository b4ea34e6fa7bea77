//! `kaizend next`: when each check runs, in local time and UTC, and what clock changes do to it.

use clap::Args;
use jiff::Timestamp;
use kaizend_core::{
    domain::CheckId,
    policy::{schedule::Next as Occurrence, zone::DstDecision},
};
use serde_json::{Value, json};

use super::{Ended, Exit, Format, Stop, print, scene::Scene, scene::block_on};
use crate::{
    config::{Check, nearest},
    wall,
};

#[derive(Debug, Args)]
#[command(after_help = "Example: kaizend next late-orders --count 5")]
pub(super) struct Next {
    /// One check [default: all]
    check: Option<String>,
    /// How many occurrences of each
    #[arg(long, default_value_t = 3)]
    count: usize,
    /// Also the latest occurrences, and what became of them
    #[arg(long, value_name = "N")]
    past: Option<u32>,
}

impl Next {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        let plan = scene.load()?.plan;
        let now = wall::now();
        let chosen: Vec<&Check> = match &self.check {
            None => plan.checks.values().collect(),
            Some(name) => vec![find(&plan.checks, name)?],
        };
        for check in chosen {
            let next: Vec<Occurrence> =
                check.schedule.between(now, Timestamp::MAX, &check.zone).take(self.count).collect();
            let past = self.past(scene, &check.id)?;
            match scene.format {
                Format::Json => print::json(&as_json(check, &next, &past))?,
                Format::Text => as_text(check, &next),
            }
        }
        Ok(Exit::Done)
    }

    fn past(&self, scene: &Scene, check: &CheckId) -> Result<Vec<Value>, Stop> {
        let Some(limit) = self.past else { return Ok(Vec::new()) };
        let (_, store) = scene.store()?;
        let mut rows = block_on(store.occurrences(check, limit))??;
        rows.reverse();
        Ok(rows.iter().map(|row| json!(row)).collect())
    }
}

/// The check of that name, or the nearest name.
pub(super) fn find<'a>(
    checks: &'a std::collections::BTreeMap<CheckId, Check>,
    name: &str,
) -> Result<&'a Check, Stop> {
    checks.get(&CheckId::from(name)).ok_or_else(|| {
        let hint = match nearest(name, checks.keys().map(CheckId::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "the configuration has no checks".to_owned(),
        };
        Stop::Usage(format!("there is no check `{name}`: {hint}"))
    })
}

fn as_json(check: &Check, next: &[Occurrence], past: &[Value]) -> Value {
    let next: Vec<Value> = next
        .iter()
        .map(|occurrence| {
            json!({
                "due": occurrence.at,
                "local": occurrence.at.to_zoned_datetime(check.zone.clone()).to_string(),
                "daylight-saving": occurrence.dst.map(dst_words),
            })
        })
        .collect();
    json!({ "check": check.id, "schedule": check.schedule, "next": next, "past": past })
}

fn as_text(check: &Check, next: &[Occurrence]) {
    print::line(&format!("{}  ({})", check.id, check.schedule));
    for occurrence in next {
        let local = occurrence.at.to_zoned_datetime(check.zone.clone());
        let dst = occurrence.dst.map(|dst| format!("  {}", dst_words(dst))).unwrap_or_default();
        print::line(&format!("  {}  = {}{dst}", local.strftime("%a %Y-%m-%d %H:%M:%S %Z"), occurrence.at));
    }
}

fn dst_words(dst: DstDecision) -> &'static str {
    match dst {
        DstDecision::FirstAfterGap => "the clock skips this time: at the first moment after the gap",
        DstDecision::EarlierOfTwo => "the clock shows this time twice: at the first",
    }
}
