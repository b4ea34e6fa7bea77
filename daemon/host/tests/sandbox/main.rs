//! The host from outside: plugin files of every kind, good and hostile, and what becomes of their runs.

mod company;
mod guest;
mod inspecting;
mod ledger;
mod limits;
mod reading;
mod saying;
mod trouble;
