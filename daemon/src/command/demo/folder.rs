//! The folder of a demo: it is made, or an earlier demo in it is cleared away; nothing else is ever removed.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::Context;
use kaizend_store::ServerLock;

use super::super::{Stop, print};
use crate::config::{self, Plan, Surroundings};

/// The shipped example company, word for word.
const CONFIGURATION: &str = include_str!("../../../../config/demo/kaizend.toml");

/// Says that a folder holds a demo, and may be cleared for the next one.
const MARKER: &str = ".kaizend-demo";

#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes the folder, with the marker and the configuration in it.
    pub(super) fn make(path: PathBuf) -> Result<Self, Stop> {
        let folder = Self { path };
        match fs::read_dir(&folder.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(&folder.path).with_context(|| folder.cannot("make"))?;
            }
            Err(error) => return Err(Stop::Usage(format!("{}: {error}", folder.path.display()))),
            Ok(_) if folder.at(MARKER).is_file() => folder.clear()?,
            Ok(mut entries) => {
                if entries.next().is_some() {
                    return Err(Stop::Usage(format!(
                        "{} holds something that is no demo: name a new folder",
                        folder.path.display()
                    )));
                }
            }
        }
        fs::write(folder.at(MARKER), "`kaizend demo` made this folder, and may clear it.\n")
            .and_then(|()| fs::write(folder.configuration(), CONFIGURATION))
            .with_context(|| folder.cannot("write to"))?;
        Ok(folder)
    }

    /// The company's own database.
    pub(super) fn books(&self) -> PathBuf {
        self.at("sewell.db")
    }

    pub(super) fn configuration(&self) -> PathBuf {
        self.at("kaizend.toml")
    }

    pub(super) fn mails(&self) -> PathBuf {
        self.at("mails")
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The configuration as it lies in the folder. Its store is there too, whatever folder systemd gives.
    pub(super) fn plan(&self) -> Result<Plan, Stop> {
        let mut around = Surroundings::of_process();
        around.variables.remove("STATE_DIRECTORY");
        let loaded = config::load_in(&self.configuration(), &around).map_err(Stop::Configuration)?;
        if !loaded.warnings.is_empty() {
            print::remark(&loaded.warnings);
        }
        Ok(loaded.plan)
    }

    /// Removes an earlier demo. The marker goes last, so that a clearing that was cut off can be taken up.
    fn clear(&self) -> Result<(), Stop> {
        if let Some(pid) = ServerLock::holder(&self.at("kaizend.db")) {
            return Err(Stop::CouldNot(anyhow::anyhow!(
                "{} is used by process {pid}: stop it, or name another folder",
                self.path.display()
            )));
        }
        let clear = || -> io::Result<()> {
            for entry in fs::read_dir(&self.path)? {
                let entry = entry?;
                if entry.file_name() == MARKER {
                    continue;
                }
                if entry.file_type()?.is_dir() {
                    fs::remove_dir_all(entry.path())?;
                } else {
                    fs::remove_file(entry.path())?;
                }
            }
            fs::remove_file(self.at(MARKER))
        };
        Ok(clear().with_context(|| self.cannot("clear"))?)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    fn cannot(&self, what: &str) -> String {
        format!("cannot {what} the folder {}", self.path.display())
    }
}
