//! The checked-in bindings are what the generator makes of `wit/check.wit`.
//!
//! They are checked in so that an author's build does not compile the WIT toolchain. After a change of the contract,
//! `KAIZEND_BLESS=1 cargo test -p kaizend-sdk --test bindings` writes them anew.

use std::path::Path;

use wit_bindgen_core::{Files, WorldGenerator, wit_parser::Resolve};

#[test]
fn the_bindings_are_those_of_the_contract() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("src/bindings.rs");
    let fresh = generate(&root.join("wit"));
    if std::env::var_os("KAIZEND_BLESS").is_some() {
        std::fs::write(&path, &fresh).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == fresh,
        "{} is not what wit/check.wit generates: run this test with KAIZEND_BLESS=1",
        path.display()
    );
}

fn generate(wit: &Path) -> String {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_path(wit).unwrap();
    let world = resolve.select_world(&[package], Some("check")).unwrap();
    let options = wit_bindgen_rust::Opts {
        format: true,
        generate_all: true,
        pub_export_macro: true,
        ..Default::default()
    };
    let mut files = Files::default();
    options.build().generate(&mut resolve, world, &mut files).unwrap();
    let (_, source) = files.iter().next().unwrap();
    String::from_utf8(source.to_vec()).unwrap()
}
