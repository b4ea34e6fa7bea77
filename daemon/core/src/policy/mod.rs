//! Decisions: pure functions from what is known and `now` to what to do, each with its reason.

pub mod calendar;
pub mod decide;
pub mod ledger;
pub mod zone;
