//! `kaizend web …`: what operators do about the links in mails.

use clap::{Args, Subcommand};
use kaizend_web::{LIFE, Secret};
use serde_json::json;

use super::{Ended, Exit, Format, print, scene::Scene, scene::block_on};
use crate::wall;

#[derive(Debug, Args)]
#[command(after_help = "Example: kaizend web rotate-key")]
pub(super) struct Web {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Sign links with a new key from now on; links that are out there stay good until they end
    RotateKey,
}

impl Web {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        match self.verb {
            Verb::RotateKey => rotate(scene),
        }
    }
}

fn rotate(scene: &Scene) -> Ended {
    let (_, store) = scene.store()?;
    let now = wall::now();
    let secret = Secret::make()?.into_bytes();
    let kid = block_on(store.rotate_web_key(secret, now))??;
    let until = now.checked_add(LIFE)?;
    match scene.format {
        Format::Json => print::json(&json!({ "key": kid, "earlier-links-until": until }))?,
        Format::Text => print::line(&format!(
            "key {kid} signs links from now on; links that are out there are good until {until} at most"
        )),
    }
    Ok(Exit::Done)
}
