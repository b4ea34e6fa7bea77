//! `kaizend plugin new`: a small working plugin, with its tests, to start from.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::Args;

use super::super::{Ended, Exit, Stop, print};

#[derive(Debug, Args)]
#[command(after_help = "Example: kaizend plugin new greeting && cd greeting && cargo test")]
pub(super) struct New {
    /// The plugin's name: small letters, digits and hyphens
    name: String,
    /// The folder to make the plugin's folder in
    #[arg(long, value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// The folder of the SDK [default: found beside the kaizend program or above this folder]
    #[arg(long, value_name = "DIR", env = "KAIZEND_SDK")]
    sdk: Option<PathBuf>,
}

impl New {
    pub(super) fn run(self) -> Ended {
        if !is_name(&self.name) {
            return Err(Stop::Usage(format!(
                "`{}` cannot be a plugin's name: use small letters, digits and hyphens, beginning with a letter",
                self.name
            )));
        }
        let sdk = self.sdk.map_or_else(find_sdk, Ok)?;
        let sdk = sdk.canonicalize().with_context(|| format!("there is no folder {}", sdk.display()))?;
        let folder = self.dir.join(&self.name);
        if folder.exists() {
            return Err(Stop::Usage(format!("{} is already there", folder.display())));
        }
        copy(
            &sdk.join("template"),
            &folder,
            &[("{{name}}", &self.name), ("{{sdk}}", &sdk.display().to_string())],
        )?;
        print::line(&format!(
            "{} is ready: `cargo test` in it, then `kaizend plugin build {0}`",
            folder.display()
        ));
        Ok(Exit::Done)
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// The SDK of a checkout: above the current folder, or above the program.
fn find_sdk() -> anyhow::Result<PathBuf> {
    let places = [env::current_dir(), env::current_exe()];
    places
        .iter()
        .flatten()
        .flat_map(|place| place.ancestors())
        .map(|above| above.join("plugin-sdk"))
        .find(|sdk| sdk.join("template").is_dir())
        .context("the SDK was not found: name its folder with --sdk")
}

/// Copies a folder of text files, with the placeholders replaced in contents.
fn copy(from: &Path, to: &Path, words: &[(&str, &str)]) -> anyhow::Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            bail!("{} has a name that is not UTF-8", path.display());
        };
        // Cargo would take a file of the usual name for a package of the project itself.
        let goal = to.join(name.strip_suffix(".in").unwrap_or(name));
        if path.is_dir() {
            copy(&path, &goal, words)?;
            continue;
        }
        let mut text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        for (placeholder, word) in words {
            text = text.replace(placeholder, word);
        }
        fs::write(&goal, text).with_context(|| format!("cannot write {}", goal.display()))?;
    }
    Ok(())
}
