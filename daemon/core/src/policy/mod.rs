//! Decisions: pure functions from what is known and `now` to what to do, each with its reason.

pub mod calendar;
pub mod decide;
pub mod doubt;
pub mod ledger;
pub mod measure;
pub mod outage;
pub mod people;
pub mod question;
pub mod reconcile;
pub mod retry;
pub mod route;
pub mod schedule;
pub mod tell;
pub mod window;
pub mod zone;

#[cfg(test)]
mod samples;
