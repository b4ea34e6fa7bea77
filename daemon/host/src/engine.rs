//! The engine that compiles and runs plugins, set up once for the daemon.

use std::{
    io,
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
};

use wasmtime::{
    Cache, CacheConfig, Config, Engine, Strategy, WasmBacktraceDetails,
    component::{HasSelf, Linker},
};

use crate::{guest::bindings::Check, run::Sandbox, ticks::Ticks};

/// How plugins are compiled and run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Where compiled plugins are kept, so that a restart does not compile again. It becomes private to the
    /// daemon's user (0700), because the daemon runs what lies there. `None`: compile each time.
    pub cache_dir: Option<PathBuf>,
    /// Bytes of stack for a plugin. 512 KiB.
    pub stack: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { cache_dir: None, stack: 512 << 10 }
    }
}

/// Why there is no engine.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HostError {
    #[error("the folder for compiled plugins, {}, cannot be used: {why}", path.display())]
    CacheDir { path: PathBuf, why: String },
    #[error("the engine for plugins does not start: {why}")]
    Engine { why: String },
    #[error("the thread that interrupts plugins does not start: {0}")]
    Ticks(#[source] io::Error),
}

/// Loads and runs plugins. One for the whole daemon; share it by reference.
pub struct Host {
    pub(crate) engine: Engine,
    pub(crate) linker: Linker<Sandbox>,
    pub(crate) ticks: Ticks,
}

/// Stack that the host's own functions have while they are called by a plugin.
const HOST_STACK: usize = 3 << 19;

impl Host {
    /// # Errors
    /// When the folder for compiled plugins cannot be made private, or the system refuses the engine.
    pub fn new(settings: Settings) -> Result<Self, HostError> {
        let Settings { cache_dir, stack } = settings;
        let mut config = Config::new();
        config
            .strategy(Strategy::Cranelift)
            .wasm_component_model(true)
            .concurrency_support(false)
            .epoch_interruption(true)
            .max_wasm_stack(stack)
            .async_stack_size(stack.saturating_add(HOST_STACK))
            .wasm_backtrace_details(WasmBacktraceDetails::Enable);
        if let Some(path) = cache_dir {
            config.cache(Some(open_cache(&path)?));
        }
        let engine = Engine::new(&config).map_err(|error| engine_error(&error))?;
        let mut linker = Linker::new(&engine);
        Check::add_to_linker::<_, HasSelf<_>>(&mut linker, |sandbox| sandbox)
            .map_err(|error| engine_error(&error))?;
        let ticks = Ticks::start(engine.clone()).map_err(HostError::Ticks)?;
        Ok(Self { engine, linker, ticks })
    }
}

impl std::fmt::Debug for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Host").field("ticks", &self.ticks).finish_non_exhaustive()
    }
}

fn open_cache(path: &Path) -> Result<Cache, HostError> {
    let failed = |why: String| HostError::CacheDir { path: path.to_owned(), why };
    make_private(path).map_err(|error| failed(error.to_string()))?;
    let mut config = CacheConfig::new();
    config.with_directory(path);
    Cache::new(config).map_err(|error| failed(format!("{error:#}")))
}

/// Others must not be able to write machine code that the daemon then runs.
fn make_private(path: &Path) -> io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))
}

fn engine_error(error: &wasmtime::Error) -> HostError {
    HostError::Engine { why: format!("{error:#}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_is_private_even_where_it_was_open() {
        let home = tempfile::tempdir().unwrap();
        let cache_dir = home.path().join("deep").join("cache");
        std::fs::create_dir_all(&cache_dir).unwrap();
        std::fs::set_permissions(&cache_dir, std::fs::Permissions::from_mode(0o777)).unwrap();
        Host::new(Settings { cache_dir: Some(cache_dir.clone()), ..Settings::default() }).unwrap();
        assert_eq!(cache_dir.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn a_cache_that_cannot_be_is_named() {
        let error = Host::new(Settings { cache_dir: Some("/dev/null/cache".into()), ..Settings::default() });
        assert!(error.unwrap_err().to_string().contains("/dev/null/cache"));
    }
}
