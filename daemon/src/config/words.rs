//! The words of a plan: the daemon's own, those of its plugins, and the operator's `messages/<language>/*.ftl`,
//! which win message by message. A broken catalogue is a warning; what can be read of it is used.

use std::{
    fs,
    path::{Path, PathBuf},
};

use kaizend_text::{CatalogueFault, Words};

use super::{plan::Plan, reader::Reader};

/// A catalogue has a few kilobytes.
const LARGEST: u64 = 1 << 20;

/// The words, and what cannot be used of their catalogues.
pub fn words(plan: &Plan) -> (Words, Vec<CatalogueFault>) {
    let mut builder = Words::builder(&plan.company.language);
    for plugin in plan.plugins.values() {
        builder = builder.plugin(&plugin.manifest.id, &plugin.manifest.messages);
    }
    let mut unreadable = Vec::new();
    for file in plan.company.messages.iter().flat_map(|folder| catalogues(folder)) {
        match file.read() {
            Ok(text) => builder = builder.operator(&file.scope, &file.language, &text),
            Err(why) => unreadable.push(CatalogueFault {
                scope: file.scope,
                language: file.language,
                place: String::new(),
                why,
            }),
        }
    }
    let (words, mut faults) = builder.build();
    faults.extend(unreadable);
    (words, faults)
}

/// Warns of catalogues that cannot be used, and of those that belong to nobody.
pub(super) fn check(reader: &Reader<'_>, plan: &Plan) {
    let (_, faults) = words(plan);
    for fault in faults {
        reader.remark(fault.to_string(), None);
    }
    let ids = || plan.plugins.values().map(|plugin| plugin.manifest.id.as_str()).chain(["kaizend"]);
    for file in plan.company.messages.iter().flat_map(|folder| catalogues(folder)) {
        if !ids().any(|id| id == file.scope) {
            let hint = super::nearest::hint(&file.scope, ids());
            reader.remark(format!("`{}` belongs to no plugin", file.path.display()), Some(hint));
        }
    }
}

/// `<folder>/<language>/<scope>.ftl`.
struct Catalogue {
    path: PathBuf,
    scope: String,
    language: String,
}

impl Catalogue {
    fn read(&self) -> Result<String, String> {
        let about = fs::metadata(&self.path).map_err(|error| error.to_string())?;
        if about.len() > LARGEST {
            return Err(format!("it has more than {LARGEST} bytes"));
        }
        fs::read_to_string(&self.path).map_err(|error| error.to_string())
    }
}

fn catalogues(folder: &Path) -> Vec<Catalogue> {
    let mut found = Vec::new();
    for language in entries(folder) {
        for path in entries(&language) {
            let scope = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".ftl"));
            let name = language.file_name().and_then(|name| name.to_str());
            if let (Some(scope), Some(name)) = (scope, name) {
                found.push(Catalogue {
                    scope: scope.to_owned(),
                    language: name.to_owned(),
                    path: path.clone(),
                });
            }
        }
    }
    found
}

/// In the order of names; a folder that cannot be read holds nothing.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
}
