//! The contract's functions as a plugin finds them: one file for each interface of `check.wit`.
//!
//! None of them reports a fault back to the plugin: each ends the run instead, so that a plugin cannot overlook
//! what it was not given. The errors that the contract allows for are for other hosts.

pub(crate) mod bindings;
mod calendar;
mod cursor;
mod draft;
mod finding;
mod report;
mod rows;
mod rules;
mod run;

#[expect(unreachable_pub, reason = "the generated bindings re-export it as public within this room")]
pub use self::{cursor::Cursor, draft::Draft};
#[expect(unreachable_pub, reason = "the generated bindings re-export it as public within this room")]
pub use crate::slots::Page;
