//! `kaizend validate`: every problem of the configuration at once.

use clap::Args;

use super::{Ended, Exit, Format, Stop, print, scene::Scene, scene::block_on};
use crate::{config, people};

#[derive(Debug, Args)]
#[command(after_help = "Example: kaizend --config kaizend.toml validate --online")]
pub(super) struct Validate {
    /// Also open each source, and compare its columns with what the checks ask for
    #[arg(long)]
    online: bool,
    /// End with 1 when there are warnings
    #[arg(long)]
    fail_on_warnings: bool,
}

impl Validate {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        let loaded = config::load(&scene.config()?).map_err(Stop::Configuration)?;
        let mut problems = loaded.warnings;
        if self.online {
            problems.extend(block_on(config::online(&loaded.plan, &loaded.origin))?);
            problems.extend(block_on(people::online(&loaded.plan, &loaded.origin, &problems))?);
        }
        if problems.errors() > 0 {
            return Err(Stop::Configuration(problems));
        }
        match scene.format {
            Format::Json => print::line(&problems.json()),
            Format::Text => {
                print::line(&problems);
                print::line(&counted(&loaded.plan));
            }
        }
        Ok(if self.fail_on_warnings && problems.warnings() > 0 { Exit::Attention } else { Exit::Done })
    }
}

fn counted(plan: &config::Plan) -> String {
    format!(
        "the configuration is right: {} checks, {} datasets, {} sources",
        plan.checks.len(),
        plan.datasets.len(),
        plan.sources.len()
    )
}
