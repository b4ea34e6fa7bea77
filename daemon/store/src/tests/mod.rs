//! The store as a whole, one file of tests for each promise that it keeps.

mod advancing;
mod audit;
mod closing;
mod company;
mod crash;
mod full;
mod occurrences;
mod opening;
mod promises;
mod reading;
mod remembered;
mod renaming;
mod scale;
mod sending;
mod telling;
