//! `kaizend plugin list`: the plugins of the configuration, and who uses them.

use clap::Args;
use serde_json::json;

use super::super::{Ended, Exit, Format, print, scene::Scene};
use crate::config::Plan;

#[derive(Debug, Args)]
#[command(after_help = "Example: kaizend --config kaizend.toml plugin list")]
pub(super) struct List {}

impl List {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        let plan = scene.load()?.plan;
        match scene.format {
            Format::Json => {
                for (name, plugin) in &plan.plugins {
                    print::json(&json!({
                        "name": name, "id": plugin.manifest.id, "version": plugin.manifest.version,
                        "file": plugin.path, "sha256": plugin.sha256, "pinned": plugin.pinned,
                        "checks": checks(&plan, name),
                    }))?;
                }
            }
            Format::Text => {
                let row = |(name, plugin): (&String, &crate::config::Plugin)| {
                    [
                        name.clone(),
                        plugin.manifest.version.clone(),
                        if plugin.pinned { "pinned" } else { "" }.to_owned(),
                        checks(&plan, name).join(", "),
                        plugin.path.display().to_string(),
                    ]
                };
                let rows: Vec<[String; 5]> = plan.plugins.iter().map(row).collect();
                print::table(["PLUGIN", "VERSION", "PIN", "CHECKS", "FILE"], &rows);
            }
        }
        Ok(Exit::Done)
    }
}

fn checks<'a>(plan: &'a Plan, plugin: &str) -> Vec<&'a str> {
    plan.checks.values().filter(|check| check.plugin == plugin).map(|check| check.id.as_str()).collect()
}
