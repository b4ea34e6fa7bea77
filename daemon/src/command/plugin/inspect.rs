//! `kaizend plugin inspect`: what a plugin reads, takes and finds, in plain words, without running it.

use std::{fs, path::PathBuf};

use anyhow::Context;
use clap::Args;
use kaizend_core::rows::{Manifest, SlotAsk};
use serde_json::json;

use super::super::{Ended, Exit, Format, print, scene::Scene};

#[derive(Debug, Args)]
#[command(after_help = "Example: kaizend plugin inspect missed-promises.wasm")]
pub(super) struct Inspect {
    file: PathBuf,
}

impl Inspect {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        let bytes = fs::read(&self.file).with_context(|| format!("cannot read {}", self.file.display()))?;
        let inspected =
            kaizend_host::inspect(&bytes).with_context(|| format!("{} is refused", self.file.display()))?;
        match scene.format {
            Format::Json => print::json(&json!({
                "manifest": inspected.manifest, "sha256": inspected.sha256, "size": inspected.size,
            }))?,
            Format::Text => {
                say(&inspected.manifest);
                print::line(&format!("\n{} bytes, sha256 {}", inspected.size, inspected.sha256));
            }
        }
        Ok(Exit::Done)
    }
}

fn say(manifest: &Manifest) {
    print::line(&format!("{} {}: {}", manifest.id, manifest.version, manifest.about));
    print::line(&"\nIt reads, of the datasets that you bind to it, and nothing else:");
    for slot in &manifest.slots {
        print::line(&format!("  {}", slot_words(slot)));
        for column in &slot.columns {
            let needed = if column.optional { ", if the dataset has it" } else { "" };
            let nulls = if column.nullable { ", may be empty" } else { "" };
            let about = if column.about.is_empty() { String::new() } else { format!(": {}", column.about) };
            print::line(&format!("    {} ({}{needed}{nulls}){about}", column.name, column.kind));
        }
    }
    if !manifest.params.is_empty() {
        print::line(&"\nIt can be told:");
    }
    for param in &manifest.params {
        let default =
            param.default.as_ref().map_or("must be set".to_owned(), |default| format!("default {default:?}"));
        print::line(&format!("  {} ({default}): {}", param.name, param.about));
    }
    print::line(&"\nIt finds:");
    for topic in &manifest.topics {
        let stages = if topic.stages.is_empty() {
            String::new()
        } else {
            format!(" ({})", topic.stages.join(" → "))
        };
        print::line(&format!("  {}{stages}: {}", topic.name, topic.about));
    }
    let languages: Vec<&str> = manifest.messages.keys().map(String::as_str).collect();
    print::line(&format!(
        "\nIts words are in {}. It has no files, no network, no clock.",
        languages.join(", ")
    ));
}

fn slot_words(slot: &SlotAsk) -> String {
    let optional = if slot.optional { ", optional" } else { "" };
    let list = if slot.list { ", one dataset or several" } else { "" };
    let ledger = if slot.ledger.is_some() { ", each version of the promise is kept" } else { "" };
    format!("{}{optional}{list}{ledger}: {}", slot.name, slot.about)
}
