//! A plugin, compiled and ready: cheap to clone, and independent of all its runs.

use std::sync::Arc;

use kaizend_core::rows::Manifest;
use wasmtime::component::Component;

use crate::{
    Host,
    guest::bindings::CheckPre,
    inspect::{Inspected, Refused, inspect},
    run::Sandbox,
};

/// A loaded plugin.
#[derive(Clone)]
pub struct Plugin {
    inspected: Arc<Inspected>,
    pub(crate) ready: CheckPre<Sandbox>,
}

impl Host {
    /// Inspects, compiles (or takes from the cache) and links a plugin; none of its code runs.
    ///
    /// A first compilation takes some 30 ms of processor time, so call it from a blocking thread.
    ///
    /// # Errors
    /// Whatever [`inspect`] refuses; a function of a newer contract; a compiler's refusal.
    pub fn load(&self, bytes: &[u8]) -> Result<Plugin, Refused> {
        let inspected = inspect(bytes)?;
        let component = Component::from_binary(&self.engine, bytes)
            .map_err(|error| Refused::NotCompiled { why: format!("{error:#}") })?;
        let linked = self.linker.instantiate_pre(&component).map_err(|error| not_linked(&error))?;
        let ready = CheckPre::new(linked).map_err(|_| Refused::NoCheck)?;
        Ok(Plugin { inspected: Arc::new(inspected), ready })
    }
}

impl Plugin {
    pub fn manifest(&self) -> &Manifest {
        &self.inspected.manifest
    }

    /// Of the file, in 64 hexadecimal digits.
    pub fn sha256(&self) -> &str {
        &self.inspected.sha256
    }

    pub fn inspected(&self) -> &Inspected {
        &self.inspected
    }

    pub(crate) fn shared(&self) -> Arc<Inspected> {
        Arc::clone(&self.inspected)
    }
}

impl std::fmt::Debug for Plugin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Plugin").field(&self.manifest().id).field(&self.sha256()).finish()
    }
}

/// The linker's words name the interface and the function in backticks, outermost first.
fn not_linked(error: &wasmtime::Error) -> Refused {
    let text = format!("{error:#}");
    let names: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    match names.as_slice() {
        [] => Refused::NotCompiled { why: text },
        [interface] => Refused::NeedsNewer { what: format!("`{interface}`") },
        [interface, .., function] => {
            Refused::NeedsNewer { what: format!("the function `{function}` of `{interface}`") }
        }
    }
}
