//! Judges the company's own words, `messages/<language>/<plugin>.ftl` and `messages/templates/*`, before a mail
//! needs them. A broken one is a warning, never an error: what can be read of it is used, else the built-in.

use std::{
    fs,
    path::{Path, PathBuf},
};

use kaizend_text::{Stationery, Words};

use super::{plan::Plan, reader::Reader, similar};

/// Files of words have a few kilobytes.
const LARGEST: u64 = 1 << 20;
const TEMPLATES: &str = "templates";

/// Warns of catalogues and templates that cannot be used, and of those that belong to nobody.
pub(super) fn check(reader: &Reader<'_>, plan: &Plan) {
    let Some(folder) = &plan.company.messages else { return };
    let mut builder = Words::builder(&plan.company.language);
    for plugin in plan.plugins.values() {
        builder = builder.plugin(&plugin.manifest.id, &plugin.manifest.messages);
    }
    for catalogue in catalogues(folder) {
        let Some(text) = read(reader, &catalogue.path) else { continue };
        belongs(reader, plan, &catalogue);
        builder = builder.operator(&catalogue.scope, &catalogue.language, &text);
    }
    for fault in builder.build().1 {
        reader.remark(fault.to_string(), None);
    }
    let mut stationery = Stationery::built_in();
    for path in entries(&folder.join(TEMPLATES)) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(text) = read(reader, &path) else { continue };
        if let Err(fault) = stationery.replace(name, text) {
            reader.remark(format!("the template `{}` is not used: {fault}", path.display()), None);
        }
    }
}

fn belongs(reader: &Reader<'_>, plan: &Plan, catalogue: &Catalogue) {
    let ids = || plan.plugins.values().map(|plugin| plugin.manifest.id.as_str()).chain(["kaizend"]);
    if !ids().any(|id| id == catalogue.scope) {
        let names: Vec<&str> = ids().collect();
        let hint = similar::hint(&catalogue.scope, names);
        reader.remark(format!("`{}` belongs to no plugin", catalogue.path.display()), Some(hint));
    }
}

/// `<folder>/<language>/<scope>.ftl`.
struct Catalogue {
    path: PathBuf,
    scope: String,
    language: String,
}

fn catalogues(folder: &Path) -> Vec<Catalogue> {
    let mut found = Vec::new();
    for language in entries(folder) {
        let Some(name) = language.file_name().and_then(|name| name.to_str()) else { continue };
        for path in if name == TEMPLATES { Vec::new() } else { entries(&language) } {
            let scope = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".ftl"));
            if let Some(scope) = scope.map(str::to_owned) {
                found.push(Catalogue { scope, language: name.to_owned(), path });
            }
        }
    }
    found
}

fn read(reader: &Reader<'_>, path: &Path) -> Option<String> {
    let text = match fs::metadata(path) {
        Ok(about) if about.len() > LARGEST => Err(format!("it has more than {LARGEST} bytes")),
        Ok(_) => fs::read_to_string(path).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    text.map_err(|why| reader.remark(format!("cannot read `{}`: {why}", path.display()), None)).ok()
}

/// In the order of names; a folder that cannot be read holds nothing.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
}
