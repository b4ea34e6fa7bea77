//! Whether the reply that said that a mail was taken was the reply to that mail.
//!
//! A server that says one reply too many has its word for an earlier step taken for that on the mail. What it says to one
//! more command shows it, before anything counts as sent.

use std::time::Duration;

use lettre::transport::smtp::{client::AsyncSmtpConnection, commands::Noop};

use super::{
    Phase,
    patience::{Broken, expect, step},
};

pub(super) enum Confirmed {
    InStep,
    /// Nothing speaks against it, and the connection serves no more.
    Gone,
    OutOfStep(Broken),
}

pub(super) async fn confirm(connection: &mut AsyncSmtpConnection, patience: Duration) -> Confirmed {
    match step(Phase::End, patience, connection.command(Noop)).await {
        Ok(reply) => match expect(Phase::End, &reply, &[250]) {
            Ok(()) => Confirmed::InStep,
            Err(broken) => Confirmed::OutOfStep(broken),
        },
        // It does not know the command, and answered it.
        Err(Broken::Refused(_, reply)) if matches!(reply.code, 500 | 502) => Confirmed::InStep,
        Err(Broken::Refused(phase, reply)) if reply.code != 421 => {
            Confirmed::OutOfStep(Broken::OutOfStep(phase, reply.to_string()))
        }
        Err(_) => Confirmed::Gone,
    }
}
