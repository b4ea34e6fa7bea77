//! Sources as the rest of kaizend sees them: real files on disk, read through the public API.

mod as_of;
mod csv;
mod describe;
mod faults;
mod given;
mod order;
mod places;
mod snapshot;
mod values;
