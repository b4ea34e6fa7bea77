//! The store as a whole, one file of tests for each promise that it keeps.

mod closing;
mod company;
mod crash;
mod occurrences;
mod opening;
mod people;
mod promises;
mod reading;
mod remembered;
mod renaming;
mod scale;
mod sending;
mod telling;
