//! How a company's data becomes column batches.
//!
//! A [`Source`] is a place with company data; a [`DatasetSpec`] is a named, typed query on it. A [`Snapshot`] is
//! one moment of a source: all datasets that one run reads come from it, as streams of batches in bounded memory
//! and, where asked for, in order. Whatever cannot be read is a [`Fault`](kaizend_core::rows::Fault): *could not
//! look*, never *nothing wrong*.
//!
//! This room knows no configuration file and no plugin. One module per kind of source: [`sqlite`], [`csv`].

mod binds;
mod builder;
mod convert;
pub mod csv;
mod dataset;
mod described;
mod filler;
mod hindsight;
mod nearest;
mod note;
mod projection;
mod snapshot;
mod sort;
mod source;
mod spool;
mod sql;
pub mod sqlite;

pub use binds::Binds;
pub use dataset::{AsOf, ColumnSpec, DatasetSpec, Query, Wanted};
pub use described::Described;
pub use note::{Note, Noticed};
pub use snapshot::{RowStream, Snapshot};
pub use source::{Settings, Source};
pub use spool::Spool;
pub use sql::{Parameter, UnknownParameter, calls_own_clock, parameters};
