//! How a plugin is inspected, run and limited.
//!
//! This room owns the engine that runs untrusted code, and knows no files, servers, mails or stores: rows come
//! in through [`Reader`], what is known of promises through [`Ledger`], working time through [`WorkingTime`];
//! what a plugin says goes out through a channel, and what became of the run is a [`Report`]. A plugin gets
//! nothing but the contract's functions, and of the data nothing but the columns that its manifest names.

mod componentize;
mod days;
mod engine;
mod guest;
mod inspect;
mod limits;
mod plugin;
mod reader;
mod report;
mod request;
mod run;
mod slots;
mod ticks;
mod working_time;

pub use componentize::{ComponentizeError, componentize};
pub use engine::{Host, HostError, Settings};
pub use inspect::{ForeignImport, Inspected, MAX_PLUGIN_BYTES, Refused, inspect};
pub use limits::Limits;
pub use plugin::Plugin;
pub use reader::{EmptyLedger, Ledger, Reader, RowStream, Wanted};
pub use report::{Ending, Failure, LogLine, Report};
pub use request::{Binding, Member, Request};
pub use working_time::WorkingTime;
