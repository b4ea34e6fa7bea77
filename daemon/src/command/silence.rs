//! `kaizend silence …`: what nobody is to hear of until a moment, with an author and a reason.

use std::collections::BTreeMap;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use kaizend_core::{
    domain::{PersonId, Silence, SilenceId, Span},
    policy::mute::FIELDS,
};
use serde_json::json;

use super::{Ended, Exit, Format, Stop, moment, print, scene::Scene, scene::block_on};
use crate::{config::Plan, wall};

#[derive(Debug, Args)]
#[command(
    after_help = "Example: kaizend silence add --match check=late-* --match branch=varna --until \"2 working days\" --by 2 --reason stocktaking"
)]
pub(super) struct Silences {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Silence findings of a kind; what it holds back goes when it ends
    Add(Add),
    /// Silences in force, or all
    List(List),
    /// End a silence now
    End(End),
}

#[derive(Debug, Args)]
struct Add {
    /// FIELD=PATTERN: check, topic, stage, owner, client, or a label; all that are named must fit
    #[arg(long = "match", value_name = "FIELD=PATTERN", required = true)]
    matching: Vec<String>,
    /// Until when: a length of time such as "2 working days", or a moment
    #[arg(long)]
    until: String,
    /// Who wants it, by the id of the company's data
    #[arg(long, value_name = "PERSON")]
    by: String,
    #[arg(long)]
    reason: String,
}

#[derive(Debug, Args)]
struct List {
    /// Also those that are over
    #[arg(long)]
    all: bool,
}

#[derive(Debug, Args)]
struct End {
    id: i64,
}

impl Silences {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        match self.verb {
            Verb::Add(verb) => verb.run(scene),
            Verb::List(verb) => verb.run(scene),
            Verb::End(verb) => verb.run(scene),
        }
    }
}

impl Add {
    fn run(self, scene: &Scene) -> Ended {
        let (plan, store) = scene.store()?;
        let now = wall::now();
        let silence = Silence {
            matching: self.matching.iter().map(|text| field(text, &plan)).collect::<Result<_, _>>()?,
            since: now,
            until: until(&self.until, now, &plan)?,
            by: PersonId::new(self.by),
            reason: self.reason,
        };
        let id = block_on(store.add_silence(silence.clone()))??;
        match scene.format {
            Format::Json => print::json(&as_json(id, &silence))?,
            Format::Text => print::line(&as_line(id, &silence, &plan)),
        }
        Ok(Exit::Done)
    }
}

impl List {
    fn run(self, scene: &Scene) -> Ended {
        let (plan, store) = scene.store()?;
        let now = (!self.all).then(wall::now);
        for (id, silence) in block_on(store.silences(now))?? {
            match scene.format {
                Format::Json => print::json(&as_json(id, &silence))?,
                Format::Text => print::line(&as_line(id, &silence, &plan)),
            }
        }
        Ok(Exit::Done)
    }
}

impl End {
    fn run(self, scene: &Scene) -> Ended {
        let (_, store) = scene.store()?;
        if block_on(store.end_silence(SilenceId(self.id), wall::now()))?? {
            print::line(&format!(
                "silence {} is over; what it held back goes at its reader's next window",
                self.id
            ));
            return Ok(Exit::Done);
        }
        Err(Stop::Usage(format!("no silence {} is in force: `kaizend silence list` names them", self.id)))
    }
}

/// A field that no finding can have silences nothing, and is refused.
fn field(text: &str, plan: &Plan) -> Result<(String, String), Stop> {
    let Some((name, pattern)) = text.split_once('=') else {
        return Err(Stop::Usage(format!("`{text}`: write FIELD=PATTERN, such as check=late-*")));
    };
    let mut labels = plan.datasets.values().flat_map(|dataset| &dataset.labels);
    if !FIELDS.contains(&name) && !labels.any(|label| label == name) {
        let known = FIELDS.join(", ");
        return Err(Stop::Usage(format!("`{name}` is neither one of {known} nor a label of a dataset")));
    }
    Ok((name.to_owned(), pattern.to_owned()))
}

fn until(text: &str, now: Timestamp, plan: &Plan) -> Result<Timestamp, Stop> {
    let until = match text.parse::<Span>() {
        Ok(span) => plan.company_calendar().add(now, span),
        Err(_) => moment::parse(text, &plan.company.zone).map_err(Stop::Usage)?,
    };
    if until <= now {
        return Err(Stop::Usage(format!(
            "--until {text} is not ahead: a silence has its end in time to come"
        )));
    }
    Ok(until)
}

fn as_json(id: SilenceId, silence: &Silence) -> serde_json::Value {
    json!({
        "id": id, "matching": silence.matching, "since": silence.since, "until": silence.until,
        "by": silence.by, "reason": silence.reason,
    })
}

fn as_line(id: SilenceId, silence: &Silence, plan: &Plan) -> String {
    let matching: &BTreeMap<String, String> = &silence.matching;
    let matching: Vec<String> =
        matching.iter().map(|(field, pattern)| format!("{field}={pattern}")).collect();
    let until =
        silence.until.to_zoned_datetime(plan.company.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
    format!("{}  {}  until {until}, by {}: {}", id.0, matching.join(" "), silence.by, silence.reason)
}
