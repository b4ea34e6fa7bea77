//! `kaizend status`: whether checks look, mails leave, and the store is well; also when the configuration is broken.

mod precision;
mod report;

use std::path::PathBuf;

use clap::Args;

use self::report::Report;
use super::{Ended, Exit, Format, Stop, print, scene, scene::Scene, scene::block_on};
use crate::config::{self, Plan};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  kaizend status --fail-on-trouble\n  \
kaizend status --store /var/lib/kaizend/kaizend.db\n\nWithout a configuration that can be used it shows what the \
store remembers, and ends with 2.")]
pub(super) struct Status {
    /// End with 1 when a check cannot look, mails failed, sending is stopped, or heartbeats do not arrive
    #[arg(long)]
    fail_on_trouble: bool,
    /// The store, where the configuration cannot say where it is
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
}

/// What is known of the configuration.
enum Configured {
    Plan(Box<Plan>),
    /// It has problems; perhaps the place of its store can be read all the same.
    Broken(config::Problems, Option<PathBuf>),
    /// There is none.
    Absent(String),
}

impl Status {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        let configured = Configured::find(scene)?;
        let Some(path) = self.store.clone().or_else(|| configured.store()) else {
            if let Configured::Broken(..) = configured {
                print::remark(&"its store is not known either: name it with --store FILE");
            }
            return Err(configured.stop());
        };
        if !path.exists() {
            if let Configured::Broken(..) = configured {
                return Err(configured.stop());
            }
            return Err(Stop::CouldNot(anyhow::anyhow!(
                "there is no store yet at {}: `kaizend serve` or `kaizend run` makes it",
                path.display()
            )));
        }
        let store = scene::open(&path)?;
        let report = block_on(Report::of(configured.plan(), &store))??;
        match scene.format {
            Format::Json => print::json(&report.as_json(configured.word()))?,
            Format::Text => {
                configured.remark();
                report.as_text();
            }
        }
        Ok(match configured {
            Configured::Plan(_) if self.fail_on_trouble && report.is_troubled() => Exit::Attention,
            Configured::Plan(_) => Exit::Done,
            Configured::Broken(..) | Configured::Absent(_) => Exit::Unusable,
        })
    }
}

impl Configured {
    fn find(scene: &Scene) -> Result<Self, Stop> {
        let path = match scene.config() {
            Ok(path) => path,
            Err(Stop::Usage(why)) => return Ok(Self::Absent(why)),
            Err(stop) => return Err(stop),
        };
        Ok(match config::load(&path) {
            Ok(loaded) => {
                if !loaded.warnings.is_empty() {
                    print::remark(&loaded.warnings);
                }
                Self::Plan(Box::new(loaded.plan))
            }
            Err(problems) => Self::Broken(problems, config::store_path(&path)),
        })
    }

    fn plan(&self) -> Option<&Plan> {
        match self {
            Self::Plan(plan) => Some(plan),
            Self::Broken(..) | Self::Absent(_) => None,
        }
    }

    fn store(&self) -> Option<PathBuf> {
        match self {
            Self::Plan(plan) => Some(plan.store.path.clone()),
            Self::Broken(_, path) => path.clone(),
            Self::Absent(_) => None,
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Plan(_) => "usable",
            Self::Broken(..) => "broken",
            Self::Absent(_) => "absent",
        }
    }

    fn remark(&self) {
        match self {
            Self::Plan(_) => {}
            Self::Broken(problems, _) => {
                print::remark(problems);
                print::line(&"the configuration cannot be used; this is what the store remembers:");
            }
            Self::Absent(_) => print::line(&"there is no configuration; this is what the store remembers:"),
        }
    }

    fn stop(self) -> Stop {
        match self {
            Self::Broken(problems, _) => Stop::Configuration(problems),
            Self::Absent(why) => Stop::Usage(why),
            Self::Plan(_) => Stop::Usage("name the store with --store FILE".to_owned()),
        }
    }
}
