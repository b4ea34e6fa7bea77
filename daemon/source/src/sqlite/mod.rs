//! SQLite files: read-only, in one snapshot per run, without ever standing in the application's way.
//!
//! | the file | how it is read |
//! |---|---|
//! | rollback journal | a copy is made first (in steps, so that the application can write between them), and read |
//! | WAL, in use | one read transaction; in WAL mode readers and writers do not wait for each other |
//! | WAL, not in use | a copy, because opening it would leave `-wal` and `-shm` files that belong to kaizend |
//! | `immutable = true` | in place, without locks: the operator promises that nobody writes it |
//!
//! All streams of a snapshot are statements on ONE connection, served by one thread ([`session`]): that is what
//! makes two slots on one source agree.

mod connect;
mod copy;
mod decltype;
mod describe;
mod failure;
mod header;
mod order;
mod prepare;
mod session;
mod stream;

use std::{path::PathBuf, time::Duration};

pub(crate) use describe::describe;
pub(crate) use session::Session;

/// A SQLite file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub path: PathBuf,
    /// The file does not change while it is read: a copy, or a read-only medium.
    pub immutable: bool,
    /// How long to wait for a lock that the application holds.
    pub busy_timeout: Duration,
}

impl Settings {
    /// A file that its application may write, with five seconds of patience.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), immutable: false, busy_timeout: Duration::from_secs(5) }
    }
}
