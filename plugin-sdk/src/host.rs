//! The one seam to the daemon: everything the SDK asks of its host goes through these four modules.
//!
//! In the sandbox they are the bindings generated from `wit/check.wit`; natively they are the test host, which has the
//! same functions. So a check is one source for both, and the compiler keeps the two hosts alike.

#[cfg(target_arch = "wasm32")]
pub(crate) use crate::bindings::kaizend::check::{calendar, report, rows, run};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use crate::testing::guest::{calendar, report, rows, run};
