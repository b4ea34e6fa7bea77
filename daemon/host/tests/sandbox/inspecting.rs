//! Files that are plugins, and files that are not: each refusal says what to do.

use kaizend_core::rows::ManifestError;
use kaizend_host::{ComponentizeError, Host, Refused, Settings, componentize, inspect};
use serde_json::json;

use crate::{
    company::HOST,
    guest::{core_module, module, plugin, slot},
};

const NOTHING: &str = "(func $body)";

#[test]
fn a_plugin_tells_what_it_is_without_being_run() {
    let bytes = plugin("(func $body unreachable)", |manifest| {
        manifest["slots"] = json!([slot("orders", &["id key"])]);
    });
    let inspected = inspect(&bytes).unwrap();
    assert_eq!(inspected.manifest.id, "guest");
    assert_eq!(inspected.manifest.messages["en"], "thing = Thing");
    assert_eq!(inspected.size, bytes.len());
    assert_eq!(inspected.sha256.len(), 64);
    assert!(inspected.imports.contains(&"kaizend:check/rows@0.1.0".to_owned()), "{:?}", inspected.imports);
    assert_eq!(HOST.load(&bytes).unwrap().inspected(), &inspected);
}

#[test]
fn a_plugin_cut_off_anywhere_is_refused_in_words() {
    let whole = plugin(NOTHING, |_| {});
    for length in (0..whole.len()).step_by(41).chain([whole.len() - 1]) {
        let refused = inspect(&whole[..length]).expect_err("it is cut off");
        let words = refused.to_string();
        assert!(length < 8 || words.contains("cut off") || words.contains("not valid"), "{length}: {words}");
    }
    assert_eq!(inspect(&whole[..whole.len() - 1]), Err(Refused::CutOff { at: whole.len() - 1 }));
}

#[test]
fn damage_is_never_worse_than_a_refusal() {
    let whole = plugin(NOTHING, |_| {});
    for at in (0..whole.len()).step_by(29) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        // Some bytes are text that may say anything; what is taken must at least be whole.
        if let Ok(inspected) = inspect(&damaged) {
            assert_eq!(inspected.size, whole.len());
        }
    }
}

#[test]
fn other_files_are_told_apart() {
    for (bytes, words) in [
        (b"MZ\x90\0 a program".to_vec(), "not WebAssembly"),
        (Vec::new(), "not WebAssembly"),
        (core_module(NOTHING, |_| {}), "kaizend plugin build"),
        (vec![0; (16 << 20) + 1], "a plugin may have 16 MiB"),
        (wat::parse_str("(component)").unwrap(), "does not export the function `check`"),
    ] {
        let refused = inspect(&bytes).unwrap_err().to_string();
        assert!(refused.contains(words), "{refused}");
    }
}

#[test]
fn foreign_imports_are_all_named() {
    let bytes = wat::parse_str(
        r#"(component
            (import "wasi:cli/stdout@0.2.3" (instance))
            (import "kaizend:check/run@0.1.0" (instance))
            (import "acme:tools/socket" (instance)))"#,
    );
    let refused = inspect(&bytes.unwrap()).unwrap_err().to_string();
    assert!(refused.contains("`wasi:cli/stdout@0.2.3`: this is WASI"), "{refused}");
    assert!(refused.contains("`acme:tools/socket`"), "{refused}");
    assert!(!refused.contains("kaizend:check/run"), "{refused}");
}

#[test]
fn a_core_module_with_foreign_imports_names_the_crate() {
    let module = wat::parse_str(
        r#"(module (import "__wbindgen_placeholder__" "__wbindgen_throw" (func (param i32 i32))))"#,
    );
    let error = componentize(&module.unwrap()).unwrap_err();
    assert!(matches!(error, ComponentizeError::Foreign { .. }));
    assert!(error.to_string().contains("`chrono`"), "{error}");
    let error = componentize(&wat::parse_str("(module)").unwrap());
    assert!(matches!(error, Err(ComponentizeError::NotFromTheSdk { .. })), "{error:?}");
}

#[test]
fn a_manifest_must_be_there_and_agree_with_itself() {
    let without = componentize(&module(NOTHING, None)).unwrap();
    assert_eq!(inspect(&without), Err(Refused::Manifest(ManifestError::Absent)));
    let ledger = |promised: &str, kept: &str| {
        let mut orders = slot("orders", &["id key", "due when", "done when optional", "what text"]);
        orders["ledger"] = json!({"key": ["id"], "promised": promised, "kept": kept});
        json!([orders])
    };
    for (name, value, words) in [
        ("slots", json!([slot("a", &[]), slot("a", &[])]), "the slot `a` is there twice"),
        ("slots", json!([slot("a", &["x text", "x text"])]), "the column `x` is there twice"),
        ("slots", ledger("gone", "done"), "names the column `gone`"),
        ("slots", ledger("due", "what"), "`what` of slot `orders` is no date"),
        (
            "topics",
            json!([{"name": "t", "kind": "condition", "stages": ["s", "s"]}]),
            "the stage `s` is there twice",
        ),
        ("id", json!("../etc"), "its id"),
        ("api", json!("9.0.0"), "needs a newer kaizend"),
        ("api", json!("0.0.1"), "build it again with the current SDK"),
        ("api", json!("one"), "not three numbers"),
        ("colour", json!("red"), "cannot be read"),
    ] {
        let refused = inspect(&plugin(NOTHING, |manifest| manifest[name] = value)).unwrap_err().to_string();
        assert!(refused.contains(words), "{refused}");
    }
    assert!(inspect(&plugin(NOTHING, |manifest| manifest["slots"] = ledger("due", "done"))).is_ok());
}

#[test]
fn a_function_of_a_newer_contract_is_named() {
    let section = "\\08\\00\\00\\00manifest";
    let manifest = r#"{"id":"new","version":"1.0.0","api":"0.1.9","about":"New.","slots":[],"topics":[]}"#;
    let length: String =
        (manifest.len() as u32).to_le_bytes().iter().map(|byte| format!("\\{byte:02x}")).collect();
    let text = format!(
        r#"(component
            (import "kaizend:check/report@0.1.9" (instance $report (export "sing" (func (param "song" string)))))
            (core module $m (@custom "kaizend" "{section}{length}{}") (func (export "check")))
            (core instance $i (instantiate $m))
            (func (export "check") (canon lift (core func $i "check"))))"#,
        manifest.replace('"', "\\22")
    );
    let bytes = wat::parse_str(&text).unwrap();
    assert_eq!(inspect(&bytes).unwrap().manifest.id, "new");
    let refused = HOST.load(&bytes).unwrap_err().to_string();
    assert!(refused.contains("needs a newer kaizend") && refused.contains("`sing`"), "{refused}");
}

#[test]
fn a_compiled_plugin_is_found_again_and_a_damaged_one_is_compiled_again() {
    let home = tempfile::tempdir().unwrap();
    let settings = Settings { cache_dir: Some(home.path().to_owned()), ..Settings::default() };
    let bytes = plugin(NOTHING, |_| {});
    let load = || Host::new(settings.clone()).unwrap().load(&bytes).unwrap();
    load();
    let files = cached(home.path());
    assert_eq!(files.len(), 1, "{files:?}");
    std::fs::write(&files[0], b"damaged").unwrap();
    load();
    assert_ne!(std::fs::read(&files[0]).unwrap(), b"damaged");
}

/// The compiled plugins in a cache; files of its own statistics left out.
fn cached(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.flat_map(|path| if path.is_dir() { cached(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_none()).collect()
}
