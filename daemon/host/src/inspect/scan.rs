//! Walks through a WebAssembly file: validates all of it, and notes what kaizend wants to know.

use kaizend_core::rows::MANIFEST_SECTION;
use wasmparser::{
    BinaryReaderError, ComponentExternalKind, CustomSectionReader, Encoding, Parser, Payload, Validator,
    WasmFeatures,
};

use super::Refused;

/// What the SDK's toolchain produces, and nothing that the engine was built without.
const FEATURES: WasmFeatures =
    WasmFeatures::WASM2.union(WasmFeatures::LIME1).union(WasmFeatures::COMPONENT_MODEL);

/// What was found on the way.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The `kaizend` sections of the component and of the modules within, joined.
    pub(super) section: Vec<u8>,
    /// The component's own imports.
    pub(super) imports: Vec<String>,
    pub(super) exports_check: bool,
}

/// Validates the file and walks through it.
pub(super) fn scan(bytes: &[u8]) -> Result<Found, Refused> {
    if !bytes.starts_with(b"\0asm") {
        return Err(Refused::NotWasm);
    }
    if Parser::is_core_wasm(bytes) {
        return Err(Refused::CoreModule);
    }
    let broken = |error| broken(&error, bytes.len());
    Validator::new_with_features(FEATURES).validate_all(bytes).map_err(broken)?;
    let mut found = Found::default();
    let mut depth = 0;
    for payload in Parser::new(0).parse_all(bytes) {
        match payload.map_err(broken)? {
            Payload::Version { encoding: Encoding::Component | Encoding::Module, .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::ComponentImportSection(imports) if depth == 1 => {
                for import in imports {
                    found.imports.push(import.map_err(broken)?.name.name.to_owned());
                }
            }
            Payload::ComponentExportSection(exports) if depth == 1 => {
                for export in exports {
                    let export = export.map_err(broken)?;
                    found.exports_check |=
                        export.kind == ComponentExternalKind::Func && export.name.name == "check";
                }
            }
            Payload::CustomSection(section) => found.note(&section),
            _ => {}
        }
    }
    Ok(found)
}

/// Whether a component exports the contract's function.
pub(crate) fn exports_check(component: &[u8]) -> bool {
    scan(component).is_ok_and(|found| found.exports_check)
}

/// The imports of a core module as `module.name`; none for what is no core module.
pub(crate) fn core_imports(bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let Ok(Payload::ImportSection(imports)) = payload else { continue };
        names.extend(
            imports.into_imports().flatten().map(|import| format!("{}.{}", import.module, import.name)),
        );
    }
    names
}

impl Found {
    fn note(&mut self, section: &CustomSectionReader<'_>) {
        if section.name() == MANIFEST_SECTION {
            self.section.extend_from_slice(section.data());
        }
    }
}

fn broken(error: &BinaryReaderError, length: usize) -> Refused {
    let (at, why) = (error.offset(), error.message());
    // Sections say how long they are, so a file that ends too early is first seen as a length out of bounds.
    if why.contains("unexpected end") || why.contains("end-of-file") || why.contains("out of bounds") {
        return Refused::CutOff { at: length };
    }
    Refused::Invalid { at, why: why.to_owned() }
}
