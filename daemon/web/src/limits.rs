//! Bounds on what strangers can make the daemon do.

use std::time::Duration;

/// Connections at a time; more wait in the kernel's queue.
pub(crate) const CONNECTIONS: usize = 64;

/// A request's head must have come by then, and a connection that is kept open its next one.
pub(crate) const HEAD: Duration = Duration::from_secs(15);

/// A whole request and its answer.
pub(crate) const REQUEST: Duration = Duration::from_secs(30);

/// The head of a request.
pub(crate) const HEAD_BYTES: usize = 16 * 1024;

/// A form: a reason of the longest kind, in any script, with room for the rest.
pub(crate) const BODY_BYTES: usize = 32 * 1024;

/// How long a stop waits for answers that are under way.
pub(crate) const PARTING: Duration = Duration::from_secs(5);
