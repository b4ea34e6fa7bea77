//! Every kind of broken configuration is a file in `broken`, with the whole report beside it.

use std::fs;

use super::{super::Problems, *};

/// The report as an operator reads it, whose files are named from the folder `broken`.
fn report(problems: &Problems) -> String {
    let folder = room("broken").display().to_string();
    problems.to_string().replace(&format!("{folder}/"), "").replace(&folder, ".")
}

pub(super) fn snapshots_beside(folder: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(room(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn every_broken_configuration_is_reported_whole() {
    let _bound = snapshots_beside("broken").bind_to_scope();
    let mut kinds = 0;
    for entry in fs::read_dir(room("broken")).unwrap() {
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

#[test]
fn a_report_for_programmes_has_six_fields() {
    let problems = load_in(&room("broken/zones.toml"), &surroundings()).unwrap_err();
    let json: serde_json::Value = serde_json::from_str(&problems.json()).unwrap();
    let first = &json[0];
    assert!(first["file"].as_str().unwrap().ends_with("broken/zones.toml"));
    assert_eq!((first["line"].as_u64(), first["column"].as_u64()), (Some(3), Some(12)));
    assert_eq!(first["message"], "there is no time zone `Europe/Sofya`");
    assert_eq!(first["hint"], "did you mean `Europe/Sofia`?");
    assert_eq!(first["severity"], "error");
    assert_eq!(first.as_object().unwrap().len(), 6);
}

#[test]
fn a_file_that_cannot_be_read_is_the_only_problem() {
    let folder = tempfile::tempdir().unwrap();
    let gone = load_in(&folder.path().join("gone.toml"), &surroundings()).unwrap_err();
    assert_eq!((gone.errors(), gone.warnings()), (1, 0), "{gone}");
    assert!(gone.to_string().contains("it does not exist"));

    let path = folder.path().join("latin.toml");
    fs::write(&path, b"name = \"B\xe4ckerei\"").unwrap();
    let latin = load_in(&path, &surroundings()).unwrap_err().to_string();
    assert!(latin.contains("is not UTF-8 text: byte 10"), "{latin}");
}

#[test]
fn no_report_shows_a_secret() {
    for kind in ["open-passwords", "all-at-once"] {
        let problems = load_in(&room(&format!("broken/{kind}.toml")), &surroundings()).unwrap_err();
        assert!(!problems.to_string().contains("hunter2"));
        assert!(!problems.json().contains("hunter2"));
    }
}

#[test]
fn credentials_are_names_and_never_empty() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("empty"), "\n").unwrap();
    let around = with_variables(&[("CREDENTIALS_DIRECTORY", folder.path().to_str().unwrap())]);
    for (reference, said) in [
        ("{ credential = \"gone\" }", "No such file"),
        ("{ credential = \"empty\" }", "the secret is empty"),
        ("{ credential = \"../shadow\" }", "is not the name of a credential"),
        ("{ credential = \"a\", env = \"B\" }", "must name one place"),
        ("{}", "must name one place"),
    ] {
        let text = format!(
            "[company]\nname = \"N\"\ntimezone = \"UTC\"\noperators = [\"o@n.example\"]\n[mail]\nfrom = \"k@n.example\"\n\
             transport = {{ kind = \"smtp\", host = \"m.example\", username = \"k\", password = {reference} }}\n"
        );
        let path = folder.path().join("kaizend.toml");
        fs::write(&path, text).unwrap();
        let problems = load_in(&path, &around).unwrap_err();
        assert_eq!(problems.errors(), 1, "{problems}");
        assert!(problems.to_string().contains(said), "{problems}");
    }
}

#[test]
fn words_that_belong_to_nobody_or_do_not_parse_are_warnings() {
    let folder = tempfile::tempdir().unwrap();
    let words = folder.path().join("messages/en");
    fs::create_dir_all(&words).unwrap();
    fs::write(words.join("kaizen.ftl"), "hello = Hello\n").unwrap();
    fs::write(words.join("kaizend.ftl"), "reminder-subject = { $open\n").unwrap();
    let loaded = load_text(folder.path(), "", &surroundings()).unwrap();
    let said = loaded.warnings.to_string();
    assert_eq!(loaded.warnings.warnings(), 2, "{said}");
    assert!(
        said.contains("kaizen.ftl` belongs to no plugin") && said.contains("did you mean `kaizend`?"),
        "{said}"
    );
    assert!(said.contains("messages of kaizend in `en`"), "{said}");
}

#[test]
fn a_query_that_reads_the_databases_clock_is_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let query = |text: &str| {
        let more = format!(
            "[sources.shop]\nkind = \"sqlite\"\npath = \"s.db\"\n[datasets.d]\nsource = \"shop\"\nquery = \"{text}\"\n"
        );
        load_text(folder.path(), &more, &surroundings())
    };
    let own = query("select id from t where at < date('now')").unwrap().warnings;
    assert_eq!(own.warnings(), 1, "{own}");
    assert!(own.to_string().contains("`date('now')` is the database's own clock"), "{own}");
    assert_eq!(own.iter().next().unwrap().column, Some(38));
    assert!(
        query("select id, ':nob' from t where at < :now and on_day = :today").unwrap().warnings.is_empty()
    );
    let unknown = query("select id from t where at < :noww").unwrap_err();
    assert!(unknown.to_string().contains("`:noww`"), "{unknown}");
}

/// What is said of a company that speaks `language` and has these files of words.
fn words_of(language: &str, files: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let path = folder.path().join("messages").join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "greeting = Bonjour\n").unwrap();
    }
    let path = folder.path().join("kaizend.toml");
    let text = format!(
        "[company]\nname = \"N\"\ntimezone = \"UTC\"\nlanguage = \"{language}\"\noperators = [\"ops@n.example\"]\n\
         [mail]\nfrom = \"k@n.example\"\ntransport = {{ kind = \"directory\", path = \"outbox\" }}\n\
         [plugins.late]\nfile = \"{}\"\n",
        room("broken/plugins/missed-promises.json").display()
    );
    fs::write(&path, text).unwrap();
    let loaded = load_in(&path, &surroundings()).unwrap_or_else(|problems| panic!("{problems}"));
    loaded.warnings.iter().map(|warning| warning.message.clone()).collect()
}

#[test]
fn a_language_in_which_something_has_no_words_is_a_warning() {
    let kaizend = "kaizend has no words in `fr`: mails say in English what no catalogue of yours says";
    let plugin = "missed-promises has no words in `fr`: what it says to whoever reads that is in `en`";
    let in_russian = "missed-promises has no words in `ru`: what it says to whoever reads that is in `en`";
    let guest = "kaizend has no words in `fr`: what it says to whoever reads that is in `en`";
    let folder = "`messages/french`: `french` is not a language tag";
    let cases: [(&str, &[&str], &[&str]); 8] = [
        ("en", &[], &[]),
        ("en-GB", &[], &[]),
        ("fr", &[], &[plugin, kaizend]),
        ("fr", &["fr/kaizend.ftl", "fr/missed-promises.ftl"], &[]),
        ("fr-CA", &["fr/kaizend.ftl", "fr/missed-promises.ftl"], &[]),
        ("ru", &[], &[in_russian]),
        // Somebody among the staff reads French: the frame of the mail needs it, too.
        ("en", &["fr/missed-promises.ftl"], &[guest]),
        ("en", &["french/kaizend.ftl"], &[folder]),
    ];
    for (language, files, said) in cases {
        assert_eq!(words_of(language, files), said, "{language} {files:?}");
    }
}
