//! What is known after one attempt to hand a mail over.

use kaizend_core::policy::bounce::Bounce;

/// The outcome of one attempt. Only `Uncertain` leaves open whether the reader has the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The next server took it: SMTP reply 250 to the final dot, a file in its place, exit code 0.
    Sent { reply: String },
    /// Nothing was handed over; later is safe, without a possible duplicate.
    Deferred { because: DeferredBecause, reason: String },
    /// It will not work for this mail, or, with a `bounce`, for this address.
    Failed { bounce: Option<Bounce>, reason: String },
    /// It broke off after the whole mail had been written: the server may have it.
    Uncertain { reason: String },
    /// The server refuses us, not the address: pause the queue and tell the operators.
    PolicyBlocked { code: Option<u16>, reason: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeferredBecause {
    /// The server asked for later: 4xx, or 5.4.4.
    Reply,
    /// No connection, or it broke.
    Network,
    /// A phase took longer than its time.
    TimedOut,
    /// The server did not prove who it is.
    Certificate,
    /// The server's replies did not fit our commands: the connection was given up.
    OutOfStep,
    /// The caller could not record that the hand-over begins.
    NotRecorded,
    /// A file could not be written, or a program not started.
    System,
}

impl Attempt {
    /// One word for logs.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Sent { .. } => "sent",
            Self::Deferred { .. } => "deferred",
            Self::Failed { .. } => "failed",
            Self::Uncertain { .. } => "uncertain",
            Self::PolicyBlocked { .. } => "policy-blocked",
        }
    }

    pub(crate) fn deferred(because: DeferredBecause, reason: impl Into<String>) -> Self {
        Self::Deferred { because, reason: reason.into() }
    }
}
