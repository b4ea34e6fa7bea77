//! What a configuration depends on outside its own files: environment variables, the programme's folder, the
//! rights of the process, and how a plugin's manifest is read. Handed in, so that tests can state theirs.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

use kaizend_core::rows::Manifest;

/// Reads a plugin's manifest from its bytes without running it, or says why it is refused.
pub type Inspect = fn(&[u8]) -> Result<Manifest, String>;

#[derive(Clone, Debug)]
pub struct Surroundings {
    pub variables: BTreeMap<String, String>,
    /// Where the running programme lies: `plugins` beside it is searched for plugins.
    pub programme_folder: Option<PathBuf>,
    /// The process can gain no rights (`NoNewPrivileges=` of the service unit): sendmail cannot queue there.
    pub no_new_privileges: bool,
    pub inspect: Inspect,
}

/// Where a packaged kaizend keeps its plugins.
const SYSTEM_PLUGINS: &str = "/usr/lib/kaizend/plugins";

impl Surroundings {
    pub fn of_process() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        Self {
            variables: env::vars_os()
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
                .collect(),
            programme_folder: env::current_exe().ok().and_then(|exe| exe.parent().map(Path::to_owned)),
            no_new_privileges: status
                .lines()
                .any(|line| line.strip_prefix("NoNewPrivs:").is_some_and(|value| value.trim() == "1")),
            inspect: |bytes| match kaizend_host::inspect(bytes) {
                Ok(inspected) => Ok(inspected.manifest),
                Err(refused) => Err(refused.to_string()),
            },
        }
    }

    pub(super) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }

    /// The folder that systemd made for the daemon's own files, if it did.
    pub(super) fn state_folder(&self) -> Option<PathBuf> {
        self.first_folder("STATE_DIRECTORY")
    }

    /// The folder that systemd made for what may be lost, if it did.
    pub(super) fn cache_folder(&self) -> Option<PathBuf> {
        self.first_folder("CACHE_DIRECTORY")
    }

    /// systemd separates several folders with colons; the first is the daemon's.
    fn first_folder(&self, variable: &str) -> Option<PathBuf> {
        let folders = self.variable(variable)?;
        folders.split(':').next().filter(|folder| !folder.is_empty()).map(PathBuf::from)
    }

    /// Where a plugin named by a bare file name is looked for, in this order, after the configuration's folder.
    pub(super) fn plugin_folders(&self) -> Vec<PathBuf> {
        let named = self.variable("KAIZEND_PLUGINS").unwrap_or_default();
        env::split_paths(named)
            .filter(|folder| !folder.as_os_str().is_empty())
            .chain(self.programme_folder.iter().map(|folder| folder.join("plugins")))
            .chain([PathBuf::from(SYSTEM_PLUGINS)])
            .collect()
    }
}
