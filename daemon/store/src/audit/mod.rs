//! The audit: proof that what the store says was written by kaizend, and was not changed afterwards.
//!
//! Each change of a row in an audited table ([`tables`]) is kept as digests: the table's name, the operation, the
//! digest of the row's key and that of all it holds. No text, no name, no address. Each transaction that changed
//! anything ends with one row of a chain:
//!
//! - `changes_digest` = SHA-256 over the fields *table, operation, key digest, content digest* of each of its
//!   changes, in their order;
//! - `digest` = SHA-256 over the fields *"kaizend audit 1", seq, at, changes, last_change, changes_digest,
//!   previous*, where `previous` is the digest of the row before (32 zero bytes before the first).
//!
//! What a field is, and how a row is digested, stands in [`digest`]. The changes are kept, not only their digest:
//! they are what the present rows are compared with, so that an edit by hand is found and named (`verify`).
//! A change takes about 90 bytes, a transaction about 150, for good; blanking and expiring rows leaves them.
//!
//! What it cannot do: there is no secret key, so whoever may write the file can also add rows to the chain, as the
//! daemon does. Nobody can change what lies before a digest that is kept elsewhere: the daemon logs one each day.

pub(crate) mod chain;
pub(crate) mod digest;
mod fault;
pub(crate) mod tables;
mod verify;
pub(crate) mod watch;

pub use chain::AuditHead;
pub use digest::{AuditDigest, AuditDigestError};
pub use fault::AuditFault;
pub use verify::{AuditVerdict, Sound};
