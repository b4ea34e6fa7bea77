//! From the core module that cargo makes to the component that the daemon runs.
//!
//! It belongs to `kaizend plugin build`, so that authors need no tool beside cargo and kaizend.

use wit_component::ComponentEncoder;

use crate::inspect::{ForeignImport, core_imports, exports_check, foreign_imports};

/// Why a core module cannot become a component.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ComponentizeError {
    #[error("it needs what a check does not get: {}", imports.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Foreign { imports: Vec<ForeignImport> },
    #[error("it is no core module that the SDK made: {why}")]
    NotFromTheSdk { why: String },
}

/// Makes a component; the manifest's section stays readable in the module within.
///
/// # Errors
/// When the module imports something foreign, or lacks what the SDK's macros put into it.
pub fn componentize(core_module: &[u8]) -> Result<Vec<u8>, ComponentizeError> {
    let ours = |name: &String| !name.starts_with("[export]") && !name.starts_with("$root");
    let imports: Vec<String> = core_imports(core_module).into_iter().filter(ours).collect();
    let foreign = foreign_imports(imports.iter().map(String::as_str));
    if !foreign.is_empty() {
        return Err(ComponentizeError::Foreign { imports: foreign });
    }
    let not_ours = |why: String| ComponentizeError::NotFromTheSdk { why };
    let component = ComponentEncoder::default()
        .validate(true)
        .module(core_module)
        .and_then(|mut encoder| encoder.encode())
        .map_err(|error| not_ours(format!("{error:#}")))?;
    if !exports_check(&component) {
        return Err(not_ours("it does not export the function `check`; write it with `plugin!`".to_owned()));
    }
    Ok(component)
}
