//! What is true, what was decided, and why.
//!
//! This room knows no I/O, no async and no clock: `now` is an argument. `rows` are the plain values that
//! cross between sources, plugins and the ledger; `domain` names the things kaizend keeps; `policy` decides.
//! Every decision returns a reason, so that the log, the mail and `explain` can say the same words.

pub mod domain;
pub mod policy;
pub mod rows;
