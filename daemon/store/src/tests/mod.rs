//! The store as a whole, one file of tests for each promise that it keeps.

mod advancing;
mod audit;
mod closing;
pub(crate) mod company;
mod crash;
mod forgetting;
mod from_mail;
mod full;
mod occurrences;
mod opening;
mod people;
mod precision;
mod promises;
mod reading;
mod refusing;
mod remembered;
mod renaming;
mod scale;
mod sending;
pub(crate) mod telling;
