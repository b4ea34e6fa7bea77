//! Waiting for a server, but not for ever.
//!
//! lettre's reads and writes have no time-out after the connection. A wait that ends here always costs the
//! connection: the reply may still be on its way, and would be taken for the next one.

use std::{error::Error as _, time::Duration};

use lettre::transport::smtp::{self, response::Response};
use tokio::time::timeout;

use super::{Phase, Reply, certificate};
use crate::{Attempt, DeferredBecause, Verdict};

/// Why a step of the conversation did not end with the reply it should have had.
#[derive(Debug)]
pub(super) enum Broken {
    /// The server said no.
    Refused(Phase, Reply),
    /// It said something that does not answer the step.
    OutOfStep(Phase, String),
    Network(Phase, String),
    TimedOut(Phase, Duration),
    /// The server cannot do what the settings ask for.
    Unable(String),
    /// The server did not prove who it is.
    Stranger(String),
    /// There is nothing to log in with just now.
    NoToken(String),
}

/// Waits for one step, and reads lettre's errors.
pub(super) async fn step<T>(
    phase: Phase,
    patience: Duration,
    wait: impl Future<Output = Result<T, smtp::Error>>,
) -> Result<T, Broken> {
    match timeout(patience, wait).await {
        Err(_) => Err(Broken::TimedOut(phase, patience)),
        Ok(Ok(reply)) => Ok(reply),
        Ok(Err(error)) => Err(Broken::of(phase, &error)),
    }
}

/// The reply, if it has the one code that lets the conversation go on.
pub(super) fn expect(phase: Phase, reply: &Response, codes: &[u16]) -> Result<(), Broken> {
    if codes.contains(&u16::from(reply.code())) {
        return Ok(());
    }
    Err(Broken::OutOfStep(phase, Reply::of(reply).to_string()))
}

impl Broken {
    pub(super) fn of(phase: Phase, error: &smtp::Error) -> Self {
        let text = error.source().map_or_else(|| error.to_string(), ToString::to_string);
        match error.status() {
            Some(code) => Self::Refused(phase, Reply::new(code.into(), &text)),
            None if error.is_response() => Self::OutOfStep(phase, kaizend_text::clean_line(&text)),
            None => {
                let text = kaizend_text::clean_line(&error.to_string());
                certificate::refusal(&text).map_or_else(|| Self::Network(phase, text), Self::Stranger)
            }
        }
    }

    /// Whether the server is still in step, so that a polite QUIT makes sense.
    pub(super) fn in_step(&self) -> bool {
        matches!(self, Self::Refused(..))
    }

    /// Whether an idle connection had simply been closed by the server: then a new one may work at once.
    pub(super) fn gone(&self) -> bool {
        match self {
            Self::Network(..) | Self::OutOfStep(..) => true,
            Self::Refused(_, reply) => reply.code == 421,
            Self::TimedOut(..) | Self::Unable(_) | Self::Stranger(_) | Self::NoToken(_) => false,
        }
    }

    /// What is known of a mail whose final dot was not written.
    pub(super) fn before_the_end(self) -> Attempt {
        let reason = self.to_string();
        match self {
            Self::Refused(phase, reply) => refused(phase, &reply),
            Self::OutOfStep(..) => Attempt::deferred(DeferredBecause::OutOfStep, reason),
            Self::Network(..) => Attempt::deferred(DeferredBecause::Network, reason),
            Self::TimedOut(..) => Attempt::deferred(DeferredBecause::TimedOut, reason),
            // Certificates are renewed: later may be right, and nothing was handed over.
            Self::Stranger(reason) => Attempt::deferred(DeferredBecause::Certificate, reason),
            Self::NoToken(reason) => Attempt::deferred(DeferredBecause::System, reason),
            Self::Unable(reason) => Attempt::PolicyBlocked { code: None, reason },
        }
    }

    /// What is known once the final dot may have reached the server: only a reply of its own can help.
    pub(super) fn after_the_end(self) -> Attempt {
        match self {
            Self::Refused(phase, reply) => refused(phase, &reply),
            broken => Attempt::Uncertain { reason: broken.to_string() },
        }
    }
}

fn refused(phase: Phase, reply: &Reply) -> Attempt {
    let reason = format!("{reply} (to {phase})");
    match reply.verdict(phase) {
        Verdict::Defer => Attempt::deferred(DeferredBecause::Reply, reason),
        Verdict::Fail => Attempt::Failed { bounce: reply.bounce(phase), reason },
        Verdict::Pause => Attempt::PolicyBlocked { code: Some(reply.code), reason },
    }
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(phase, reply) => write!(f, "{reply} (to {phase})"),
            Self::OutOfStep(phase, said) => write!(f, "an answer that does not fit {phase}: {said}"),
            Self::Network(phase, why) => write!(f, "the connection broke at {phase}: {why}"),
            Self::TimedOut(phase, patience) => write!(f, "no answer to {phase} within {patience:?}"),
            Self::Unable(why) | Self::Stranger(why) | Self::NoToken(why) => f.write_str(why),
        }
    }
}
