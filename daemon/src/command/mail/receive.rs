//! `kaizend mail receive`: a mail that a mail server hands in, on standard input.

use std::io::{self, Read};

use anyhow::Context;
use clap::Args;
use kaizend_mail::inbound::LARGEST;
use serde_json::json;

use super::super::{Ended, Exit, Format, print, scene::Scene, scene::block_on};
use crate::{
    replies::{self, Taken},
    wall,
};

#[derive(Debug, Args)]
#[command(
    after_help = "In Postfix's aliases:  kaizen: \"|kaizend --config /etc/kaizend/kaizend.toml mail receive || exit 75\""
)]
pub(in super::super) struct Receive {}

impl Receive {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        let mut bytes = Vec::new();
        let input = io::stdin().lock().take(LARGEST as u64 + 1).read_to_end(&mut bytes);
        input.context("standard input cannot be read")?;
        let (plan, store) = scene.store()?;
        let rooms = Scene::rooms(plan, store)?;
        let taken = block_on(replies::take(&rooms, &bytes, wall::now()))??;
        match scene.format {
            Format::Text => print::line(&taken),
            Format::Json => print::json(&match &taken {
                Taken::Said { by, words, answered } => {
                    json!({ "by": by, "words": words, "answered": answered })
                }
                Taken::CameBack { mails } => json!({ "came-back": mails }),
                Taken::PassedOver(why) => json!({ "passed-over": why.to_string() }),
            })?,
        }
        Ok(Exit::Done)
    }
}
