//! The top room: configuration, service loops, assembly and the command line. All other rooms are connected here.

pub mod config;
