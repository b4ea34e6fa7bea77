//! `kaizend plugin test`: a plugin's fixtures in the real sandbox.
//!
//! `cargo test` runs the same files natively, in milliseconds. Here the component itself runs, as the daemon runs
//! it: with its limits, its checks of what a plugin says, its ledger. Both compare with the same expectations.

mod case;
mod heard;
mod look;
mod promises;
mod table;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Args;
use kaizend_host::{Host, Plugin};
use kaizend_sdk::testing::Fixture;

use self::case::Case;
use super::super::{Ended, Exit, Format, Stop, print, scene};
use super::build::build;
use crate::rooms;

#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 all say what they should; 1 one differs; 3 a plugin cannot be built or loaded.

Example: kaizend plugin test plugins/*"
)]
pub(super) struct Test {
    /// Folders of plugin crates; the fixtures are DIR/fixtures/*.toml
    #[arg(required = true, value_name = "DIR")]
    crates: Vec<PathBuf>,
    /// Test this component, which is already built, with the fixtures of the one folder
    #[arg(long, value_name = "FILE")]
    plugin: Option<PathBuf>,
}

impl Test {
    pub(super) fn run(self, scene: &scene::Scene) -> Ended {
        if self.plugin.is_some() && self.crates.len() > 1 {
            return Err(Stop::Usage(
                "--plugin is one component: name the one folder that it is of".to_owned(),
            ));
        }
        // A forgotten folder is told before minutes of building.
        let cases = self.crates.iter().map(|folder| Ok((folder, fixtures(folder)?)));
        let cases: Vec<_> = cases.collect::<Result<_, Stop>>()?;
        let host = rooms::host()?;
        let (mut all, mut differing) = (0, 0);
        for (folder, files) in cases {
            let plugin = self.load(&host, folder)?;
            all += files.len();
            differing += scene::block_on(try_all(&host, &plugin, &files, scene.format))??;
        }
        if scene.format == Format::Text {
            print::remark(&format!("{} of {all} fixtures say what they should", all - differing));
        }
        Ok(if differing == 0 { Exit::Done } else { Exit::Attention })
    }

    fn load(&self, host: &Host, folder: &Path) -> anyhow::Result<Plugin> {
        let out = tempfile::tempdir().context("cannot make a folder for the component")?;
        let file = match &self.plugin {
            Some(file) => file.clone(),
            None => build(folder, out.path())?.file,
        };
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        host.load(&bytes).with_context(|| format!("{} is refused", file.display()))
    }
}

/// The fixtures of a plugin's crate. A plugin without any is not tested, and must not seem to be.
fn fixtures(folder: &Path) -> Result<Vec<PathBuf>, Stop> {
    let place = folder.join("fixtures");
    let none = |why: &str| {
        let (folder, place) = (folder.display(), place.display());
        Stop::Usage(format!("{folder} has no fixtures{why}: write one as {place}/<case>.toml"))
    };
    let files = Fixture::files(&place).map_err(|why| none(&format!(" ({why})")))?;
    if files.is_empty() { Err(none("")) } else { Ok(files) }
}

/// Runs the fixtures one after another and shows each as it ends; gives how many differ.
async fn try_all(host: &Host, plugin: &Plugin, files: &[PathBuf], format: Format) -> anyhow::Result<usize> {
    let mut differing = 0;
    for file in files {
        let case = Case::run(host, plugin, file).await;
        differing += usize::from(!case.ok);
        match format {
            Format::Json => print::json(&case)?,
            Format::Text => print::line(&case),
        }
    }
    Ok(differing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plugin_without_fixtures_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(
            matches!(fixtures(folder.path()), Err(Stop::Usage(why)) if why.contains("has no fixtures ("))
        );
        fs::create_dir(folder.path().join("fixtures")).unwrap();
        assert!(
            matches!(fixtures(folder.path()), Err(Stop::Usage(why)) if why.contains("has no fixtures: "))
        );
        for file in ["b.toml", "a.toml", "rows.csv"] {
            fs::write(folder.path().join("fixtures").join(file), "").unwrap();
        }
        let files = fixtures(folder.path()).unwrap_or_default();
        let names: Vec<_> = files.iter().filter_map(|file| file.file_name()).collect();
        assert_eq!(names, ["a.toml", "b.toml"]);
    }
}
