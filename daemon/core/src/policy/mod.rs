//! Decisions: pure functions from what is known and `now` to what to do, each with its reason.

pub mod act;
pub mod bounce;
pub mod breaker;
pub mod calendar;
pub mod climb;
pub mod daily;
pub mod decide;
pub mod doubt;
pub mod flow;
pub mod forget;
pub mod ladder;
pub mod ledger;
pub mod measure;
pub mod mute;
pub mod office;
pub mod outage;
pub mod owing;
pub mod pattern;
pub mod people;
pub mod precision;
pub mod press;
pub mod put_off;
pub mod question;
pub mod reconcile;
pub mod replay;
pub mod reply;
pub mod retry;
pub mod route;
pub mod routes;
pub mod schedule;
pub mod standstill;
pub mod tell;
pub mod undo;
pub mod window;
pub mod zone;

#[cfg(test)]
mod samples;
