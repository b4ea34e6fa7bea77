//! SMTP, command by command, each with its own time.
//!
//! lettre's pool is not used: a cancelled send puts its connection back with a reply still on the way, and
//! the next mail's refusal is then read as success. Here a connection that has failed in any way is dropped.

mod body;
mod certificate;
mod confirm;
mod login;
mod patience;
mod reply;
mod session;
mod token;

#[cfg(test)]
mod fault_server;
#[cfg(test)]
mod logging_in;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod tests;

pub use reply::{Phase, Reply, Verdict};
pub(crate) use session::{Smtp, SmtpSession};
