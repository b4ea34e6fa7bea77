//! The words in force: the daemon's, the plugins', and the company's own in the folder that it names.
//!
//! `<messages>/<language>/<plugin or kaizend>.ftl` replaces messages one by one, `<messages>/templates/…` whole
//! templates. What cannot be read is reported, and the rest is used: words never stop the daemon.

use std::{fs, path::Path};

use kaizend_text::{Stationery, Words};

use crate::config::Plan;
use kaizend_core::domain::CheckId;

/// Catalogues and templates of a plan.
pub fn of(plan: &Plan) -> (Words, Stationery) {
    let mut builder = Words::builder(&plan.company.language);
    for plugin in plan.plugins.values() {
        builder = builder.plugin(&plugin.manifest.id, &plugin.manifest.messages);
    }
    let mut stationery = Stationery::built_in();
    if let Some(folder) = &plan.company.messages {
        for (language, scope, source) in catalogues(folder) {
            builder = builder.operator(&scope, &language, &source);
        }
        for (name, source) in files(&folder.join("templates")) {
            if let Err(fault) = stationery.replace(&name, source) {
                tracing::warn!(%fault, "a template of the company is not used");
            }
        }
    }
    let (words, faults) = builder.build();
    for fault in faults {
        tracing::warn!(%fault, "a message catalogue has a fault; the rest of it is used");
    }
    (words, stationery)
}

/// Language, scope and source of each catalogue below `folder`.
fn catalogues(folder: &Path) -> Vec<(String, String, String)> {
    let Ok(languages) = fs::read_dir(folder) else { return Vec::new() };
    let languages = languages.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    languages
        .filter(|language| language != "templates")
        .flat_map(|language| {
            let files = files(&folder.join(&language)).into_iter();
            files.filter_map(move |(name, source)| {
                let scope = name.strip_suffix(".ftl")?.to_owned();
                Some((language.clone(), scope, source))
            })
        })
        .collect()
}

/// Name and text of each file in a folder.
fn files(folder: &Path) -> Vec<(String, String)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let read = |path: &Path| {
        fs::read_to_string(path)
            .inspect_err(
                |error| tracing::warn!(path = %path.display(), %error, "the company's words cannot be read"),
            )
            .ok()
    };
    let files = entries.flatten().filter(|entry| entry.path().is_file());
    files.filter_map(|entry| Some((entry.file_name().into_string().ok()?, read(&entry.path())?))).collect()
}

/// The name under which a check's plugin has its words; a check that is no longer configured has the daemon's.
pub fn scope<'a>(plan: &'a Plan, check: &CheckId) -> &'a str {
    plan.checks
        .get(check)
        .and_then(|check| plan.plugins.get(&check.plugin))
        .map_or("kaizend", |plugin| plugin.manifest.id.as_str())
}
