//! Every kind of broken configuration is a file in `broken`, with the whole report beside it.

use std::{collections::BTreeMap, fs, path::Path};

use kaizend_core::{
    domain::Span,
    policy::{reconcile::Baseline, schedule::CatchUp},
};

use super::{Loaded, Problems, Surroundings, load_in};

const BROKEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/config/broken");

/// A process without any variables, whose plugins are their manifests as JSON.
fn surroundings() -> Surroundings {
    Surroundings {
        variables: BTreeMap::new(),
        programme_folder: None,
        no_new_privileges: false,
        inspect: |bytes| serde_json::from_slice(bytes).map_err(|_| "it is no plugin".to_owned()),
    }
}

/// The report as an operator reads it, whose files are named from the folder `broken`.
fn report(problems: &Problems) -> String {
    problems.to_string().replace(&format!("{BROKEN}/"), "")
}

fn load(name: &str, around: &Surroundings) -> Result<Loaded, Problems> {
    load_in(&Path::new(BROKEN).join(name), around)
}

#[test]
fn every_broken_configuration_is_reported_whole() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("broken");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    let mut kinds = 0;
    for entry in fs::read_dir(BROKEN).unwrap() {
        let path = entry.unwrap().path();
        let Some(kind) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".toml")) else {
            continue;
        };
        let around = Surroundings { no_new_privileges: kind.contains("sandbox"), ..surroundings() };
        let problems = match load_in(&path, &around) {
            Ok(loaded) => loaded.warnings,
            Err(problems) => problems,
        };
        assert!(!problems.is_empty(), "{kind} is not broken at all");
        insta::assert_snapshot!(kind, report(&problems));
        kinds += 1;
    }
    assert!(kinds >= 25, "{kinds} kinds were read");
}
