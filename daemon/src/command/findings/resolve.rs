//! `kaizend findings resolve`: one finding by hand, or all that a removed check left.

use clap::Args;
use jiff::tz::TimeZone;
use kaizend_core::{
    domain::{CheckId, PersonId},
    policy::act::Act,
};
use serde_json::json;

use crate::wall;

use super::{
    super::{Ended, Exit, Format, Stop, print, scene::Scene, scene::block_on},
    act::{self, On, Verb, Word},
};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kaizend findings resolve 3f2a9c01 --by 5 --reason \"the order was cancelled\"\n  kaizend findings resolve --check late-orders --by 2 --reason \"we no longer ask\""
)]
pub(in super::super) struct Resolve {
    /// The fingerprint, or its first digits
    #[arg(required_unless_present = "check", conflicts_with = "check")]
    fingerprint: Option<String>,
    /// Everything that this check found
    #[arg(long)]
    check: Option<String>,
    /// Who says it, by the id of the company's data
    #[arg(long, value_name = "PERSON")]
    by: String,
    /// Why
    #[arg(long)]
    reason: String,
    /// Why it went wrong, where the check asks
    #[arg(long)]
    cause: Option<String>,
}

struct One {
    on: On,
    reason: String,
    cause: Option<String>,
}

impl Verb for One {
    fn on(&self) -> &On {
        &self.on
    }

    fn word(&self, _zone: &TimeZone) -> Result<Word, Stop> {
        let act = Act::Resolve { reason: self.reason.clone(), cause: self.cause.clone() };
        Ok(Box::new(move |_, _| act))
    }
}

impl Resolve {
    pub(in super::super) fn run(self, scene: &Scene) -> Ended {
        let Self { fingerprint, check, by, reason, cause } = self;
        if let Some(fingerprint) = fingerprint {
            return act::say(scene, &One { on: On { fingerprint, by }, reason, cause });
        }
        let check = CheckId::new(check.unwrap_or_default());
        let (_, store) = scene.store()?;
        let closed = block_on(store.resolve_check(&check, PersonId::new(by), reason, wall::now()))??;
        match scene.format {
            Format::Json => print::json(&json!({ "check": check, "resolved": closed }))?,
            Format::Text => print::line(&format!("{closed} findings of {check} are closed by hand")),
        }
        Ok(Exit::Done)
    }
}
