//! A mail in the outbox, and how far its delivery has come.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a mail stands. `DataStarted` is committed before the final dot: a crash earlier is safe to retry, a
/// crash after it leaves `Uncertain`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "delivery")]
pub enum Delivery {
    Queued,
    Claimed {
        by: String,
        until: Timestamp,
    },
    DataStarted {
        at: Timestamp,
    },
    Sent {
        at: Timestamp,
        reply: String,
    },
    Deferred {
        until: Timestamp,
        attempts: u32,
        reason: String,
    },
    Failed {
        at: Timestamp,
        reason: String,
    },
    /// The server may have it. Staff mail is sent again with the same Message-ID; client mail waits for a person.
    Uncertain {
        since: Timestamp,
        reason: String,
    },
    Held {
        by: String,
        reason: String,
    },
    Cancelled {
        by: String,
        reason: String,
    },
}

/// One rendered mail to one recipient. The bytes are kept, so that a retry is byte-equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Without angle brackets; unique in the outbox.
    pub message_id: String,
    pub envelope_from: String,
    pub envelope_to: String,
    pub subject: String,
    pub bytes: Vec<u8>,
}

impl Delivery {
    /// The state's name, as commands show it and JSON tags it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Claimed { .. } => "claimed",
            Self::DataStarted { .. } => "data-started",
            Self::Sent { .. } => "sent",
            Self::Deferred { .. } => "deferred",
            Self::Failed { .. } => "failed",
            Self::Uncertain { .. } => "uncertain",
            Self::Held { .. } => "held",
            Self::Cancelled { .. } => "cancelled",
        }
    }
}
