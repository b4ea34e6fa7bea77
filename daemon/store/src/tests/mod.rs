//! The store as a whole, one file of tests for each promise that it keeps.

mod closing;
mod company;
