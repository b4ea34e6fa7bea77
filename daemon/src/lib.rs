//! The top room: configuration, assembly of the rooms, the loops of the service, and the command line.

pub mod acting;
pub mod command;
pub mod config;
pub mod look;
mod office;
mod pages;
pub mod people;
pub mod replies;
pub mod rooms;
pub mod service;
pub mod telling;
pub mod trace;
pub mod wall;
pub mod words;
mod working_time;
