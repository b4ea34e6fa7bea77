//! SQL as far as kaizend must understand it before a database does: literals, comments, quoted names, casts
//! and parameters. Everything else is the database's own business.

mod clock;
mod parameters;
mod scan;
mod statement;

pub use clock::calls_own_clock;
pub use parameters::{Parameter, UnknownParameter, parameters};
pub(crate) use statement::body;
