//! Finds the built `kaizend` and the built plugins, and runs commands with a clean environment.

mod authority;
mod chain;
mod company;
mod hostile_plugin;
mod mailbox;
mod outlook_words;
mod page;
mod sink;
mod story;

pub use authority::{Authority, Certificate, Good};
pub use chain::{Chain, Delivered, Policy, Seen, Step};
pub use company::{Company, Letter};
pub use hostile_plugin::hostile_plugin;
pub use mailbox::{Mailbox, Protection, eventually};
pub use page::{Page, free_port, get, post, post_from};
pub use sink::{Received, Sink};
pub use story::{Ended, Story};

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The project's top folder.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests lie in the project")
}

/// The folder cargo builds into: this test lies in `<target>/debug/deps`.
pub fn target() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    test.ancestors().nth(3).expect("a test lies three folders deep").to_owned()
}

/// Where the built plugins lie.
pub(crate) fn kaizend_plugins() -> PathBuf {
    target().join("debug/plugins")
}

/// A `kaizend` command that sees nothing of the caller's settings.
pub fn kaizend() -> Command {
    let binary = target().join("debug/kaizend");
    let plugins = target().join("debug/plugins");
    for needed in [&binary, &plugins] {
        assert!(needed.exists(), "{} is missing: run `make build`", needed.display());
    }
    let mut command = Command::new(binary);
    command.env_remove("KAIZEND_CONFIG").env_remove("RUST_LOG").env_remove("KAIZEND_PLUGINS");
    command
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs a command that must end with `code`, and gives what it printed.
pub fn ends_with(code: i32, command: &mut Command) -> String {
    let output = command.output().expect("the binary starts");
    assert_eq!(output.status.code(), Some(code), "{command:?}\n{}\n{}", stdout(&output), stderr(&output));
    stdout(&output)
}
