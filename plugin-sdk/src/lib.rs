//! Write a check for kaizend: rows in, findings out.
//!
//! A check is a row struct ([`slot!`]), parameters ([`params!`]), one function, and [`plugin!`]. It reads nothing but
//! what its slots ask for and its operator binds; it has no clock but [`Run::now`], no files, no network. What it finds
//! counts only when it ends well.
//!
//! The same source runs in the daemon's sandbox and natively under `cargo test`, where `testing` plays the daemon from
//! fixture files. Start with `kaizend plugin new NAME`, and read README.md beside this crate.

#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[rustfmt::skip]
#[expect(
    clippy::allow_attributes,
    clippy::needless_pass_by_value,
    unreachable_pub,
    unsafe_code,
    unused_qualifications,
    reason = "generated from wit/check.wit: raw memory crosses the border here, and only here"
)]
pub mod bindings;
mod column;
mod error;
mod finding;
mod host;
mod log;
pub mod manifest;
mod moment;
mod money;
mod params;
mod plugin;
mod reading;
mod run;
#[doc(hidden)]
pub mod section;
mod slot;
mod span;
mod tally;
#[cfg(not(target_arch = "wasm32"))]
pub mod testing;
mod text;

pub use column::{Fetched, Kind, kind};
pub use error::{Error, Result};
pub use finding::{Fact, Finding, Severity, Stage};
pub use log::{Level, log};
pub use manifest::Topic;
pub use moment::{Date, Instant, When};
pub use money::Money;
#[doc(hidden)]
pub use params::read as __read_param;
pub use params::{Params, Value};
pub use plugin::Plugin;
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub use plugin::enter;
#[doc(hidden)]
pub use plugin::run as __run;
pub use reading::{Group, Joined, Reading, merge_join};
pub use run::{Horizon, Run};
pub use slot::{AsRow, At, Fetch, Row};
pub use span::Span;
pub use tally::Tally;
pub use text::same_text;

/// All that a check usually needs: `use kaizend_sdk::prelude::*;`.
///
/// Its `println!` writes to the run's log. The standard library's would be lost in a sandbox without a word; so that
/// nobody uses it by mistake, the compiler asks which of the two is meant: answer `use kaizend_sdk::println;`.
pub mod prelude {
    pub use crate::{
        AsRow, Date, Error, Finding, Horizon, Instant, Joined, Money, Reading, Result, Run, Severity, Span,
        Stage, Tally, Topic, When, merge_join, params, plugin, println, same_text, slot,
    };
}
