//! The configuration as an operator meets it: broken ones with their reports, a whole one with its plan.

mod broken;
mod documented;
mod heartbeat;
mod online;
mod whole;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use super::{Loaded, Problems, Surroundings, load_in};

/// The folder of this room: `broken` and `whole` lie in it.
const ROOM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/config");

/// A process without any variables, whose plugins are their manifests as JSON.
fn surroundings() -> Surroundings {
    Surroundings {
        variables: BTreeMap::new(),
        programme_folder: None,
        no_new_privileges: false,
        inspect: |bytes| serde_json::from_slice(bytes).map_err(|_| "it is no plugin".to_owned()),
    }
}

fn with_variables(variables: &[(&str, &str)]) -> Surroundings {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Surroundings { variables, ..surroundings() }
}

/// A configuration that is right as it is, and `more`.
fn load_text(folder: &Path, more: &str, around: &Surroundings) -> Result<Loaded, Problems> {
    let text = format!(
        "{more}\n[company]\nname = \"Northwind\"\ntimezone = \"Europe/Sofia\"\noperators = [\"ops@northwind.example\"]\n\
         [mail]\nfrom = \"kaizen@northwind.example\"\ntransport = {{ kind = \"directory\", path = \"outbox\" }}\n"
    );
    let path = folder.join("kaizend.toml");
    std::fs::write(&path, text).unwrap();
    load_in(&path, around)
}

fn room(below: &str) -> PathBuf {
    Path::new(ROOM).join(below)
}
