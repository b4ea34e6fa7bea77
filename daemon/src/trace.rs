//! Where the daemon's log goes: the journal under systemd, a terminal by hand, JSON on request.
//!
//! Never an address, never a row's contents: those are in the store, behind its permissions. Nor what the client of
//! the heartbeat logs, at whatever level: its address may be a secret.

use std::io::IsTerminal;

use clap::ValueEnum;
use tracing_subscriber::{EnvFilter, Layer, Registry, layer::SubscriberExt, util::SubscriberInitExt};

/// The form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogForm {
    /// The journal when systemd started us, else text
    Auto,
    Text,
    Json,
}

/// Installs the log for the process. `RUST_LOG` chooses levels; without it `info`.
pub fn install(form: LogForm) {
    let mut filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,wasmtime=warn,cranelift=warn"));
    for silent in ["ureq=off", "ureq_proto=off"] {
        if let Ok(directive) = silent.parse() {
            filter = filter.add_directive(directive);
        }
    }
    // A second installation can only come from a test in one process; the first then stays in force.
    let _ = tracing_subscriber::registry().with(layer(form).with_filter(filter)).try_init();
}

fn layer(form: LogForm) -> Box<dyn Layer<Registry> + Send + Sync> {
    let text = || {
        tracing_subscriber::fmt::layer()
            .with_writer(std::io::stderr)
            .with_ansi(std::io::stderr().is_terminal())
    };
    match form {
        LogForm::Json => tracing_subscriber::fmt::layer().json().with_writer(std::io::stderr).boxed(),
        LogForm::Text => text().boxed(),
        LogForm::Auto if std::env::var_os("JOURNAL_STREAM").is_some() => match tracing_journald::layer() {
            Ok(journal) => journal.boxed(),
            Err(_) => text().boxed(),
        },
        LogForm::Auto => text().boxed(),
    }
}
